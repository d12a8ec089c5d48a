// One read-write register of the register file.
`default_nettype none

module ion_reg #(
  parameter int               Width = 32,
  parameter logic [Width-1:0] Reset = '0
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             we_i,
  input  logic [Width-1:0] d_i,
  output logic [Width-1:0] q_o
);
  logic [Width-1:0] q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) q <= Reset;
    else if (we_i) q <= d_i;
  end

  assign q_o = q;
endmodule

`default_nettype wire
