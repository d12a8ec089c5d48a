// Turns the line selection of a program word into what the line drivers take: none, all, one
// line, or a plane. Select codes: 0 none, 1 all, 2..4 the line of loop counter 0..2, 5 the
// entry's line, 6 the entry's plane.
`default_nettype none

module ion_line_select #(
  parameter int CountW = 8,
  parameter int IndexW = 6
) (
  input  logic [2:0]          select_i,
  input  logic [3*CountW-1:0] count_i,
  input  logic [IndexW-1:0]   entry_i,
  output logic                uses_entry_o,
  output logic [1:0]          kind_o,
  output logic [IndexW-1:0]   index_o
);
  logic [2:0] from_count;
  logic       from_entry;

  assign from_count   = {select_i == 3'd4, select_i == 3'd3, select_i == 3'd2};
  assign from_entry   = (select_i == 3'd5) | (select_i == 3'd6);
  assign uses_entry_o = from_entry;

  assign index_o = ({IndexW{from_count[0]}} & count_i[0 +: IndexW])
                 | ({IndexW{from_count[1]}} & count_i[CountW +: IndexW])
                 | ({IndexW{from_count[2]}} & count_i[2*CountW +: IndexW])
                 | ({IndexW{from_entry}} & entry_i);

  always_comb begin
    case (select_i)
      3'd1:                   kind_o = 2'd1;
      3'd2, 3'd3, 3'd4, 3'd5: kind_o = 2'd2;
      3'd6:                   kind_o = 2'd3;
      default:                kind_o = 2'd0;
    endcase
  end

  logic unused_count;
  assign unused_count = ^count_i;
endmodule

`default_nettype wire
