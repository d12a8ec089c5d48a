// Rounds a signed fixed-point update to what a device can take: whole pulses, or pulses whose last
// one is shortened to a multiple of 2^Grain fractions. Up with the probability of what is cut off,
// so that the mean is exact. Draws come from a 32-bit LFSR; sixteen in a row fall into sixteen
// different sixteenths, in an order that is drawn anew, so that sums stray less than by coins.
`default_nettype none

module ion_stochastic_round #(
  parameter int ValueW = 16,
  // Fraction bits, 4..12
  parameter int FracW  = 8,
  parameter int Grain  = 0
) (
  input  logic              clk_i,
  input  logic              rst_ni,

  // Value in two's complement; its size, then its rounded size in fractions of a pulse
  input  logic [ValueW-1:0] value_i,
  output logic              negative_o,
  output logic [ValueW-1:0] size_o,
  input  logic [ValueW-1:0] size_i,
  input  logic              whole_i,
  output logic [ValueW-1:0] rounded_o,

  // The draw that `rounded_o` stands on is used up
  input  logic              draw_i,

  // State of the LFSR; zero is replaced by one
  input  logic              seed_we_i,
  input  logic [31:0]       seed_i,
  output logic [31:0]       seed_o
);
  localparam int LowW = FracW - 4;

  logic [31:0]       state_q;
  logic [3:0]        turn_q;
  logic [3:0]        order_q;
  logic [31:0]       state_d;
  logic [FracW-1:0]  draw;
  logic [FracW-1:0]  cut;
  logic              up;
  logic [FracW-1-Grain:0] low;

  assign negative_o = value_i[ValueW-1];
  assign size_o     = negative_o ? -value_i : value_i;

  // What is cut off, as a fraction of the step
  if (LowW == 0) begin : gen_coarse
    assign draw = turn_q ^ order_q;
  end else begin : gen_fine
    assign draw = {turn_q ^ order_q, state_q[7 -: LowW]};
  end

  if (Grain == 0) begin : gen_exact
    assign cut = whole_i ? size_i[FracW-1:0] : '0;
    assign low = whole_i ? {FracW{up}} : size_i[FracW-1:0];
    assign rounded_o = {size_i[ValueW-1:FracW], low} + ValueW'(up);
  end else begin : gen_grains
    assign cut = whole_i ? size_i[FracW-1:0] : {size_i[Grain-1:0], {(FracW - Grain){1'b0}}};
    assign low = whole_i ? {(FracW - Grain){up}} : size_i[FracW-1:Grain];
    assign rounded_o[ValueW-1:Grain] = {size_i[ValueW-1:FracW], low} + (ValueW - Grain)'(up);
    assign rounded_o[Grain-1:0]      = '0;
  end

  // One carry chain: what is rounded up to a whole pulse passes through ones
  assign up = cut > draw;

  // Eight steps of the LFSR at once
  always_comb begin
    state_d = state_q;
    for (int k = 0; k < 8; k++) begin
      state_d = {state_d[30:0], state_d[31] ^ state_d[21] ^ state_d[1] ^ state_d[0]};
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= 32'd1;
      turn_q  <= '0;
      order_q <= '0;
    end else if (seed_we_i) begin
      state_q <= {seed_i[31:1], seed_i[0] | ~|seed_i};
      turn_q  <= '0;
      order_q <= '0;
    end else if (draw_i) begin
      state_q <= state_d;
      turn_q  <= turn_q + 1'b1;
      if (&turn_q) order_q <= state_q[31:28];
    end
  end

  assign seed_o = state_q;

`ifdef FORMAL
  // Rounding moves by less than a step, and to a multiple of one
  logic [ValueW-1:0] distance;
  assign distance = (rounded_o > size_i) ? rounded_o - size_i : size_i - rounded_o;
  always_comb begin
    assume (size_i <= {1'b1, {(ValueW - 1){1'b0}}});
    if (whole_i) assert (rounded_o[FracW-1:0] == '0);
    if (whole_i) assert (distance < ValueW'(1 << FracW));
    else assert (distance < ValueW'(1 << Grain));
  end
  always_ff @(posedge clk_i) begin
    cover (whole_i && up && rounded_o > size_i);
    cover (whole_i && !up && rounded_o < size_i);
  end
`endif
endmodule

`default_nettype wire
