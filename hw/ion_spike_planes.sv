// Spike planes of one side: a ring of bit planes, one for each of the last ticks. Two copies of the
// memory, so that events look back (copy for events) while a loader reads (copy for lines); both
// are written alike. Events touch 16 lines at a time: what one block memory is wide.
`default_nettype none

module ion_spike_planes #(
  parameter int Planes    = 16,
  parameter int PlaneW    = $clog2(Planes),
  parameter int LineW     = 6,
  // Lines that one word covers, and bits of a word's index in its plane
  parameter int Lanes     = 64,
  parameter int GroupBits = 0,
  parameter int GroupW    = (GroupBits == 0) ? 1 : GroupBits
) (
  input  logic              clk_i,

  // Event: the bit of `line_i` in the word that was read last
  input  logic [LineW-1:0]  line_i,
  input  logic              walk_re_i,
  input  logic [PlaneW-1:0] walk_plane_i,
  output logic              hit_o,

  // Writes: this bit, or a whole word to zero
  input  logic              set_i,
  input  logic              wipe_i,
  input  logic [PlaneW-1:0] write_plane_i,
  input  logic [GroupW-1:0] wipe_group_i,

  // Loader: data in the next clock, until its next read
  input  logic              re_i,
  input  logic [PlaneW-1:0] plane_i,
  input  logic [GroupW-1:0] group_i,
  output logic [Lanes-1:0]  word_o
);
  localparam int AddrW    = PlaneW + GroupBits;
  localparam int LaneBits = LineW - GroupBits;
  localparam int Slices   = (Lanes + 15) / 16;
  localparam int SliceW   = (Slices == 1) ? 1 : $clog2(Slices);

  logic [AddrW-1:0]               walk_addr;
  logic [AddrW-1:0]               write_addr;
  logic [AddrW-1:0]               read_addr;
  logic [LaneBits-1:0]            lane;
  logic [SliceW-1:0]              slice;
  logic [3:0]                     position;
  logic [(16 << SliceW)-1:0]      event_word;
  logic [15:0]                    slice_word;
  logic [15:0]                    slice_data;
  logic [15:0]                    mask;

  assign lane = line_i[LaneBits-1:0];

  if (GroupBits == 0) begin : gen_one_word
    assign walk_addr  = walk_plane_i;
    assign write_addr = write_plane_i;
    assign read_addr  = plane_i;

    logic unused_group;
    assign unused_group = ^{wipe_group_i, group_i};
  end else begin : gen_words
    logic [GroupW-1:0] line_group;
    assign line_group = line_i[LineW-1:LaneBits];
    assign walk_addr  = {walk_plane_i, line_group};
    assign write_addr = {write_plane_i, wipe_i ? wipe_group_i : line_group};
    assign read_addr  = {plane_i, group_i};
  end

  if (Slices == 1) begin : gen_one_slice
    assign slice = 1'b0;
  end else begin : gen_slice
    assign slice = lane[LaneBits-1:4];
  end

  if (LaneBits < 4) begin : gen_few_lanes
    assign position = 4'(lane);
  end else begin : gen_lanes
    assign position = lane[3:0];
  end

  assign slice_word = event_word[{slice, 4'd0} +: 16];
  assign hit_o      = slice_word[position];
  assign slice_data = (slice_word | mask) & {16{~wipe_i}};

  always_comb begin
    mask = '0;
    mask[position] = 1'b1;
  end

  for (genvar k = 0; k < (1 << SliceW); k++) begin : gen_slices
    if (k < Slices) begin : gen_used
      localparam int LanesLeft  = Lanes - 16 * k;
      localparam int SliceLanes = (LanesLeft < 16) ? LanesLeft : 16;
      logic                  we;
      logic [SliceLanes-1:0] event_lanes;

      assign we = wipe_i | (set_i & (slice == SliceW'(k)));
      assign event_word[16*k +: 16] = 16'(event_lanes);

      ion_ram #(
        .Width(SliceLanes),
        .Depth(1 << AddrW)
      ) u_events (
        .clk_i,
        .we_i   (we),
        .waddr_i(write_addr),
        .wdata_i(slice_data[SliceLanes-1:0]),
        .re_i   (walk_re_i),
        .raddr_i(walk_addr),
        .rdata_o(event_lanes)
      );

      ion_ram #(
        .Width(SliceLanes),
        .Depth(1 << AddrW)
      ) u_lines (
        .clk_i,
        .we_i   (we),
        .waddr_i(write_addr),
        .wdata_i(slice_data[SliceLanes-1:0]),
        .re_i,
        .raddr_i(read_addr),
        .rdata_o(word_o[16*k +: SliceLanes])
      );
    end else begin : gen_unused
      assign event_word[16*k +: 16] = 16'h0;
    end
  end

  logic unused_data;
  assign unused_data = ^slice_data;
endmodule

`default_nettype wire
