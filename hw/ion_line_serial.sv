// Drivers of one side's lines on a board of shift registers: the selection leaves bit by bit while
// the segment before is on, the commit latches it on one edge, and REST holds all outputs at level
// 0 whatever has been shifted. The shadow is the board's: no flop per line here.
`default_nettype none

module ion_line_serial #(
  parameter int Lines   = 64,
  parameter int IndexW  = 6,
  // Lines that one plane word covers
  parameter int WordW   = 64,
  parameter int GroupW  = 1,
  // Bits of a level; the level 0 is REST
  parameter int LevelW  = 1,
  // Data pins, a power of two that divides WordW, and clocks of a bit, even
  parameter int Pins    = 8,
  parameter int Divider = 2
) (
  input  logic              clk_i,
  input  logic              rst_ni,
  input  logic              abort_i,

  // Selection of the next segment: 0 no line, 1 all, 2 the line `index_i`, 3 or 4 a plane. It
  // stands from `load_i` to `end_i`; `ready_o` from the last clock of its bits on
  input  logic              load_i,
  input  logic              end_i,
  input  logic [2:0]        kind_i,
  input  logic [IndexW-1:0] index_i,
  input  logic [LevelW-1:0] level_i,
  output logic              ready_o,

  // Words of the plane, the first of them as the load begins; `next_o` reads the one of `group_o`
  output logic              next_o,
  output logic [GroupW-1:0] group_o,
  input  logic [WordW-1:0]  word_i,

  // Commit: the selection where `select_i`, else REST on every line
  input  logic              commit_i,
  input  logic              select_i,

  // Board: data are taken on the rising edge of the shift clock, outputs on that of the latch
  output logic              sclk_o,
  output logic [Pins-1:0]   data_o,
  output logic              latch_o,
  output logic              rest_o
);
  localparam logic [2:0] KindAll   = 3'd1;
  localparam logic [2:0] KindOne   = 3'd2;
  localparam logic [2:0] KindPlane = 3'd3;
  localparam logic [2:0] KindSpike = 3'd4;

  // A chunk is the lines that the pins carry at once; its level bits follow each other
  localparam int Chunks     = (Lines + Pins - 1) / Pins;
  localparam int WordChunks = WordW / Pins;
  localparam int ChunkW     = (Chunks == 1) ? 1 : $clog2(Chunks);
  localparam int PlaceW     = (WordChunks == 1) ? 1 : $clog2(WordChunks);
  localparam int PhaseW     = (Divider == 1) ? 1 : $clog2(Divider);
  localparam int BitW       = (LevelW == 1) ? 1 : $clog2(LevelW);

  logic [PhaseW-1:0] phase_q;
  logic [BitW-1:0]   bit_q;
  logic [ChunkW-1:0] chunk_q;
  logic [PlaceW-1:0] place_q;
  logic [GroupW-1:0] group_q;
  logic              done_q;
  logic              shifts;
  logic              bit_end;
  logic              chunk_end;
  logic              last_chunk;
  logic              last_place;
  logic              sclk_q;
  logic [Pins-1:0]   data_q;
  logic              latch_q;
  logic              rest_q;
  logic [Pins-1:0]   mask;

  assign shifts     = load_i & ~done_q;
  assign bit_end    = shifts & (phase_q == PhaseW'(Divider - 1));
  assign chunk_end  = bit_end & (bit_q == BitW'(LevelW - 1));
  assign last_chunk = chunk_q == ChunkW'(Chunks - 1);
  assign last_place = place_q == PlaceW'(WordChunks - 1);
  assign ready_o    = done_q | (chunk_end & last_chunk);
  assign next_o     = chunk_end & last_place & ~last_chunk;
  assign group_o    = next_o ? group_q + 1'b1 : group_q;

  // Lines of this chunk that are selected
  logic [IndexW-1:0] first_line;
  logic [IndexW-1:0] distance;
  assign first_line = IndexW'(32'(chunk_q) * Pins);
  assign distance   = index_i - first_line;
  always_comb begin
    mask = '0;
    case (kind_i)
      KindAll: mask = '1;
      KindOne: begin
        for (int p = 0; p < Pins; p++) mask[p] = distance == IndexW'(p);
      end
      KindPlane, KindSpike: mask = word_i[32'(place_q)*Pins +: Pins];
      default: mask = '0;
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      phase_q <= '0;
      bit_q   <= '0;
      chunk_q <= '0;
      place_q <= '0;
      group_q <= '0;
      done_q  <= 1'b0;
    end else if (abort_i) begin
      phase_q <= '0;
      bit_q   <= '0;
      chunk_q <= '0;
      place_q <= '0;
      group_q <= '0;
      done_q  <= 1'b0;
    end else if (load_i) begin
      group_q <= end_i ? '0 : group_o;
      done_q  <= ready_o & ~end_i;
      if (shifts) phase_q <= bit_end ? '0 : phase_q + 1'b1;
      if (bit_end) bit_q <= chunk_end ? '0 : bit_q + 1'b1;
      if (chunk_end) begin
        chunk_q <= last_chunk ? '0 : chunk_q + 1'b1;
        place_q <= (last_chunk | last_place) ? '0 : place_q + 1'b1;
      end
    end
  end

  // Data change with the falling edge of the shift clock and stand around its rising edge
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      sclk_q <= 1'b0;
      data_q <= '0;
    end else begin
      sclk_q <= shifts & (phase_q >= PhaseW'(Divider / 2)) & ~abort_i;
      if (shifts && (phase_q == '0)) begin
        if (level_i[bit_q]) data_q <= mask;
        else data_q <= '0;
      end
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      latch_q <= 1'b0;
      rest_q  <= 1'b1;
    end else begin
      latch_q <= commit_i & select_i;
      if (commit_i) rest_q <= ~select_i;
    end
  end

  assign sclk_o  = sclk_q;
  assign data_o  = data_q;
  assign latch_o = latch_q;
  assign rest_o  = rest_q;

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
    // A load ends when its bits have left
    if (end_i) assume (load_i && ready_o);
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // Outputs of the board change on commits only, and REST is REST on the next edge
      if (!$past(commit_i)) assert (rest_o == $past(rest_o) && !latch_o);
      if ($past(commit_i && !select_i)) assert (rest_o);
      // Data stand around the rising edge
      if (sclk_o && !$past(sclk_o)) assert (data_o == $past(data_o));
      cover (ready_o && kind_i == KindPlane);
      cover (latch_o && !rest_o);
    end
  end
`endif
endmodule

`default_nettype wire
