// The guard stands between the sequencer and the drivers and trusts neither program nor host.
// Drivers are on only while armed by two keys in order; emergency stop and over-current switch
// them off without a clock; a pulse longer than the limit is cut. Every cause is latched and
// disarms.
`default_nettype none

module ion_guard #(
  parameter int OnTimeW = 24
) (
  input  logic               clk_i,
  input  logic               rst_ni,

  // Keys: the second within 256 clocks of the first; any other word disarms
  input  logic               key_we_i,
  input  logic [31:0]        key_i,
  input  logic               disarm_i,

  // Asynchronous
  input  logic               estop_ni,
  input  logic               ocp_i,

  // Pulse on the lines; a chained segment continues the pulse before it
  input  logic               fire_i,
  input  logic               pulse_start_i,
  input  logic [OnTimeW-1:0] on_limit_i,

  output logic               drv_en_o,
  output logic               armed_o,
  // Cause found in this clock: on-time, over-current, emergency stop
  output logic [2:0]         trip_o,

  // Time warp: clocks until the on-time limit, and whether anything else is moving
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
  logic [7:0]       key_count_q;
  logic [OnTimeW:0] on_q;
  logic             over_time;
  logic             blocked;

  // Two flops each: the pins know no clock
  logic [1:0] estop_q;
  logic [1:0] ocp_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      estop_q <= 2'b11;
      ocp_q   <= 2'b11;
    end else begin
      estop_q <= {estop_q[0], ~estop_ni};
      ocp_q   <= {ocp_q[0], ocp_i};
    end
  end

  assign blocked   = estop_q[1] | ocp_q[1];
  assign over_time = fire_i & on_q[OnTimeW];
  assign trip_o    = {estop_q[1], ocp_q[1], over_time} & {3{state_q == Armed}};

  always_comb begin
    state_d = state_q;
    if (key_we_i) begin
      state_d = Disarmed;
      if (key_i == FirstKey) state_d = HalfArmed;
      if ((key_i == SecondKey) && (state_q == HalfArmed)) state_d = Armed;
    end else if ((state_q == HalfArmed) && (key_count_q == '0)) begin
      state_d = Disarmed;
    end
    if (disarm_i || blocked || over_time) state_d = Disarmed;
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

  // Negative in the first clock beyond the limit
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) on_q <= '0;
    else if (pulse_start_i) on_q <= {1'b0, on_limit_i} - 1'b1;
    else if (fire_i && !on_q[OnTimeW]) on_q <= on_q - {1'b0, warp_i ? skip_i : '0} - 1'b1;
  end

  // Off without a clock; the flop alone decides on
  assign armed_o  = state_q == Armed;
  assign drv_en_o = armed_o & estop_ni & ~ocp_i;

  assign left_o  = fire_i ? (on_q[OnTimeW] ? '0 : on_q[OnTimeW-1:0]) : '1;
  assign quiet_o = (state_q != HalfArmed) & (estop_q[0] == estop_q[1]) & (ocp_q[0] == ocp_q[1])
                 & (estop_q[0] == ~estop_ni) & (ocp_q[0] == ocp_i);

`ifdef FORMAL
  always_comb begin
    if (!estop_ni || ocp_i) assert (!drv_en_o);
    if (state_q != Armed) assert (!drv_en_o);
  end

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
  end

  // Only the second key after the first arms
  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q && armed_o && !$past(armed_o)) begin
      assert ($past(state_q) == HalfArmed);
      assert ($past(key_we_i) && $past(key_i) == SecondKey);
    end
  end
`endif
endmodule

`default_nettype wire
