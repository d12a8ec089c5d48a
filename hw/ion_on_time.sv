// Counts a pulse down from its limit, at full speed for limits of any width: the lower part borrows
// from the upper one a clock later, and its sign is the end where nothing is left to borrow. What
// loading subtracts is carried beside the count, so that a load is no subtraction.
`default_nettype none

module ion_on_time #(
  parameter int Width = 24
) (
  input  logic             clk_i,
  input  logic             rst_ni,

  // A pulse of at most so many clocks begins with the next clock, or has begun with this one
  input  logic             load_i,
  input  logic             begun_i,
  input  logic [Width-1:0] limit_i,

  // This clock belongs to the pulse
  input  logic             run_i,
  // The clocks up to this one are more than the limit; stays until the next load
  output logic             over_o,

  // Time warp: clocks after this one that are inside the limit
  output logic [Width-1:0] left_o,
  input  logic             warp_i,
  input  logic [Width-1:0] skip_i
);
  // The lower part is the shorter one: its carry has more to do
  localparam int LowW  = (Width < 6) ? 2 : 2 * Width / 5;
  localparam int HighW = (Width < 3) ? 1 : Width - LowW;
  localparam int BothW = LowW + HighW;

  // Clocks left: {high, 0} + signed low - owed, which is kept inverted. A borrow cannot follow
  // another at once, so that a clock is time enough to find that the upper part is zero
  logic [LowW:0]    low_q;
  logic [LowW:0]    low_d;
  logic [HighW-1:0] high_q;
  logic [HighW-1:0] high_d;
  logic [1:0]       owed_nq;
  logic             zero_q;
  logic             zero_d;
  logic             counts;
  logic [BothW-1:0] limit;
  logic [BothW:0]   left;
  logic [BothW:0]   after;

  assign limit  = BothW'(limit_i);
  assign over_o = low_q[LowW] & zero_q;
  assign counts = run_i & ~over_o;

  assign left   = {1'b0, high_q, low_q[LowW-1:0]} - {{HighW{1'b0}}, low_q[LowW], {LowW{1'b0}}}
                - {{(BothW - 1){1'b0}}, ~owed_nq};
  assign left_o = over_o ? '0 : left[Width-1:0];
  assign after  = (load_i ? {1'b0, limit} - 1'b1 : left) - (BothW + 1)'(skip_i) - 1'b1;

  always_comb begin
    low_d  = {1'b0, low_q[LowW-1:0]} + {{(LowW - 1){1'b1}}, owed_nq};
    high_d = high_q + {HighW{low_q[LowW]}};
    zero_d = ~|high_q;
    if (load_i) begin
      // Too short for the clock that it loads for
      low_d  = {~|limit[BothW-1:1] & (begun_i | ~limit[0]), limit[LowW-1:0]};
      high_d = limit[BothW-1:LowW];
      zero_d = ~|high_d;
    end
    if (warp_i && (!load_i || begun_i)) begin
      low_d  = {after[BothW], after[LowW-1:0]};
      high_d = after[BothW-1:LowW] & {HighW{~after[BothW]}};
      zero_d = ~|high_d;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      low_q  <= '1;
      high_q <= '0;
      zero_q <= 1'b1;
      owed_nq <= 2'd3;
    end else if (load_i || counts) begin
      low_q  <= low_d;
      high_q <= high_d;
      zero_q <= zero_d;
      owed_nq <= {~load_i | ~begun_i | warp_i, ~load_i | begun_i};
    end
  end

`ifdef FORMAL
  // Every trace begins in reset; properties hold from the second clock after it on
  logic started_q = 1'b0;
  logic past_valid_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) past_valid_q <= 1'b0;
    else past_valid_q <= 1'b1;
  end

  // The same in one register: clocks left after this one, negative where there are none
  logic [BothW:0] plain_q;
  logic [BothW:0] plain;
  assign plain = load_i ? {1'b0, limit} - 1'b1 : plain_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) plain_q <= '1;
    else if (load_i && !begun_i) plain_q <= plain;
    else if (load_i || counts) plain_q <= plain - (BothW + 1)'(warp_i ? skip_i : '0) - 1'b1;
  end

  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume (BothW == Width || limit < (BothW + 1)'(1 << Width));
    // A warp goes no further than it may
    assume (!warp_i || !after[BothW] || (&after));

    assert (over_o == plain_q[BothW]);
    if (!over_o) assert (left == plain_q);
    if (zero_q) assert (high_q == '0);
    assert (owed_nq != 2'd0);
    // Between two borrows the zero of the upper part is found
    if (low_q[LowW] && !over_o) assert ((owed_nq == 2'd3) && (low_q[LowW-1:0] != '0));
    if (!zero_q && (high_q == '0)) assert (!low_q[LowW] && (owed_nq == 2'd3));
    cover (rst_ni && past_valid_q && over_o && run_i);
    cover (low_q[LowW] && !over_o);
  end
`endif
endmodule

`default_nettype wire
