// What the host may ask afterwards: time, counters, and the first fault with where it happened. A
// fault ends the run in the clock after it. Counters saturate, nothing is forgotten before the
// host clears it.
`default_nettype none

module ion_monitor #(
  parameter int AddrW     = 6,
  // State that is kept with the first fault: loop counters
  parameter int InfoW     = 1,
  parameter int UnderrunW = 16,
  // Where counters start: simulations begin near an end that no run reaches
  parameter logic [31:0] CountStart = '0
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             clear_i,

  // Events
  input  logic             fire_start_i,
  input  logic             convert_i,
  input  logic             underrun_i,
  input  logic             finish_i,
  input  logic [AddrW-1:0] addr_i,
  input  logic [InfoW-1:0] info_i,

  // Faults: bit k is error code k + 1
  input  logic [20:0]      fault_i,
  // An underrun is a fault
  input  logic             strict_i,
  // Interrupts of other blocks: result ready, verify fail, events lost, wear limit, field ready,
  // host wait
  input  logic [5:0]       event_i,

  // Status
  input  logic             busy_i,
  input  logic             armed_i,
  input  logic             field_ok_i,
  input  logic             settled_i,
  input  logic [5:0]       cause_i,

  // Register values
  input  logic             time_re_i,
  output logic [31:0]      time_lo_o,
  output logic [31:0]      time_hi_o,
  output logic [31:0]      underrun_o,
  output logic [31:0]      pulses_o,
  output logic [31:0]      adc_conv_o,
  output logic [31:0]      err_code_o,
  output logic [31:0]      err_info_o,
  output logic [31:0]      status_o,

  // Interrupts: done, fault, underrun, then those of `event_i`
  output logic [8:0]       intr_o,
  // Any fault ends the run a clock later, and so does the host
  input  logic             abort_i,
  output logic             abort_o,

  // Time warp
  input  logic             warp_i,
  input  logic [47:0]      skip_i
);
  logic [47:0]      time_q;
  logic [47:0]      time_d;
  logic             ones_q;
  logic             ones_d;
  logic [15:0]      time_hi_q;
  logic [UnderrunW-1:0] underrun_q;
  logic [31:0]      pulses_q;
  logic [31:0]      conversions_q;
  logic             abort_q;
  logic             host_q;
  logic             host_q2;
  logic             fault_q;
  logic             fire_start_q;
  logic [4:0]       code_q;
  logic [4:0]       code;
  logic [15:0]      code_addr_q;
  logic [InfoW-1:0] info_q;
  logic [15:0]      addr;
  logic [21:1]      fault;
  logic             any_fault;
  logic             is_told;
  logic [InfoW-1:0] told_info;

  // A pulse that the host's own abort leaves unarmed for a clock is no fault
  always_comb begin
    fault = fault_i;
    if (host_q || host_q2) fault[6] = 1'b0;
    if (strict_i && underrun_i) fault[11] = 1'b1;
  end

  // Of several faults in one clock the last line's is told: what endangers most is below
  always_comb begin
    code = 5'd0;
    if (fault[16]) code = 5'd16;
    if (fault[15]) code = 5'd15;
    if (fault[14]) code = 5'd14;
    if (fault[17]) code = 5'd17;
    if (fault[20]) code = 5'd20;
    if (fault[19]) code = 5'd19;
    if (fault[21]) code = 5'd21;
    if (fault[11]) code = 5'd11;
    if (fault[18]) code = 5'd18;
    if (fault[12]) code = 5'd12;
    if (fault[7])  code = 5'd7;
    if (fault[8])  code = 5'd8;
    if (fault[9])  code = 5'd9;
    if (fault[13]) code = 5'd13;
    if (fault[10]) code = 5'd10;
    if (fault[6])  code = 5'd6;
    if (fault[2])  code = 5'd2;
    if (fault[1])  code = 5'd1;
    if (fault[4])  code = 5'd4;
    if (fault[3])  code = 5'd3;
    if (fault[5])  code = 5'd5;
  end

  assign addr      = 16'(addr_i);
  assign any_fault = |fault;
  // A clock later, so that what finds a fault is no part of a path to the lines
  assign abort_o   = abort_q;
  assign intr_o    = {event_i, underrun_i, fault_q, finish_i};

  // A clock later, so that bus and lines are no part of one path
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      abort_q      <= 1'b0;
      host_q       <= 1'b0;
      host_q2      <= 1'b0;
      fault_q      <= 1'b0;
      fire_start_q <= 1'b0;
    end else begin
      abort_q      <= abort_i | any_fault;
      host_q       <= abort_i;
      host_q2      <= host_q;
      fault_q      <= any_fault;
      fire_start_q <= fire_start_i;
    end
  end

  // The first fault stays until it is cleared; one in the clock of the clearing is not lost. Where
  // it happened is kept in every clock until then, so that no fault enables many flops
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      code_q      <= '0;
      code_addr_q <= '0;
      info_q      <= '0;
    end else if (clear_i || (code_q == '0)) begin
      code_q      <= code;
      code_addr_q <= addr;
      info_q      <= info_i;
    end
  end

  // Counters saturate
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      underrun_q    <= UnderrunW'(CountStart);
      pulses_q      <= CountStart;
      conversions_q <= CountStart;
    end else if (clear_i) begin
      underrun_q    <= UnderrunW'(CountStart);
      pulses_q      <= CountStart;
      conversions_q <= CountStart;
    end else begin
      if (underrun_i && !(&underrun_q)) underrun_q <= underrun_q + 1'b1;
      if (fire_start_q && !(&pulses_q)) pulses_q <= pulses_q + 1'b1;
      if (convert_i && !(&conversions_q)) conversions_q <= conversions_q + 1'b1;
    end
  end

  // The carry from the lower half is found a clock ahead, so that no carry runs through all of it
  always_comb begin
    time_d = {time_q[47:24] + 24'(ones_q), time_q[23:0] + 1'b1};
    ones_d = (&time_q[23:1]) & ~time_q[0];
    if (warp_i) begin
      time_d = time_q + skip_i + 1'b1;
      ones_d = &time_d[23:0];
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      time_q    <= '0;
      ones_q    <= 1'b0;
      time_hi_q <= '0;
    end else begin
      time_q <= time_d;
      ones_q <= ones_d;
      if (time_re_i) time_hi_q <= time_q[47:32];
    end
  end

  assign time_lo_o  = time_q[31:0];
  assign time_hi_o  = {16'h0, time_hi_q};
  assign underrun_o = 32'(underrun_q);
  assign pulses_o   = pulses_q;
  assign adc_conv_o = conversions_q;
  assign is_told    = |code_q;
  assign err_code_o = {code_addr_q & {16{is_told}}, 11'h0, code_q};
  assign told_info  = info_q & {InfoW{is_told}};
  assign err_info_o = 32'(told_info);
  assign status_o   = {addr, 2'h0, cause_i, 4'h0, settled_i, field_ok_i, armed_i, busy_i};

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
    if (host_q) assert (abort_o);
    if (any_fault) begin
      assert (code != 5'd0);
    end else begin
      assert (code == 5'd0);
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni && past_valid_q) begin
      // Time counts all clocks
      assert (ones_q == &time_q[23:0]);
      assert (time_q == $past(time_q) + ($past(warp_i) ? $past(skip_i) : 48'd0) + 1'b1);
      // A16: a fault is acted upon in the clock after it
      if ($past(|fault_i[4:0] || |fault_i[20:6])) assert (abort_o);
      // The first fault stays
      if (!$past(clear_i) && $past(code_q) != '0) begin
        assert (code_q == $past(code_q));
        assert (code_addr_q == $past(code_addr_q));
      end
      if ($past(any_fault)) assert (code_q != '0);
      // A20: counters never wrap
      if (!$past(clear_i)) begin
        assert (underrun_q >= $past(underrun_q));
        assert (pulses_q >= $past(pulses_q));
        assert (conversions_q >= $past(conversions_q));
      end
      cover (code_q == 5'd11);
      cover (code_q == 5'd21);
    end
  end
`endif
endmodule

`default_nettype wire
