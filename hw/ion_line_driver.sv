// Drivers of one side's lines: the shadow register takes the selection of the next segment while
// the active registers hold the lines; one commit moves it to all lines on one edge. The outputs
// are flops: no glitch, and no line changes without a commit.
// Kinds: 0 no line, 1 all, 2 the line `index_i`, 3 a group of a plane, 4 of a spike plane,
// 5 as the shadow is, 6 marks up, 7 marks down.
`default_nettype none

module ion_line_driver #(
  parameter int Lines    = 64,
  parameter int IndexW   = 6,
  parameter int LevelW   = 1,
  // Lines that one plane word covers, words of a plane (0 without planes)
  parameter int Lanes    = 64,
  parameter int Words    = 0,
  parameter int GroupW   = 1,
  parameter int HasMarks = 0
) (
  input  logic                    clk_i,
  input  logic                    rst_ni,

  // Selection of the next segment
  input  logic                    load_i,
  input  logic [2:0]              kind_i,
  input  logic [IndexW-1:0]       index_i,
  input  logic [GroupW-1:0]       group_i,
  input  logic [Lanes-1:0]        word_i,
  input  logic [Lines-1:0]        up_i,
  input  logic [Lines-1:0]        down_i,

  // Commit: the selection at its level where `select_i`, and with `hold_i` the other lines as
  // they are; else REST, level 0, on every line
  input  logic                    commit_i,
  input  logic                    select_i,
  input  logic                    hold_i,
  input  logic [LevelW-1:0]       level_i,

  // Bit planes of the levels, the lowest first
  output logic [Lines*LevelW-1:0] line_o
);
  localparam logic [2:0] KindKeep = 3'd5;
  localparam logic [2:0] KindUp   = 3'd6;
  localparam logic [2:0] KindDown = 3'd7;

  localparam int ShadowW = (Words > 0) ? Lanes * Words : Lines;

  // Parts of the index
  localparam int LowBits = ((IndexW + 1) / 2 > 5) ? 5 : (IndexW + 1) / 2;
  localparam int HighBits = IndexW - LowBits;
  localparam int LowN = 1 << LowBits;
  localparam int HighN = 1 << HighBits;

  logic [LowN-1:0]         low;
  logic [HighN-1:0]        high;
  logic [LowN*HighN-1:0]   low_lines;
  logic [LowN*HighN-1:0]   high_lines;
  logic [ShadowW-1:0]      shadow_d;
  logic [ShadowW-1:0]      shadow_q;
  logic [Lines-1:0]        mask;
  logic [Lines*LevelW-1:0] active_q;
  logic                    is_all;
  logic                    is_word;

  assign is_word = (Words > 0) & ((kind_i == 3'd3) | (kind_i == 3'd4));

  ion_line_decode #(
    .LowBits (LowBits),
    .HighBits(HighBits)
  ) u_decode (
    .kind_i,
    .index_i,
    .low_o  (low),
    .high_o (high),
    .all_o  (is_all)
  );
  assign low_lines = {HighN{low}};
  for (genvar h = 0; h < HighN; h++) begin : gen_lines
    assign high_lines[h*LowN +: LowN] = {LowN{high[h]}};
  end

  always_comb begin
    shadow_d = ShadowW'(low_lines & high_lines) | {ShadowW{is_all}};
    if (HasMarks != 0) begin
      shadow_d = shadow_d | (ShadowW'(up_i) & {ShadowW{kind_i == KindUp}})
                          | (ShadowW'(down_i) & {ShadowW{kind_i == KindDown}});
    end
  end

  if (Words > 0) begin : gen_planes
    logic [Lanes-1:0] word;
    assign word = word_i & {Lanes{is_word}};

    // Whole groups: Verilator turns a loop over lines into code per line
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        shadow_q <= '0;
      end else if (load_i) begin
        for (int g = 0; g < Words; g++) begin
          if (is_word ? (group_i == GroupW'(g)) : (kind_i != KindKeep)) begin
            shadow_q[g*Lanes +: Lanes] <= shadow_d[g*Lanes +: Lanes] | word;
          end
        end
      end
    end
  end else begin : gen_no_planes
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) shadow_q <= '0;
      else if (load_i && (kind_i != KindKeep)) shadow_q <= shadow_d;
    end

    logic unused_word;
    assign unused_word = ^{word_i, group_i, is_word};
  end

  assign mask = shadow_q[Lines-1:0];
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      active_q <= '0;
    end else if (commit_i) begin
      for (int b = 0; b < LevelW; b++) begin
        active_q[b*Lines +: Lines] <= (mask & {Lines{select_i & level_i[b]}})
          | (~mask & active_q[b*Lines +: Lines] & {Lines{select_i & hold_i}});
      end
    end
  end

  assign line_o = active_q;

  logic unused_driver;
  assign unused_driver = ^{shadow_q, up_i, down_i};

`ifdef FORMAL
  localparam logic [2:0] KindLine = 3'd2;

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
    if (!rst_ni) assert (line_o == '0);
  end

  // Lines change only on a commit, and a commit without selection is REST everywhere; the shadow
  // changes only in a load
  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      if (!$past(commit_i)) assert (line_o == $past(line_o));
      if ($past(commit_i) && !$past(select_i)) assert (line_o == '0);
      if (!$past(load_i) || ($past(kind_i) == KindKeep)) assert (shadow_q == $past(shadow_q));
      if ($past(load_i) && ($past(kind_i) == KindLine) && (ShadowW == (1 << IndexW))) begin
        assert (shadow_q == (ShadowW'(1) << $past(index_i)));
      end
      cover ($past(commit_i) && $past(select_i) && $past(hold_i) && (line_o != '0));
    end
  end
`endif
endmodule

`default_nettype wire
