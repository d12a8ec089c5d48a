// Scans the columns that share a converter: multiplexer step, settling, one strobe, wait for the
// answers, next step. All converters work in step. A step takes `settle + 2` clocks and the
// latency of the converters.
`default_nettype none

module ion_converter_scan #(
  parameter int Converters = 1,
  parameter int Shares     = 1,
  parameter int Bits       = 8,
  parameter int MuxW       = 1,
  parameter int CountW     = 16
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,

  // `done_o` in the last clock of the scan
  input  logic                       start_i,
  input  logic                       abort_i,
  output logic                       done_o,
  output logic                       timeout_o,

  // Settling before a strobe, and longest wait for the answers; both at least 1 [clocks]
  input  logic [CountW-1:0]          settle_i,
  input  logic [CountW-1:0]          limit_i,

  // Converters
  output logic [MuxW-1:0]            adc_mux_o,
  output logic                       adc_conv_o,
  input  logic                       adc_valid_i,
  input  logic [Converters*Bits-1:0] adc_data_i,

  // Codes of one step
  output logic                       we_o,
  output logic [Converters*Bits-1:0] data_o,

  // Time warp, as in ion_segment_timer
  output logic [CountW-1:0]          left_o,
  input  logic                       warp_i,
  input  logic [CountW-1:0]          skip_i
);
  typedef enum logic [1:0] {
    Idle    = 2'd0,
    Settle  = 2'd1,
    Convert = 2'd2,
    Wait    = 2'd3
  } state_e;

  state_e                     state_q;
  state_e                     state_d;
  logic [MuxW-1:0]            mux_q;
  logic [MuxW-1:0]            mux_d;
  logic [CountW:0]            count_q;
  logic [CountW:0]            count_d;
  logic [CountW:0]            settle_count;
  logic [CountW:0]            limit_count;
  logic                       valid_q;
  logic [Converters*Bits-1:0] data_q;
  logic                       conv_q;
  logic                       counting;
  logic                       last_clock;
  logic                       last_share;
  logic [CountW-1:0]          left;

  // Signed, one clock ahead: negative in the last clock
  assign settle_count = {1'b0, settle_i} - (CountW + 1)'(2);
  assign limit_count  = {1'b0, limit_i} - (CountW + 1)'(2);

  assign counting   = ((state_q == Settle) | (state_q == Wait)) & ~count_q[CountW] & ~valid_q;
  assign left       = count_q[CountW-1:0] + 1'b1;
  assign left_o     = counting ? left : '0;
  assign last_clock = count_q[CountW] | (warp_i & (skip_i == left));
  assign last_share = mux_q == MuxW'(Shares - 1);

  assign we_o      = (state_q == Wait) & valid_q;
  assign done_o    = we_o & last_share;
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
        if (valid_q) begin
          state_d = Settle;
          mux_d   = mux_q + 1'b1;
          count_d = settle_count;
          if (last_share) begin
            state_d = Idle;
            mux_d   = '0;
          end
        end
      end
      default: begin
        if (start_i) begin
          state_d = Settle;
          count_d = settle_count;
        end
      end
    endcase
    if (abort_i) begin
      state_d = Idle;
      mux_d   = '0;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= Idle;
      mux_q   <= '0;
      count_q <= '0;
      conv_q  <= 1'b0;
    end else begin
      state_q <= state_d;
      mux_q   <= mux_d;
      count_q <= count_d;
      conv_q  <= state_d == Convert;
    end
  end

  // Registered at the pins: a converter's answer has a whole clock to arrive
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      data_q  <= '0;
    end else begin
      valid_q <= adc_valid_i;
      if (adc_valid_i) data_q <= adc_data_i;
    end
  end

  assign adc_mux_o  = mux_q;
  assign adc_conv_o = conv_q;
  assign data_o     = data_q;

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
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // The multiplexer stands from settling to the answer, the strobe lasts one clock
      assert (adc_conv_o == (state_q == Convert));
      if ($past(state_q) == Settle && state_q != Idle) begin
        assert (adc_mux_o == $past(adc_mux_o));
      end
      if ($past(adc_conv_o)) assert (!adc_conv_o);
    end
  end
`endif
endmodule

`default_nettype wire
