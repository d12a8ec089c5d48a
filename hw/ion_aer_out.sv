// Sender of address events, four-phase with bundled data: the address stands a clock before the
// request and until the acknowledge has gone again. A receiver that never answers holds back
// events here and nothing else.
`default_nettype none

module ion_aer_out #(
  parameter int AddrW = 7
) (
  input  logic             clk_i,
  input  logic             rst_ni,

  // Event
  input  logic             ev_valid_i,
  input  logic [AddrW-1:0] ev_addr_i,
  output logic             ev_ready_o,

  // Receiver
  output logic             aer_req_o,
  output logic [AddrW-1:0] aer_addr_o,
  input  logic             aer_ack_i,

  // An event has been acknowledged
  output logic             sent_o,
  // Nothing moves unless the pin does
  output logic             quiet_o
);
  // Bit 1 is the request pin
  typedef enum logic [1:0] {
    Idle    = 2'd0,
    Setup   = 2'd1,
    Request = 2'd2
  } state_e;

  state_e           state_q;
  state_e           state_d;
  logic [AddrW-1:0] addr_q;
  logic [2:0]       ack_q;
  logic             stands;
  logic             gone;
  logic             take;

  // Two flops against metastability, the third against glitches
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) ack_q <= '0;
    else ack_q <= {ack_q[1:0], aer_ack_i};
  end

  assign stands = ack_q[2] & ack_q[1];
  assign gone   = ~ack_q[2] & ~ack_q[1];

  assign ev_ready_o = (state_q == Idle) & gone;
  assign take       = ev_ready_o & ev_valid_i;
  assign sent_o     = (state_q == Request) & stands;

  always_comb begin
    state_d = state_q;
    case (state_q)
      Setup:   state_d = Request;
      Request: if (sent_o) state_d = Idle;
      default: if (take) state_d = Setup;
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= Idle;
      addr_q  <= '0;
    end else begin
      state_q <= state_d;
      if (take) addr_q <= ev_addr_i;
    end
  end

  assign aer_req_o  = state_q[1];
  assign aer_addr_o = addr_q;
  assign quiet_o    = (state_d == state_q) & (ack_q == {3{aer_ack_i}});

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

  // Whether the receiver has let go since the last event
  logic released_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) released_q <= 1'b1;
    else if (sent_o) released_q <= 1'b0;
    else if (gone) released_q <= 1'b1;
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // The four phases: up after the last acknowledge has gone, down only when acknowledged
      if (aer_req_o) assert (released_q);
      if (state_q == Setup) assert (released_q);
      if (!aer_req_o && $past(aer_req_o)) assert ($past(&ack_q[2:1]));
      // The address stands a clock before the request, and until the acknowledge has gone
      if (aer_req_o || $past(aer_req_o) || !released_q) begin
        assert (aer_addr_o == $past(aer_addr_o));
      end
      assert (state_q != 2'd3);
      cover ($past(sent_o));
      cover (aer_req_o && aer_addr_o == '1 && $past(aer_req_o));
    end
  end
`endif
endmodule

`default_nettype wire
