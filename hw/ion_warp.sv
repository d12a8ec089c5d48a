// Observation for simulators: how many clocks from now only count. A host may evaluate one clock
// for them and the one after them (`warp_i`, `skip_i`); in silicon the inputs are tied low,
// `left_o` stays open, and this vanishes.
`default_nettype none

module ion_warp #(
  parameter int DwellW  = 16,
  parameter int ScanW   = 8,
  parameter int OnTimeW = 24,
  // Units beside the lines that count, too
  parameter int Units   = 1
) (
  // Nothing but the counters below moves; the program waits for a unit or for the host
  input  logic                settled_i,
  input  logic                waits_i,
  input  logic                quiet_i,
  input  logic                bus_i,

  // Clocks left of the dwell, of the converter scan, until the guard's limit, and until each unit
  // does something; all ones for a unit that does not count
  input  logic [DwellW-1:0]   dwell_left_i,
  input  logic [ScanW-1:0]    scan_left_i,
  input  logic [OnTimeW-1:0]  guard_left_i,
  input  logic [48*Units-1:0] unit_left_i,

  output logic [47:0]         left_o
);
  logic [47:0] wanted;
  logic [47:0] allowed;
  logic [47:0] least;

  // Dwell and scan follow each other: one of the two is zero
  assign wanted = waits_i ? {48{1'b1}} : (48'(dwell_left_i) | 48'(scan_left_i));

  always_comb begin
    allowed = 48'(guard_left_i);
    if (&guard_left_i) allowed = {48{1'b1}};
    for (int k = 0; k < Units; k++) begin
      allowed = (unit_left_i[48*k +: 48] < allowed) ? unit_left_i[48*k +: 48] : allowed;
    end
  end

  // A wait that nothing here ends is not skipped: the answer comes from outside
  assign least = (allowed < wanted) ? allowed : wanted;

  always_comb begin
    left_o = '0;
    if (settled_i && quiet_i && !bus_i && !(&least)) left_o = least;
  end
endmodule

`default_nettype wire
