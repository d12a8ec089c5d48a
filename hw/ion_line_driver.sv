// Drivers of one side's lines: the shadow register takes the selection of the next segment while
// the active register holds the lines; one commit moves the selection to all lines on one edge.
// The outputs are flops: no glitch, and no line changes without a commit.
`default_nettype none

module ion_line_driver #(
  parameter int Lines  = 64,
  parameter int IndexW = 6,
  // Lines that one plane word covers, and words of a plane
  parameter int Lanes  = 64,
  parameter int Words  = 1,
  parameter int GroupW = 1
) (
  input  logic              clk_i,
  input  logic              rst_ni,

  // Selection of the next segment: 0 no line, 1 all, 2 the line `index_i`, 3 one group of a plane
  input  logic              load_i,
  input  logic [1:0]        kind_i,
  input  logic [IndexW-1:0] index_i,
  input  logic [GroupW-1:0] group_i,
  input  logic [Lanes-1:0]  word_i,

  // Commit: the selection where `select_i`, else REST on every line
  input  logic              commit_i,
  input  logic              select_i,

  output logic [Lines-1:0]  line_o
);
  localparam logic [1:0] KindAll   = 2'd1;
  localparam logic [1:0] KindOne   = 2'd2;
  localparam logic [1:0] KindPlane = 2'd3;

  // A power of two, so that every index is inside; bits beyond the lines have no load and vanish
  localparam int ShadowW = 1 << IndexW;

  logic [ShadowW-1:0] shadow_q;
  logic [Lines-1:0]   active_q;

  // Whole-vector writes and one indexed bit: Verilator turns a loop over lines into code per line
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      shadow_q <= '0;
    end else if (load_i) begin
      case (kind_i)
        KindAll: shadow_q <= '1;
        KindOne: begin
          shadow_q <= '0;
          shadow_q[index_i] <= 1'b1;
        end
        KindPlane: begin
          for (int g = 0; g < Words; g++) begin
            if (group_i == GroupW'(g)) shadow_q[g*Lanes +: Lanes] <= word_i;
          end
        end
        default: shadow_q <= '0;
      endcase
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      active_q <= '0;
    end else if (commit_i) begin
      if (select_i) active_q <= shadow_q[Lines-1:0];
      else active_q <= '0;
    end
  end

  assign line_o = active_q;

  logic unused_shadow;
  assign unused_shadow = ^shadow_q;

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

  // Lines change only on a commit, and a commit without selection is REST everywhere
  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      if (!$past(commit_i)) assert (line_o == $past(line_o));
      if ($past(commit_i) && !$past(select_i)) assert (line_o == '0);
    end
  end
`endif
endmodule

`default_nettype wire
