// Decode stage: holds a segment while the work list answers, and resolves what it takes from its
// entry: lines, planes, dwell, polarity, rest. An entry that names a line that is not there, or no
// time, is told before it could reach the lines. What only passes through is carried as one vector.
`default_nettype none

module ion_decode #(
  parameter int Rows       = 64,
  parameter int Columns    = 64,
  parameter int CarryW     = 16,
  parameter int RowW       = 6,
  parameter int ColumnW    = 6,
  parameter int EntryRowW  = 6,
  parameter int EntryColW  = 6,
  parameter int MagnitudeW = 8,
  parameter int TickExp    = 0,
  parameter int DwellW     = 20,
  // Spike planes kept, a power of two; 0 where there are none
  parameter int Ages       = 0,
  parameter int AgeW       = (Ages > 1) ? $clog2(Ages) : 1
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  input  logic                  abort_i,

  // From fetch
  input  logic                  valid_i,
  output logic                  ready_o,
  input  logic [CarryW-1:0]     carry_i,
  input  logic [2:0]            row_kind_i,
  input  logic [RowW-1:0]       row_index_i,
  input  logic                  row_from_entry_i,
  input  logic [2:0]            column_kind_i,
  input  logic [ColumnW-1:0]    column_index_i,
  input  logic                  column_from_entry_i,
  input  logic [1:0]            polarity_i,
  input  logic [1:0]            rest_i,
  input  logic                  timed_i,
  input  logic [DwellW-1:0]     dwell_i,

  // Fields of the entry, from the clock after a segment enters
  input  logic [EntryRowW-1:0]  entry_row_i,
  input  logic [EntryColW-1:0]  entry_column_i,
  input  logic [MagnitudeW-1:0] entry_magnitude_i,
  input  logic                  entry_negative_i,
  input  logic                  entry_last_i,

  // Spike plane of the running tick
  input  logic [AgeW-1:0]       tick_index_i,

  // To load
  output logic                  valid_o,
  input  logic                  ready_i,
  output logic [CarryW-1:0]     carry_o,
  output logic [2:0]            row_kind_o,
  output logic [RowW-1:0]       row_index_o,
  output logic [2:0]            column_kind_o,
  output logic [ColumnW-1:0]    column_index_o,
  output logic                  negative_o,
  output logic                  rest_o,
  output logic                  chain_o,
  output logic [DwellW-1:0]     dwell_o,

  // What this clock finds wrong with an entry, and a clock later the fault
  output logic                  bad_o,
  output logic                  bad_entry_o
);
  localparam logic [1:0] RestEntry     = 2'd1;
  localparam logic [1:0] RestAlways    = 2'd2;
  localparam logic [1:0] PolarityEntry = 2'd2;
  localparam logic [2:0] KindLine      = 3'd2;
  localparam logic [2:0] KindSpike     = 3'd4;

  logic               valid_q;
  logic [CarryW-1:0]  carry_q;
  logic [2:0]         row_kind_q;
  logic [RowW-1:0]    row_index_q;
  logic               row_from_entry_q;
  logic [2:0]         column_kind_q;
  logic [ColumnW-1:0] column_index_q;
  logic               column_from_entry_q;
  logic [1:0]         polarity_q;
  logic [1:0]         rest_q;
  logic               timed_q;
  logic [DwellW-1:0]  dwell_q;
  logic [DwellW-1:0]  ticks;
  logic               enter;

  // A stage takes a new segment in the clock in which it gives away its own
  assign ready_o = ~valid_q | ready_i;
  assign enter   = valid_i & ready_o;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= 1'b0;
    else if (abort_i) valid_q <= 1'b0;
    else if (ready_o) valid_q <= valid_i;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      carry_q             <= '0;
      row_kind_q          <= '0;
      row_index_q         <= '0;
      row_from_entry_q    <= 1'b0;
      column_kind_q       <= '0;
      column_index_q      <= '0;
      column_from_entry_q <= 1'b0;
      polarity_q          <= '0;
      rest_q              <= '0;
      timed_q             <= 1'b0;
      dwell_q             <= '0;
    end else if (enter) begin
      carry_q             <= carry_i;
      row_kind_q          <= row_kind_i;
      row_index_q         <= row_index_i;
      row_from_entry_q    <= row_from_entry_i;
      column_kind_q       <= column_kind_i;
      column_index_q      <= column_index_i;
      column_from_entry_q <= column_from_entry_i;
      polarity_q          <= polarity_i;
      rest_q              <= rest_i;
      timed_q             <= timed_i;
      dwell_q             <= dwell_i;
    end
  end

  // A plane of the entry is its index over a base; a spike plane is so many ticks old
  logic [RowW-1:0]    row_index;
  logic [ColumnW-1:0] column_index;
  assign row_index    = row_index_q | ({RowW{row_from_entry_q}} & RowW'(entry_row_i));
  assign column_index = column_index_q
                      | ({ColumnW{column_from_entry_q}} & ColumnW'(entry_column_i));

  if (Ages > 0) begin : gen_ages
    logic [AgeW-1:0] row_age;
    logic [AgeW-1:0] column_age;
    assign row_age        = tick_index_i - AgeW'(row_index_q);
    assign column_age     = tick_index_i - AgeW'(column_index_q);
    assign row_index_o    = (row_kind_q == KindSpike) ? RowW'(row_age) : row_index;
    assign column_index_o = (column_kind_q == KindSpike) ? ColumnW'(column_age) : column_index;
  end else begin : gen_no_ages
    assign row_index_o    = row_index;
    assign column_index_o = column_index;

    logic unused_tick;
    assign unused_tick = ^tick_index_i;
  end

  // Indices of as many lines as they can name are always inside
  logic row_outside;
  logic column_outside;
  logic bad_entry_q;
  if (Rows < (1 << EntryRowW)) begin : gen_rows
    assign row_outside = row_from_entry_q & (row_kind_q == KindLine)
                       & (entry_row_i >= EntryRowW'(Rows));
  end else begin : gen_all_rows
    assign row_outside = 1'b0;
  end
  if (Columns < (1 << EntryColW)) begin : gen_columns
    assign column_outside = column_from_entry_q & (column_kind_q == KindLine)
                          & (entry_column_i >= EntryColW'(Columns));
  end else begin : gen_all_columns
    assign column_outside = 1'b0;
  end
  assign bad_o = valid_q & (row_outside | column_outside | (timed_q & (entry_magnitude_i == '0)));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) bad_entry_q <= 1'b0;
    else bad_entry_q <= bad_o & ~abort_i;
  end
  assign bad_entry_o = bad_entry_q;

  assign ticks         = DwellW'(entry_magnitude_i);
  assign dwell_o       = timed_q ? (ticks << TickExp) : dwell_q;
  assign negative_o    = (polarity_q == PolarityEntry) ? entry_negative_i : polarity_q[0];
  assign rest_o        = (rest_q == RestAlways) | ((rest_q == RestEntry) & entry_last_i);
  assign chain_o       = (rest_q == RestEntry) & ~entry_last_i;
  assign valid_o       = valid_q;
  assign carry_o       = carry_q;
  assign row_kind_o    = row_kind_q;
  assign column_kind_o = column_kind_q;
endmodule

`default_nettype wire
