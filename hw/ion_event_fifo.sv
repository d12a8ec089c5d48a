// Buffer of events between a source that cannot wait and a sink that may. An event that finds it
// full is dropped and told; those inside keep their order.
`default_nettype none

module ion_event_fifo #(
  parameter int Width = 7,
  // Events that wait behind the one at the output, a power of two
  parameter int Depth = 16
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  // Forgets all events
  input  logic             clear_i,

  // Source
  input  logic             we_i,
  input  logic [Width-1:0] data_i,
  output logic             overflow_o,

  // Sink
  output logic             valid_o,
  output logic [Width-1:0] data_o,
  input  logic             take_i,

  // Nothing moves unless an event comes or is taken
  output logic             quiet_o
);
  localparam int AddrW = $clog2(Depth);

  logic [AddrW:0] write_q;
  logic [AddrW:0] read_q;
  logic           valid_q;
  logic           empty;
  logic           full;
  logic           we;
  logic           re;

  // Counters run one bit beyond the address: equal addresses are empty or full
  assign empty = write_q == read_q;
  assign full  = (write_q ^ read_q) == {1'b1, {AddrW{1'b0}}};
  assign we    = we_i & ~full;
  assign re    = ~empty & (~valid_q | take_i);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      write_q <= '0;
      read_q  <= '0;
      valid_q <= 1'b0;
    end else if (clear_i) begin
      write_q <= '0;
      read_q  <= '0;
      valid_q <= 1'b0;
    end else begin
      if (we) write_q <= write_q + 1'b1;
      if (re) read_q <= read_q + 1'b1;
      valid_q <= re | (valid_q & ~take_i);
    end
  end

  ion_ram #(
    .Width(Width),
    .Depth(Depth)
  ) u_ram (
    .clk_i,
    .we_i   (we),
    .waddr_i(write_q[AddrW-1:0]),
    .wdata_i(data_i),
    .re_i   (re),
    .raddr_i(read_q[AddrW-1:0]),
    .rdata_o(data_o)
  );

  assign valid_o    = valid_q;
  assign overflow_o = we_i & full;
  assign quiet_o    = empty | valid_q;
endmodule

`default_nettype wire
