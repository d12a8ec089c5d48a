// The sequencer: fetch -> decode -> prepare -> execute. It runs a program of segments with exact
// dwells and without any clock between them; it owns no memory and no line, so one sequencer can
// drive any number of lines.
`default_nettype none

module ion_sequencer #(
  parameter int AddrW      = 6,
  parameter int CountW     = 8,
  parameter int EntryW     = 8,
  parameter int RowW       = 6,
  parameter int ColumnW    = 6,
  parameter int RailW      = 2,
  parameter int MagnitudeW = 8,
  parameter int TickExp    = 0,
  parameter int DwellW     = 16
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,

  // Commands; an abort wins over everything
  input  logic                  start_i,
  input  logic [AddrW-1:0]      start_addr_i,
  input  logic                  abort_i,
  input  logic                  armed_i,
  input  logic [EntryW:0]       entries_i,
  input  logic [DwellW-1:0]     rest_clocks_i,

  // Program and work memories
  output logic                  fetch_re_o,
  output logic [AddrW-1:0]      fetch_addr_o,
  output logic [EntryW-1:0]     fetch_entry_o,

  // Fields of the program word
  input  logic                  op_segment_i,
  input  logic [2:0]            op_row_i,
  input  logic [2:0]            op_column_i,
  input  logic [RailW-1:0]      op_rail_i,
  input  logic                  op_fires_i,
  input  logic                  op_samples_i,
  input  logic [1:0]            op_rest_i,
  input  logic                  op_timed_i,
  input  logic [DwellW-1:0]     op_dwell_i,
  input  logic [AddrW-1:0]      op_next_i,
  input  logic [2:0]            op_end_i,
  input  logic [2:0]            op_entries_i,
  input  logic [3*CountW-1:0]   op_last_i,
  input  logic [3*AddrW-1:0]    op_back_i,

  // Fields of the work-list entry
  input  logic [ColumnW-1:0]    entry_column_i,
  input  logic [RowW-1:0]       entry_row_i,
  input  logic [MagnitudeW-1:0] entry_magnitude_i,
  input  logic                  entry_negative_i,
  input  logic                  entry_last_i,

  // Line drivers and plane loader
  output logic                  enter_plane_o,
  output logic [ColumnW-1:0]    enter_index_o,
  output logic                  load_o,
  input  logic                  loaded_i,
  output logic [1:0]            row_kind_o,
  output logic [RowW-1:0]       row_index_o,
  output logic [1:0]            column_kind_o,
  output logic [ColumnW-1:0]    column_index_o,
  output logic                  commit_o,
  output logic                  select_o,

  // Converter scan
  output logic                  scan_start_o,
  input  logic                  scan_done_i,

  // Changes with the lines
  output logic [RailW-1:0]      rail_o,
  output logic                  negative_o,
  output logic                  fire_o,
  output logic [AddrW-1:0]      addr_o,
  output logic                  line_event_o,

  // State and faults
  output logic                  busy_o,
  output logic                  pulse_start_o,
  output logic                  fire_start_o,
  output logic                  refused_o,
  output logic                  no_entry_o,
  output logic                  underrun_o,
  output logic                  finish_o,

  // Time warp: `settled_o` says that no stage moves before the next commit
  output logic                  settled_o,
  output logic [DwellW-1:0]     left_o,
  input  logic                  warp_i,
  input  logic [DwellW-1:0]     skip_i
);
  logic                fetch_valid;
  logic                fetch_ready;
  logic [AddrW-1:0]    fetch_op_addr;
  logic [3*CountW-1:0] count;
  logic                ended;
  logic                uses_entry;
  logic                has_entries_q;
  logic                no_entry_q;
  logic                settled;

  logic                next_valid;
  logic                take;
  logic [AddrW-1:0]    next_addr;
  logic [RailW-1:0]    next_rail;
  logic                next_negative;
  logic                next_fires;
  logic                next_samples;
  logic                next_rest;
  logic                next_chain;
  logic [DwellW:0]     next_count;
  logic                empty;

  ion_fetch #(
    .AddrW (AddrW),
    .CountW(CountW),
    .EntryW(EntryW)
  ) u_fetch (
    .clk_i,
    .rst_ni,
    .start_i,
    .start_addr_i,
    .stop_i      (abort_i | finish_o),
    .entries_i,
    .re_o        (fetch_re_o),
    .addr_o      (fetch_addr_o),
    .entry_o     (fetch_entry_o),
    .op_segment_i,
    .op_next_i,
    .op_end_i,
    .op_entries_i,
    .op_last_i,
    .op_back_i,
    .valid_o     (fetch_valid),
    .ready_i     (fetch_ready),
    .op_addr_o   (fetch_op_addr),
    .count_o     (count),
    .ended_o     (ended)
  );

  ion_issue #(
    .AddrW     (AddrW),
    .CountW    (CountW),
    .RowW      (RowW),
    .ColumnW   (ColumnW),
    .RailW     (RailW),
    .MagnitudeW(MagnitudeW),
    .TickExp   (TickExp),
    .DwellW    (DwellW)
  ) u_issue (
    .clk_i,
    .rst_ni,
    .abort_i,
    .valid_i       (fetch_valid),
    .ready_o       (fetch_ready),
    .op_addr_i     (fetch_op_addr),
    .count_i       (count),
    .op_row_i,
    .op_column_i,
    .op_rail_i,
    .op_fires_i,
    .op_samples_i,
    .op_rest_i,
    .op_timed_i,
    .op_dwell_i,
    .entry_column_i,
    .entry_row_i,
    .entry_magnitude_i,
    .entry_negative_i,
    .entry_last_i,
    .uses_entry_o  (uses_entry),
    .enter_plane_o,
    .enter_index_o,
    .load_o,
    .loaded_i,
    .row_kind_o,
    .row_index_o,
    .column_kind_o,
    .column_index_o,
    .valid_o       (next_valid),
    .take_i        (take),
    .addr_o        (next_addr),
    .rail_o        (next_rail),
    .negative_o    (next_negative),
    .fires_o       (next_fires),
    .samples_o     (next_samples),
    .rest_o        (next_rest),
    .chain_o       (next_chain),
    .count_o       (next_count),
    .settled_o     (settled),
    .empty_o       (empty)
  );

  ion_segment_timer #(
    .AddrW (AddrW),
    .RailW (RailW),
    .DwellW(DwellW)
  ) u_timer (
    .clk_i,
    .rst_ni,
    .start_i,
    .abort_i,
    .armed_i,
    .rest_clocks_i,
    .next_valid_i   (next_valid),
    .take_o         (take),
    .next_addr_i    (next_addr),
    .next_rail_i    (next_rail),
    .next_negative_i(next_negative),
    .next_fires_i   (next_fires),
    .next_samples_i (next_samples),
    .next_rest_i    (next_rest),
    .next_chain_i   (next_chain),
    .next_count_i   (next_count),
    .drained_i      (ended & empty),
    .scan_start_o,
    .scan_done_i,
    .commit_o,
    .select_o,
    .rail_o,
    .negative_o,
    .fire_o,
    .addr_o,
    .line_event_o,
    .busy_o,
    .pulse_start_o,
    .fire_start_o,
    .refused_o,
    .underrun_o,
    .finish_o,
    .left_o,
    .warp_i,
    .skip_i
  );

  // A word that needs an entry of an empty work list would drive whatever an earlier list left:
  // told while the word is in decode, one clock before it could reach the lines
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      has_entries_q <= 1'b0;
      no_entry_q    <= 1'b0;
    end else begin
      has_entries_q <= |entries_i;
      no_entry_q    <= fetch_valid & uses_entry & ~has_entries_q & ~abort_i;
    end
  end
  assign no_entry_o = no_entry_q;
  assign settled_o  = settled & ~(fetch_valid & uses_entry & ~has_entries_q);
endmodule

`default_nettype wire
