// Order of the spike planes, for both sides at once. A tick makes the plane that has been wiped the
// current one and wipes the oldest, one group a clock; an event looks back through the refractory
// time, then is written into the current plane. The plane that is being wiped is never read.
`default_nettype none

module ion_spike_ring #(
  // Planes of the ring, a power of two; ages 0 .. Planes - 3 can be read, by a load during a tick
  parameter int Planes = 16,
  parameter int PlaneW = $clog2(Planes),
  // Memory words of a plane, of the side that has more
  parameter int Words  = 1,
  parameter int GroupW = 1
) (
  input  logic              clk_i,
  input  logic              rst_ni,

  // `clear_i` wipes all planes, as reset does
  input  logic              clear_i,
  input  logic              tick_i,
  // Ticks in which a line may spike once, 0 for any number of spikes
  input  logic [PlaneW-1:0] refractory_i,

  // Event, and its bit in the word that was read last; it waits while a plane is wiped, and belongs
  // to the tick in which it is taken
  input  logic              ev_valid_i,
  input  logic              ev_hit_i,
  output logic              ev_ready_o,
  output logic              spike_o,
  output logic              overlap_o,

  // Memories of events
  output logic              walk_re_o,
  output logic [PlaneW-1:0] walk_plane_o,
  output logic              set_o,
  output logic              wipe_o,
  output logic [PlaneW-1:0] write_plane_o,
  output logic [GroupW-1:0] wipe_group_o,

  // Plane of the running tick; while all planes are wiped (`sweep_o`) none can be read
  output logic [PlaneW-1:0] tick_index_o,
  output logic              sweep_o,

  output logic              quiet_o
);
  // The plane that is wiped, or was last; the current one is the plane before it
  logic [PlaneW-1:0] plane_q;
  logic [PlaneW-1:0] plane_d;
  logic [GroupW-1:0] group_q;
  logic [GroupW-1:0] group_d;
  logic              wipe_q;
  logic              wipe_d;
  logic              sweep_q;
  logic              sweep_d;
  logic              again_q;
  logic              wipe_last;
  logic              advance;

  assign wipe_last = group_q == GroupW'(Words - 1);
  assign advance   = (tick_i | again_q) & (~wipe_q | wipe_last) & ~sweep_q;

  // A tick that comes while a plane is wiped waits for its end
  always_comb begin
    plane_d = plane_q;
    group_d = group_q;
    wipe_d  = wipe_q;
    sweep_d = sweep_q;
    if (wipe_q) group_d = group_q + 1'b1;
    if (wipe_q && wipe_last) begin
      group_d = '0;
      wipe_d  = sweep_q & ~(&plane_q);
      sweep_d = wipe_d;
      if (wipe_d) plane_d = plane_q + 1'b1;
    end
    if (advance) begin
      plane_d = plane_q + 1'b1;
      wipe_d  = 1'b1;
    end
    if (clear_i) begin
      plane_d = '0;
      group_d = '0;
      wipe_d  = 1'b1;
      sweep_d = 1'b1;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      plane_q <= '0;
      group_q <= '0;
      wipe_q  <= 1'b1;
      sweep_q <= 1'b1;
      again_q <= 1'b0;
    end else begin
      plane_q <= plane_d;
      group_q <= group_d;
      wipe_q  <= wipe_d;
      sweep_q <= sweep_d;
      again_q <= (tick_i | again_q) & ~advance & ~clear_i;
    end
  end

  // An event walks from the oldest tick that forbids it to the current one, one word a clock; what
  // a word says is known a clock after it stands
  logic              walk_q;
  logic              last_q;
  logic              hit_q;
  logic [PlaneW-1:0] age_q;
  logic [PlaneW-1:0] age;
  logic [PlaneW-1:0] oldest;
  logic              walk_last;
  logic              enter;
  logic              leave;

  assign oldest    = (refractory_i == '0) ? '0 : refractory_i - 1'b1;
  assign age       = walk_q ? age_q - 1'b1 : oldest;
  assign walk_last = age_q == '0;
  assign enter     = ev_valid_i & ~walk_q & ~last_q & ~wipe_q & ~advance & ~clear_i;
  // A tick or a clear ends a walk, which begins again afterwards
  assign leave     = ev_ready_o | advance | clear_i;

  assign overlap_o  = hit_q & (refractory_i != '0);
  assign set_o      = last_q & ~overlap_o;
  assign spike_o    = set_o;
  assign ev_ready_o = overlap_o | set_o;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      walk_q <= 1'b0;
      last_q <= 1'b0;
      hit_q  <= 1'b0;
      age_q  <= '0;
    end else begin
      walk_q <= enter | (walk_q & ~walk_last & ~leave);
      last_q <= walk_q & walk_last & ~leave;
      hit_q  <= walk_q & ev_hit_i & ~leave;
      age_q  <= age;
    end
  end

  // Age 0 is the plane before the one that is wiped: plane - 1 - age
  assign walk_re_o      = enter | (walk_q & ~walk_last);
  assign walk_plane_o   = plane_q + ~age;
  assign write_plane_o  = plane_q + {PlaneW{set_o}};
  assign wipe_o         = wipe_q;
  assign wipe_group_o   = group_q;
  assign tick_index_o  = plane_q - 1'b1;
  assign sweep_o        = sweep_q;
  assign quiet_o        = ~wipe_q & ~walk_q & ~last_q & ~ev_valid_i;

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

  // A loader: enters with a plane by age, walks through its words, and no load sees two ticks
  (* anyseq *) logic              load_enter;
  (* anyseq *) logic [PlaneW-1:0] load_age;
  logic [PlaneW-1:0] load_plane;
  logic [PlaneW-1:0] load_plane_q;
  logic              load_ticked_q;
  logic              load_q;

  assign load_plane = load_enter ? tick_index_o - load_age : load_plane_q;
  always_comb begin
    if (load_enter) assume (load_age < PlaneW'(Planes - 2));
    if (load_enter) assume (!sweep_q && !clear_i);
  end
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      load_q        <= 1'b0;
      load_ticked_q <= 1'b0;
      load_plane_q  <= '0;
    end else begin
      load_q        <= (load_enter | load_q) & ~(advance & load_ticked_q & ~load_enter) & ~clear_i;
      load_ticked_q <= advance | (load_ticked_q & ~load_enter);
      load_plane_q  <= load_plane;
    end
  end

  // An event stands until it is taken

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q && $past(rst_ni)) begin
      if ($past(ev_valid_i && !ev_ready_o)) assume (ev_valid_i);
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // The plane that is wiped is read by no loader and no event, and takes no event
      if (load_enter || load_q) assert (load_plane != plane_q);
      if (load_q && !load_ticked_q) assert (load_plane_q != PlaneW'(plane_q + 1'b1));
      if (walk_q) assert (age_q != '1);
      if (walk_re_o) assert (walk_plane_o != plane_q);
      if (set_o) assert (!wipe_o && write_plane_o != plane_q);
      if (sweep_q) assert (wipe_q && !load_q);
      if (walk_q || last_q) assert (!wipe_q);
      // The current plane changes with ticks only, and only to one that has been wiped to its end
      if (plane_q != $past(plane_q) && !$past(clear_i) && !$past(sweep_q)) begin
        assert (plane_q == $past(plane_q) + 1'b1);
        assert ($past(tick_i || again_q) && $past(!wipe_q || wipe_last));
      end
      cover (spike_o && refractory_i == '1);
      cover (wipe_o && !sweep_q && $past(ev_ready_o));
      cover (overlap_o);
      cover (load_q && wipe_q && load_ticked_q);
    end
  end
`endif
endmodule

`default_nettype wire
