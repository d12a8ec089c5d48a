// Pulses that every row has had: a memory of saturating counts, one more for each pulse on the row,
// a pulse a clock. Pulses on several rows at once count once for all of them. `ok_o` falls, and
// stays down, when the most used row may have had the limit.
`default_nettype none

module ion_wear #(
  parameter int Rows   = 64,
  parameter int RowW   = 6,
  parameter int CountW = 24,
  // Where the count of pulses on several rows starts: simulations begin near an end that no run
  // reaches
  parameter logic [CountW-1:0] CommonStart = '0
) (
  input  logic              clk_i,
  input  logic              rst_ni,

  // A pulse begins, on one row or on several
  input  logic              pulse_i,
  input  logic              single_i,
  input  logic [RowW-1:0]   row_i,

  // Pulses that a row may have; 0: no limit
  input  logic [CountW-1:0] limit_i,
  output logic              ok_o,
  // Event: the limit is reached
  output logic              reached_o,
  // Pulses on several rows
  output logic [CountW-1:0] common_o,

  // Host, while nothing runs: read data in the next clock. Writing restores counts of the past
  input  logic              host_req_i,
  input  logic              host_we_i,
  input  logic [RowW-1:0]   host_addr_i,
  input  logic [31:0]       host_wdata_i,
  output logic [31:0]       host_rdata_o,

  output logic              quiet_o
);
  localparam int Depth = 1 << RowW;

  // All counts are zero after reset
  logic              fill_q;
  logic [RowW-1:0]   fill_row_q;

  // Read, then write: the count of the row before may be on its way
  logic              count_q;
  logic [RowW-1:0]   row_q;
  logic              written_q;
  logic [RowW-1:0]   written_row_q;
  logic [CountW-1:0] written_value_q;
  logic [CountW-1:0] stored;
  logic [CountW-1:0] found;
  logic [CountW-1:0] counted;
  logic              we;
  logic [RowW-1:0]   waddr;
  logic [CountW-1:0] wdata;
  logic              host_write;

  logic [CountW-1:0] common_q;
  logic [CountW-1:0] most_q;
  logic [CountW:0]   worst_q;
  logic              over_q;
  logic              over_q2;

  assign host_write = host_req_i & host_we_i;
  assign found     = (written_q && (written_row_q == row_q)) ? written_value_q : stored;
  assign counted   = (&found) ? found : found + 1'b1;

  always_comb begin
    we    = count_q;
    waddr = row_q;
    wdata = counted;
    if (host_write) begin
      we    = 1'b1;
      waddr = host_addr_i;
      wdata = host_wdata_i[CountW-1:0];
    end
    if (fill_q) begin
      we    = 1'b1;
      waddr = fill_row_q;
      wdata = '0;
    end
  end

  ion_ram #(
    .Width(CountW),
    .Depth(Depth)
  ) u_counts (
    .clk_i,
    .we_i   (we),
    .waddr_i(waddr),
    .wdata_i(wdata),
    .re_i   (pulse_i | host_req_i),
    .raddr_i(host_req_i ? host_addr_i : row_i),
    .rdata_o(stored)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      fill_q     <= 1'b1;
      fill_row_q <= '0;
    end else if (fill_q) begin
      fill_row_q <= fill_row_q + 1'b1;
      if (fill_row_q == RowW'(Rows - 1)) fill_q <= 1'b0;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      count_q         <= 1'b0;
      row_q           <= '0;
      written_q       <= 1'b0;
      written_row_q   <= '0;
      written_value_q <= '0;
    end else begin
      count_q         <= pulse_i & single_i;
      row_q           <= row_i;
      written_q       <= we;
      written_row_q   <= waddr;
      written_value_q <= wdata;
    end
  end

  // The limit is looked at a few clocks later, off every long path
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      common_q <= CommonStart;
      most_q   <= '0;
      worst_q  <= '0;
      over_q   <= 1'b0;
      over_q2  <= 1'b0;
    end else begin
      if (pulse_i && !single_i && !(&common_q)) common_q <= common_q + 1'b1;
      if (written_q && (written_value_q > most_q)) most_q <= written_value_q;
      worst_q <= {1'b0, most_q} + {1'b0, common_q};
      over_q  <= (worst_q >= {1'b0, limit_i}) & (limit_i != '0);
      over_q2 <= over_q;
    end
  end

  assign ok_o         = ~over_q & ~fill_q;
  assign reached_o    = over_q & ~over_q2;
  assign common_o     = common_q;
  assign host_rdata_o = 32'(stored);
  assign quiet_o      = ~fill_q & ~pulse_i & ~count_q & ~written_q & (over_q == over_q2)
                      & (worst_q == {1'b0, most_q} + {1'b0, common_q})
                      & (over_q == ((worst_q >= {1'b0, limit_i}) & (limit_i != '0)));

  logic unused_wdata;
  assign unused_wdata = ^host_wdata_i;

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
      // A20: counts never wrap
      assert (common_q >= $past(common_q));
      assert (most_q >= $past(most_q));
      if ($past(count_q && !fill_q && !host_write)) begin
        assert (written_value_q >= $past(found));
        assert (written_value_q != '0);
      end
      cover (reached_o);
      cover ($past(count_q && written_q && written_row_q == row_q));
    end
  end
`endif
endmodule

`default_nettype wire
