// Memory that the host fills through the 32-bit bus and the core reads as whole words. A word is
// cut into 32-bit lanes; the host's address is {word, lane}. The read port belongs to the core
// while it owns it; the bus is refused meanwhile (see ion_bus_decode), so the two never meet.
`default_nettype none

module ion_host_memory #(
  parameter int Width    = 40,
  parameter int Depth    = 64,
  // log2 of the lanes of a word, rounded up; 0 where a word is one lane
  parameter int LaneBits = 1,
  parameter int AddrW    = $clog2(Depth)
) (
  input  logic                      clk_i,
  input  logic                      rst_ni,

  // Host: one access a clock, read data in the next clock
  input  logic                      host_req_i,
  input  logic                      host_we_i,
  input  logic [AddrW+LaneBits-1:0] host_addr_i,
  input  logic [31:0]               host_wdata_i,
  output logic [31:0]               host_rdata_o,

  // Core: its address counts while it owns the port; `re_i` is high while it does not
  input  logic                      own_i,
  input  logic                      re_i,
  input  logic [AddrW-1:0]          addr_i,
  output logic [Width-1:0]          rdata_o
);
  localparam int Lanes = (Width + 31) / 32;
  localparam int LaneW = (LaneBits == 0) ? 1 : LaneBits;

  logic [AddrW-1:0] host_word;
  logic [LaneW-1:0] host_lane;
  logic [LaneW-1:0] lane_q;
  logic [AddrW-1:0] raddr;

  assign host_word = host_addr_i[AddrW+LaneBits-1:LaneBits];
  if (LaneBits == 0) begin : gen_no_lane
    assign host_lane = 1'b0;
  end else begin : gen_lane
    assign host_lane = host_addr_i[LaneBits-1:0];
  end

  assign raddr = own_i ? addr_i : host_word;

  // One memory a lane, so that a host write touches its lane only
  logic [(32 << LaneW)-1:0] padded;
  for (genvar k = 0; k < (1 << LaneW); k++) begin : gen_lanes
    if (k < Lanes) begin : gen_used
      localparam int BitsLeft = Width - 32 * k;
      localparam int LaneWidth = (BitsLeft < 32) ? BitsLeft : 32;
      logic [LaneWidth-1:0] lane_rdata;

      ion_ram #(
        .Width(LaneWidth),
        .Depth(Depth)
      ) u_ram (
        .clk_i,
        .we_i   (host_req_i & host_we_i & (host_lane == LaneW'(k))),
        .waddr_i(host_word),
        .wdata_i(host_wdata_i[LaneWidth-1:0]),
        .re_i,
        .raddr_i(raddr),
        .rdata_o(lane_rdata)
      );

      assign rdata_o[32*k +: LaneWidth] = lane_rdata;
      assign padded[32*k +: 32] = 32'(lane_rdata);
    end else begin : gen_unused
      assign padded[32*k +: 32] = 32'h0;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) lane_q <= '0;
    else if (host_req_i) lane_q <= host_lane;
  end

  assign host_rdata_o = padded[{lane_q, 5'd0} +: 32];

  logic unused_wdata;
  assign unused_wdata = ^host_wdata_i;
endmodule

`default_nettype wire
