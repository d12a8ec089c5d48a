// Of tiles in lockstep the codes and answers of one: the lowest that takes part in the segment on
// the lines, tile 0 where none does.
`default_nettype none

module ion_tile_select #(
  parameter int Tiles   = 2,
  parameter int WordW   = 8,
  parameter int AnswerW = 2
) (
  input  logic                     clk_i,
  input  logic                     rst_ni,

  // A segment goes to the lines, and the tiles that take part in it
  input  logic                     commit_i,
  input  logic [Tiles-1:0]         tiles_i,

  // Codes and answers of all tiles, tile 0 lowest; those of the one, in the same clock
  input  logic [Tiles*WordW-1:0]   word_i,
  input  logic [Tiles*AnswerW-1:0] answer_i,
  output logic [WordW-1:0]         word_o,
  output logic [AnswerW-1:0]       answer_o
);
  logic [Tiles-1:0] tiles_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) tiles_q <= '0;
    else if (commit_i) tiles_q <= tiles_i;
  end

  always_comb begin
    word_o   = word_i[WordW-1:0];
    answer_o = answer_i[AnswerW-1:0];
    for (int t = Tiles - 1; t >= 0; t--) begin
      if (tiles_q[t]) begin
        word_o   = word_i[t*WordW +: WordW];
        answer_o = answer_i[t*AnswerW +: AnswerW];
      end
    end
  end

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

  // The tiles of the last commit decide, and among them the lowest
  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      if ($past(commit_i)) assert (tiles_q == $past(tiles_i));
      else assert (tiles_q == $past(tiles_q));
      for (int t = 0; t < Tiles; t++) begin
        if ((tiles_q & ((Tiles'(2) << t) - 1'b1)) == (Tiles'(1) << t)) begin
          assert (word_o == word_i[t*WordW +: WordW]);
          assert (answer_o == answer_i[t*AnswerW +: AnswerW]);
        end
      end
      cover (tiles_q[Tiles-1] && !tiles_q[0]);
    end
  end
`endif
endmodule

`default_nettype wire
