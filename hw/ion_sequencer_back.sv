// Back of the sequencer, load, prepare and execute: the shadow registers and what belongs to them,
// then the lines, for exactly their dwell.
`default_nettype none

module ion_sequencer_back #(
  parameter int AddrW      = 6,
  parameter int RowW       = 6,
  parameter int ColumnW    = 6,
  parameter int LevelW     = 1,
  parameter int RailW      = 2,
  parameter int TileN      = 1,
  parameter int DwellW     = 20,
  parameter int RowWords   = 0,
  parameter int ColWords   = 0,
  parameter int RowBits    = 0,
  parameter int ColBits    = 0,
  parameter int GroupW     = 1,
  parameter int HasControl = 1,
  // As in ion_sequencer_front
  parameter int CarryW     = AddrW + RailW + 2 * LevelW + TileN + 7
) (
  input  logic                      clk_i,
  input  logic                      rst_ni,

  // A run begins, its first word stands at fetch in the clock after `go_i`; abort wins
  input  logic                      start_i,
  input  logic                      go_i,
  input  logic                      abort_i,
  input  logic                      armed_i,
  input  logic [DwellW-1:0]         rest_clocks_i,

  // From decode
  input  logic                      valid_i,
  output logic                      ready_o,
  input  logic [CarryW-1:0]         carry_i,
  input  logic [2:0]                row_kind_i,
  input  logic [RowW-1:0]           row_index_i,
  input  logic [2:0]                column_kind_i,
  input  logic [ColumnW-1:0]        column_index_i,
  input  logic                      negative_i,
  input  logic                      rest_i,
  input  logic                      chain_i,
  input  logic [DwellW-1:0]         dwell_i,
  // At fetch: a segment, a stop
  input  logic                      coming_i,
  input  logic                      ended_i,
  // No segment is on its way from decode on, or on the lines
  output logic                      drained_o,

  // Shadow registers, plane and spike memories
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

  // State and faults
  output logic                      busy_o,
  output logic                      pulse_start_o,
  output logic                      fire_start_o,
  // It selects one row, `scan_row_o` of the next clock
  output logic                      single_row_o,
  output logic                      refused_o,
  output logic                      underrun_o,
  output logic                      finish_o,

  // Time warp: no stage here moves before the next commit
  output logic                      settled_o,
  output logic [DwellW-1:0]         left_o,
  input  logic                      warp_i,
  input  logic [DwellW-1:0]         skip_i
);
  logic                load_enter;
  logic                load_done;
  logic                loading;
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
  logic [3:0]          next_samples;
  logic                running;

  assign {next_addr, next_rail, row_level_o, column_level_o, next_tiles,
          next_fires, hold_o, next_samples, single_row_o} = next_carry;
  // One tile takes part in everything
  assign tiles_o   = next_tiles | TileN'(TileN == 1);
  assign drained_o = ~valid_i & ~loading & ~next_valid & ~running;

  ion_prepare #(
    .CarryW (CarryW),
    .RowW   (RowW),
    .ColumnW(ColumnW),
    .DwellW (DwellW)
  ) u_prepare (
    .clk_i,
    .rst_ni,
    .abort_i,
    .valid_i,
    .ready_o,
    .carry_i,
    .row_kind_i,
    .row_index_i,
    .column_kind_i,
    .column_index_i,
    .negative_i,
    .rest_i,
    .chain_i,
    .dwell_i,
    .enter_o       (load_enter),
    .load_o,
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
    .settled_o
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
    .enter_row_kind_i   (row_kind_i),
    .enter_row_i        (row_index_i),
    .enter_column_kind_i(column_kind_i),
    .enter_column_i     (column_index_i),
    .load_i             (load_o),
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
    assign over = ended_i & ~valid_i & ~loading;
  end else begin : gen_over_ahead
    logic over_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) over_q <= 1'b0;
      else over_q <= ended_i & ~valid_i & ~loading & ~abort_i & ~finish_o;
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
    .go_i,
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
    .next_hold_i    (hold_o),
    .next_rest_i    (next_rest),
    .next_chain_i   (next_chain),
    .next_count_i   (next_count),
    .coming_i       (coming_i | valid_i | loading),
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
endmodule

`default_nettype wire
