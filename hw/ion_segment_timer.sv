// Execute stage: holds a segment on the lines for its dwell, then commits the next one on the
// same edge. A converter scan and a rest belong to the segment before them. A pulse is never
// stretched: where no segment is prepared at its end, the lines go to REST; lines that fire
// nothing stay as they are until the next segment or the end of the program.
`default_nettype none

module ion_segment_timer #(
  parameter int AddrW  = 6,
  parameter int RailW  = 2,
  parameter int RowW   = 6,
  parameter int DwellW = 20
) (
  input  logic              clk_i,
  input  logic              rst_ni,

  // A run begins; its first word stands at fetch in the clock after `go_i`
  input  logic              start_i,
  input  logic              go_i,
  input  logic              abort_i,
  input  logic              armed_i,
  input  logic [DwellW-1:0] rest_clocks_i,

  // The prepared segment; it is taken where it is valid and this stage is free
  input  logic              next_valid_i,
  output logic              free_o,
  // It will be in the next clock; it is by a warp only
  output logic              soon_o,
  output logic              warped_o,
  input  logic [AddrW-1:0]  next_addr_i,
  input  logic [RailW-1:0]  next_rail_i,
  input  logic [RowW-1:0]   next_row_i,
  input  logic [3:0]        next_samples_i,
  input  logic              next_negative_i,
  input  logic              next_fires_i,
  input  logic              next_hold_i,
  input  logic              next_rest_i,
  input  logic              next_chain_i,
  input  logic [DwellW:0]   next_count_i,
  // A segment is on its way; the program has ended and none is, but for the prepared one
  input  logic              coming_i,
  input  logic              ended_i,

  // Converter scan; `scan_done_i` in its last clock; row and mode stand through it
  output logic              scan_start_o,
  output logic [3:0]        scan_mode_o,
  output logic [RowW-1:0]   scan_row_o,
  input  logic              scan_done_i,
  // The next clock is the last one of the scan
  input  logic              scan_ending_i,

  // Lines, and what changes with them on the same edge
  output logic              commit_o,
  // Looked at with a commit only
  output logic              select_o,
  output logic [RailW-1:0]  rail_o,
  output logic              negative_o,
  output logic              fire_o,
  output logic [AddrW-1:0]  addr_o,
  output logic              line_event_o,

  // Told to guard, monitor and host
  output logic              busy_o,
  output logic              running_o,
  output logic              pulse_start_o,
  output logic              fire_start_o,
  output logic              refused_o,
  // A clock after it happened
  output logic              underrun_o,
  output logic              finish_o,

  // Clocks that only count: the host may let one evaluated clock stand for `1 + skip_i` of them
  output logic [DwellW-1:0] left_o,
  input  logic              warp_i,
  input  logic [DwellW-1:0] skip_i
);
  // On the lines: a segment or its rest (run), its scan; what it still has to do; its last clock;
  // nothing that could not end now (free: its last clock, or parked after it), or now comes its
  // rest (due); a pulse that ends with its segment
  logic              busy_q;
  logic              run_q;
  logic              scan_q;
  logic              samples_q;
  logic              rest_q;
  logic              chain_q;
  logic              pulse_q;
  logic              last_q;
  logic              last_d;
  logic              free_q;
  logic              free_d;
  logic              due_q;
  logic              due_d;
  logic              event_q;
  logic              underrun_q;
  logic [DwellW:0]   count_q;
  logic [DwellW:0]   count_d;
  logic [DwellW:0]   rest_count_q;
  logic              has_rest_q;
  logic [RailW-1:0]  rail_q;
  logic [RowW-1:0]   row_q;
  logic [3:0]        mode_q;
  logic              negative_q;
  logic              fire_q;
  logic [AddrW-1:0]  addr_q;

  logic              near;
  logic              counting;
  logic              ahead;
  logic              last_clock;
  logic              free;
  logic              take;
  logic              unarmed;
  logic              continues;
  logic              late;
  logic              rest_start;
  logic              next_samples;
  logic              next_rests;
  logic              next_one;
  logic              rest_one;
  logic              kill;
  logic              begins;
  logic              over;
  logic [DwellW-1:0] left;

  // The counter runs two clocks ahead: negative from the clock before the last one on
  assign near     = count_q[DwellW];
  assign counting = run_q & ~last_q & ~scan_q;
  assign left     = count_q[DwellW-1:0] + DwellW'(2);
  assign left_o   = counting ? left : '0;

  // Last clock of a dwell or rest, and whether the next clock is; the terms of time warp are
  // constants in silicon
  assign last_clock = last_q | (warp_i & counting & (skip_i == left));
  assign ahead      = counting & (near | (warp_i & (skip_i == left - 1'b1))) & ~last_clock;

  assign scan_start_o = last_clock & samples_q & ~scan_q;
  assign warped_o     = last_clock & ~last_q & ~samples_q & ~rest_q;
  assign free         = free_q | warped_o;
  assign soon_o       = free_d;
  assign rest_start   = due_q | (last_clock & ~last_q & ~samples_q & rest_q);

  // An unarmed pulse is not begun, and the run ends with it
  assign take      = free & next_valid_i;
  assign unarmed   = next_fires_i & ~armed_i;
  assign refused_o = take & unarmed;
  assign finish_o  = free & ended_i & ~next_valid_i;
  assign late      = free & ~next_valid_i;

  assign kill     = abort_i | refused_o;
  assign begins   = free & select_o;
  assign over     = free | rest_start | abort_i;
  // Looked at where lines are committed only: then it is the end of a segment, or one of these
  assign select_o = next_valid_i & ~rest_start & ~unarmed & ~abort_i;
  assign commit_o = (free & (next_valid_i | ended_i | pulse_q)) | rest_start | (abort_i & busy_q);

  assign free_o        = free;
  assign fire_start_o  = begins & next_fires_i;
  assign continues     = run_q & chain_q & (negative_q == next_negative_i);
  // Of a pulse that does not begin after all the guard's counter may know
  assign pulse_start_o = take & next_fires_i & ~continues;

  // One clock: -2, or 0 clocks: -3, which is as long
  assign next_one     = next_count_i[DwellW] & ~(&next_count_i[1:0]);
  assign rest_one     = rest_count_q[DwellW] & ~(&rest_count_q[1:0]);
  assign next_samples = |next_samples_i[2:0];
  assign next_rests   = next_rest_i & has_rest_q;

  always_comb begin
    last_d = ahead;
    free_d = (ahead & ~samples_q & ~rest_q) | free | go_i;
    due_d  = ahead & ~samples_q & rest_q;
    if (rest_start) begin
      last_d = rest_one;
      free_d = rest_one;
      due_d  = 1'b0;
    end
    if (take) begin
      last_d = next_one;
      free_d = next_one & ~next_samples & ~next_rests;
      due_d  = next_one & ~next_samples & next_rests;
    end
    if (kill || finish_o) begin
      last_d = 1'b0;
      free_d = 1'b0;
      due_d  = 1'b0;
    end
    // Nothing else happens while a scan is about to end, so that its answer passes one gate only
    if (scan_q && scan_ending_i && !abort_i) begin
      if (rest_q) due_d = 1'b1;
      else free_d = 1'b1;
    end
  end

  always_comb begin
    count_d = count_q;
    if (!near) count_d = count_q - {1'b0, warp_i ? skip_i : '0} - 1'b1;
    if (rest_start || free) count_d = rest_start ? rest_count_q : next_count_i;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      count_q <= '0;
      last_q  <= 1'b0;
      free_q  <= 1'b0;
      due_q   <= 1'b0;
    end else begin
      count_q <= count_d;
      last_q  <= last_d;
      free_q  <= free_d;
      due_q   <= due_d;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rest_count_q <= '0;
      has_rest_q   <= 1'b0;
    end else begin
      rest_count_q <= {1'b0, rest_clocks_i} - (DwellW + 1)'(3);
      has_rest_q   <= |rest_clocks_i;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      busy_q    <= 1'b0;
      run_q     <= 1'b0;
      scan_q    <= 1'b0;
      samples_q <= 1'b0;
      rest_q    <= 1'b0;
      chain_q   <= 1'b0;
    end else begin
      busy_q    <= (busy_q | start_i) & ~kill & ~finish_o;
      run_q     <= begins | (run_q & ~free & ~abort_i);
      scan_q    <= (scan_q | scan_start_o) & ~over;
      samples_q <= begins ? next_samples : (samples_q & ~over);
      rest_q    <= begins ? next_rests : (rest_q & ~over);
      chain_q   <= begins ? next_chain_i : (chain_q & ~over);
    end
  end

  // Changes with the lines; REST is rail set 0, positive, not fired
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rail_q     <= '0;
      negative_q <= 1'b0;
      fire_q     <= 1'b0;
      pulse_q    <= 1'b0;
    end else if (commit_o) begin
      rail_q     <= next_rail_i & {RailW{select_o}};
      negative_q <= next_negative_i & select_o;
      fire_q     <= next_fires_i & select_o;
      pulse_q    <= next_fires_i & ~next_hold_i & select_o;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      addr_q <= '0;
      row_q  <= '0;
      mode_q <= '0;
    end else if (take) begin
      addr_q <= next_addr_i;
      row_q  <= next_row_i;
      mode_q <= next_samples_i;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      event_q    <= 1'b0;
      underrun_q <= 1'b0;
    end else begin
      event_q    <= commit_o;
      underrun_q <= late & run_q & coming_i & ~abort_i;
    end
  end

  assign scan_mode_o  = mode_q;
  assign scan_row_o   = row_q;
  assign rail_o       = rail_q;
  assign negative_o   = negative_q;
  assign fire_o       = fire_q;
  assign addr_o       = addr_q;
  assign line_event_o = event_q;
  assign underrun_o   = underrun_q;
  assign busy_o       = busy_q;
  assign running_o    = run_q;

  // The clock after `scan_ending_i`: what the proofs hold it against
  logic unused_timer;
  assign unused_timer = scan_done_i;

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
    // A program that has ended has no segment left, and one starts only where none runs
    assume (!(ended_i && coming_i));
    assume (!(start_i && busy_q));
    assume (!go_i || (busy_q && !run_q));
    // A scan is done only while it is on; a warp goes no further than it may
    assume (!scan_done_i || scan_q);
    assume (!scan_ending_i || (scan_q && !scan_done_i));
    assume (!warp_i || (skip_i <= left_o));
  end

  // Independent clock of the segment on the lines: clocks that it has lasted, and its dwell
  logic [DwellW+1:0] elapsed_q;
  logic [DwellW+1:0] dwell_q;
  logic              dwelling_q;
  logic [DwellW:0]   next_dwell;
  assign next_dwell = next_count_i + (DwellW + 1)'(3);
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      elapsed_q  <= '0;
      dwell_q    <= '0;
      dwelling_q <= 1'b0;
    end else begin
      elapsed_q <= elapsed_q + (DwellW + 2)'(warp_i ? skip_i : '0) + 1'b1;
      if (commit_o) begin
        elapsed_q  <= '0;
        dwelling_q <= select_o;
        dwell_q    <= {1'b0, next_dwell};
      end else if (scan_start_o || (late && run_q)) begin
        dwelling_q <= 1'b0;
      end
    end
  end
  always_comb begin
    // A dwell of one clock or more
    assume (!next_dwell[DwellW] && (next_dwell != '0));
    if (dwelling_q) begin
      assert (run_q && !scan_q);
      assert (!dwell_q[DwellW+1] && !dwell_q[DwellW] && (elapsed_q < dwell_q));
      // The counter and the independent clock agree, so that the last clock is the dwell's last
      if (!last_q && !near) assert ({1'b0, count_q} + elapsed_q + (DwellW + 2)'(3) == dwell_q);
      if (!last_q && near) assert (elapsed_q + (DwellW + 2)'(2) == dwell_q);
      if (last_q) assert (elapsed_q + (DwellW + 2)'(1) == dwell_q);
      if (commit_o && !abort_i) assert (elapsed_q + (warp_i ? skip_i : '0) + 1 == dwell_q);
    end
  end

  always_ff @(posedge clk_i) begin
    if (started_q) assume (scan_done_i == ($past(scan_ending_i) && scan_q));
    if (rst_ni && past_valid_q) begin
      // Rails, polarity and fire change with a commit only
      if (!$past(commit_o)) begin
        assert (rail_o == $past(rail_o));
        assert (negative_o == $past(negative_o));
        assert (fire_o == $past(fire_o));
      end
      // Phases nest
      assert (busy_q || !run_q);
      assert (busy_q || !free_q);
      assert (busy_q || (!fire_o && !pulse_q && !negative_o && (rail_o == '0)));
      assert (run_q || !scan_q);
      assert (run_q || !last_q);
      assert (run_q || !pulse_q);
      assert (fire_o || !pulse_q);
      assert (!free_q || last_q || !run_q || (scan_q && scan_done_i));
      if (scan_q && scan_done_i) assert (free_q == !rest_q);
      assert (due_q == (rest_q && ((last_q && !samples_q) || (scan_q && scan_done_i))));
      assert (!scan_q || samples_q);
      assert (!(last_q && scan_q));
      // An abort ends the pulse on the next edge, and no pulse begins unarmed
      if ($past(abort_i)) assert (!fire_o && !busy_o && (rail_o == '0));
      if (fire_o && !$past(fire_o)) assert ($past(armed_i));
      // A pulse is never stretched
      if ($past(pulse_q && last_clock && !samples_q)) assert ($past(commit_o));
      cover (fire_o && $past(fire_o && commit_o) && (dwell_q == (DwellW + 2)'(3)));
    end
  end
`endif
endmodule

`default_nettype wire
