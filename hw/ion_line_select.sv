// Turns one side's line selection of a program word into what is loaded: a kind, and the index of
// a line or plane as far as program and counters know it; decode adds the entry's.
// Select codes: 0 none, 1 all, 2..4 line of counter 0..2, 5 line of the entry, 6 plane of the
// entry, 7 keep, 8 plane, 9..11 plane of counter 0..2, 12 random plane, 13 spike plane, 14 marks.
`default_nettype none

module ion_line_select #(
  parameter int CountW    = 8,
  parameter int IndexW    = 6,
  parameter int HasPlanes = 0,
  parameter int HasRandom = 0,
  parameter int HasSpikes = 0,
  parameter int HasMarks  = 0
) (
  input  logic [3:0]          select_i,
  input  logic [IndexW-1:0]   base_i,
  input  logic [3*CountW-1:0] count_i,

  // Draw, and planes to draw from
  input  logic [3:0]          draw_i,
  input  logic [3:0]          random_planes_i,

  // Kinds as in ion_line_driver
  output logic [2:0]          kind_o,
  output logic [IndexW-1:0]   index_o,
  output logic                from_entry_o,
  output logic                random_o
);
  logic [2:0]        from_count;
  logic              is_line;
  logic              is_plane;
  logic              drawn;
  logic [IndexW-1:0] of_count;

  assign is_line  = (select_i >= 4'd2) & (select_i <= 4'd5);
  assign is_plane = (HasPlanes != 0)
                  & ((select_i == 4'd6) | ((select_i >= 4'd8) & (select_i <= 4'd11)));
  assign random_o = (HasRandom != 0) & (select_i == 4'd12);
  assign drawn    = draw_i < random_planes_i;

  // Planes of a counter only where there are planes
  assign from_count[0] = (select_i == 4'd2) | ((HasPlanes != 0) & (select_i == 4'd9));
  assign from_count[1] = (select_i == 4'd3) | ((HasPlanes != 0) & (select_i == 4'd10));
  assign from_count[2] = (select_i == 4'd4) | ((HasPlanes != 0) & (select_i == 4'd11));
  assign from_entry_o  = (select_i == 4'd5) | ((HasPlanes != 0) & (select_i == 4'd6));

  // A word without planes has a base of zero, so all of it is an OR
  assign of_count = ({IndexW{from_count[0]}} & count_i[0 +: IndexW])
                  | ({IndexW{from_count[1]}} & count_i[CountW +: IndexW])
                  | ({IndexW{from_count[2]}} & count_i[2*CountW +: IndexW]);
  assign index_o  = of_count | base_i | ({IndexW{random_o}} & IndexW'(draw_i));

  always_comb begin
    kind_o = 3'd0;
    if (select_i == 4'd1) kind_o = 3'd1;
    if (is_line) kind_o = 3'd2;
    if (is_plane || (random_o && drawn)) kind_o = 3'd3;
    if (select_i == 4'd7) kind_o = 3'd5;
    if ((HasSpikes != 0) && (select_i == 4'd13)) kind_o = 3'd4;
    if ((HasMarks != 0) && (select_i == 4'd14)) kind_o = {2'b11, base_i[0]};
  end

  logic unused_count;
  assign unused_count = ^count_i;
endmodule

`default_nettype wire
