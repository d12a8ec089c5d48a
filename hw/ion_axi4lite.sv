// AXI4-Lite front end: write address, write data and read address are taken independently and held;
// one request at a time goes to the internal bus, reads and writes take turns. Every output comes
// from registers. A write without all four byte strobes is refused (SLVERR) and changes nothing.
`default_nettype none

module ion_axi4lite #(
  parameter int AddrW   = 20,
  // Clocks from a request on the internal bus to its answer
  parameter int Latency = 1
) (
  input  logic             clk_i,
  input  logic             rst_ni,

  // Write address
  input  logic             awvalid_i,
  output logic             awready_o,
  input  logic [AddrW-1:0] awaddr_i,

  // Write data
  input  logic             wvalid_i,
  output logic             wready_o,
  input  logic [31:0]      wdata_i,
  input  logic [3:0]       wstrb_i,

  // Write response
  output logic             bvalid_o,
  input  logic             bready_i,
  output logic [1:0]       bresp_o,

  // Read address
  input  logic             arvalid_i,
  output logic             arready_o,
  input  logic [AddrW-1:0] araddr_i,

  // Read data
  output logic             rvalid_o,
  input  logic             rready_i,
  output logic [31:0]      rdata_o,
  output logic [1:0]       rresp_o,

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
  // What has been taken from the host
  logic             aw_q;
  logic             w_q;
  logic             ar_q;
  logic [AddrW-1:0] awaddr_q;
  logic [AddrW-1:0] araddr_q;
  logic [31:0]      wdata_q;
  logic             whole_q;

  // Request in flight: one bit that moves towards its answer; kind of the last request
  logic [Latency-1:0] flight_q;
  logic               writing_q;
  logic               refused_q;
  logic               answer;

  // What could be requested now, and what is: where both wait, not what was last
  logic can_write;
  logic can_read;
  logic start_write;
  logic start_read;

  // Answers that wait for the host
  logic        b_q;
  logic        r_q;
  logic        b_error_q;
  logic        r_error_q;
  logic [31:0] rdata_q;

  assign can_write   = aw_q & w_q & ~b_q & ~|flight_q;
  assign can_read    = ar_q & ~r_q & ~|flight_q;
  assign start_write = can_write & ~(can_read & writing_q);
  assign start_read  = can_read & ~(can_write & ~writing_q);
  assign answer      = flight_q[Latency-1];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      aw_q <= 1'b0;
      w_q  <= 1'b0;
      ar_q <= 1'b0;
    end else begin
      aw_q <= aw_q ? ~start_write : awvalid_i;
      w_q  <= w_q ? ~start_write : wvalid_i;
      ar_q <= ar_q ? ~start_read : arvalid_i;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) awaddr_q <= '0;
    else if (!aw_q) awaddr_q <= awaddr_i;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) araddr_q <= '0;
    else if (!ar_q) araddr_q <= araddr_i;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      wdata_q <= '0;
      whole_q <= 1'b0;
    end else if (!w_q) begin
      wdata_q <= wdata_i;
      whole_q <= &wstrb_i;
    end
  end

  if (Latency == 1) begin : gen_next_clock
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) flight_q <= '0;
      else flight_q <= start_write | start_read;
    end
  end else begin : gen_later_clock
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) flight_q <= '0;
      else flight_q <= {flight_q[Latency-2:0], start_write | start_read};
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      writing_q <= 1'b0;
      refused_q <= 1'b0;
    end else if (start_write || start_read) begin
      writing_q <= start_write;
      refused_q <= start_write & ~whole_q;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      b_q       <= 1'b0;
      b_error_q <= 1'b0;
    end else if (answer && writing_q) begin
      b_q       <= 1'b1;
      b_error_q <= refused_q | error_i;
    end else if (bready_i) begin
      b_q       <= 1'b0;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      r_q       <= 1'b0;
      r_error_q <= 1'b0;
      rdata_q   <= '0;
    end else if (answer && !writing_q) begin
      r_q       <= 1'b1;
      r_error_q <= error_i;
      rdata_q   <= rdata_i;
    end else if (rready_i) begin
      r_q       <= 1'b0;
    end
  end

  assign awready_o = ~aw_q;
  assign wready_o  = ~w_q;
  assign arready_o = ~ar_q;
  assign bvalid_o  = b_q;
  assign bresp_o   = {b_error_q, 1'b0};
  assign rvalid_o  = r_q;
  assign rresp_o   = {r_error_q, 1'b0};
  assign rdata_o   = rdata_q;

  assign req_o   = (start_write & whole_q) | start_read;
  assign we_o    = start_write;
  assign addr_o  = start_write ? awaddr_q : araddr_q;
  assign wdata_o = wdata_q;

  assign active_o = awvalid_i | wvalid_i | arvalid_i | aw_q | w_q | ar_q
                   | (|flight_q) | b_q | r_q;

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

  // Taken and not yet answered, counted at the ports; how long a complete request has been waiting
  // for the internal bus while its answer had room; the last address that was asked for
  logic [1:0]       f_aw_q;
  logic [1:0]       f_w_q;
  logic [1:0]       f_ar_q;
  logic [3:0]       f_write_wait_q;
  logic [3:0]       f_read_wait_q;
  logic [AddrW-1:0] f_read_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      f_aw_q         <= '0;
      f_w_q          <= '0;
      f_ar_q         <= '0;
      f_write_wait_q <= '0;
      f_read_wait_q  <= '0;
      f_read_q       <= '0;
    end else begin
      f_aw_q <= f_aw_q + 2'(awvalid_i & awready_o) - 2'(bvalid_o & bready_i);
      f_w_q  <= f_w_q + 2'(wvalid_i & wready_o) - 2'(bvalid_o & bready_i);
      f_ar_q <= f_ar_q + 2'(arvalid_i & arready_o) - 2'(rvalid_o & rready_i);
      f_write_wait_q <= (aw_q & w_q & ~b_q & ~start_write) ? f_write_wait_q + 1'b1 : '0;
      f_read_wait_q  <= (ar_q & ~r_q & ~start_read) ? f_read_wait_q + 1'b1 : '0;
      if (start_read) f_read_q <= araddr_q;
    end
  end

  logic [3:0] f_flown;
  always_comb begin
    f_flown = '0;
    for (int k = 0; k < Latency; k++) if (flight_q[k]) f_flown = 4'(k + 1);
  end

  // The internal bus gives back the address as data
  always_comb begin
    if (answer) assume (rdata_i == 32'(f_read_q));
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // One answer a request, and none without
      assert (f_aw_q == 2'(aw_q) + 2'(|flight_q & writing_q) + 2'(b_q));
      assert (f_w_q == 2'(w_q) + 2'(|flight_q & writing_q) + 2'(b_q));
      assert (f_ar_q == 2'(ar_q) + 2'(|flight_q & ~writing_q) + 2'(r_q));

      // One request at a time; it never meets an answer that has no room
      assert ((flight_q & (flight_q - 1'b1)) == '0);
      assert (!(|flight_q && writing_q && b_q));
      assert (!(|flight_q && !writing_q && r_q));

      // A request waits for one of the other kind at most, wherever that stands
      assert (f_write_wait_q <= 4'(Latency + 1));
      assert (f_read_wait_q <= 4'(Latency + 1));
      if (|flight_q) assert (f_write_wait_q <= f_flown && f_read_wait_q <= f_flown);
      if (can_write && can_read && writing_q) assert (f_write_wait_q == '0);
      if (can_write && can_read && !writing_q) assert (f_read_wait_q == '0);

      // Answers stand until they are taken, and what is read belongs to its address
      if ($past(bvalid_o) && !$past(bready_i)) assert (bvalid_o && bresp_o == $past(bresp_o));
      if ($past(rvalid_o) && !$past(rready_i)) begin
        assert (rvalid_o && rresp_o == $past(rresp_o) && rdata_o == $past(rdata_o));
      end
      if (rvalid_o) assert (rdata_o == 32'(f_read_q));

      // Ready falls by taking only; a write goes on with all its bytes or not at all
      if ($past(awready_o) && !$past(awvalid_i)) assert (awready_o);
      if ($past(wready_o) && !$past(wvalid_i)) assert (wready_o);
      if ($past(arready_o) && !$past(arvalid_i)) assert (arready_o);
      assert (!(req_o && we_o && !whole_q));
      assert (!bresp_o[0] && !rresp_o[0]);

      cover (bvalid_o && !bready_i && rvalid_o && !rready_i && aw_q && w_q && ar_q);
      cover (bvalid_o && bresp_o[1] && $past(refused_q));
      cover (start_read && f_read_wait_q == 4'(Latency + 1));
      cover (start_read && can_write);
    end
  end
`endif
endmodule

`default_nettype wire
