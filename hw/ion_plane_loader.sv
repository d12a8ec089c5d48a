// Walks the planes of both sides through their memories into the shadow registers, one group of
// lines a clock. The first groups are read when a segment leaves decode, so that planes of one
// group cost no clock; both sides walk together, the longer one decides.
`default_nettype none

module ion_plane_loader #(
  // Memory words of a plane of each side, 0 without planes, and bits of their index (0 for one)
  parameter int RowWords    = 0,
  parameter int ColumnWords = 1,
  parameter int RowBits     = 0,
  parameter int ColumnBits  = 0,
  parameter int RowW        = 4,
  parameter int ColumnW     = 4,
  // Groups of the longer side, as a signal
  parameter int GroupW      = 1
) (
  input  logic                          clk_i,
  input  logic                          rst_ni,
  input  logic                          abort_i,

  // A segment with these planes leaves decode; kinds as in ion_line_driver
  input  logic                          enter_i,
  input  logic [2:0]                    enter_row_kind_i,
  input  logic [RowW-1:0]               enter_row_i,
  input  logic [2:0]                    enter_column_kind_i,
  input  logic [ColumnW-1:0]            enter_column_i,

  // The segment in load may write the shadow registers; `done_o` in the last clock of doing so
  input  logic                          load_i,
  input  logic [RowW-1:0]               row_i,
  input  logic [ColumnW-1:0]            column_i,
  output logic                          done_o,
  output logic [GroupW-1:0]             group_o,

  // Plane and spike memories: one address for both kinds of a side
  output logic                          re_o,
  output logic [RowW+RowBits-1:0]       row_addr_o,
  output logic [ColumnW+ColumnBits-1:0] column_addr_o
);
  localparam int Words = (RowWords > ColumnWords) ? RowWords : ColumnWords;
  localparam int Fewer = (RowWords > ColumnWords) ? ColumnWords : RowWords;
  localparam int Short = (Fewer > 1) ? Fewer : 1;

  if (Words <= 1) begin : gen_one_word
    assign done_o        = 1'b1;
    assign group_o       = '0;
    assign re_o          = enter_i;
    assign row_addr_o    = enter_row_i;
    assign column_addr_o = enter_column_i;

    logic unused_walk;
    assign unused_walk = ^{clk_i, rst_ni, abort_i, enter_row_kind_i, enter_column_kind_i, load_i,
                           row_i, column_i};
  end else begin : gen_walk
    logic [GroupW-1:0] group_q;
    logic [GroupW-1:0] group_next;
    logic [GroupW-1:0] end_q;
    logic              long_walks;
    logic              short_walks;
    logic [GroupW-1:0] end_d;
    logic              done_q;
    logic              row_walks;
    logic              column_walks;

    // Planes and spike planes have all words of a side, anything else takes one clock
    assign row_walks    = (enter_row_kind_i == 3'd3) | (enter_row_kind_i == 3'd4);
    assign column_walks = (enter_column_kind_i == 3'd3) | (enter_column_kind_i == 3'd4);
    assign long_walks   = (RowWords > ColumnWords) ? row_walks : column_walks;
    assign short_walks  = (RowWords > ColumnWords) ? column_walks : row_walks;
    assign end_d        = long_walks ? GroupW'(Words - 1) : (short_walks ? GroupW'(Short - 1) : '0);
    assign group_next   = group_q + 1'b1;

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        group_q <= '0;
        end_q   <= '0;
        done_q  <= 1'b0;
      end else if (abort_i) begin
        group_q <= '0;
        done_q  <= 1'b0;
      end else if (enter_i) begin
        group_q <= '0;
        end_q   <= end_d;
        done_q  <= end_d == '0;
      end else if (load_i && !done_q) begin
        group_q <= group_next;
        done_q  <= group_next == end_q;
      end
    end

    assign done_o  = done_q;
    assign group_o = group_q;
    assign re_o    = enter_i | (load_i & ~done_q);

    if (RowBits == 0) begin : gen_row
      assign row_addr_o = enter_i ? enter_row_i : row_i;
    end else begin : gen_row_groups
      assign row_addr_o = enter_i ? {enter_row_i, {RowBits{1'b0}}}
                                  : {row_i, group_next[RowBits-1:0]};
    end
    if (ColumnBits == 0) begin : gen_column
      assign column_addr_o = enter_i ? enter_column_i : column_i;
    end else begin : gen_column_groups
      assign column_addr_o = enter_i ? {enter_column_i, {ColumnBits{1'b0}}}
                                     : {column_i, group_next[ColumnBits-1:0]};
    end
  end
endmodule

`default_nettype wire
