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
  localparam logic [3:0] UnitRandom = 4'd7;

  // What passes from fetch to execute as it is
  localparam int CarryW = AddrW + RailW + 2 * LevelW + TileN + 7;

  logic                fetch_segment;
  logic                fetch_moves;
  logic                fetch_waits;
  logic                no_entry;
  logic                decode_bad;
  logic                bad_entry;
  logic                ended;
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

  logic                decode_ready;
  logic                decode_valid;
  logic [CarryW-1:0]   decode_carry;
  logic [2:0]          decode_row_kind;
  logic [RowW-1:0]     decode_row_index;
  logic [2:0]          decode_column_kind;
  logic [ColumnW-1:0]  decode_column_index;
  logic                decode_negative;
  logic                decode_rest;
  logic                decode_chain;
  logic [DwellW-1:0]   decode_dwell;

  logic                load_ready;
  logic                load_enter;
  logic                load;
  logic                load_done;
  logic                loading;
  logic                load_settled;

  logic                next_valid;
  logic                free;
  logic                soon;
  logic                warped;
  logic [CarryW-1:0]   next_carry;
  logic [RowW-1:0]     next_row;
  logic                next_negative;
  logic                next_rest;
  logic                next_chain;
  logic [DwellW:0]     next_count;
  logic [AddrW-1:0]    next_addr;
  logic [RailW-1:0]    next_rail;
  logic [TileN-1:0]    next_tiles;
  logic                next_fires;
  logic                next_hold;
  logic [3:0]          next_samples;

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

  logic                coming;
  logic                drained;
  logic                running;
  logic                take_segment;

  assign coming       = fetch_segment | decode_valid | loading;
  assign drained      = ~decode_valid & ~loading & ~next_valid & ~running;
  assign take_segment = fetch_segment & decode_ready;

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
    .start_i     (start_q),
    .start_addr_i(start_addr_q),
    .stop_i      (abort_i | finish_o),
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
    .segment_o   (fetch_segment),
    .ready_i     (decode_ready),
    .op_addr_o   (fetch_op_addr),
    .count_o,
    .no_entry_o  (no_entry),
    .drained_i   (drained),
    .condition_i,
    .condition_take_o,
    .command_o,
    .command_unit_o,
    .command_argument_o,
    .ended_o     (ended),
    .waits_o     (fetch_waits),
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
      .step_i  (take_segment & row_random)
    );

    ion_random u_column_random (
      .clk_i,
      .rst_ni,
      .we_i    (seed_column_we_i),
      .reseed_i(reseed),
      .wdata_i (seed_i),
      .state_o (seed_column_o),
      .draw_o  (column_draw),
      .step_i  (take_segment & column_random)
    );
  end else begin : gen_no_random
    assign seed_row_o    = '0;
    assign seed_column_o = '0;
    assign row_draw      = '0;
    assign column_draw   = '0;

    logic unused_random;
    assign unused_random = ^{seed_row_we_i, seed_column_we_i, seed_i, row_random, column_random,
                             take_segment};
  end

  logic fetch_single;
  assign fetch_single = (HasWear != 0) & (fetch_row_kind == 3'd2);

  assign fetch_carry = {fetch_op_addr, op_rail_i, op_row_level_i, op_column_level_i, op_tiles_i,
                        op_fires_i, op_hold_i, op_samples_i, fetch_single};
  assign {next_addr, next_rail, row_level_o, column_level_o, next_tiles,
          next_fires, next_hold, next_samples, single_row_o} = next_carry;
  // One tile takes part in everything
  assign tiles_o = next_tiles | TileN'(TileN == 1);

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
    .valid_i            (fetch_segment),
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
    .valid_o            (decode_valid),
    .ready_i            (load_ready),
    .carry_o            (decode_carry),
    .row_kind_o         (decode_row_kind),
    .row_index_o        (decode_row_index),
    .column_kind_o      (decode_column_kind),
    .column_index_o     (decode_column_index),
    .negative_o         (decode_negative),
    .rest_o             (decode_rest),
    .chain_o            (decode_chain),
    .dwell_o            (decode_dwell),
    .bad_o              (decode_bad),
    .bad_entry_o        (bad_entry)
  );

  ion_prepare #(
    .CarryW (CarryW),
    .RowW   (RowW),
    .ColumnW(ColumnW),
    .DwellW (DwellW)
  ) u_prepare (
    .clk_i,
    .rst_ni,
    .abort_i,
    .valid_i       (decode_valid),
    .ready_o       (load_ready),
    .carry_i       (decode_carry),
    .row_kind_i    (decode_row_kind),
    .row_index_i   (decode_row_index),
    .column_kind_i (decode_column_kind),
    .column_index_i(decode_column_index),
    .negative_i    (decode_negative),
    .rest_i        (decode_rest),
    .chain_i       (decode_chain),
    .dwell_i       (decode_dwell),
    .enter_o       (load_enter),
    .load_o        (load),
    .done_i        (load_done & lines_ready_i),
    .row_kind_o,
    .row_index_o,
    .column_kind_o,
    .column_index_o,
    .valid_o       (next_valid),
    .free_i        (free),
    .soon_i        (soon),
    .warped_i      (warped),
    .carry_o       (next_carry),
    .row_o         (next_row),
    .negative_o    (next_negative),
    .rest_o        (next_rest),
    .chain_o       (next_chain),
    .count_o       (next_count),
    .loading_o     (loading),
    .settled_o     (load_settled)
  );

  ion_plane_loader #(
    .RowWords   (RowWords),
    .ColumnWords(ColWords),
    .RowBits    (RowBits),
    .ColumnBits (ColBits),
    .RowW       (RowW),
    .ColumnW    (ColumnW),
    .GroupW     (GroupW)
  ) u_loader (
    .clk_i,
    .rst_ni,
    .abort_i,
    .enter_i            (load_enter),
    .enter_row_kind_i   (decode_row_kind),
    .enter_row_i        (decode_row_index),
    .enter_column_kind_i(decode_column_kind),
    .enter_column_i     (decode_column_index),
    .load_i             (load),
    .row_i              (row_index_o),
    .column_i           (column_index_o),
    .done_o             (load_done),
    .group_o,
    .re_o               (plane_re_o),
    .row_addr_o,
    .column_addr_o
  );

  // Of a program without control words the end is known long before its last segment is over
  logic                over;
  if (HasControl != 0) begin : gen_over
    assign over = ended & ~decode_valid & ~loading;
  end else begin : gen_over_ahead
    logic over_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) over_q <= 1'b0;
      else over_q <= ended & ~decode_valid & ~loading & ~abort_i & ~finish_o;
    end
    assign over = over_q;
  end

  ion_segment_timer #(
    .AddrW (AddrW),
    .RailW (RailW),
    .RowW  (RowW),
    .DwellW(DwellW)
  ) u_timer (
    .clk_i,
    .rst_ni,
    .start_i,
    .go_i           (start_q),
    .abort_i,
    .armed_i,
    .rest_clocks_i,
    .next_valid_i   (next_valid),
    .free_o         (free),
    .soon_o         (soon),
    .warped_o       (warped),
    .next_addr_i    (next_addr),
    .next_rail_i    (next_rail),
    .next_row_i     (next_row),
    .next_samples_i (next_samples),
    .next_negative_i(next_negative),
    .next_fires_i   (next_fires),
    .next_hold_i    (next_hold),
    .next_rest_i    (next_rest),
    .next_chain_i   (next_chain),
    .next_count_i   (next_count),
    .coming_i       (coming),
    .ended_i        (over),
    .scan_start_o,
    .scan_mode_o,
    .scan_row_o,
    .scan_done_i,
    .scan_ending_i,
    .commit_o,
    .select_o,
    .rail_o,
    .negative_o,
    .fire_o,
    .addr_o,
    .line_event_o,
    .busy_o,
    .running_o      (running),
    .pulse_start_o,
    .fire_start_o,
    .refused_o,
    .underrun_o,
    .finish_o,
    .left_o,
    .warp_i,
    .skip_i
  );

  // What decode does not hold may be anything
  assign entry_re_o = decode_ready;
  assign load_o    = load;
  assign hold_o    = next_hold;
  assign no_entry_o = no_entry | bad_entry;
  assign settled_o  = load_settled & ~fetch_moves & ~decode_bad;
  assign waits_o   = fetch_waits & drained;
endmodule

`default_nettype wire
