// Receiver of address events, four-phase with bundled data. A request counts once it has stood for
// two clocks behind its synchroniser, so a glitch is no event; the address is captured while the
// request stands, and one request is one event however long it stands.
`default_nettype none

module ion_aer_in #(
  parameter int AddrW = 7
) (
  input  logic             clk_i,
  input  logic             rst_ni,

  // Sender: the address stands from before the request until the acknowledge
  input  logic             aer_req_i,
  input  logic [AddrW-1:0] aer_addr_i,
  output logic             aer_ack_o,

  // Event; it stands until it is taken, and the sender waits meanwhile
  output logic             ev_valid_o,
  output logic [AddrW-1:0] ev_addr_o,
  input  logic             ev_ready_i,

  // Nothing moves unless the pin does
  output logic             quiet_o
);
  logic [2:0]       req_q;
  logic             stands;
  logic             gone;
  logic             ack_q;
  logic             ack_d;
  logic             valid_q;
  logic [AddrW-1:0] addr_q;
  logic             capture;

  // Two flops against metastability, the third against glitches
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) req_q <= '0;
    else req_q <= {req_q[1:0], aer_req_i};
  end

  assign stands = req_q[2] & req_q[1];
  assign gone   = ~req_q[2] & ~req_q[1];

  always_comb begin
    ack_d = ack_q & ~gone;
    if (stands && !valid_q) ack_d = 1'b1;
  end

  assign capture = ack_d & ~ack_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      ack_q   <= 1'b0;
      valid_q <= 1'b0;
      addr_q  <= '0;
    end else begin
      ack_q   <= ack_d;
      valid_q <= capture | (valid_q & ~ev_ready_i);
      if (capture) addr_q <= aer_addr_i;
    end
  end

  assign aer_ack_o  = ack_q;
  assign ev_valid_o = valid_q;
  assign ev_addr_o  = addr_q;
  assign quiet_o    = (req_q == {3{aer_req_i}}) & (ack_q == req_q[2]) & ~valid_q;

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
      // The four phases: up only behind a request that stood, down only after it has gone
      if (aer_ack_o && !$past(aer_ack_o)) assert ($past(&req_q[2:1]));
      if (!aer_ack_o && $past(aer_ack_o)) assert ($past(~|req_q[2:1]));
      // One event an acknowledge, with the address of its clock
      assert ((ev_valid_o && !$past(ev_valid_o)) == (aer_ack_o && !$past(aer_ack_o)));
      if (aer_ack_o && !$past(aer_ack_o)) assert (ev_addr_o == $past(aer_addr_i));
      // An event stands until it is taken
      if ($past(ev_valid_o && !ev_ready_i)) begin
        assert (ev_valid_o && ev_addr_o == $past(ev_addr_o));
      end
      cover (!aer_ack_o && $past(aer_ack_o));
      cover (ev_valid_o && $past(ev_valid_o) && !aer_ack_o);
    end
  end
`endif
endmodule

`default_nettype wire
