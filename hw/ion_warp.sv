// Observation for simulators: how many clocks from now only count. A host may evaluate one clock
// for them and the one after them (`warp_i`, `skip_i`); in silicon the inputs are tied low,
// `left_o` stays open, and this vanishes.
`default_nettype none

module ion_warp #(
  parameter int DwellW  = 16,
  parameter int ScanW   = 8,
  parameter int OnTimeW = 24
) (
  // Nothing but the counters below moves
  input  logic               settled_i,
  input  logic               quiet_i,
  input  logic               bus_i,

  // Clocks left of the dwell, of the converter scan, and until the guard's limit
  input  logic [DwellW-1:0]  dwell_left_i,
  input  logic [ScanW-1:0]   scan_left_i,
  input  logic [OnTimeW-1:0] guard_left_i,

  output logic [47:0]        left_o
);
  logic [47:0] wanted;
  logic [47:0] allowed;

  // Dwell and scan follow each other: one of the two is zero
  assign wanted  = 48'(dwell_left_i) | 48'(scan_left_i);
  assign allowed = 48'(guard_left_i);

  always_comb begin
    left_o = '0;
    if (settled_i && quiet_i && !bus_i) left_o = (allowed < wanted) ? allowed : wanted;
  end
endmodule

`default_nettype wire
