// Watches the words that a run reads: one whose bits have odd parity, or whose codes mean nothing,
// is told two clocks after it stands, early enough that a run that ends a clock later never brings
// it to the lines. Bits are folded in two steps, so that the memory is part of a short path only.
`default_nettype none

module ion_parity #(
  parameter int Width      = 72,
  // Kinds of words that the controller executes beside segments and stop
  parameter int HasControl = 1,
  parameter int HasSet     = 1
) (
  input  logic             clk_i,
  input  logic             rst_ni,

  // A word is read for the program; it stands from the next clock on
  input  logic             read_i,
  input  logic [Width-1:0] word_i,

  // Fields of the word whose codes are not all in use
  input  logic [1:0]       kind_i,
  input  logic [3:0]       row_i,
  input  logic [3:0]       column_i,
  input  logic [1:0]       polarity_i,
  input  logic [2:0]       sample_i,
  input  logic [1:0]       rest_i,
  input  logic [1:0]       control_i,

  output logic             damaged_o,
  // No damaged word is on its way through the two steps
  output logic             quiet_o
);
  localparam logic [1:0] KindSegment = 2'd1;
  localparam logic [1:0] KindControl = 2'd2;
  localparam logic [1:0] KindSet     = 2'd3;

  // Bits that a flop folds: two levels of look-up tables
  localparam int Fold  = 16;
  localparam int Folds = (Width + Fold - 1) / Fold;

  logic                  fresh_q;
  logic                  folded_q;
  logic                  reserved;
  logic                  reserved_q;
  logic [Folds*Fold-1:0] padded;
  logic [Folds-1:0]      odd;
  logic [Folds-1:0]      odd_q;
  logic                  damaged;
  logic                  damaged_q;

  assign padded = (Folds * Fold)'(word_i);
  for (genvar k = 0; k < Folds; k++) begin : gen_folds
    assign odd[k] = ^padded[k*Fold +: Fold];
  end

  always_comb begin
    reserved = 1'b0;
    case (kind_i)
      KindSegment: reserved = (&row_i) | (&column_i) | (&polarity_i) | (&sample_i) | (&rest_i);
      KindControl: reserved = (HasControl == 0) | (&control_i);
      KindSet:     reserved = HasSet == 0;
      default:     reserved = 1'b0;
    endcase
  end

  assign damaged = folded_q & (reserved_q | (^odd_q));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      fresh_q    <= 1'b0;
      folded_q   <= 1'b0;
      reserved_q <= 1'b0;
      odd_q      <= '0;
      damaged_q  <= 1'b0;
    end else begin
      fresh_q    <= read_i;
      folded_q   <= fresh_q;
      reserved_q <= reserved;
      odd_q      <= odd;
      damaged_q  <= damaged;
    end
  end

  assign damaged_o = damaged_q;
  assign quiet_o   = ~(fresh_q & (reserved | (^odd))) & ~damaged & ~damaged_q;

`ifdef FORMAL
  // Every trace begins in reset; properties hold from the second clock after it on
  logic started_q = 1'b0;
  logic [1:0] past_valid_q = 2'b00;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) past_valid_q <= 2'b00;
    else past_valid_q <= {past_valid_q[0], 1'b1};
  end
  always_comb begin
    if (!started_q) assume (!rst_ni);
  end

  // What stood two clocks ago
  logic       f_fresh_q;
  logic       f_odd_q;
  logic       f_told_q;
  logic [1:0] f_kind_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      f_fresh_q <= 1'b0;
      f_odd_q   <= 1'b0;
      f_told_q  <= 1'b0;
      f_kind_q  <= 2'd0;
    end else begin
      f_fresh_q <= read_i;
      f_odd_q   <= f_fresh_q & (^word_i);
      f_told_q  <= f_odd_q;
      f_kind_q  <= kind_i;
    end
  end
  always_ff @(posedge clk_i) begin
    if (rst_ni && (&past_valid_q)) begin
      // An odd word is told two clocks after it stood, an empty one never
      assert (!f_told_q || damaged_o);
      assert (folded_q == $past(fresh_q));
      assert (!damaged_o || $past(folded_q));
      if ($past(f_kind_q == 2'd0) && !f_told_q) assert (!damaged_o);
      cover (damaged_o && f_told_q);
      cover (damaged_o && !f_told_q);
    end
  end
`endif
endmodule

`default_nettype wire
