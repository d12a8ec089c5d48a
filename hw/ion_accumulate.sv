// Signed sums of converter codes, one for every column: acc := +-code, 2 acc +- code or
// acc +- code, where a code is the sum over tiles in lockstep less the offset. Bits of an input
// go most significant first, so that no shifter is needed. Sums saturate, and tell so.
`default_nettype none

module ion_accumulate #(
  parameter int Converters = 4,
  parameter int Shares     = 4,
  parameter int Bits       = 8,
  parameter int MuxW       = 2,
  parameter int Tiles      = 1,
  parameter int ResultW    = 16,
  // log2 of the converters, rounded up
  parameter int SelBits    = 2,
  // Bits of the sum over tiles, and of the offset
  parameter int CodeW      = Bits + $clog2(Tiles)
) (
  input  logic                             clk_i,
  input  logic                             rst_ni,

  // Scan, codes of tile 0 lowest; mode {negate, 2 first, 3 double, 4 add}
  input  logic                             start_i,
  input  logic                             we_i,
  input  logic [MuxW-1:0]                  step_i,
  input  logic [3:0]                       mode_i,
  input  logic [Tiles*Converters*Bits-1:0] data_i,
  input  logic [CodeW-1:0]                 offset_i,

  // Sets all sums to zero, one step a clock
  input  logic                             clear_i,
  // Some sum has saturated since the flag was cleared
  input  logic                             flag_clear_i,
  output logic                             saturated_o,
  // Nothing is being cleared
  output logic                             quiet_o,

  // Host: the sum of {step, converter}, sign extended
  input  logic                             host_req_i,
  input  logic [MuxW+SelBits-1:0]          host_addr_i,
  output logic [31:0]                      host_rdata_o,
  output logic                             host_error_o
);
  localparam logic [2:0] First  = 3'd2;
  localparam logic [2:0] Double = 3'd3;
  localparam logic [2:0] Add    = 3'd4;
  // Two bits more than a sum, and one below it that carries the sign's one in
  localparam int         WideW  = ResultW + 2;

  logic                            start_q;
  logic                            we_q;
  logic                            takes;
  logic                            takes_q;
  logic                            first_q;
  logic                            double_q;
  logic [MuxW-1:0]                 step_q;
  logic [Converters*(CodeW+1)-1:0] delta_q;
  logic [Converters*(CodeW+1)-1:0] delta_d;
  logic [Converters*ResultW-1:0]   sums;
  logic [Converters*ResultW-1:0]   next;
  logic [Converters-1:0]           overflow;
  logic                            saturated_q;
  logic                            walk_q;
  logic [MuxW-1:0]                 walk_step_q;
  logic                            step_error;
  logic                            lane_error;

  assign takes = we_i & ((mode_i[2:0] == First) | (mode_i[2:0] == Double) | (mode_i[2:0] == Add));

  // First clock: sum over tiles, offset, sign
  for (genvar a = 0; a < Converters; a++) begin : gen_codes
    logic [CodeW-1:0] code;
    logic [CodeW:0]   minuend;
    logic [CodeW:0]   subtrahend;

    if (Tiles == 1) begin : gen_one_tile
      assign code = data_i[a*Bits +: Bits];
    end else begin : gen_tiles
      always_comb begin
        code = '0;
        for (int t = 0; t < Tiles; t++) begin
          code = code + CodeW'(data_i[(t*Converters + a)*Bits +: Bits]);
        end
      end
    end

    // code - offset, or with all bits of both inverted offset - code
    assign minuend    = {1'b0, code} ^ {(CodeW + 1){mode_i[3]}};
    assign subtrahend = {1'b0, offset_i} ^ {(CodeW + 1){mode_i[3]}};
    assign delta_d[a*(CodeW+1) +: CodeW+1] = minuend - subtrahend;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      start_q  <= 1'b0;
      we_q     <= 1'b0;
      takes_q  <= 1'b0;
      first_q  <= 1'b0;
      double_q <= 1'b0;
      step_q   <= '0;
      delta_q  <= '0;
    end else begin
      start_q <= start_i;
      we_q    <= we_i;
      takes_q <= takes;
      if (takes) begin
        first_q  <= mode_i[2:0] == First;
        double_q <= mode_i[2:0] == Double;
        step_q   <= step_i;
        delta_q  <= delta_d;
      end
    end
  end

  // Second clock: add to the sum that was read before
  for (genvar a = 0; a < Converters; a++) begin : gen_sums
    logic signed [ResultW-1:0] sum;
    logic signed [CodeW:0]     delta;
    logic signed [WideW-1:0]   wide;
    logic signed [WideW-1:0]   held_sum;
    logic signed [WideW-1:0]   after;
    logic                      fits;

    assign sum    = $signed(sums[a*ResultW +: ResultW]);
    assign delta  = $signed(delta_q[a*(CodeW+1) +: CodeW+1]);
    assign wide   = WideW'(sum);
    assign held_sum = first_q ? '0 : (double_q ? {wide[WideW-2:0], 1'b0} : wide);
    assign after    = held_sum + WideW'(delta);
    assign fits   = (&after[WideW-1:ResultW-1]) | ~(|after[WideW-1:ResultW-1]);

    assign overflow[a] = ~fits;
    assign next[a*ResultW +: ResultW] =
        fits ? after[ResultW-1:0] : {after[WideW-1], {(ResultW - 1){~after[WideW-1]}}};
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) saturated_q <= 1'b0;
    else if (takes_q && (|overflow)) saturated_q <= 1'b1;
    else if (flag_clear_i) saturated_q <= 1'b0;
  end

  // Clearing begins by itself after reset; a sum that arrives goes first, always behind the walk
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      walk_q      <= 1'b1;
      walk_step_q <= '0;
    end else if (clear_i) begin
      walk_q      <= 1'b1;
      walk_step_q <= '0;
    end else if (walk_q && !takes_q) begin
      walk_q      <= walk_step_q != MuxW'(Shares - 1);
      walk_step_q <= walk_step_q + 1'b1;
    end
  end

  ion_cell_memory #(
    .Values  (Converters),
    .Width   (ResultW),
    .AddrW   (MuxW),
    .SelBits (SelBits),
    .IsSigned(1)
  ) u_sums (
    .clk_i,
    .rst_ni,
    .host_req_i,
    .host_we_i   (1'b0),
    .host_addr_i,
    .host_wdata_i(32'h0),
    .host_rdata_o,
    .host_error_o(lane_error),
    .re_i        (start_q | we_q),
    .raddr_i     (step_i),
    .rdata_o     (sums),
    .we_i        (takes_q | walk_q),
    .waddr_i     (takes_q ? step_q : walk_step_q),
    .wdata_i     (takes_q ? next : {(Converters * ResultW){1'b0}})
  );

  // A step that does not exist has no sum
  if ((1 << MuxW) == Shares) begin : gen_all_steps
    assign step_error = 1'b0;
  end else begin : gen_some_steps
    logic step_error_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) step_error_q <= 1'b0;
      else if (host_req_i) step_error_q <= host_addr_i[MuxW+SelBits-1:SelBits] > MuxW'(Shares - 1);
    end
    assign step_error = step_error_q;
  end

  assign host_error_o = lane_error | step_error;
  assign saturated_o  = saturated_q;
  assign quiet_o      = ~walk_q;

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
  end

  logic signed [ResultW-1:0] old;
  logic signed [ResultW-1:0] new_sum;
  logic signed [CodeW:0]     change;
  assign old     = $signed(sums[ResultW-1:0]);
  assign new_sum = $signed(next[ResultW-1:0]);
  assign change  = $signed(delta_q[CodeW:0]);

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // A sum never wraps: adding moves it the way of the sign or holds it at an end
      if (takes_q && !first_q && !double_q) begin
        if (change >= 0) assert (new_sum >= old);
        else assert (new_sum < old || overflow[0]);
      end
      if (takes_q && double_q && !overflow[0]) begin
        assert ((new_sum[0] ^ change[0]) == 1'b0);
      end
      // The flag stays until it is cleared
      if ($past(saturated_q && !flag_clear_i)) assert (saturated_q);
      if ($past(takes_q && overflow[0])) assert (saturated_q);
      cover (takes_q && overflow[0] && new_sum < 0);
      cover (takes_q && double_q && overflow[0] && new_sum > 0);
    end
  end
`endif
endmodule

`default_nettype wire
