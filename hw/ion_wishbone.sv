// Wishbone B4 front end, classic or pipelined: a strobe becomes one request on the internal bus and
// is answered by `ack` or `err` a fixed number of clocks later. `stall` lets a pipelined master
// speak to the classic variant. A write that does not select all four bytes is refused (`err`).
`default_nettype none

module ion_wishbone #(
  parameter int AddrW     = 20,
  // Clocks from a request on the internal bus to its answer
  parameter int Latency   = 1,
  // 1: takes a request every clock and never stalls; for pipelined masters only
  parameter int Pipelined = 0
) (
  input  logic             clk_i,
  input  logic             rst_ni,

  // Wishbone
  input  logic             wb_cyc_i,
  input  logic             wb_stb_i,
  input  logic             wb_we_i,
  input  logic [AddrW-1:0] wb_adr_i,
  input  logic [3:0]       wb_sel_i,
  input  logic [31:0]      wb_dat_i,
  output logic [31:0]      wb_dat_o,
  output logic             wb_ack_o,
  output logic             wb_err_o,
  output logic             wb_stall_o,

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
  // Requests in flight, and which of them are refused here
  logic [Latency-1:0] flight_q;
  logic [Latency-1:0] refused_q;
  logic               free;
  logic               take;
  logic               partial;
  logic               answer;

  assign free    = (Pipelined != 0) | ~|flight_q;
  assign take    = wb_cyc_i & wb_stb_i & free;
  assign partial = wb_we_i & ~&wb_sel_i;
  assign answer  = flight_q[Latency-1];

  // The end of a cycle takes back what is in flight: the next cycle gets its own answers only
  if (Latency == 1) begin : gen_next_clock
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        flight_q  <= '0;
        refused_q <= '0;
      end else begin
        flight_q  <= take;
        refused_q <= partial;
      end
    end
  end else begin : gen_later_clock
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        flight_q  <= '0;
        refused_q <= '0;
      end else begin
        flight_q  <= {flight_q[Latency-2:0] & {(Latency-1){wb_cyc_i}}, take};
        refused_q <= {refused_q[Latency-2:0], partial};
      end
    end
  end

  assign req_o   = take & ~partial;
  assign we_o    = wb_we_i;
  assign addr_o  = wb_adr_i;
  assign wdata_o = wb_dat_i;

  logic error;
  assign error      = refused_q[Latency-1] | error_i;
  assign wb_ack_o   = answer & ~error;
  assign wb_err_o   = answer & error;
  assign wb_dat_o   = rdata_i;
  assign wb_stall_o = (Pipelined == 0) & ~answer;
  assign active_o = wb_cyc_i;

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

  // The master holds a request until it is answered (classic) or taken (pipelined, never stalled)
  logic f_done;
  assign f_done = wb_ack_o | wb_err_o;
  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q && (Pipelined == 0)) begin
      if ($past(wb_cyc_i) && $past(wb_stb_i) && !$past(f_done) && wb_cyc_i) begin
        assume (wb_stb_i && wb_we_i == $past(wb_we_i) && wb_sel_i == $past(wb_sel_i));
        assume (wb_adr_i == $past(wb_adr_i));
      end
    end
  end

  // Clocks since a request without an answer, and requests of this cycle that have none yet
  logic [3:0] f_wait_q;
  logic [3:0] f_open_q;
  logic       f_refused_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      f_wait_q    <= '0;
      f_open_q    <= '0;
      f_refused_q <= 1'b0;
    end else begin
      f_wait_q    <= (wb_cyc_i & wb_stb_i & ~f_done) ? f_wait_q + 1'b1 : '0;
      f_open_q    <= wb_cyc_i ? f_open_q + 4'(take) - 4'(f_done) : 4'(take);
      f_refused_q <= partial;
    end
  end

  logic [3:0] f_flying;
  always_comb begin
    f_flying = '0;
    for (int k = 0; k < Latency; k++) f_flying = f_flying + 4'(flight_q[k]);
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // Never both answers, one answer a request and none without
      assert (!(wb_ack_o && wb_err_o));
      assert (f_open_q == f_flying);
      if (f_done) assert (f_open_q != '0);

      // A request is answered `Latency` clocks after it was made
      if (Pipelined == 0) assert (f_wait_q <= 4'(Latency));
      if (Pipelined == 0 && wb_cyc_i && wb_stb_i) assert (f_wait_q < 4'(Latency) || f_done);
      if (Pipelined == 0) assert (f_flying <= 4'd1);
      if (Pipelined == 0 && |flight_q) assert (!req_o);
      if (req_o) assert (wb_cyc_i && wb_stb_i);

      // Part of a word is never written, and never acknowledged
      assert (!(req_o && we_o && !(&wb_sel_i)));
      if (Latency == 1 && wb_ack_o) assert (!f_refused_q);

      cover (wb_err_o && f_refused_q);
      cover (wb_ack_o && $past(wb_ack_o, 2));
      cover (!wb_cyc_i && |flight_q);
    end
  end
`endif
endmodule

`default_nettype wire
