// What a program waits for that comes from outside: the host's word to go on, which stays until a
// wait or a branch takes it, and the compliance of the array, whose pin knows no clock.
`default_nettype none

module ion_conditions (
  input  logic clk_i,
  input  logic rst_ni,

  // Host: a word from before the program's start does not count
  input  logic start_i,
  input  logic go_i,
  input  logic take_i,
  output logic host_o,

  input  logic compliance_i,
  output logic compliance_o,

  // Nothing moves unless the pin does
  output logic quiet_o
);
  logic       host_q;
  logic [1:0] compliance_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) host_q <= 1'b0;
    else if (start_i) host_q <= 1'b0;
    else if (go_i) host_q <= 1'b1;
    else if (take_i) host_q <= 1'b0;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) compliance_q <= '0;
    else compliance_q <= {compliance_q[0], compliance_i};
  end

  assign host_o       = host_q;
  assign compliance_o = compliance_q[1];
  assign quiet_o      = (compliance_q[0] == compliance_i) & (compliance_q[1] == compliance_i);

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

  // The host's word is not lost before it is taken, and none is there that was not given
  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      if ($past(go_i) && !$past(start_i)) assert (host_o);
      if ($past(host_o) && !$past(take_i) && !$past(start_i)) assert (host_o);
      if (host_o && !$past(host_o)) assert ($past(go_i));
      cover (host_o && compliance_o);
    end
  end
`endif
endmodule

`default_nettype wire
