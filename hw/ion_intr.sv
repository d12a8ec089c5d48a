// Interrupt state: set by hardware events and by the test register, cleared by writing ones.
`default_nettype none

module ion_intr #(
  parameter int Width = 9
) (
  input  logic             clk_i,
  input  logic             rst_ni,

  input  logic [Width-1:0] event_i,
  input  logic             clear_we_i,
  input  logic             test_we_i,
  input  logic [Width-1:0] wdata_i,
  input  logic [Width-1:0] enable_i,

  output logic [Width-1:0] state_o,
  output logic             irq_o
);
  logic [Width-1:0] state_q;
  logic [Width-1:0] state_d;
  logic             irq_q;

  // An event in the clock of its clearing stays: no event is lost
  assign state_d = (state_q & ~(wdata_i & {Width{clear_we_i}}))
                 | event_i
                 | (wdata_i & {Width{test_we_i}});

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= '0;
      irq_q   <= 1'b0;
    end else begin
      state_q <= state_d;
      irq_q   <= |(state_d & enable_i);
    end
  end

  assign state_o = state_q;
  assign irq_o   = irq_q;
endmodule

`default_nettype wire
