// APB front end: turns a transfer into one request on the internal bus and answers one clock later.
// Every transfer takes one wait state, whatever it addresses; nothing behind it can stall the bus.
`default_nettype none

module ion_apb #(
  parameter int AddrW = 20
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

  // Internal bus: request for one clock, answer in the next
  output logic             req_o,
  output logic             we_o,
  output logic [AddrW-1:0] addr_o,
  output logic [31:0]      wdata_o,
  input  logic [31:0]      rdata_i,
  input  logic             error_i
);
  logic req_q;
  logic answer_q;

  // A master that skips the setup phase is served as well: `penable_i` is not needed to begin
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      req_q    <= 1'b0;
      answer_q <= 1'b0;
    end else begin
      req_q    <= psel_i & ~req_q & ~answer_q;
      answer_q <= req_q & psel_i;
    end
  end

  // APB holds address and data through the access phase
  assign req_o   = req_q & psel_i & penable_i;
  assign we_o    = pwrite_i;
  assign addr_o  = paddr_i;
  assign wdata_o = pwdata_i;

  assign pready_o  = answer_q;
  assign prdata_o  = answer_q ? rdata_i : 32'h0;
  assign pslverr_o = answer_q & error_i;

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

  // A selected transfer is answered within two clocks, and an answer needs a request
  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      assert (!(req_q && answer_q));
      if (answer_q) assert ($past(req_q));
      if ($past(psel_i) && psel_i && !$past(answer_q)) assert (req_q || answer_q);
    end
  end
`endif
endmodule

`default_nettype wire
