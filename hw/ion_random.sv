// Draws planes of halving likelihood: plane n with probability 2^-(n+1). A 32-bit shift register
// (x^32 + x^22 + x^2 + x + 1) moves eight steps a draw; the draw is the number of its trailing
// zeros, 0 to 8.
`default_nettype none

module ion_random (
  input  logic        clk_i,
  input  logic        rst_ni,

  // New seed, from which the register starts again on `reseed_i`; zero, from which there is no
  // way out, becomes one
  input  logic        we_i,
  input  logic        reseed_i,
  input  logic [31:0] wdata_i,
  output logic [31:0] state_o,

  // The draw that stands, and the next one
  output logic [3:0]  draw_o,
  input  logic        step_i
);
  logic [31:0] seed_q;
  logic [31:0] seed;
  logic [31:0] state_q;
  logic [31:0] state_d;

  always_comb begin
    state_d = state_q;
    for (int k = 0; k < 8; k++) begin
      state_d = {state_d[30:0], state_d[31] ^ state_d[21] ^ state_d[1] ^ state_d[0]};
    end
  end

  assign seed = {wdata_i[31:1], wdata_i[0] | ~|wdata_i};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      seed_q  <= 32'd1;
      state_q <= 32'd1;
    end else if (we_i) begin
      seed_q  <= seed;
      state_q <= seed;
    end else if (reseed_i) begin
      state_q <= seed_q;
    end else if (step_i) begin
      state_q <= state_d;
    end
  end

  always_comb begin
    casez (state_q[7:0])
      8'b???????1: draw_o = 4'd0;
      8'b??????10: draw_o = 4'd1;
      8'b?????100: draw_o = 4'd2;
      8'b????1000: draw_o = 4'd3;
      8'b???10000: draw_o = 4'd4;
      8'b??100000: draw_o = 4'd5;
      8'b?1000000: draw_o = 4'd6;
      8'b10000000: draw_o = 4'd7;
      default:     draw_o = 4'd8;
    endcase
  end

  assign state_o = state_q;
endmodule

`default_nettype wire
