// Spikes of both sides: events from the address-event bus and from the neurons go through one
// buffer into the planes of the current tick; loaders read planes by age. An event's address is
// its line, with a bit above it that is zero for rows and one for columns.
`default_nettype none

module ion_spikes #(
  parameter int Planes          = 16,
  parameter int PlaneW          = $clog2(Planes),
  parameter int BufferDepth     = 16,
  parameter int Rows            = 64,
  parameter int RowW            = 6,
  parameter int RowLanes        = 64,
  parameter int RowWords        = 1,
  parameter int RowGroupBits    = 0,
  parameter int RowGroupW       = (RowGroupBits == 0) ? 1 : RowGroupBits,
  parameter int Columns         = 64,
  parameter int ColumnW         = 6,
  parameter int ColumnLanes     = 64,
  parameter int ColumnWords     = 1,
  parameter int ColumnGroupBits = 0,
  parameter int ColumnGroupW    = (ColumnGroupBits == 0) ? 1 : ColumnGroupBits,
  parameter int AddrW           = ((RowW > ColumnW) ? RowW : ColumnW) + 1
) (
  input  logic                              clk_i,
  input  logic                              rst_ni,

  // `clear_i` forgets all spikes and all events
  input  logic                              clear_i,
  input  logic                              tick_i,
  input  logic [PlaneW-1:0]                 refractory_i,

  // Events of the bus, and spikes of neurons, which go first
  input  logic                              ev_valid_i,
  input  logic [AddrW-1:0]                  ev_addr_i,
  output logic                              ev_ready_o,
  input  logic                              local_valid_i,
  input  logic [ColumnW-1:0]                local_line_i,

  // Condition: a spike has been written since the last one was taken
  input  logic                              take_i,
  output logic                              pending_o,

  // Loaders: the address is {plane, word of the plane}; a plane is `tick_index_o` less the age
  output logic [PlaneW-1:0]                 tick_index_o,
  input  logic                              row_re_i,
  input  logic [PlaneW+RowGroupBits-1:0]    row_addr_i,
  output logic [RowLanes-1:0]               row_word_o,
  input  logic                              column_re_i,
  input  logic [PlaneW+ColumnGroupBits-1:0] column_addr_i,
  output logic [ColumnLanes-1:0]            column_word_o,

  // Events dropped: buffer full; line within its refractory time; no such line
  output logic                              overflow_o,
  output logic                              overlap_o,
  output logic                              outside_o,

  output logic                              quiet_o
);
  localparam int GroupW = (RowGroupW > ColumnGroupW) ? RowGroupW : ColumnGroupW;
  localparam int Words  = (RowWords > ColumnWords) ? RowWords : ColumnWords;

  logic              valid;
  logic [AddrW-1:0]  data;
  logic              full;
  logic              take;
  logic [AddrW-1:0]  addr;
  logic [AddrW-2:0]  line;
  logic              is_column;
  logic              is_outside;
  logic              head_valid;
  logic              head_ready;
  logic              head_hit;
  logic              buffer_quiet;
  logic              ring_quiet;

  assign ev_ready_o = ~local_valid_i;
  assign valid      = ev_valid_i | local_valid_i;
  assign data       = local_valid_i ? {1'b1, (AddrW - 1)'(local_line_i)} : ev_addr_i;

  ion_event_fifo #(
    .Width(AddrW),
    .Depth(BufferDepth)
  ) u_buffer (
    .clk_i,
    .rst_ni,
    .clear_i,
    .we_i      (valid),
    .data_i    (data),
    .overflow_o,
    .valid_o   (full),
    .data_o    (addr),
    .take_i    (take),
    .quiet_o   (buffer_quiet)
  );

  // Lines are a power of two on neither side: an event may name none
  assign line       = addr[AddrW-2:0];
  assign is_column  = addr[AddrW-1];
  assign is_outside = is_column ? 32'(line) >= Columns : 32'(line) >= Rows;
  assign head_valid = full & ~is_outside;
  assign outside_o  = full & is_outside;
  assign take       = head_ready | outside_o;

  // Ring
  logic              spike;
  logic              walk_re;
  logic [PlaneW-1:0] walk_plane;
  logic              set_spike;
  logic              wipe;
  logic [PlaneW-1:0] write_plane;
  logic [GroupW-1:0] wipe_group;
  logic [PlaneW-1:0] row_plane;
  logic [PlaneW-1:0] column_plane;
  logic              sweep;

  ion_spike_ring #(
    .Planes(Planes),
    .Words (Words),
    .GroupW(GroupW)
  ) u_ring (
    .clk_i,
    .rst_ni,
    .clear_i,
    .tick_i,
    .refractory_i,
    .ev_valid_i    (head_valid),
    .ev_hit_i      (head_hit),
    .ev_ready_o    (head_ready),
    .spike_o       (spike),
    .overlap_o,
    .walk_re_o     (walk_re),
    .walk_plane_o  (walk_plane),
    .set_o         (set_spike),
    .wipe_o        (wipe),
    .write_plane_o (write_plane),
    .wipe_group_o  (wipe_group),
    .tick_index_o,
    .sweep_o       (sweep),
    .quiet_o       (ring_quiet)
  );

  // Rows
  logic                 row_hit;
  logic [RowGroupW-1:0] row_group;

  // Word 0, which is wiped first, stands for all while all are wiped
  assign row_plane = row_addr_i[PlaneW+RowGroupBits-1:RowGroupBits] & {PlaneW{~sweep}};
  if (RowGroupBits == 0) begin : gen_row_word
    assign row_group = 1'b0;
  end else begin : gen_row_words
    assign row_group = row_addr_i[RowGroupW-1:0] & {RowGroupW{~sweep}};
  end

  ion_spike_planes #(
    .Planes   (Planes),
    .LineW    (RowW),
    .Lanes    (RowLanes),
    .GroupBits(RowGroupBits)
  ) u_rows (
    .clk_i,
    .line_i       (line[RowW-1:0]),
    .walk_re_i    (walk_re),
    .walk_plane_i (walk_plane),
    .hit_o        (row_hit),
    .set_i        (set_spike & ~is_column),
    .wipe_i       (wipe),
    .write_plane_i(write_plane),
    .wipe_group_i (wipe_group[RowGroupW-1:0]),
    .re_i         (row_re_i),
    .plane_i      (row_plane),
    .group_i      (row_group),
    .word_o       (row_word_o)
  );

  // Columns
  logic                    column_hit;
  logic [ColumnGroupW-1:0] column_group;

  // Word 0, which is wiped first, stands for all while all are wiped
  assign column_plane = column_addr_i[PlaneW+ColumnGroupBits-1:ColumnGroupBits] & {PlaneW{~sweep}};
  if (ColumnGroupBits == 0) begin : gen_column_word
    assign column_group = 1'b0;
  end else begin : gen_column_words
    assign column_group = column_addr_i[ColumnGroupW-1:0] & {ColumnGroupW{~sweep}};
  end

  ion_spike_planes #(
    .Planes   (Planes),
    .LineW    (ColumnW),
    .Lanes    (ColumnLanes),
    .GroupBits(ColumnGroupBits)
  ) u_columns (
    .clk_i,
    .line_i       (line[ColumnW-1:0]),
    .walk_re_i    (walk_re),
    .walk_plane_i (walk_plane),
    .hit_o        (column_hit),
    .set_i        (set_spike & is_column),
    .wipe_i       (wipe),
    .write_plane_i(write_plane),
    .wipe_group_i (wipe_group[ColumnGroupW-1:0]),
    .re_i         (column_re_i),
    .plane_i      (column_plane),
    .group_i      (column_group),
    .word_o       (column_word_o)
  );

  assign head_hit = is_column ? column_hit : row_hit;

  logic pending_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) pending_q <= 1'b0;
    else pending_q <= ~clear_i & (spike | (pending_q & ~take_i));
  end

  assign pending_o = pending_q;
  assign quiet_o   = ring_quiet & buffer_quiet & ~valid & ~full;
endmodule

`default_nettype wire
