// Magnet coil: a command picks one of four field states; the current ramps there, through zero
// with the coil off where the polarity turns, and the field must then stay inside its window for
// the settling time without a break. A coil that fails, leaves the window or takes too long is
// switched off; emergency stop does so without a clock.
`default_nettype none

module ion_field #(
  parameter int CodeW  = 12,
  parameter int StepW  = 8,
  parameter int CountW = 24
) (
  input  logic                   clk_i,
  input  logic                   rst_ni,

  // Program: go to a state
  input  logic                   command_i,
  input  logic [1:0]             state_i,

  // Settings: {negative, code} of the states, state 0 lowest; code per step; between steps, in the
  // window, and longest way to a state, all at least 1 [clocks]
  input  logic [4*(CodeW+1)-1:0] codes_i,
  input  logic [StepW-1:0]       step_i,
  input  logic [CountW-1:0]      period_i,
  input  logic [CountW-1:0]      settle_i,
  input  logic [CountW-1:0]      limit_i,

  // Emergency stop at the pin, and any cause that stops everything
  input  logic                   estop_ni,
  input  logic                   off_i,

  // Coil; window and fault know no clock
  output logic                   coil_en_o,
  output logic                   coil_pol_o,
  output logic [CodeW-1:0]       coil_code_o,
  input  logic                   in_window_i,
  input  logic                   coil_fault_i,

  output logic                   ok_o,
  output logic [2:0]             state_o,
  // Events: the state is reached; it took too long; coil or field failed
  output logic                   ready_o,
  output logic                   timeout_o,
  output logic                   fault_o,

  // Time warp
  output logic [CountW-1:0]      left_o,
  output logic                   quiet_o,
  input  logic                   warp_i,
  input  logic [CountW-1:0]      skip_i
);
  typedef enum logic [2:0] {
    Off    = 3'd0,
    Ramp   = 3'd1,
    Settle = 3'd2,
    Ok     = 3'd3,
    Down   = 3'd4,
    Err    = 3'd5
  } state_e;

  state_e            state_q;
  state_e            state_d;
  logic [CodeW-1:0]  code_q;
  logic [CodeW-1:0]  code_d;
  logic [CodeW-1:0]  target_q;
  logic              turn_q;
  logic              pol_q;
  logic              pol_d;
  logic              en_q;
  logic              en_set;
  logic              en_hold;
  logic              ok_q;
  logic [CountW:0]   count_q;
  logic [CountW:0]   count_d;
  logic [CountW:0]   limit_q;
  logic [CountW:0]   limit_d;
  logic [1:0]        window_q;
  logic [1:0]        fault_q;

  // The state that a command asks for
  logic [CodeW:0]    asked;
  assign asked = codes_i[32'(state_i)*(CodeW+1) +: CodeW+1];

  // One step towards the goal, never beyond it
  logic [CodeW-1:0]  goal;
  logic              rises;
  logic [CodeW:0]    moved;
  logic [CodeW:0]    past_goal;
  logic              arrives;
  assign goal      = (state_q == Down) ? '0 : target_q;
  assign rises     = code_q < goal;
  assign moved     = rises ? {1'b0, code_q} + (CodeW + 1)'(step_i)
                           : {1'b0, code_q} - (CodeW + 1)'(step_i);
  assign past_goal = rises ? {1'b0, goal} - moved : moved - {1'b0, goal};
  assign arrives   = past_goal[CodeW] | (moved[CodeW] & ~rises);

  // Counters are negative in their last clock; the way to a state has a limit
  logic              moving;
  logic              count_last;
  logic              limit_last;
  logic [CountW-1:0] count_left;
  logic [CountW-1:0] limit_left;
  assign moving     = (state_q == Ramp) | (state_q == Settle) | (state_q == Down);
  assign count_left = count_q[CountW] ? '0 : count_q[CountW-1:0] + 1'b1;
  assign limit_left = limit_q[CountW] ? '0 : limit_q[CountW-1:0] + 1'b1;
  assign count_last = count_q[CountW] | (warp_i & (skip_i == count_left));
  assign limit_last = limit_q[CountW] | (warp_i & (skip_i == limit_left));

  always_comb begin
    left_o = '0;
    if (moving) left_o = (count_left < limit_left) ? count_left : limit_left;
  end
  // In its last clock a count has nothing left, but what follows it moves
  assign quiet_o = (window_q == {2{in_window_i}}) & (fault_q == {2{coil_fault_i}})
                 & ~(moving & (left_o == '0))
                 & ((state_q == Settle) | ~moving | (en_q & (code_q != goal)));

  logic [CountW:0] skipped;
  assign skipped = {1'b0, warp_i ? skip_i : '0} + 1'b1;

  always_comb begin
    state_d   = state_q;
    code_d    = code_q;
    pol_d     = pol_q;
    en_set    = 1'b0;
    en_hold   = 1'b1;
    count_d   = count_q;
    limit_d   = limit_q;
    ready_o   = 1'b0;
    timeout_o = 1'b0;
    fault_o   = 1'b0;
    if (moving && !count_q[CountW]) count_d = count_q - skipped;
    if (moving && !limit_q[CountW]) limit_d = limit_q - skipped;
    case (state_q)
      Ramp: begin
        if (code_q == target_q) begin
          state_d = Settle;
          count_d = {1'b0, settle_i} - (CountW + 1)'(2);
          en_hold = target_q != '0;
        end else if (!en_q) begin
          en_set  = code_q == '0;
          count_d = {1'b0, period_i} - (CountW + 1)'(2);
        end else if (count_last) begin
          code_d  = arrives ? target_q : moved[CodeW-1:0];
          count_d = {1'b0, period_i} - (CountW + 1)'(2);
        end
      end
      Settle: begin
        if (!window_q[1]) begin
          count_d = {1'b0, settle_i} - (CountW + 1)'(2);
        end else if (count_last) begin
          state_d = Ok;
          ready_o = 1'b1;
        end
      end
      Down: begin
        if (code_q != '0) begin
          if (count_last) begin
            code_d  = arrives ? '0 : moved[CodeW-1:0];
            count_d = {1'b0, period_i} - (CountW + 1)'(2);
          end
        end else if (en_q) begin
          en_hold = 1'b0;
        end else begin
          pol_d   = turn_q;
          state_d = Ramp;
        end
      end
      default: begin
        // Off, Ok and Err stand until something happens
      end
    endcase
    if (moving && limit_last) begin
      state_d   = Err;
      ready_o   = 1'b0;
      timeout_o = 1'b1;
    end
    if ((moving || (state_q == Ok)) && (fault_q[1] || ((state_q == Ok) && !window_q[1]))) begin
      state_d   = Err;
      ready_o   = 1'b0;
      timeout_o = 1'b0;
      fault_o   = 1'b1;
    end
    // A command in the clock of a turn takes the turn's place
    if (command_i) begin
      state_d = Ramp;
      pol_d   = pol_q;
      if ((asked[CodeW] != pol_q) && (asked[CodeW-1:0] != '0)) state_d = Down;
      ready_o = 1'b0;
      count_d = {1'b0, period_i} - (CountW + 1)'(2);
      limit_d = {1'b0, limit_i} - (CountW + 1)'(2);
    end
    if (off_i && (state_q != Off)) state_d = Err;
    if (state_d == Err) begin
      code_d  = '0;
      pol_d   = pol_q;
      en_set  = 1'b0;
      en_hold = 1'b0;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q  <= Off;
      code_q   <= '0;
      target_q <= '0;
      turn_q   <= 1'b0;
      pol_q    <= 1'b0;
      ok_q     <= 1'b0;
      count_q  <= '0;
      limit_q  <= '0;
    end else begin
      state_q <= state_d;
      code_q  <= code_d;
      pol_q   <= pol_d;
      ok_q    <= state_d == Ok;
      count_q <= count_d;
      limit_q <= limit_d;
      if (command_i) begin
        target_q <= asked[CodeW-1:0];
        turn_q   <= asked[CodeW];
      end
    end
  end

  // The pin puts the coil off without a clock, and only a ramp from code 0 puts it on
  logic coil_n;
  assign coil_n = rst_ni & estop_ni;
  always_ff @(posedge clk_i or negedge coil_n) begin
    if (!coil_n) en_q <= 1'b0;
    else en_q <= en_set | (en_q & en_hold);
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      window_q <= 2'b00;
      fault_q  <= 2'b00;
    end else begin
      window_q <= {window_q[0], in_window_i};
      fault_q  <= {fault_q[0], coil_fault_i};
    end
  end

  assign coil_en_o   = en_q;
  assign coil_pol_o  = pol_q;
  assign coil_code_o = code_q;
  assign ok_o        = ok_q;
  assign state_o     = state_q;

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

  always_comb begin
    if (rst_ni && past_valid_q) begin
      assert (ok_o == (state_q == Ok));
      if (state_q == Off || state_q == Err) assert (!coil_en_o && coil_code_o == '0);
      if (!estop_ni) assert (!coil_en_o);
      if (state_q == Ok) assert (code_q == target_q);
      if (state_q == Settle) assert (code_q == target_q);
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // A15: the polarity turns only with the coil off and no current asked for
      if (coil_pol_o != $past(coil_pol_o)) begin
        assert (!coil_en_o && !$past(coil_en_o));
        assert (coil_code_o == '0 && $past(coil_code_o) == '0);
      end
      // The coil goes on with no current asked for
      if (coil_en_o && !$past(coil_en_o)) assert ($past(coil_code_o) == '0);
      // A command is felt at once
      if ($past(command_i)) assert (!ok_o);
      cover (coil_pol_o != $past(coil_pol_o));
      cover (ok_o && !$past(ok_o));
    end
  end
`endif
endmodule

`default_nettype wire
