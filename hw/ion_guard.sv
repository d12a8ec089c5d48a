// The guard stands between the sequencer and the drivers and trusts neither program nor host.
// Drivers are on only while armed by two keys in order. Emergency stop, over-current and
// over-temperature switch them off without a clock and for good, even while the clock stands
// still; a pulse beyond the on-time or the duty limit is cut. Every cause is latched and disarms.
`default_nettype none

module ion_guard #(
  parameter int OnTimeW = 24,
  // 0: no duty limit
  parameter int DutyW   = 0,
  // 1: a pulse ends only where `fire_i` falls or the polarity turns; 0: where the sequencer says
  parameter int Strict  = 0,
  parameter int BucketW = (DutyW == 0) ? 1 : DutyW
) (
  input  logic               clk_i,
  input  logic               rst_ni,

  // Keys: the second within 256 clocks of the first; any other word disarms
  input  logic               key_we_i,
  input  logic [31:0]        key_i,
  input  logic               disarm_i,
  // Forgets the causes: there is no arming before it
  input  logic               clear_i,
  // Freezes limits until reset
  input  logic               lock_we_i,

  // Asynchronous: emergency stop, over-current, over-temperature
  input  logic               estop_ni,
  input  logic               ocp_i,
  input  logic               otp_i,

  // Pulse on the lines; a chained segment continues the pulse before it
  input  logic               fire_i,
  input  logic               negative_i,
  input  logic               pulse_start_i,
  input  logic [OnTimeW-1:0] on_limit_i,

  // Leaky bucket: on-time that it holds [clocks]; 2^-leak of all time leaks out of it, 0: no limit
  input  logic [BucketW-1:0] duty_limit_i,
  input  logic [2:0]         duty_leak_i,

  output logic               drv_en_o,
  output logic               armed_o,
  // Limits may not be written: armed or locked
  output logic               frozen_o,
  // A pin says stop
  output logic               blocked_o,
  // Latched causes, and the cause found in this clock; bit k is error code k + 1: on-time, duty,
  // over-current, over-temperature, emergency stop, not armed
  output logic [5:0]         cause_o,
  output logic [5:0]         trip_o,

  // Time warp: clocks until a limit, and whether anything else is moving
  output logic [OnTimeW-1:0] left_o,
  output logic               quiet_o,
  input  logic               warp_i,
  input  logic [OnTimeW-1:0] skip_i
);
  localparam logic [31:0] FirstKey  = 32'hA5C3_5A3C;
  localparam logic [31:0] SecondKey = 32'h3CA5_C35A;

  typedef enum logic [1:0] {
    Disarmed  = 2'd0,
    HalfArmed = 2'd1,
    Armed     = 2'd2
  } state_e;

  state_e           state_q;
  state_e           state_d;
  logic             arms;
  logic             disarms;
  logic [7:0]       key_count_q;
  logic [5:0]       cause_q;
  logic             caused_q;
  logic             locked_q;
  logic             live_q;
  logic             over_time;
  logic             over_duty;
  logic             cut;
  logic [47:0]      duty_left;

  // A pin sets the first flop without a clock: the shortest press is seen. Two more flops bring it
  // to the clock, a fourth finds its begin. Bits: emergency stop, over-temperature, over-current
  logic [2:0] pin;
  logic [2:0] pin_q1;
  logic [2:0] pin_q2;
  logic [2:0] pin_q3;
  logic [2:0] pin_q4;
  logic       estop_seen_n;
  logic       otp_seen_n;
  logic       ocp_seen_n;
  assign pin          = {~estop_ni, otp_i, ocp_i};
  assign estop_seen_n = rst_ni & estop_ni;
  assign otp_seen_n   = rst_ni & ~otp_i;
  assign ocp_seen_n   = rst_ni & ~ocp_i;

  logic estop_q;
  logic otp_q;
  logic ocp_q;
  always_ff @(posedge clk_i or negedge estop_seen_n) begin
    if (!estop_seen_n) estop_q <= 1'b1;
    else estop_q <= 1'b0;
  end
  always_ff @(posedge clk_i or negedge otp_seen_n) begin
    if (!otp_seen_n) otp_q <= 1'b1;
    else otp_q <= 1'b0;
  end
  always_ff @(posedge clk_i or negedge ocp_seen_n) begin
    if (!ocp_seen_n) ocp_q <= 1'b1;
    else ocp_q <= 1'b0;
  end
  assign pin_q1 = {estop_q, otp_q, ocp_q};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      pin_q2 <= 3'b111;
      pin_q3 <= 3'b111;
      pin_q4 <= 3'b111;
    end else begin
      pin_q2 <= pin_q1;
      pin_q3 <= pin_q2;
      pin_q4 <= pin_q3;
    end
  end

  assign blocked_o = |pin_q3;
  assign cut       = over_time | over_duty;

  assign trip_o[0] = over_time & (state_q == Armed);
  assign trip_o[1] = over_duty & (state_q == Armed);
  assign trip_o[2] = pin_q3[0] & ~pin_q4[0];
  assign trip_o[3] = pin_q3[1] & ~pin_q4[1];
  assign trip_o[4] = pin_q3[2] & ~pin_q4[2];
  assign trip_o[5] = fire_i & (state_q != Armed);

  // Keys
  assign disarms = disarm_i | blocked_o | cut | trip_o[5] | caused_q;
  always_comb begin
    state_d = state_q;
    arms    = 1'b0;
    if (key_we_i) begin
      state_d = Disarmed;
      if (key_i == FirstKey) state_d = HalfArmed;
      if ((key_i == SecondKey) && (state_q == HalfArmed)) begin
        state_d = Armed;
        arms    = 1'b1;
      end
    end else if ((state_q == HalfArmed) && (key_count_q == '0)) begin
      state_d = Disarmed;
    end
    if (disarms) begin
      state_d = Disarmed;
      arms    = 1'b0;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q     <= Disarmed;
      key_count_q <= '0;
    end else begin
      state_q <= state_d;
      if (key_we_i) key_count_q <= 8'd255;
      else if (key_count_q != '0) key_count_q <= key_count_q - 1'b1;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      cause_q  <= '0;
      caused_q <= 1'b0;
      locked_q <= 1'b0;
    end else begin
      cause_q  <= (cause_q & ~{6{clear_i}}) | trip_o;
      caused_q <= (caused_q & ~clear_i) | (|trip_o);
      locked_q <= locked_q | lock_we_i;
    end
  end

  // A pin puts it out without a clock, and only arming anew lights it
  logic live_n;
  assign live_n = rst_ni & estop_ni & ~ocp_i & ~otp_i;
  always_ff @(posedge clk_i or negedge live_n) begin
    if (!live_n) live_q <= 1'b0;
    else live_q <= arms | (live_q & (state_q == Armed) & ~key_we_i & ~disarms);
  end

  // On-time
  logic               on_load;
  logic               on_begun;
  logic               over_limit;
  logic [OnTimeW-1:0] on_clocks;

  ion_on_time #(
    .Width(OnTimeW)
  ) u_on_time (
    .clk_i,
    .rst_ni,
    .load_i (on_load),
    .begun_i(on_begun),
    .limit_i(on_limit_i),
    .run_i  (fire_i),
    .over_o (over_limit),
    .left_o (on_clocks),
    .warp_i,
    .skip_i
  );

  if (Strict != 0) begin : gen_strict
    logic fire_q;
    logic negative_q;
    logic turns;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        fire_q     <= 1'b0;
        negative_q <= 1'b0;
      end else begin
        fire_q     <= fire_i;
        negative_q <= negative_i;
      end
    end
    assign turns     = fire_i & fire_q & (negative_i != negative_q);
    assign on_load   = ~fire_i | turns;
    assign on_begun  = turns;
    assign over_time = fire_i & over_limit & ~turns;

    logic unused_strict;
    assign unused_strict = pulse_start_i;

`ifdef FORMAL
    // A9: the limit that held before the pulse or the turn, and driven clocks since
    logic [OnTimeW:0]   strict_driven_q;
    logic [OnTimeW-1:0] strict_allowed_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        strict_driven_q  <= '0;
        strict_allowed_q <= '0;
      end else if (!fire_i || turns) begin
        strict_driven_q  <= (OnTimeW + 1)'(fire_i & drv_en_o);
        strict_allowed_q <= on_limit_i;
      end else if (drv_en_o) begin
        strict_driven_q <= strict_driven_q + 1'b1;
      end
    end
    always_comb begin
      // A limit of no clock at all is no limit for a turn
      if (rst_ni && strict_allowed_q != '0) begin
        assert (strict_driven_q <= {1'b0, strict_allowed_q});
        assert (over_limit
                || ({1'b0, strict_driven_q} + on_clocks + 1'b1 <= {2'b0, strict_allowed_q}));
      end
    end
`endif
  end else begin : gen_chained
    assign on_load   = pulse_start_i;
    assign on_begun  = 1'b0;
    assign over_time = fire_i & over_limit;

    logic unused_chained;
    assign unused_chained = negative_i;
  end

  if (DutyW != 0) begin : gen_duty
    logic       over;
    ion_duty #(
      .LimitW(DutyW),
      .SkipW (OnTimeW)
    ) u_duty (
      .clk_i,
      .rst_ni,
      .fire_i,
      .limit_i(duty_limit_i),
      .leak_i (duty_leak_i),
      .over_o (over),
      .left_o (duty_left),
      .warp_i,
      .skip_i
    );
    assign over_duty = fire_i & over;
  end else begin : gen_no_duty
    assign over_duty = 1'b0;
    assign duty_left = '1;

    logic unused_duty;
    assign unused_duty = ^{duty_limit_i, duty_leak_i};
  end

  // Off without a clock; the flop alone decides on
  assign armed_o  = state_q == Armed;
  assign drv_en_o = live_q & estop_ni & ~ocp_i & ~otp_i & ~cut;
  assign frozen_o = armed_o | locked_q;
  assign cause_o  = cause_q;

  logic [OnTimeW-1:0] on_left;
  assign on_left = fire_i ? on_clocks : '1;
  assign left_o  = (duty_left <= 48'(on_left)) ? duty_left[OnTimeW-1:0] : on_left;

  assign quiet_o = (state_q != HalfArmed) & (pin == pin_q1) & (pin_q1 == pin_q2)
                 & (pin_q2 == pin_q3) & (pin_q3 == pin_q4);

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

  // Clocks for which drivers and pulse have been on together, and whether the pulse was started
  logic [OnTimeW:0]   driven_q;
  logic [OnTimeW-1:0] allowed_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      driven_q  <= '0;
      allowed_q <= '0;
    end else if (pulse_start_i) begin
      driven_q  <= '0;
      allowed_q <= on_limit_i;
    end else if (fire_i && drv_en_o) begin
      driven_q <= driven_q + 1'b1;
    end
  end

  always_comb begin
    if (rst_ni && past_valid_q) begin
      // A5: off in the same instant
      if (!estop_ni || ocp_i || otp_i) assert (!drv_en_o);
      // On only while armed, and armed only by keys
      if (state_q != Armed) assert (!drv_en_o && !live_q);
      // A6: what fires unarmed is told
      if (fire_i && !armed_o) assert (trip_o[5]);
      // A9: driven no longer than the limit that held at the begin of the pulse
      if (Strict == 0) begin
        assert (driven_q <= {1'b0, allowed_q});
        assert (over_limit || ({1'b0, driven_q} + on_clocks + 1'b1 <= {2'b0, allowed_q}));
      end
      cover (trip_o[0]);
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // Only the second key after the first arms, and nothing but arming lights the drivers
      if (armed_o && !$past(armed_o)) begin
        assert ($past(state_q) == HalfArmed);
        assert ($past(key_we_i) && $past(key_i) == SecondKey);
        assert (!$past(blocked_o) && $past(cause_q) == '0);
      end
      if (live_q && !$past(live_q)) assert (armed_o && !$past(armed_o));
      // Every cause is latched, and disarms
      assert (caused_q == |cause_q);
      assert ((cause_q & $past(trip_o)) == $past(trip_o));
      if ($past(|trip_o)) assert (!armed_o);
      if (drv_en_o && !$past(drv_en_o)) assert (armed_o && !$past(armed_o));
      cover (armed_o);
    end
  end
`endif
endmodule

`default_nettype wire
