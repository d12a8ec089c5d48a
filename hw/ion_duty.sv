// Leaky bucket of on-time: every clock of a pulse fills it by one clock, 2^-leak of all time leaks
// out. Once full it stops pulses until enough has leaked: over any n clocks, pulses last no longer
// than limit + 2 + n / 2^leak clocks.
`default_nettype none

module ion_duty #(
  parameter int LimitW = 24,
  parameter int SkipW  = 24
) (
  input  logic              clk_i,
  input  logic              rst_ni,

  input  logic              fire_i,
  // Content at which the bucket is full [clocks]
  input  logic [LimitW-1:0] limit_i,
  // 0: no limit
  input  logic [2:0]        leak_i,
  output logic              over_o,

  // Time warp: clocks in which the bucket cannot become full
  output logic [47:0]       left_o,
  input  logic              warp_i,
  input  logic [SkipW-1:0]  skip_i
);
  // Signed, in 128ths of a clock. Between -leak and 0 it is empty, and a bit more than the limit
  // is the most that it holds
  localparam int LevelW = LimitW + 9;
  localparam int SumW   = (SkipW + 9 > LevelW) ? SkipW + 9 : LevelW;

  logic [LevelW-1:0] level_q;
  logic [SumW-1:0]   level;
  logic [SumW-1:0]   level_d;
  logic [SumW-1:0]   clocks;
  logic [SumW-1:0]   leak;
  logic [SumW-1:0]   change;
  logic [7:0]        unit;
  logic              empty;
  logic              fills;
  logic              over_q;

  assign empty  = level_q[LevelW-1];
  assign fills  = fire_i & ~over_q;
  assign level  = {{(SumW - LevelW + 1){empty}}, level_q[LevelW-2:0]};
  assign clocks = warp_i ? SumW'(skip_i) + 1'b1 : SumW'(1);
  assign unit   = 8'd128 >> leak_i;
  assign leak   = {clocks[SumW-8:0], 7'd0} >> leak_i;

  always_comb begin
    change = '0;
    if (fills) change = {clocks[SumW-8:0], 7'd0} - leak;
    else if (!empty) change = ~leak + 1'b1;
    level_d = level + change;
    // What the last of many steps leaves of a bucket that became empty in between
    if (warp_i && !fills && !empty && level_d[SumW-1]) begin
      level_d = level_d | ~(SumW'(unit) - 1'b1);
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      level_q <= '0;
      over_q  <= 1'b0;
    end else begin
      level_q <= level_d[LevelW-1:0];
      over_q  <= ~empty & (level_q[LevelW-2:7] >= {1'b0, limit_i}) & (leak_i != 3'd0);
    end
  end

  assign over_o = over_q;

  // A pulse fills less than a clock a clock; a full bucket is watched clock by clock. One that
  // leaks must be told every skipped clock: no more than `skip_i` counts, all ones being no limit
  logic [LimitW:0] filled;
  assign filled = empty ? '0 : level_q[LevelW-2:7];
  always_comb begin
    left_o = '1;
    if (leak_i != 3'd0) begin
      if (over_q || (filled >= {1'b0, limit_i})) left_o = '0;
      else if (fire_i) left_o = 48'(limit_i) - 48'(filled) - 48'd1;
      else if (!empty) left_o = 48'({SkipW{1'b1}}) - 48'd1;
    end
  end

  logic unused_bits;
  assign unused_bits = ^{level_d, clocks};

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
    assume (!warp_i);
  end

  // A9: with a limit that stands still the bucket never holds two clocks more than it
  logic [LimitW+1:0] bound;
  logic [LimitW+1:0] filled_bound;
  assign bound        = {2'b00, limit_i} + (LimitW + 2)'(2);
  assign filled_bound = {1'b0, filled};
  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // A pulse of full bucket's time passes, and no clock of it is forgotten
      if ($past(fire_i && !over_o)) assert (level_q == $past(level_q) + 8'd128 - $past(unit));
      cover (over_o && fire_i);
    end
  end
  logic [LimitW-1:0] limit_q;
  logic [2:0]        leak_q;
  always_ff @(posedge clk_i) begin
    limit_q <= limit_i;
    leak_q  <= leak_i;
  end
  always_comb begin
    if (started_q) assume ((limit_i == limit_q) && (leak_i == leak_q));
    assume (leak_i != 3'd0);
    if (rst_ni && past_valid_q) begin
      assert (filled_bound < bound);
      if (empty) assert (level_q[LevelW-1:7] == '1);
      if (!over_q) assert (filled_bound <= {2'b00, limit_i});
    end
  end
`endif
endmodule

`default_nettype wire
