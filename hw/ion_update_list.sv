// Turns a memory of signed fixed-point updates, one for every cell, into the work list: for each
// cell in row order as many pulses of full length as its update has whole ones, then one that is
// shortened to its fraction. A full pulse lasts 2^FracW ticks. Updates are rounded first, to whole
// pulses or to grains; see ion_stochastic_round.
`default_nettype none

module ion_update_list #(
  parameter int Rows       = 4,
  parameter int Columns    = 4,
  parameter int RowW       = 2,
  parameter int ColumnW    = 2,
  // Fields of an entry: column, row, magnitude (at least FracW + 1 bits), negative, last
  parameter int EntryColW  = ColumnW,
  parameter int MagnitudeW = 9,
  parameter int EntryW     = 6,
  parameter int ValueW     = 16,
  parameter int FracW      = 8,
  parameter int Grain      = 0
) (
  input  logic                                 clk_i,
  input  logic                                 rst_ni,

  // `start_i` makes a list, not while a program runs; `abort_i` gives up
  input  logic                                 start_i,
  input  logic                                 abort_i,
  input  logic                                 whole_i,
  output logic                                 busy_o,
  // Entries of the list; more would not fit, and the list stops before them
  output logic [EntryW:0]                      entries_o,
  output logic                                 overflow_o,

  input  logic                                 seed_we_i,
  input  logic [31:0]                          seed_i,
  output logic [31:0]                          seed_o,

  // Write port of the work list
  output logic                                 work_we_o,
  output logic [EntryW-1:0]                    work_addr_o,
  output logic [EntryColW+RowW+MagnitudeW+1:0] work_data_o,

  // Host: the update of the cell at {row, column}, sign extended
  input  logic                                 host_req_i,
  input  logic                                 host_we_i,
  input  logic [RowW+ColumnW-1:0]              host_addr_i,
  input  logic [31:0]                          host_wdata_i,
  output logic [31:0]                          host_rdata_o
);
  localparam int WholeW = ValueW - FracW;

  typedef enum logic [2:0] {
    Idle  = 3'd0,
    Read  = 3'd1,
    Size  = 3'd2,
    Round = 3'd3,
    Emit  = 3'd4
  } state_e;

  state_e                state_q;
  state_e                state_d;
  logic [RowW-1:0]       row_q;
  logic [RowW-1:0]       row_d;
  logic [ColumnW-1:0]    column_q;
  logic [ColumnW-1:0]    column_d;
  logic [ValueW-1:0]     size_q;
  logic [ValueW-1:0]     size_d;
  logic                  negative_q;
  logic                  negative_d;
  logic [EntryW:0]       entries_q;
  logic [EntryW:0]       entries_d;
  logic                  overflow_q;
  logic                  overflow_d;
  logic [ValueW-1:0]     value;
  logic                  negative;
  logic [ValueW-1:0]     size;
  logic [ValueW-1:0]     rounded;
  logic                  has_whole;
  logic [WholeW-1:0]     whole_left;
  logic [MagnitudeW-1:0] magnitude;
  logic                  writes;
  logic                  last_column;
  logic                  last_cell;
  logic                  cell_done;
  logic                  unused_error;

  ion_cell_memory #(
    .Values  (1),
    .Width   (ValueW),
    .AddrW   (RowW + ColumnW),
    .SelBits (0),
    .IsSigned(1)
  ) u_updates (
    .clk_i,
    .rst_ni,
    .host_req_i,
    .host_we_i,
    .host_addr_i,
    .host_wdata_i,
    .host_rdata_o,
    .host_error_o(unused_error),
    .re_i        (state_q == Read),
    .raddr_i     ({row_q, column_q}),
    .rdata_o     (value),
    .we_i        (1'b0),
    .waddr_i     ({(RowW + ColumnW){1'b0}}),
    .wdata_i     ({ValueW{1'b0}})
  );

  ion_stochastic_round #(
    .ValueW(ValueW),
    .FracW (FracW),
    .Grain (Grain)
  ) u_round (
    .clk_i,
    .rst_ni,
    .value_i   (value),
    .negative_o(negative),
    .size_o    (size),
    .size_i    (size_q),
    .whole_i,
    .rounded_o (rounded),
    .draw_i    (state_q == Round),
    .seed_we_i,
    .seed_i,
    .seed_o
  );

  // One entry a clock: whole pulses, then the fraction
  assign has_whole  = |size_q[ValueW-1:FracW];
  assign whole_left = size_q[ValueW-1:FracW] - 1'b1;
  assign magnitude  = has_whole ? MagnitudeW'(1 << FracW)
                                : {{(MagnitudeW - FracW){1'b0}}, size_q[FracW-1:0]};
  assign writes     = (state_q == Emit) & (|size_q) & ~entries_q[EntryW];

  assign last_column = column_q == ColumnW'(Columns - 1);
  assign last_cell   = last_column & (row_q == RowW'(Rows - 1));
  assign cell_done   = (state_q == Emit) & (~has_whole | (whole_left == '0 & ~|size_q[FracW-1:0]));

  always_comb begin
    state_d    = state_q;
    row_d      = row_q;
    column_d   = column_q;
    size_d     = size_q;
    negative_d = negative_q;
    entries_d  = entries_q;
    overflow_d = overflow_q;
    case (state_q)
      Read: state_d = Size;
      Size: begin
        state_d    = Round;
        size_d     = size;
        negative_d = negative;
      end
      Round: begin
        state_d = Emit;
        size_d  = rounded;
      end
      Emit: begin
        if (writes) entries_d = entries_q + 1'b1;
        if (has_whole) size_d[ValueW-1:FracW] = whole_left;
        if (cell_done) begin
          state_d  = Read;
          column_d = column_q + 1'b1;
          if (last_column) begin
            column_d = '0;
            row_d    = row_q + 1'b1;
          end
          if (last_cell) state_d = Idle;
        end
        if ((|size_q) && entries_q[EntryW]) begin
          state_d    = Idle;
          overflow_d = 1'b1;
        end
      end
      default: begin
        row_d    = '0;
        column_d = '0;
        if (start_i) begin
          state_d    = Read;
          entries_d  = '0;
          overflow_d = 1'b0;
        end
      end
    endcase
    if (abort_i) state_d = Idle;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q    <= Idle;
      row_q      <= '0;
      column_q   <= '0;
      size_q     <= '0;
      negative_q <= 1'b0;
      entries_q  <= '0;
      overflow_q <= 1'b0;
    end else begin
      state_q    <= state_d;
      row_q      <= row_d;
      column_q   <= column_d;
      size_q     <= size_d;
      negative_q <= negative_d;
      entries_q  <= entries_d;
      overflow_q <= overflow_d;
    end
  end

  assign busy_o      = state_q != Idle;
  assign entries_o   = entries_q;
  assign overflow_o  = overflow_q;
  assign work_we_o   = writes;
  assign work_addr_o = entries_q[EntryW-1:0];
  // Every pulse is followed by a rest
  assign work_data_o = {1'b1, negative_q, magnitude, row_q, EntryColW'(column_q)};

`ifdef FORMAL
  // Every trace begins in reset; properties hold from the second clock after it on
  logic started_q = 1'b0;
  logic past_valid_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) past_valid_q <= 1'b0;
    else past_valid_q <= 1'b1;
  end
  always_comb begin
    if (!started_q) assume (!rst_ni);
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      assert (state_q <= Emit);
      // No entry without a pulse, none longer than a full one, none beyond the list
      if (work_we_o) assert (magnitude != '0 && magnitude <= MagnitudeW'(1 << FracW));
      if (work_we_o) assert (!entries_q[EntryW] && busy_o);
      if ($past(state_q) != Idle) begin
        assert (entries_q == $past(entries_q) + {{EntryW{1'b0}}, $past(work_we_o)});
      end
      assert (!entries_q[EntryW] || entries_q[EntryW-1:0] == '0);
      cover (work_we_o && has_whole);
      cover (work_we_o && !has_whole && $past(work_we_o));
      cover (overflow_o && !busy_o);
    end
  end
`endif
endmodule

`default_nettype wire
