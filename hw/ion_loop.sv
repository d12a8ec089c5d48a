// One loop counter. Whether its turn is the last one is a flop, compared one turn ahead, so that
// the end of a loop costs no comparison on the way to the next program address.
`default_nettype none

module ion_loop #(
  parameter int CountW = 8,
  // A program may set the limit itself
  parameter int HasSet = 0
) (
  input  logic              clk_i,
  input  logic              rst_ni,

  // Index of the last turn as the host gave it; stands from a clock before a start to its end
  input  logic [CountW-1:0] last_i,
  input  logic              start_i,

  // Next turn; first turn; new limit and first turn
  input  logic              step_i,
  input  logic              clear_i,
  input  logic              set_i,
  input  logic [CountW-1:0] value_i,

  output logic [CountW-1:0] count_o,
  output logic              last_o
);
  logic [CountW-1:0] count_q;
  logic [CountW-1:0] limit;
  logic [CountW-1:0] match;
  logic              last_q;
  logic              last_d;
  logic              given_zero_q;
  logic              zero;

  // count + 1 == limit, bit by bit: where the bits below are right, a bit turns over exactly if
  // the one below it falls
  assign match = ~(limit ^ count_q ^ (((count_q & ~limit) << 1) | CountW'(1)));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) given_zero_q <= 1'b0;
    else given_zero_q <= ~|last_i;
  end

  if (HasSet != 0) begin : gen_set
    logic [CountW-1:0] limit_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) limit_q <= '0;
      else if (start_i) limit_q <= last_i;
      else if (set_i) limit_q <= value_i;
    end
    assign limit = limit_q;
    assign zero  = ~|limit_q;
  end else begin : gen_given
    assign limit = last_i;
    assign zero  = given_zero_q;

    logic unused_value;
    assign unused_value = ^value_i;
  end

  always_comb begin
    last_d = last_q;
    if (step_i) last_d = &match;
    if (clear_i) last_d = zero;
    if (set_i && (HasSet != 0)) last_d = ~|value_i;
    if (start_i) last_d = given_zero_q;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) last_q <= 1'b0;
    else last_q <= last_d;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) count_q <= '0;
    else if (start_i || clear_i || set_i) count_q <= '0;
    else if (step_i) count_q <= count_q + 1'b1;
  end

  assign count_o = count_q;
  assign last_o  = last_q;

`ifdef FORMAL
  // Every trace begins in reset. A loop is bound from its start on, until the host gives another
  // last turn, which it does between runs
  logic              started_q = 1'b0;
  logic              past_valid_q = 1'b0;
  logic              bound_q = 1'b0;
  logic [CountW-1:0] past_last_q;
  logic              stands;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) past_valid_q <= 1'b0;
    else past_valid_q <= 1'b1;
  end
  always_ff @(posedge clk_i) past_last_q <= last_i;
  assign stands = past_valid_q & (last_i == past_last_q);
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) bound_q <= 1'b0;
    else bound_q <= (bound_q | start_i) & stands;
  end
  always_comb begin
    if (!started_q) assume (!rst_ni);
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // Only a turn that is not the last one has a next; setting a limit is a word of its own
      assume (!(step_i && last_q));
      assume (!set_i || ((HasSet != 0) && !step_i && !clear_i));
      if (stands) assert (given_zero_q == ~|last_i);
      if (bound_q && stands) begin
        assert (count_q <= limit);
        assert (last_q == (count_q == limit));
        cover (last_q && (count_q == CountW'(3)));
      end
    end
  end
`endif
endmodule

`default_nettype wire
