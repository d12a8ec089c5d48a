// Transfer between arrays: every cell has a sum H; a transfer scan adds its code less the zero,
// and where |H| reaches the threshold the cell is marked and the threshold leaves H. The sign of
// what is added turns with the segment's sign and with the chopper. Marks are valid with `we_i`.
`default_nettype none

module ion_transfer #(
  parameter int Converters = 4,
  parameter int Shares     = 4,
  parameter int Bits       = 8,
  parameter int MuxW       = 2,
  parameter int RowW       = 4,
  // Bits of H, at least Bits + 2
  parameter int SumW       = 16,
  // log2 of the converters, rounded up
  parameter int SelBits    = 2,
  // Address bits of a step: 0 where one step takes all columns
  parameter int StepBits   = (Shares == 1) ? 0 : MuxW
) (
  input  logic                             clk_i,
  input  logic                             rst_ni,

  // Scan; row, sign and `marks_i` (the scan is a transfer) stand from its start to its last step
  input  logic                             start_i,
  input  logic                             we_i,
  input  logic                             marks_i,
  input  logic                             negate_i,
  input  logic [MuxW-1:0]                  step_i,
  input  logic [RowW-1:0]                  row_i,
  input  logic [Converters*Bits-1:0]       data_i,

  // Code of no current; threshold, 0 for no marks; chopper
  input  logic [Bits-1:0]                  zero_i,
  input  logic [SumW-2:0]                  threshold_i,
  input  logic                             chop_i,

  output logic [Converters-1:0]            up_o,
  output logic [Converters-1:0]            down_o,

  // Some H has saturated since the flag was cleared
  input  logic                             flag_clear_i,
  output logic                             saturated_o,

  // Host: H of the cell at {row, step, converter}, sign extended
  input  logic                             host_req_i,
  input  logic                             host_we_i,
  input  logic [RowW+StepBits+SelBits-1:0] host_addr_i,
  input  logic [31:0]                      host_wdata_i,
  output logic [31:0]                      host_rdata_o,
  output logic                             host_error_o
);
  localparam int AddrW = RowW + StepBits;
  localparam int WideW = SumW + 2;

  logic                        start_q;
  logic                        we_q;
  logic                        read_q;
  logic                        takes_q;
  logic                        minus;
  logic [AddrW-1:0]            address;
  logic [AddrW-1:0]            write_q;
  logic [Converters*SumW-1:0]  sums;
  logic [Converters*WideW-1:0] base_q;
  logic [Converters*WideW-1:0] base_d;
  logic [Converters*WideW-1:0] moved_q;
  logic [Converters*WideW-1:0] moved_d;
  logic [Converters-1:0]       reached;
  logic [Converters-1:0]       reached_q;
  logic [Converters*SumW-1:0]  next;
  logic [Converters-1:0]       overflow;
  logic                        saturated_q;
  logic [WideW-1:0]            threshold;
  logic [WideW-1:0]            limit;
  logic [WideW-1:0]            zero;

  assign minus     = negate_i ^ chop_i;
  assign threshold = {3'b000, threshold_i};
  // Twice the threshold less one: a size and its sign as the lowest bit are compared with it;
  // nothing reaches that of threshold zero
  assign limit     = {2'b00, threshold_i, 1'b0} - 1'b1;
  // Where the sign turns, both that is taken away and that is added is inverted: -~z + ~c is z - c
  assign zero      = {{(WideW - Bits){1'b0}}, zero_i} ^ {WideW{minus}};

  if (StepBits == 0) begin : gen_one_step
    assign address = row_i;

    logic unused_step;
    assign unused_step = ^step_i;
  end else begin : gen_steps
    assign address = {row_i, step_i};
  end

  for (genvar a = 0; a < Converters; a++) begin : gen_converters
    logic [WideW-1:0] held;
    logic [WideW-1:0] base;
    logic [WideW-1:0] code;
    logic [WideW-1:0] moved;
    logic             sign;
    logic [WideW-1:0] size;
    logic [WideW-1:0] old;
    logic [WideW-1:0] left;
    logic [WideW-1:0] after;
    logic             fits;

    // Before the code: H less the zero
    assign held = {{2{sums[a*SumW+SumW-1]}}, sums[a*SumW +: SumW]};
    assign base_d[a*WideW +: WideW] = held - zero;

    // With the code: marks
    assign base  = base_q[a*WideW +: WideW];
    assign code  = {{(WideW - Bits){1'b0}}, data_i[a*Bits +: Bits]} ^ {WideW{minus}};
    assign moved = base + code;
    assign sign  = moved[WideW-1];
    assign moved_d[a*WideW +: WideW] = moved;

    // Size of H, less one where it is negative
    assign size       = moved ^ {WideW{sign}};
    assign reached[a] = {size[WideW-2:0], sign} >= limit;
    assign up_o[a]    = marks_i & reached[a] & ~sign;
    assign down_o[a]  = marks_i & reached[a] & sign;

    logic unused_size;
    assign unused_size = size[WideW-1];

    // After it: what a mark stands for leaves H
    assign old   = moved_q[a*WideW +: WideW];
    assign left  = (old ^ {WideW{old[WideW-1]}}) - threshold;
    assign after = reached_q[a] ? left ^ {WideW{old[WideW-1]}} : old;
    assign fits  = (&after[WideW-1:SumW-1]) | ~(|after[WideW-1:SumW-1]);
    assign overflow[a] = ~fits;
    assign next[a*SumW +: SumW] =
        fits ? after[SumW-1:0] : {after[WideW-1], {(SumW - 1){~after[WideW-1]}}};
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      start_q   <= 1'b0;
      we_q      <= 1'b0;
      read_q    <= 1'b0;
      takes_q   <= 1'b0;
      base_q    <= '0;
      moved_q   <= '0;
      write_q   <= '0;
      reached_q <= '0;
    end else begin
      start_q   <= start_i;
      we_q      <= we_i;
      read_q    <= start_q | we_q;
      takes_q   <= we_i & marks_i;
      if (read_q) base_q <= base_d;
      if (we_i) begin
        moved_q   <= moved_d;
        write_q   <= address;
        reached_q <= reached;
      end
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) saturated_q <= 1'b0;
    else if (takes_q && (|overflow)) saturated_q <= 1'b1;
    else if (flag_clear_i) saturated_q <= 1'b0;
  end

  assign saturated_o = saturated_q;

  // Read a clock after the step before, when that one's sums are written
  ion_cell_memory #(
    .Values  (Converters),
    .Width   (SumW),
    .AddrW   (AddrW),
    .SelBits (SelBits),
    .IsSigned(1)
  ) u_sums (
    .clk_i,
    .rst_ni,
    .host_req_i,
    .host_we_i,
    .host_addr_i,
    .host_wdata_i,
    .host_rdata_o,
    .host_error_o,
    .re_i   (start_q | we_q),
    .raddr_i(address),
    .rdata_o(sums),
    .we_i   (takes_q),
    .waddr_i(write_q),
    .wdata_i(next)
  );

`ifdef FORMAL
  // Every trace begins in reset; properties hold from the second clock after it on
  logic started_q = 1'b0;
  logic past_valid_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) past_valid_q <= 1'b0;
    else past_valid_q <= 1'b1;
  end
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume (threshold_i != '0);
  end

  logic signed [SumW-1:0] new_sum;
  assign new_sum = $signed(next[SumW-1:0]);

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // Never both ways; the flag stays; what a mark takes leaves the sign of H
      assert ((up_o & down_o) == '0);
      if ($past(saturated_q && !flag_clear_i)) assert (saturated_q);
      if ($past(takes_q && overflow[0])) assert (saturated_q);
      cover (takes_q && reached_q[0] && new_sum > 0);
      cover (takes_q && overflow[0] && new_sum < 0);
    end
  end
`endif
endmodule

`default_nettype wire
