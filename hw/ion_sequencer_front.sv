// Front of the sequencer, fetch and decode: the word at the program memory, its selections, random
// planes, loops and conditions, and what the work list says of it.
`default_nettype none

module ion_sequencer_front #(
  parameter int         Rows       = 64,
  parameter int         Columns    = 64,
  parameter int         AddrW      = 6,
  parameter int         CountW     = 8,
  parameter int         EntryW     = 8,
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
  parameter logic [2:0] Loops      = 3'b111,
  parameter logic [2:0] EntryLoops = 3'b001,
  parameter int         RowWords   = 0,
  parameter int         ColWords   = 0,
  parameter int         HasControl = 1,
  parameter int         HasSet     = 0,
  parameter int         HasRandom  = 0,
  parameter int         HasMarks   = 0,
  parameter int         HasWear    = 0,
  parameter int         Ages       = 0,
  parameter int         AgeW       = (Ages > 1) ? $clog2(Ages) : 1,
  // What passes to execute as it is: address, rail, levels, tiles, fires, hold, samples, single row
  parameter int         CarryW     = AddrW + RailW + 2 * LevelW + TileN + 7
) (
  input  logic                      clk_i,
  input  logic                      rst_ni,

  // A run begins; it ends or is ended
  input  logic                      start_i,
  input  logic [AddrW-1:0]          start_addr_i,
  input  logic                      stop_i,
  input  logic                      abort_i,
  input  logic [EntryW:0]           entries_i,
  input  logic [3*CountW-1:0]       loop_last_i,

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
  // No segment is on its way or on the lines
  input  logic                      drained_i,

  // Random planes
  input  logic                      seed_row_we_i,
  input  logic                      seed_column_we_i,
  input  logic [31:0]               seed_i,
  input  logic [3:0]                random_planes_i,
  output logic [31:0]               seed_row_o,
  output logic [31:0]               seed_column_o,

  // Spike plane of the running tick
  input  logic [AgeW-1:0]           tick_index_i,

  // To load
  output logic                      valid_o,
  input  logic                      ready_i,
  output logic [CarryW-1:0]         carry_o,
  output logic [2:0]                row_kind_o,
  output logic [RowW-1:0]           row_index_o,
  output logic [2:0]                column_kind_o,
  output logic [ColumnW-1:0]        column_index_o,
  output logic                      negative_o,
  output logic                      rest_o,
  output logic                      chain_o,
  output logic [DwellW-1:0]         dwell_o,

  // Loop counters of the word at fetch, loop 0 lowest
  output logic [3*CountW-1:0]       count_o,

  // A segment stands at fetch; a stop; a control word that cannot go on yet; a word moves by itself
  output logic                      segment_o,
  output logic                      ended_o,
  output logic                      waits_o,
  output logic                      moves_o,
  // The word wants an entry that is not there, or that names no line or no time
  output logic                      no_entry_o
);
  localparam logic [3:0] UnitRandom = 4'd7;

  logic                fetch_moves;
  logic                no_entry;
  logic [AddrW-1:0]    fetch_op_addr;
  logic [CarryW-1:0]   fetch_carry;
  logic [2:0]          fetch_row_kind;
  logic [RowW-1:0]     fetch_row_index;
  logic                row_from_entry;
  logic                row_random;
  logic [3:0]          row_draw;
  logic [2:0]          fetch_column_kind;
  logic [ColumnW-1:0]  fetch_column_index;
  logic                column_from_entry;
  logic                column_random;
  logic [3:0]          column_draw;
  logic                fetch_single;
  logic                decode_ready;
  logic                decode_bad;
  logic                bad_entry;
  logic                take;

  ion_fetch #(
    .AddrW     (AddrW),
    .CountW    (CountW),
    .EntryW    (EntryW),
    .DwellW    (DwellW),
    .Loops     (Loops),
    .EntryLoops(EntryLoops),
    .HasControl(HasControl),
    .HasSet    (HasSet)
  ) u_fetch (
    .clk_i,
    .rst_ni,
    .start_i,
    .start_addr_i,
    .stop_i,
    .loop_last_i,
    .entries_i,
    .own_o       (fetch_own_o),
    .re_o        (fetch_re_o),
    .addr_o      (fetch_addr_o),
    .entry_o     (fetch_entry_o),
    .op_kind_i,
    .op_end_i,
    .op_next_i,
    .op_entry_i,
    .op_dwell_i,
    .segment_o,
    .ready_i     (decode_ready),
    .op_addr_o   (fetch_op_addr),
    .count_o,
    .no_entry_o  (no_entry),
    .drained_i,
    .condition_i,
    .condition_take_o,
    .command_o,
    .command_unit_o,
    .command_argument_o,
    .ended_o,
    .waits_o,
    .moves_o     (fetch_moves)
  );

  ion_line_select #(
    .CountW   (CountW),
    .IndexW   (RowW),
    .HasPlanes(RowWords),
    .HasRandom(HasRandom),
    .HasSpikes(Ages),
    .HasMarks (HasMarks)
  ) u_row_select (
    .select_i    (op_row_i),
    .base_i      (op_row_plane_i),
    .count_i     (count_o),
    .draw_i      (row_draw),
    .random_planes_i,
    .kind_o      (fetch_row_kind),
    .index_o     (fetch_row_index),
    .from_entry_o(row_from_entry),
    .random_o    (row_random)
  );

  ion_line_select #(
    .CountW   (CountW),
    .IndexW   (ColumnW),
    .HasPlanes(ColWords),
    .HasRandom(HasRandom),
    .HasSpikes(Ages),
    .HasMarks (HasMarks)
  ) u_column_select (
    .select_i    (op_column_i),
    .base_i      (op_column_plane_i),
    .count_i     (count_o),
    .draw_i      (column_draw),
    .random_planes_i,
    .kind_o      (fetch_column_kind),
    .index_o     (fetch_column_index),
    .from_entry_o(column_from_entry),
    .random_o    (column_random)
  );

  if (HasRandom != 0) begin : gen_random
    logic reseed;
    assign reseed = command_o & (command_unit_o == UnitRandom);

    ion_random u_row_random (
      .clk_i,
      .rst_ni,
      .we_i    (seed_row_we_i),
      .reseed_i(reseed),
      .wdata_i (seed_i),
      .state_o (seed_row_o),
      .draw_o  (row_draw),
      .step_i  (take & row_random)
    );

    ion_random u_column_random (
      .clk_i,
      .rst_ni,
      .we_i    (seed_column_we_i),
      .reseed_i(reseed),
      .wdata_i (seed_i),
      .state_o (seed_column_o),
      .draw_o  (column_draw),
      .step_i  (take & column_random)
    );
  end else begin : gen_no_random
    assign seed_row_o    = '0;
    assign seed_column_o = '0;
    assign row_draw      = '0;
    assign column_draw   = '0;

    logic unused_random;
    assign unused_random = ^{seed_row_we_i, seed_column_we_i, seed_i, row_random, column_random,
                             take};
  end

  assign take         = segment_o & decode_ready;
  assign fetch_single = (HasWear != 0) & (fetch_row_kind == 3'd2);
  assign fetch_carry  = {fetch_op_addr, op_rail_i, op_row_level_i, op_column_level_i, op_tiles_i,
                         op_fires_i, op_hold_i, op_samples_i, fetch_single};

  ion_decode #(
    .Rows      (Rows),
    .Columns   (Columns),
    .CarryW    (CarryW),
    .RowW      (RowW),
    .ColumnW   (ColumnW),
    .EntryRowW (EntryRowW),
    .EntryColW (EntryColW),
    .MagnitudeW(MagnitudeW),
    .TickExp   (TickExp),
    .DwellW    (DwellW),
    .Ages      (Ages),
    .AgeW      (AgeW)
  ) u_decode (
    .clk_i,
    .rst_ni,
    .abort_i,
    .valid_i            (segment_o),
    .ready_o            (decode_ready),
    .carry_i            (fetch_carry),
    .row_kind_i         (fetch_row_kind),
    .row_index_i        (fetch_row_index),
    .row_from_entry_i   (row_from_entry),
    .column_kind_i      (fetch_column_kind),
    .column_index_i     (fetch_column_index),
    .column_from_entry_i(column_from_entry),
    .polarity_i         (op_polarity_i),
    .rest_i             (op_rest_i),
    .timed_i            (op_timed_i),
    .dwell_i            (op_dwell_i),
    .entry_row_i,
    .entry_column_i,
    .entry_magnitude_i,
    .entry_negative_i,
    .entry_last_i,
    .tick_index_i,
    .valid_o,
    .ready_i,
    .carry_o,
    .row_kind_o,
    .row_index_o,
    .column_kind_o,
    .column_index_o,
    .negative_o,
    .rest_o,
    .chain_o,
    .dwell_o,
    .bad_o              (decode_bad),
    .bad_entry_o        (bad_entry)
  );

  // What decode does not hold may be anything
  assign entry_re_o = decode_ready;
  assign no_entry_o = no_entry | bad_entry;
  assign moves_o    = fetch_moves | decode_bad;
endmodule

`default_nettype wire
