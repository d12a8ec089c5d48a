// Execute stage: holds a segment on the lines for its dwell, then commits the next one on the
// same edge. A rest and a converter scan belong to the segment before them. A pulse is never
// stretched: where no segment is ready at its end, the lines go to REST and an underrun is told.
`default_nettype none

module ion_segment_timer #(
  parameter int AddrW  = 6,
  parameter int RailW  = 2,
  parameter int DwellW = 16
) (
  input  logic              clk_i,
  input  logic              rst_ni,

  input  logic              start_i,
  input  logic              abort_i,
  input  logic              armed_i,
  input  logic [DwellW-1:0] rest_clocks_i,

  // The prepared segment
  input  logic              next_valid_i,
  output logic              take_o,
  input  logic [AddrW-1:0]  next_addr_i,
  input  logic [RailW-1:0]  next_rail_i,
  input  logic              next_negative_i,
  input  logic              next_fires_i,
  input  logic              next_samples_i,
  input  logic              next_rest_i,
  input  logic              next_chain_i,
  input  logic [DwellW:0]   next_count_i,
  // The program has ended and no segment is on its way
  input  logic              drained_i,

  // Converter scan; `scan_done_i` in its last clock
  output logic              scan_start_o,
  input  logic              scan_done_i,

  // Lines, and what changes with them on the same edge
  output logic              commit_o,
  output logic              select_o,
  output logic [RailW-1:0]  rail_o,
  output logic              negative_o,
  output logic              fire_o,
  output logic [AddrW-1:0]  addr_o,
  output logic              line_event_o,

  // Told to guard, monitor and host
  output logic              busy_o,
  output logic              pulse_start_o,
  output logic              fire_start_o,
  output logic              refused_o,
  output logic              underrun_o,
  output logic              finish_o,

  // Clocks that only count: the host may let one evaluated clock stand for `1 + skip_i` of them
  output logic [DwellW-1:0] left_o,
  input  logic              warp_i,
  input  logic [DwellW-1:0] skip_i
);
  logic              busy_q;
  logic              run_q;
  logic              scan_q;
  logic              samples_q;
  logic              rest_q;
  logic              chain_q;
  logic              event_q;
  logic [DwellW:0]   count_q;
  logic [DwellW:0]   count_d;
  logic [DwellW:0]   rest_count_q;
  logic              has_rest_q;
  logic [RailW-1:0]  rail_q;
  logic              negative_q;
  logic              fire_q;
  logic [AddrW-1:0]  addr_q;

  logic              counting;
  logic              last_clock;
  logic              dwell_end;
  logic              segment_end;
  logic              rest_start;
  logic              free;
  logic              kill;
  logic [DwellW-1:0] left;

  // The counter is negative in the last clock of a dwell
  assign counting   = run_q & ~scan_q & ~count_q[DwellW];
  assign left       = count_q[DwellW-1:0] + 1'b1;
  assign left_o     = counting ? left : '0;
  assign last_clock = count_q[DwellW] | (warp_i & (skip_i == left));

  assign dwell_end    = run_q & ~scan_q & last_clock;
  assign scan_start_o = dwell_end & samples_q;
  assign segment_end  = (dwell_end & ~samples_q) | (scan_q & scan_done_i);
  assign rest_start   = segment_end & rest_q;
  assign free         = (segment_end & ~rest_q) | (busy_q & ~run_q);

  // An unarmed pulse is not begun, and the run ends with it
  assign refused_o  = free & next_valid_i & next_fires_i & ~armed_i;
  assign take_o     = free & next_valid_i & ~refused_o;
  assign finish_o   = free & drained_i;
  assign underrun_o = segment_end & ~rest_q & ~next_valid_i & ~drained_i;

  assign kill     = abort_i | refused_o;
  assign select_o = take_o & ~kill;
  assign commit_o = take_o | rest_start | underrun_o | finish_o | (kill & busy_q);

  assign fire_start_o  = select_o & next_fires_i;
  assign pulse_start_o = fire_start_o & ~(run_q & chain_q & (negative_q == next_negative_i));

  always_comb begin
    count_d = count_q;
    if (take_o) count_d = next_count_i;
    else if (rest_start) count_d = rest_count_q;
    else if (counting) count_d = count_q - {1'b0, warp_i ? skip_i : '0} - 1'b1;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) count_q <= '0;
    else count_q <= count_d;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rest_count_q <= '0;
      has_rest_q   <= 1'b0;
    end else begin
      rest_count_q <= {1'b0, rest_clocks_i} - (DwellW + 1)'(2);
      has_rest_q   <= |rest_clocks_i;
    end
  end

  // Which phase of a segment is on
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      busy_q    <= 1'b0;
      run_q     <= 1'b0;
      scan_q    <= 1'b0;
      samples_q <= 1'b0;
      rest_q    <= 1'b0;
      chain_q   <= 1'b0;
    end else if (kill || finish_o) begin
      busy_q    <= 1'b0;
      run_q     <= 1'b0;
      scan_q    <= 1'b0;
      samples_q <= 1'b0;
      rest_q    <= 1'b0;
      chain_q   <= 1'b0;
    end else begin
      if (start_i) busy_q <= 1'b1;
      if (scan_start_o) begin
        scan_q    <= 1'b1;
        samples_q <= 1'b0;
      end
      if (segment_end) begin
        scan_q  <= 1'b0;
        rest_q  <= 1'b0;
        chain_q <= 1'b0;
      end
      if (underrun_o) run_q <= 1'b0;
      if (take_o) begin
        run_q     <= 1'b1;
        samples_q <= next_samples_i;
        rest_q    <= next_rest_i & has_rest_q;
        chain_q   <= next_chain_i;
      end
    end
  end

  // Changes with the lines; REST is rail set 0, positive, not fired
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rail_q     <= '0;
      negative_q <= 1'b0;
      fire_q     <= 1'b0;
      addr_q     <= '0;
    end else if (select_o) begin
      rail_q     <= next_rail_i;
      negative_q <= next_negative_i;
      fire_q     <= next_fires_i;
      addr_q     <= next_addr_i;
    end else if (commit_o) begin
      rail_q     <= '0;
      negative_q <= 1'b0;
      fire_q     <= 1'b0;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) event_q <= 1'b0;
    else event_q <= commit_o;
  end

  assign rail_o       = rail_q;
  assign negative_o   = negative_q;
  assign fire_o       = fire_q;
  assign addr_o       = addr_q;
  assign line_event_o = event_q;
  assign busy_o       = busy_q;

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
    // A program that has drained has no segment left
    assume (!(drained_i && next_valid_i));
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // Rails, polarity and fire change with a commit only
      if (!$past(commit_o)) begin
        assert (rail_o == $past(rail_o));
        assert (negative_o == $past(negative_o));
        assert (fire_o == $past(fire_o));
      end
      // Phases nest
      assert (busy_q || !run_q);
      assert (run_q || !scan_q);
      assert (run_q || !fire_o);
      // An abort ends the pulse on the next edge, and no pulse begins unarmed
      if ($past(abort_i)) assert (!fire_o && !busy_o);
      if (fire_o && !$past(fire_o)) assert ($past(armed_i));
      // A pulse is never stretched
      if ($past(fire_o && dwell_end && !samples_q)) assert ($past(commit_o));
    end
  end
`endif
endmodule

`default_nettype wire
