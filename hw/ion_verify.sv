// Compares the codes of a verify scan with the targets of its row: a cell below its target by more
// than the tolerance is to go up, one above it down, one without a target rests. Where converters
// only compare, the target is their threshold and their answers decide. Marks are valid with
// `we_i`; see ion_marks.
`default_nettype none

module ion_verify #(
  parameter int Converters = 4,
  parameter int Shares     = 4,
  parameter int Bits       = 8,
  parameter int MuxW       = 2,
  parameter int RowW       = 4,
  // log2 of the converters, rounded up
  parameter int SelBits    = 2,
  // Address bits of a step: 0 where one step takes all columns
  parameter int StepBits   = (Shares == 1) ? 0 : MuxW
) (
  input  logic                             clk_i,
  input  logic                             rst_ni,

  // Scan: the row stands from its start to its last step
  input  logic                             start_i,
  input  logic                             we_i,
  input  logic [MuxW-1:0]                  step_i,
  input  logic [RowW-1:0]                  row_i,
  input  logic [Converters*Bits-1:0]       data_i,
  // Answers {above, below} count instead of codes
  input  logic                             compare_i,
  input  logic [2*Converters-1:0]          answer_i,
  input  logic [Bits-1:0]                  tolerance_i,

  // Thresholds of the next conversion, from the second settling clock or the strobe on; zero
  // unless a comparison is asked for, so that what the memory held before stays inside
  input  logic                             show_i,
  output logic [Converters*Bits-1:0]       threshold_o,

  output logic [Converters-1:0]            up_o,
  output logic [Converters-1:0]            down_o,

  // Host: {has a target, code} of the cell at {row, step, converter}
  input  logic                             host_req_i,
  input  logic                             host_we_i,
  input  logic [RowW+StepBits+SelBits-1:0] host_addr_i,
  input  logic [31:0]                      host_wdata_i,
  output logic [31:0]                      host_rdata_o,
  output logic                             host_error_o
);
  localparam int AddrW = RowW + StepBits;

  logic [AddrW-1:0]               address;
  logic [Converters*(Bits+1)-1:0] targets;

  // The targets of the first step are read when the scan begins, the next ones with each step
  if (StepBits == 0) begin : gen_one_step
    assign address = row_i;

    logic unused_step;
    assign unused_step = ^step_i;
  end else begin : gen_steps
    logic [MuxW-1:0] next;
    assign next    = step_i + 1'b1;
    assign address = {row_i, start_i ? {MuxW{1'b0}} : next};
  end

  ion_cell_memory #(
    .Values (Converters),
    .Width  (Bits + 1),
    .AddrW  (AddrW),
    .SelBits(SelBits)
  ) u_targets (
    .clk_i,
    .rst_ni,
    .host_req_i,
    .host_we_i,
    .host_addr_i,
    .host_wdata_i,
    .host_rdata_o,
    .host_error_o,
    .re_i   (start_i | we_i),
    .raddr_i(address),
    .rdata_o(targets),
    .we_i   (1'b0),
    .waddr_i({AddrW{1'b0}}),
    .wdata_i({Converters * (Bits + 1){1'b0}})
  );

  for (genvar a = 0; a < Converters; a++) begin : gen_converters
    logic            has_target;
    logic [Bits-1:0] target;
    logic [Bits:0]   lowest;
    logic [Bits:0]   highest;
    logic [Bits:0]   lowest_q;
    logic [Bits:0]   highest_q;
    logic            below;
    logic            above;

    assign {has_target, target} = targets[a*(Bits+1) +: Bits+1];
    assign threshold_o[a*Bits +: Bits] = {Bits{show_i}} & target;

    // Window of the target; a lower end below zero is never undercut. It stands a clock after the
    // target, from the strobe on at the latest: the answer comes after that
    assign lowest  = {1'b0, target} - {1'b0, tolerance_i};
    assign highest = {1'b0, target} + {1'b0, tolerance_i};
    assign below   = ~lowest_q[Bits] & (data_i[a*Bits +: Bits] < lowest_q[Bits-1:0]);
    assign above   = {1'b0, data_i[a*Bits +: Bits]} > highest_q;

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        lowest_q  <= '0;
        highest_q <= '0;
      end else begin
        lowest_q  <= lowest;
        highest_q <= highest;
      end
    end

    assign up_o[a]   = has_target & (compare_i ? answer_i[2*a] : below);
    assign down_o[a] = has_target & (compare_i ? answer_i[2*a+1] : above);

`ifdef FORMAL
    always_comb begin
      if (rst_ni) assert (lowest_q[Bits] || (lowest_q <= highest_q));
    end
`endif
  end

`ifdef FORMAL
  // Every trace begins in reset. The scan lets no answer pass that says both
  logic started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_comb begin
    if (!started_q) assume (!rst_ni);
    if (compare_i) assume ((answer_i & (answer_i >> 1) & {Converters{2'b01}}) == '0);
  end

  // Never both ways, and never without a target
  always_ff @(posedge clk_i) begin
    if (rst_ni && started_q) assert ((up_o & down_o) == '0);
    if (rst_ni && started_q) assert (show_i || (threshold_o == '0));
    cover (show_i && |threshold_o);
    cover (!compare_i && |up_o && |down_o);
    cover (compare_i && |up_o && |down_o);
  end
`endif
endmodule

`default_nettype wire
