// APB front end: turns a transfer into one request on the internal bus and ends it with the answer.
// Every transfer takes `Latency` wait states, whatever it addresses; nothing behind can stall it.
`default_nettype none

module ion_apb #(
  parameter int AddrW   = 20,
  // Clocks from a request on the internal bus to its answer
  parameter int Latency = 1
) (
  input  logic             clk_i,
  input  logic             rst_ni,

  // APB
  input  logic             psel_i,
  input  logic             penable_i,
  input  logic             pwrite_i,
  input  logic [AddrW-1:0] paddr_i,
  input  logic [31:0]      pwdata_i,
  output logic [31:0]      prdata_o,
  output logic             pready_o,
  output logic             pslverr_o,

  // Internal bus: request for one clock, answer `Latency` clocks later
  output logic             req_o,
  output logic             we_o,
  output logic [AddrW-1:0] addr_o,
  output logic [31:0]      wdata_o,
  input  logic [31:0]      rdata_i,
  input  logic             error_i,

  // A transfer is under way: time must not be skipped
  output logic             active_o
);
  // Bit 0: the clock of the request; the highest: the clock of the answer
  logic [Latency:0] stage_q;
  logic             answer;

  // A master that skips the setup phase is served as well: `penable_i` is not needed to begin.
  // One that lets go of `psel_i` before the answer gets none.
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) stage_q <= '0;
    else stage_q <= {stage_q[Latency-1:0] & {Latency{psel_i}}, psel_i & ~|stage_q};
  end

  // APB holds address and data through the access phase
  assign req_o   = stage_q[0] & psel_i & penable_i;
  assign we_o    = pwrite_i;
  assign addr_o  = paddr_i;
  assign wdata_o = pwdata_i;

  assign answer    = stage_q[Latency];
  assign pready_o  = answer;
  assign prdata_o  = answer ? rdata_i : 32'h0;
  assign pslverr_o = answer & error_i;
  assign active_o = psel_i;

`ifdef FORMAL
  // Every trace begins in reset, which may come again at any time
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

  // The master: a setup clock, then access until the transfer has ended
  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      if ($past(psel_i) && !$past(pready_o)) begin
        assume (psel_i && penable_i);
      end else begin
        assume (!penable_i);
      end
    end else begin
      assume (!penable_i);
    end
  end

  // Clocks of this transfer so far, and its requests
  logic [3:0] f_clocks_q;
  logic [1:0] f_requests_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      f_clocks_q   <= '0;
      f_requests_q <= '0;
    end else if (!psel_i || pready_o) begin
      f_clocks_q   <= '0;
      f_requests_q <= '0;
    end else begin
      f_clocks_q   <= f_clocks_q + 1'b1;
      f_requests_q <= f_requests_q + 2'(req_o);
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // A transfer is in one stage; it ends with a setup clock, a request and `Latency` clocks
      assert ((stage_q & (stage_q - 1'b1)) == '0);
      assert (f_clocks_q <= 4'(Latency + 1));
      if (psel_i && f_clocks_q == 4'(Latency + 1)) assert (pready_o);
      if (f_clocks_q == '0) begin
        assert (stage_q == '0);
      end else begin
        assert (stage_q[f_clocks_q - 1'b1]);
      end

      // One request a transfer, an answer after it only; between answers the bus is silent
      if (pready_o) assert (f_requests_q == 2'd1 && psel_i && penable_i && !req_o);
      if (f_clocks_q > 4'd1) begin
        assert (f_requests_q == 2'd1);
      end else begin
        assert (f_requests_q == 2'd0);
      end
      if (!pready_o) assert (!pslverr_o && prdata_o == 32'h0);

      cover (pready_o && pslverr_o && pwrite_i);
      cover (pready_o && $past(pready_o, Latency + 2));
    end
  end
`endif
endmodule

`default_nettype wire
