// Time base of spikes: one tick every `div_i` clocks while a program runs, the first so many clocks
// after its start. A tick is pending until the program takes it; one that comes earlier is late.
`default_nettype none

module ion_tick #(
  parameter int DivW = 24
) (
  input  logic            clk_i,
  input  logic            rst_ni,

  // Clocks per tick, 0 for none
  input  logic [DivW-1:0] div_i,

  // Program: `start_i` in the clock before `run_i` rises
  input  logic            start_i,
  input  logic            run_i,
  input  logic            take_i,

  output logic            tick_o,
  output logic            pending_o,
  output logic            late_o,

  // Time warp, as in ion_segment_timer; all ones where no tick is to come
  output logic [47:0]     left_o,
  input  logic            warp_i,
  input  logic [DivW-1:0] skip_i
);
  logic [DivW:0]   count_q;
  logic [DivW:0]   count_d;
  logic [DivW:0]   period;
  logic [DivW-1:0] left;
  logic            has_ticks_q;
  logic            pending_q;
  logic            runs;
  logic            counting;
  logic            last_clock;

  // Signed, one clock ahead: negative in the clock of a tick
  assign period     = {1'b0, div_i} - (DivW + 1)'(2);
  assign runs       = run_i & has_ticks_q;
  assign counting   = runs & ~count_q[DivW];
  assign left       = count_q[DivW-1:0] + 1'b1;
  assign last_clock = count_q[DivW] | (warp_i & (skip_i == left));

  assign tick_o = runs & last_clock;
  assign late_o = tick_o & pending_q & ~take_i;

  always_comb begin
    count_d = count_q;
    if (start_i || tick_o) count_d = period;
    else if (counting) count_d = count_q - {1'b0, warp_i ? skip_i : '0} - 1'b1;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      count_q     <= '0;
      has_ticks_q <= 1'b0;
      pending_q   <= 1'b0;
    end else begin
      count_q     <= count_d;
      has_ticks_q <= |div_i;
      pending_q   <= ~start_i & (tick_o | (pending_q & ~take_i));
    end
  end

  always_comb begin
    left_o = '1;
    if (runs) left_o = counting ? 48'(left) : '0;
  end

  assign pending_o = pending_q;

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
    // Registers are locked while a program runs, and skipping goes at most to the next tick
    if (run_i && warp_i) assume (48'(skip_i) <= left_o);
  end

  // A tick that nobody has taken yet
  logic untaken_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) untaken_q <= 1'b0;
    else if (start_i) untaken_q <= 1'b0;
    else if (tick_o) untaken_q <= 1'b1;
    else if (take_i) untaken_q <= 1'b0;
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // No tick is lost: each is pending until it is taken, or a late one is told
      if ($past(tick_o && !start_i)) assert (pending_o);
      if ($past(pending_o && !take_i && !start_i)) assert (pending_o);
      assert (pending_o == untaken_q);
      assert (late_o == (tick_o && untaken_q && !take_i));
      // A tick comes only from its counter's end
      if (tick_o && !warp_i) assert (count_q[DivW]);
      if (!run_i) assert (!tick_o);
      cover (late_o);
      cover (pending_o && $past(tick_o) && $past(pending_o));
    end
  end
`endif
endmodule

`default_nettype wire
