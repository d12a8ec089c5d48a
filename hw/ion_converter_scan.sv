// Scans the columns that share a converter: multiplexer step, settling, strobe, answers, next step.
// All converters work in step. A code is one answer, or the mean of 2^os of them, halves rounded
// up; a comparison is always one answer. A step takes `settle` clocks, for every strobe 2 clocks
// and the latency of the converters, and one clock more where it forms a mean.
`default_nettype none

module ion_converter_scan #(
  parameter int Converters      = 1,
  parameter int Shares          = 1,
  parameter int Bits            = 8,
  parameter int MuxW            = 1,
  parameter int CountW          = 16,
  parameter int HasOversampling = 0,
  parameter int HasCompare      = 0
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,

  // `done_o` in the last clock of the scan; `compare_i` counts with `start_i`
  input  logic                       start_i,
  input  logic                       compare_i,
  input  logic                       abort_i,
  output logic                       done_o,
  // The next clock is the last one
  output logic                       ending_o,
  output logic                       timeout_o,

  // Settling before a strobe, and longest wait for the answers [clocks]; 0 counts as 1
  input  logic [CountW-1:0]          settle_i,
  input  logic [CountW-1:0]          limit_i,
  // log2 of the conversions of a code
  input  logic [1:0]                 os_i,

  // Converters; `adc_answer_i` holds {above, below} of each, both at once are no answer
  output logic [MuxW-1:0]            adc_mux_o,
  output logic                       adc_conv_o,
  output logic                       adc_compare_o,
  input  logic                       adc_valid_i,
  input  logic [Converters*Bits-1:0] adc_data_i,
  input  logic [2*Converters-1:0]    adc_answer_i,

  // Codes or answers of the step on `adc_mux_o`
  output logic                       we_o,
  output logic [Converters*Bits-1:0] data_o,
  output logic [2*Converters-1:0]    answer_o,

  // Time warp, as in ion_segment_timer
  output logic [CountW-1:0]          left_o,
  input  logic                       warp_i,
  input  logic [CountW-1:0]          skip_i
);
  typedef enum logic [2:0] {
    Idle    = 3'd0,
    Settle  = 3'd1,
    Convert = 3'd2,
    Wait    = 3'd3,
    Store   = 3'd4
  } state_e;

  state_e                     state_q;
  state_e                     state_d;
  logic [MuxW-1:0]            mux_q;
  logic [MuxW-1:0]            mux_d;
  logic                       last_share_q;
  logic [CountW:0]            count_q;
  logic [CountW:0]            count_d;
  logic [CountW:0]            settle_count;
  logic [CountW:0]            limit_count;
  logic                       valid_q;
  logic [Converters*Bits-1:0] data_q;
  logic                       conv_q;
  // Ahead of the answer, so that the end of a scan is a flop
  logic                       done_q;
  logic                       ends;
  logic                       counting;
  logic                       last_clock;
  logic                       last_turn;
  logic                       answered;
  logic                       averages;
  logic                       compares;
  logic                       contradicts;
  logic [CountW-1:0]          left;

  // Signed, one clock ahead: negative in the last clock
  assign settle_count = {1'b0, settle_i} - (CountW + 1)'(2);
  assign limit_count  = {1'b0, limit_i} - (CountW + 1)'(2);

  // An answer that nobody asked for counts only while one is waited for
  assign counting   = ((state_q == Settle) | ((state_q == Wait) & ~valid_q)) & ~count_q[CountW];
  assign left       = count_q[CountW-1:0] + 1'b1;
  assign left_o     = counting ? left : '0;
  assign last_clock = count_q[CountW] | (warp_i & (skip_i == left));
  assign answered   = (state_q == Wait) & valid_q;

  assign we_o      = averages ? (state_q == Store) : answered;
  assign done_o    = done_q;
  assign ending_o  = ends;
  assign timeout_o = (state_q == Wait) & last_clock & ~valid_q;

  always_comb begin
    state_d = state_q;
    mux_d   = mux_q;
    count_d = count_q;
    if (counting) count_d = count_q - {1'b0, warp_i ? skip_i : '0} - 1'b1;
    case (state_q)
      Settle: begin
        if (last_clock) state_d = Convert;
      end
      Convert: begin
        state_d = Wait;
        count_d = limit_count;
      end
      Wait: begin
        if (valid_q && averages) begin
          state_d = Convert;
          if (last_turn) state_d = Store;
        end
      end
      Store: ;
      default: begin
        if (start_i) begin
          state_d = Settle;
          count_d = settle_count;
        end
      end
    endcase
    if (we_o) begin
      state_d = Settle;
      mux_d   = mux_q + 1'b1;
      count_d = settle_count;
      if (last_share_q) begin
        state_d = Idle;
        mux_d   = '0;
      end
    end
    if (abort_i) begin
      state_d = Idle;
      mux_d   = '0;
    end
  end

  always_comb begin
    ends = adc_valid_i & ~contradicts & ((state_q == Convert) | ((state_q == Wait) & ~valid_q));
    if (averages) ends = answered & last_turn;
    if (!last_share_q) ends = 1'b0;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q      <= Idle;
      mux_q        <= '0;
      last_share_q <= Shares == 1;
      count_q      <= '0;
      conv_q       <= 1'b0;
      done_q       <= 1'b0;
    end else begin
      state_q      <= state_d;
      mux_q        <= mux_d;
      last_share_q <= mux_d == MuxW'(Shares - 1);
      count_q      <= count_d;
      conv_q       <= state_d == Convert;
      done_q       <= ends & ~abort_i;
    end
  end

  // Registered at the pins: a converter's answer has a whole clock to arrive
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      data_q  <= '0;
    end else begin
      valid_q <= adc_valid_i & ~contradicts;
      if (adc_valid_i) data_q <= adc_data_i;
    end
  end

  if (HasOversampling != 0) begin : gen_mean
    localparam int SumW = Bits + 3;

    logic [2:0]                 turn_q;
    logic [2:0]                 turns;
    logic [2:0]                 half;
    logic [Converters*SumW-1:0] sum_q;
    logic [Converters*SumW-1:0] sum_d;

    assign averages  = (os_i != 2'd0) & ~compares;
    assign turns     = {os_i == 2'd3, os_i[1], os_i != 2'd0};
    assign half      = {os_i == 2'd3, os_i == 2'd2, os_i == 2'd1};
    assign last_turn = turn_q == turns;

    // The sum starts at half of its divisor
    for (genvar a = 0; a < Converters; a++) begin : gen_converters
      logic [SumW-1:0] sum;
      logic [SumW-1:0] shifted;
      assign sum = sum_q[a*SumW +: SumW];
      assign sum_d[a*SumW +: SumW] = sum + {3'd0, data_q[a*Bits +: Bits]};
      assign shifted = os_i[1] ? (os_i[0] ? sum >> 3 : sum >> 2) : sum >> 1;
      assign data_o[a*Bits +: Bits] = averages ? shifted[Bits-1:0] : data_q[a*Bits +: Bits];

      logic unused_carry;
      assign unused_carry = ^shifted[SumW-1:Bits];
    end

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        turn_q <= '0;
        sum_q  <= '0;
      end else if (state_q == Settle) begin
        turn_q <= '0;
        sum_q  <= {Converters{(SumW)'(half)}};
      end else if (answered) begin
        turn_q <= turn_q + 1'b1;
        sum_q  <= sum_d;
      end
    end
  end else begin : gen_single
    assign averages  = 1'b0;
    assign last_turn = 1'b1;
    assign data_o    = data_q;

    logic unused_os;
    assign unused_os = ^os_i;
  end

  if (HasCompare != 0) begin : gen_compare
    logic                    compare_q;
    logic [2*Converters-1:0] answer_q;
    logic [Converters-1:0]   both;

    for (genvar a = 0; a < Converters; a++) begin : gen_converters
      assign both[a] = &adc_answer_i[2*a +: 2];
    end

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        compare_q <= 1'b0;
        answer_q  <= '0;
      end else begin
        if (abort_i || done_o) compare_q <= 1'b0;
        else if (start_i) compare_q <= compare_i;
        if (adc_valid_i) answer_q <= adc_answer_i;
      end
    end

    assign compares    = compare_q;
    assign contradicts = compare_q & (|both);
    assign answer_o    = answer_q;
  end else begin : gen_codes
    assign compares    = 1'b0;
    assign contradicts = 1'b0;
    assign answer_o    = '0;

    logic unused_compare;
    assign unused_compare = ^{compare_i, adc_answer_i};
  end

  assign adc_mux_o     = mux_q;
  assign adc_conv_o    = conv_q;
  assign adc_compare_o = compares;

`ifdef FORMAL
  // Every trace begins in reset; properties hold from the second clock after it on
  logic started_q = 1'b0;
  logic past_valid_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) past_valid_q <= 1'b0;
    else past_valid_q <= 1'b1;
  end
  // The sequencer begins one scan at a time
  always_comb begin
    if (!started_q) assume (!rst_ni);
    if (state_q != Idle) assume (!start_i);
  end

  // Registers stand during a scan
  logic [1:0] os_q;
  always_ff @(posedge clk_i) os_q <= os_i;
  always_comb begin
    if (state_q != Idle) assume (os_i == os_q);
  end

  // A strobe whose answer is still to come
  logic pending_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) pending_q <= 1'b0;
    else if (abort_i || answered) pending_q <= 1'b0;
    else if (adc_conv_o) pending_q <= 1'b1;
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // No strobe while a conversion runs, and each lasts one clock
      assert (adc_conv_o == (state_q == Convert));
      assert (pending_q == (state_q == Wait));
      if ($past(adc_conv_o)) assert (!adc_conv_o);
      // Multiplexer and kind of the conversion stand from settling to the last answer
      if ($past(state_q) != Idle && !$past(we_o || abort_i)) begin
        assert (adc_mux_o == $past(adc_mux_o));
        assert (adc_compare_o == $past(adc_compare_o));
      end
      if (state_q == Idle) assert (adc_mux_o == '0);
      assert (last_share_q == (mux_q == MuxW'(Shares - 1)));
      assert (done_o == (we_o && last_share_q));
      // Codes come from an answer, and an answer that is late is told
      if (we_o) assert (state_q == Wait || state_q == Store);
      if (timeout_o) assert (state_q == Wait && !we_o);
      cover (done_o && adc_compare_o);
      cover (done_o && averages);
      cover (timeout_o);
    end
  end
`endif
endmodule

`default_nettype wire
