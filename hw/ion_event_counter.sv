// Counter of events that never wraps: where the next count would, it stays.
`default_nettype none

module ion_event_counter #(
  parameter int Width   = 32,
  // Bits of the number of events in one clock
  parameter int AmountW = 1
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  input  logic               clear_i,
  input  logic [AmountW-1:0] amount_i,
  output logic [31:0]        count_o
);
  logic [Width-1:0] count_q;
  logic [Width:0]   sum;

  assign sum = {1'b0, count_q} + (Width + 1)'(amount_i);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) count_q <= '0;
    else if (clear_i) count_q <= '0;
    else if (!sum[Width]) count_q <= sum[Width-1:0];
  end

  assign count_o = 32'(count_q);

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
      // Counts never fall but by a clear, and count what they are told unless that would wrap
      if (!$past(clear_i)) assert (count_q >= $past(count_q));
      if (!$past(clear_i) && !$past(sum[Width])) begin
        assert (count_q == $past(count_q) + Width'($past(amount_i)));
      end
      cover (count_q == Width'(3) && $past(count_q) == Width'(2));
    end
  end
`endif
endmodule

`default_nettype wire
