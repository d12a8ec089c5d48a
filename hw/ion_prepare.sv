// Load and prepare stages: load moves a segment's lines into the shadow registers, prepare holds
// what belongs to them until their commit. Nobody writes the shadow between the end of a load and
// the clock in which the prepared segment is taken.
`default_nettype none

module ion_prepare #(
  parameter int CarryW  = 16,
  parameter int RowW    = 6,
  parameter int ColumnW = 6,
  parameter int DwellW  = 20
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  input  logic               abort_i,

  // From decode
  input  logic               valid_i,
  output logic               ready_o,
  input  logic [CarryW-1:0]  carry_i,
  input  logic [2:0]         row_kind_i,
  input  logic [RowW-1:0]    row_index_i,
  input  logic [2:0]         column_kind_i,
  input  logic [ColumnW-1:0] column_index_i,
  input  logic               negative_i,
  input  logic               rest_i,
  input  logic               chain_i,
  input  logic [DwellW-1:0]  dwell_i,

  // Shadow registers; `done_i` in the last clock of a load, `enter_o` where the next may begin
  output logic               enter_o,
  output logic               load_o,
  input  logic               done_i,
  output logic [2:0]         row_kind_o,
  output logic [RowW-1:0]    row_index_o,
  output logic [2:0]         column_kind_o,
  output logic [ColumnW-1:0] column_index_o,

  // The prepared segment; where the execute stage is free it takes what is valid
  output logic               valid_o,
  input  logic               free_i,
  // It will be free in the next clock; it is although nobody said so, in a warp
  input  logic               soon_i,
  input  logic               warped_i,
  output logic [CarryW-1:0]  carry_o,
  output logic [RowW-1:0]    row_o,
  output logic               negative_o,
  output logic               rest_o,
  output logic               chain_o,
  // Dwell - 3, signed: negative from the clock before the last one of the segment on
  output logic [DwellW:0]    count_o,

  // A segment is in load; none of the two stages moves before the next commit
  output logic               loading_o,
  output logic               settled_o
);
  logic               l_valid_q;
  logic [CarryW-1:0]  l_carry_q;
  logic [2:0]         l_row_kind_q;
  logic [RowW-1:0]    l_row_index_q;
  logic [2:0]         l_column_kind_q;
  logic [ColumnW-1:0] l_column_index_q;
  logic               l_negative_q;
  logic               l_rest_q;
  logic               l_chain_q;
  logic [DwellW-1:0]  l_dwell_q;

  logic               p_valid_q;
  logic [CarryW-1:0]  p_carry_q;
  logic [RowW-1:0]    p_row_q;
  logic               p_negative_q;
  logic               p_rest_q;
  logic               p_chain_q;
  logic [DwellW:0]    p_count_q;

  // The shadow may be overwritten; a flop, because all stages behind wait for it
  logic               room_q;
  logic               p_valid_d;
  logic               load;
  logic               loaded;

  assign load    = l_valid_q & (room_q | warped_i);
  assign loaded  = load & done_i;
  assign ready_o = ~l_valid_q | loaded;
  assign enter_o = valid_i & ready_o;

  assign p_valid_d = (loaded | (p_valid_q & ~free_i)) & ~abort_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      l_valid_q <= 1'b0;
      p_valid_q <= 1'b0;
      room_q    <= 1'b1;
    end else begin
      if (abort_i) l_valid_q <= 1'b0;
      else if (ready_o) l_valid_q <= valid_i;
      p_valid_q <= p_valid_d;
      room_q    <= ~p_valid_d | soon_i;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      l_carry_q        <= '0;
      l_row_kind_q     <= '0;
      l_row_index_q    <= '0;
      l_column_kind_q  <= '0;
      l_column_index_q <= '0;
      l_negative_q     <= 1'b0;
      l_rest_q         <= 1'b0;
      l_chain_q        <= 1'b0;
      l_dwell_q        <= '0;
    end else if (ready_o) begin
      l_carry_q        <= carry_i;
      l_row_kind_q     <= row_kind_i;
      l_row_index_q    <= row_index_i;
      l_column_kind_q  <= column_kind_i;
      l_column_index_q <= column_index_i;
      l_negative_q     <= negative_i;
      l_rest_q         <= rest_i;
      l_chain_q        <= chain_i;
      l_dwell_q        <= dwell_i;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      p_carry_q    <= '0;
      p_row_q      <= '0;
      p_negative_q <= 1'b0;
      p_rest_q     <= 1'b0;
      p_chain_q    <= 1'b0;
      p_count_q    <= '0;
    end else if (load) begin
      // In every clock of a load: the last one counts
      p_carry_q    <= l_carry_q;
      p_row_q      <= l_row_index_q;
      p_negative_q <= l_negative_q;
      p_rest_q     <= l_rest_q;
      p_chain_q    <= l_chain_q;
      p_count_q    <= {1'b0, l_dwell_q} - (DwellW + 1)'(3);
    end
  end

  assign load_o         = load;
  assign row_kind_o     = l_row_kind_q;
  assign row_index_o    = l_row_index_q;
  assign column_kind_o  = l_column_kind_q;
  assign column_index_o = l_column_index_q;

  assign valid_o    = p_valid_q;
  assign carry_o    = p_carry_q;
  assign row_o      = p_row_q;
  assign negative_o = p_negative_q;
  assign rest_o     = p_rest_q;
  assign chain_o    = p_chain_q;
  assign count_o    = p_count_q;

  assign loading_o = l_valid_q;
  assign settled_o = l_valid_q ? p_valid_q : ~valid_i;

`ifdef FORMAL
  // Every trace begins in reset; properties hold from the second clock after it on
  logic started_q = 1'b0;
  logic past_valid_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) past_valid_q <= 1'b0;
    else past_valid_q <= 1'b1;
  end
  logic soon_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) soon_q <= 1'b0;
    else soon_q <= soon_i;
  end
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume (free_i == (soon_q | warped_i));
    if (rst_ni) assert (room_q == (~p_valid_q | soon_q));
    // A prepared segment and its lines stand until they are taken
    if (p_valid_q && !free_i) assert (!load_o);
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      if ($past(p_valid_q && !free_i && !abort_i)) begin
        assert (p_valid_q);
        assert (p_carry_q == $past(p_carry_q));
        assert (p_count_q == $past(p_count_q));
      end
      if ($past(abort_i)) assert (!p_valid_q && !l_valid_q);
      // No segment is prepared without its load, and none in load is lost
      if (p_valid_q && !$past(p_valid_q)) assert ($past(load && done_i));
      if ($past(l_valid_q && !loaded && !abort_i)) assert (l_valid_q);
      cover (p_valid_q && l_valid_q && !free_i && ($past(free_i)));
    end
  end
`endif
endmodule

`default_nettype wire
