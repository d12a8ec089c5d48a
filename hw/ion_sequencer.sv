// The sequencer: fetch -> decode -> load -> prepare -> execute. It runs a program of segments with
// exact dwells and without any clock between them; it owns no memory and no line, so one sequencer
// can drive any number of lines, sides and tiles.
`default_nettype none

module ion_sequencer #(
  parameter int         Rows       = 64,
  parameter int         Columns    = 64,
  parameter int         AddrW      = 6,
  parameter int         CountW     = 8,
  parameter int         EntryW     = 8,
  // Index of a line or plane of each side, and the fields of an entry
  parameter int         RowW       = 6,
  parameter int         ColumnW    = 6,
  parameter int         EntryRowW  = 6,
  parameter int         EntryColW  = 6,
  parameter int         LevelW     = 1,
  parameter int         RailW      = 2,
  parameter int         TileN      = 1,
  parameter int         MagnitudeW = 8,
  parameter int         TickExp    = 0,
  parameter int         DwellW     = 20,
  // Loops that the program has, and those of them that run over the work list
  parameter logic [2:0] Loops      = 3'b111,
  parameter logic [2:0] EntryLoops = 3'b001,
  // Memory words of a plane of each side, 0 without planes, and bits of their index
  parameter int         RowWords   = 0,
  parameter int         ColWords   = 0,
  parameter int         RowBits    = 0,
  parameter int         ColBits    = 0,
  parameter int         GroupW     = 1,
  // What the program uses
  parameter int         HasControl = 1,
  parameter int         HasSet     = 0,
  parameter int         HasRandom  = 0,
  parameter int         HasMarks   = 0,
  // Whether somebody counts the pulses of single rows
  parameter int         HasWear    = 0,
  // Spike planes, a power of two, 0 without
  parameter int         Ages       = 0,
  parameter int         AgeW       = (Ages > 1) ? $clog2(Ages) : 1
) (
  input  logic                      clk_i,
  input  logic                      rst_ni,

  // Commands; an abort wins over everything
  input  logic                      start_i,
  input  logic [AddrW-1:0]          start_addr_i,
  // What the program memory reads while nothing runs: the host's word
  input  logic [AddrW-1:0]          idle_addr_i,
  input  logic                      abort_i,
  input  logic                      armed_i,
  input  logic [EntryW:0]           entries_i,
  input  logic [3*CountW-1:0]       loop_last_i,
  input  logic [DwellW-1:0]         rest_clocks_i,

  // Program and work memories
  output logic                      fetch_own_o,
  output logic                      fetch_re_o,
  output logic                      entry_re_o,
  output logic [AddrW-1:0]          fetch_addr_o,
  output logic [EntryW-1:0]         fetch_entry_o,

  // Fields of the program word
  input  logic [1:0]                op_kind_i,
  input  logic [2:0]                op_end_i,
  input  logic [AddrW-1:0]          op_next_i,
  input  logic [1:0]                op_entry_i,
  input  logic [3:0]                op_row_i,
  input  logic [RowW-1:0]           op_row_plane_i,
  input  logic [LevelW-1:0]         op_row_level_i,
  input  logic [3:0]                op_column_i,
  input  logic [ColumnW-1:0]        op_column_plane_i,
  input  logic [LevelW-1:0]         op_column_level_i,
  input  logic [RailW-1:0]          op_rail_i,
  input  logic [1:0]                op_polarity_i,
  input  logic                      op_fires_i,
  input  logic                      op_hold_i,
  input  logic [3:0]                op_samples_i,
  input  logic [1:0]                op_rest_i,
  input  logic                      op_timed_i,
  input  logic [TileN-1:0]          op_tiles_i,
  input  logic [DwellW-1:0]         op_dwell_i,

  // Fields of the work-list entry
  input  logic [EntryColW-1:0]      entry_column_i,
  input  logic [EntryRowW-1:0]      entry_row_i,
  input  logic [MagnitudeW-1:0]     entry_magnitude_i,
  input  logic                      entry_negative_i,
  input  logic                      entry_last_i,

  // Conditions (flops; the word that takes one clears it) and commands to the units beside
  input  logic [15:0]               condition_i,
  output logic [15:0]               condition_take_o,
  output logic                      command_o,
  output logic [3:0]                command_unit_o,
  output logic [7:0]                command_argument_o,

  // Random planes
  input  logic                      seed_row_we_i,
  input  logic                      seed_column_we_i,
  input  logic [31:0]               seed_i,
  input  logic [3:0]                random_planes_i,
  output logic [31:0]               seed_row_o,
  output logic [31:0]               seed_column_o,

  // Shadow registers, plane and spike memories
  input  logic [AgeW-1:0]           tick_index_i,
  output logic                      load_o,
  // The lines can have the selection at the end of this clock
  input  logic                      lines_ready_i,
  output logic [GroupW-1:0]         group_o,
  output logic [2:0]                row_kind_o,
  output logic [RowW-1:0]           row_index_o,
  output logic [2:0]                column_kind_o,
  output logic [ColumnW-1:0]        column_index_o,
  output logic                      plane_re_o,
  output logic [RowW+RowBits-1:0]   row_addr_o,
  output logic [ColumnW+ColBits-1:0] column_addr_o,

  // Line drivers
  output logic                      commit_o,
  output logic                      select_o,
  output logic                      hold_o,
  output logic [LevelW-1:0]         row_level_o,
  output logic [LevelW-1:0]         column_level_o,
  output logic [TileN-1:0]          tiles_o,

  // Converter scan; mode and row of the segment that is scanned
  output logic                      scan_start_o,
  output logic [3:0]                scan_mode_o,
  output logic [RowW-1:0]           scan_row_o,
  input  logic                      scan_done_i,
  input  logic                      scan_ending_i,

  // Changes with the lines
  output logic [RailW-1:0]          rail_o,
  output logic                      negative_o,
  output logic                      fire_o,
  output logic [AddrW-1:0]          addr_o,
  output logic                      line_event_o,

  // Loop counters of the word at fetch, loop 0 lowest
  output logic [3*CountW-1:0]       count_o,

  // State and faults
  output logic                      busy_o,
  output logic                      pulse_start_o,
  output logic                      fire_start_o,
  // It selects one row, `scan_row_o` of the next clock
  output logic                      single_row_o,
  output logic                      refused_o,
  output logic                      no_entry_o,
  output logic                      underrun_o,
  output logic                      finish_o,

  // Time warp: no stage moves before the next commit; nothing moves before a condition
  output logic                      settled_o,
  output logic                      waits_o,
  output logic [DwellW-1:0]         left_o,
  input  logic                      warp_i,
  input  logic [DwellW-1:0]         skip_i
);
  localparam int CarryW = AddrW + RailW + 2 * LevelW + TileN + 7;

  // From decode to load
  logic                valid;
  logic                ready;
  logic [CarryW-1:0]   carry;
  logic [2:0]          row_kind;
  logic [RowW-1:0]     row_index;
  logic [2:0]          column_kind;
  logic [ColumnW-1:0]  column_index;
  logic                negative;
  logic                rest;
  logic                chain;
  logic [DwellW-1:0]   dwell;

  logic                coming;
  logic                ended;
  logic                waits;
  logic                moves;
  logic                drained;
  logic                settled;

  // A start is taken a clock later, so that the bus is no part of a path to the memories
  logic                start_q;
  logic [AddrW-1:0]    start_addr_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      start_q      <= 1'b0;
      start_addr_q <= '0;
    end else begin
      start_q <= start_i & ~abort_i;
      if (start_i) start_addr_q <= start_addr_i;
    end
  end

  ion_sequencer_front #(
    .Rows      (Rows),
    .Columns   (Columns),
    .AddrW     (AddrW),
    .CountW    (CountW),
    .EntryW    (EntryW),
    .RowW      (RowW),
    .ColumnW   (ColumnW),
    .EntryRowW (EntryRowW),
    .EntryColW (EntryColW),
    .LevelW    (LevelW),
    .RailW     (RailW),
    .TileN     (TileN),
    .MagnitudeW(MagnitudeW),
    .TickExp   (TickExp),
    .DwellW    (DwellW),
    .Loops     (Loops),
    .EntryLoops(EntryLoops),
    .RowWords  (RowWords),
    .ColWords  (ColWords),
    .HasControl(HasControl),
    .HasSet    (HasSet),
    .HasRandom (HasRandom),
    .HasMarks  (HasMarks),
    .HasWear   (HasWear),
    .Ages      (Ages),
    .AgeW      (AgeW)
  ) u_front (
    .clk_i,
    .rst_ni,
    .start_i           (start_q),
    .start_addr_i      (start_q ? start_addr_q : idle_addr_i),
    .stop_i            (abort_i | finish_o),
    .abort_i,
    .entries_i,
    .loop_last_i,
    .fetch_own_o,
    .fetch_re_o,
    .entry_re_o,
    .fetch_addr_o,
    .fetch_entry_o,
    .op_kind_i,
    .op_end_i,
    .op_next_i,
    .op_entry_i,
    .op_row_i,
    .op_row_plane_i,
    .op_row_level_i,
    .op_column_i,
    .op_column_plane_i,
    .op_column_level_i,
    .op_rail_i,
    .op_polarity_i,
    .op_fires_i,
    .op_hold_i,
    .op_samples_i,
    .op_rest_i,
    .op_timed_i,
    .op_tiles_i,
    .op_dwell_i,
    .entry_column_i,
    .entry_row_i,
    .entry_magnitude_i,
    .entry_negative_i,
    .entry_last_i,
    .condition_i,
    .condition_take_o,
    .command_o,
    .command_unit_o,
    .command_argument_o,
    .drained_i         (drained),
    .seed_row_we_i,
    .seed_column_we_i,
    .seed_i,
    .random_planes_i,
    .seed_row_o,
    .seed_column_o,
    .tick_index_i,
    .valid_o           (valid),
    .ready_i           (ready),
    .carry_o           (carry),
    .row_kind_o        (row_kind),
    .row_index_o       (row_index),
    .column_kind_o     (column_kind),
    .column_index_o    (column_index),
    .negative_o        (negative),
    .rest_o            (rest),
    .chain_o           (chain),
    .dwell_o           (dwell),
    .count_o,
    .segment_o         (coming),
    .ended_o           (ended),
    .waits_o           (waits),
    .moves_o           (moves),
    .no_entry_o
  );

  ion_sequencer_back #(
    .AddrW     (AddrW),
    .RowW      (RowW),
    .ColumnW   (ColumnW),
    .LevelW    (LevelW),
    .RailW     (RailW),
    .TileN     (TileN),
    .DwellW    (DwellW),
    .RowWords  (RowWords),
    .ColWords  (ColWords),
    .RowBits   (RowBits),
    .ColBits   (ColBits),
    .GroupW    (GroupW),
    .HasControl(HasControl)
  ) u_back (
    .clk_i,
    .rst_ni,
    .start_i,
    .go_i          (start_q),
    .abort_i,
    .armed_i,
    .rest_clocks_i,
    .valid_i       (valid),
    .ready_o       (ready),
    .carry_i       (carry),
    .row_kind_i    (row_kind),
    .row_index_i   (row_index),
    .column_kind_i (column_kind),
    .column_index_i(column_index),
    .negative_i    (negative),
    .rest_i        (rest),
    .chain_i       (chain),
    .dwell_i       (dwell),
    .coming_i      (coming),
    .ended_i       (ended),
    .drained_o     (drained),
    .load_o,
    .lines_ready_i,
    .group_o,
    .row_kind_o,
    .row_index_o,
    .column_kind_o,
    .column_index_o,
    .plane_re_o,
    .row_addr_o,
    .column_addr_o,
    .commit_o,
    .select_o,
    .hold_o,
    .row_level_o,
    .column_level_o,
    .tiles_o,
    .scan_start_o,
    .scan_mode_o,
    .scan_row_o,
    .scan_done_i,
    .scan_ending_i,
    .rail_o,
    .negative_o,
    .fire_o,
    .addr_o,
    .line_event_o,
    .busy_o,
    .pulse_start_o,
    .fire_start_o,
    .single_row_o,
    .refused_o,
    .underrun_o,
    .finish_o,
    .settled_o     (settled),
    .left_o,
    .warp_i,
    .skip_i
  );

  assign settled_o = settled & ~moves;
  assign waits_o   = waits & drained;
endmodule

`default_nettype wire
