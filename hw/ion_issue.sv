// Decode and prepare stages: decode resolves what a word takes from counters and from its
// work-list entry, prepare holds a segment whose lines stand in the shadow registers, ready for
// its commit.
`default_nettype none

module ion_issue #(
  parameter int AddrW      = 6,
  parameter int CountW     = 8,
  parameter int RowW       = 6,
  parameter int ColumnW    = 6,
  parameter int RailW      = 2,
  parameter int MagnitudeW = 8,
  parameter int TickExp    = 0,
  parameter int DwellW     = 16
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  input  logic                  abort_i,

  // From fetch, with the fields of the word and of the entry
  input  logic                  valid_i,
  output logic                  ready_o,
  input  logic [AddrW-1:0]      op_addr_i,
  input  logic [3*CountW-1:0]   count_i,
  input  logic [2:0]            op_row_i,
  input  logic [2:0]            op_column_i,
  input  logic [RailW-1:0]      op_rail_i,
  input  logic                  op_fires_i,
  input  logic                  op_samples_i,
  input  logic [1:0]            op_rest_i,
  input  logic                  op_timed_i,
  input  logic [DwellW-1:0]     op_dwell_i,
  input  logic [ColumnW-1:0]    entry_column_i,
  input  logic [RowW-1:0]       entry_row_i,
  input  logic [MagnitudeW-1:0] entry_magnitude_i,
  input  logic                  entry_negative_i,
  input  logic                  entry_last_i,
  // A word in fetch needs an entry
  output logic                  uses_entry_o,

  // Shadow registers; `loaded_i` in the last clock of a load
  output logic                  enter_plane_o,
  output logic [ColumnW-1:0]    enter_index_o,
  output logic                  load_o,
  input  logic                  loaded_i,
  output logic [1:0]            row_kind_o,
  output logic [RowW-1:0]       row_index_o,
  output logic [1:0]            column_kind_o,
  output logic [ColumnW-1:0]    column_index_o,

  // The prepared segment
  output logic                  valid_o,
  input  logic                  take_i,
  output logic [AddrW-1:0]      addr_o,
  output logic [RailW-1:0]      rail_o,
  output logic                  negative_o,
  output logic                  fires_o,
  output logic                  samples_o,
  output logic                  rest_o,
  output logic                  chain_o,
  // Dwell - 2, signed: negative in the last clock of the segment
  output logic [DwellW:0]       count_o,

  // No stage moves before the next commit
  output logic                  settled_o,
  output logic                  empty_o
);
  localparam logic [1:0] RestEntry  = 2'd1;
  localparam logic [1:0] RestAlways = 2'd2;
  localparam logic [1:0] KindPlane  = 2'd3;

  logic               enter;
  logic               d_valid_q;
  logic               p_valid_q;

  // Decode: rows and columns
  logic [1:0]         row_kind;
  logic [1:0]         column_kind;
  logic [RowW-1:0]    row_index;
  logic [ColumnW-1:0] column_index;
  logic               row_uses_entry;
  logic               column_uses_entry;

  ion_line_select #(
    .CountW(CountW),
    .IndexW(RowW)
  ) u_row_select (
    .select_i    (op_row_i),
    .count_i     (count_i),
    .entry_i     (entry_row_i),
    .uses_entry_o(row_uses_entry),
    .kind_o      (row_kind),
    .index_o     (row_index)
  );

  ion_line_select #(
    .CountW(CountW),
    .IndexW(ColumnW)
  ) u_column_select (
    .select_i    (op_column_i),
    .count_i     (count_i),
    .entry_i     (entry_column_i),
    .uses_entry_o(column_uses_entry),
    .kind_o      (column_kind),
    .index_o     (column_index)
  );

  assign uses_entry_o = row_uses_entry | column_uses_entry | op_timed_i | (op_rest_i == RestEntry);

  // Decode: dwell and rest
  logic [DwellW-1:0] ticks;
  logic [DwellW-1:0] dwell;
  assign ticks = DwellW'(entry_magnitude_i);
  assign dwell = op_timed_i ? (ticks << TickExp) : op_dwell_i;

  logic               d_rest_q;
  logic               d_chain_q;
  logic               d_negative_q;
  logic               d_fires_q;
  logic               d_samples_q;
  logic [1:0]         d_row_kind_q;
  logic [1:0]         d_column_kind_q;
  logic [RowW-1:0]    d_row_index_q;
  logic [ColumnW-1:0] d_column_index_q;
  logic [RailW-1:0]   d_rail_q;
  logic [AddrW-1:0]   d_addr_q;
  logic [DwellW-1:0]  d_dwell_q;

  // A stage takes a new segment in the clock in which it gives away its own
  assign load_o  = d_valid_q & (~p_valid_q | take_i);
  assign ready_o = ~d_valid_q | loaded_i;
  assign enter   = valid_i & ready_o;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) d_valid_q <= 1'b0;
    else if (abort_i) d_valid_q <= 1'b0;
    else if (ready_o) d_valid_q <= valid_i;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      d_rest_q         <= 1'b0;
      d_chain_q        <= 1'b0;
      d_negative_q     <= 1'b0;
      d_fires_q        <= 1'b0;
      d_samples_q      <= 1'b0;
      d_row_kind_q     <= '0;
      d_column_kind_q  <= '0;
      d_row_index_q    <= '0;
      d_column_index_q <= '0;
      d_rail_q         <= '0;
      d_addr_q         <= '0;
      d_dwell_q        <= '0;
    end else if (enter) begin
      d_rest_q         <= (op_rest_i == RestAlways) | ((op_rest_i == RestEntry) & entry_last_i);
      d_chain_q        <= (op_rest_i == RestEntry) & ~entry_last_i;
      d_negative_q     <= uses_entry_o & entry_negative_i;
      d_fires_q        <= op_fires_i;
      d_samples_q      <= op_samples_i;
      d_row_kind_q     <= row_kind;
      d_column_kind_q  <= column_kind;
      d_row_index_q    <= row_index;
      d_column_index_q <= column_index;
      d_rail_q         <= op_rail_i;
      d_addr_q         <= op_addr_i;
      d_dwell_q        <= dwell;
    end
  end

  assign enter_plane_o  = enter & (column_kind == KindPlane);
  assign enter_index_o  = column_index;
  assign row_kind_o     = d_row_kind_q;
  assign row_index_o    = d_row_index_q;
  assign column_kind_o  = d_column_kind_q;
  assign column_index_o = d_column_index_q;

  // Prepare
  logic             p_rest_q;
  logic             p_chain_q;
  logic             p_negative_q;
  logic             p_fires_q;
  logic             p_samples_q;
  logic [RailW-1:0] p_rail_q;
  logic [AddrW-1:0] p_addr_q;
  logic [DwellW:0]  p_count_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) p_valid_q <= 1'b0;
    else if (abort_i) p_valid_q <= 1'b0;
    else if (loaded_i) p_valid_q <= 1'b1;
    else if (take_i) p_valid_q <= 1'b0;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      p_rest_q     <= 1'b0;
      p_chain_q    <= 1'b0;
      p_negative_q <= 1'b0;
      p_fires_q    <= 1'b0;
      p_samples_q  <= 1'b0;
      p_rail_q     <= '0;
      p_addr_q     <= '0;
      p_count_q    <= '0;
    end else if (loaded_i) begin
      p_rest_q     <= d_rest_q;
      p_chain_q    <= d_chain_q;
      p_negative_q <= d_negative_q;
      p_fires_q    <= d_fires_q;
      p_samples_q  <= d_samples_q;
      p_rail_q     <= d_rail_q;
      p_addr_q     <= d_addr_q;
      p_count_q    <= {1'b0, d_dwell_q} - (DwellW + 1)'(2);
    end
  end

  assign valid_o    = p_valid_q;
  assign addr_o     = p_addr_q;
  assign rail_o     = p_rail_q;
  assign negative_o = p_negative_q;
  assign fires_o    = p_fires_q;
  assign samples_o  = p_samples_q;
  assign rest_o     = p_rest_q;
  assign chain_o    = p_chain_q;
  assign count_o    = p_count_q;

  assign empty_o   = ~d_valid_q & ~p_valid_q;
  assign settled_o = d_valid_q ? p_valid_q : ~valid_i;
endmodule

`default_nettype wire
