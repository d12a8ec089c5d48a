// What the host may ask afterwards: time, pulses, underruns, and the first fault with the program
// address.
`default_nettype none

module ion_monitor #(
  parameter int AddrW = 6
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             clear_i,

  // Events
  input  logic             fire_start_i,
  input  logic             underrun_i,
  input  logic             finish_i,
  input  logic [AddrW-1:0] addr_i,

  // Faults, the most urgent first: emergency stop, over-current, on-time, not armed, converter
  // time-out, no entry, results full
  input  logic [6:0]       fault_i,

  // Status
  input  logic             busy_i,
  input  logic             armed_i,

  // Register values
  input  logic             time_re_i,
  output logic [31:0]      time_lo_o,
  output logic [31:0]      time_hi_o,
  output logic [31:0]      underrun_o,
  output logic [31:0]      pulses_o,
  output logic [31:0]      err_code_o,
  output logic [31:0]      status_o,

  // Interrupts: done, fault, underrun
  output logic [2:0]       intr_o,
  // Any fault ends the run, and so does the host
  input  logic             abort_i,
  output logic             abort_o,

  // Time warp
  input  logic             warp_i,
  input  logic [47:0]      skip_i
);
  logic [47:0] time_q;
  logic [15:0] time_hi_q;
  logic [15:0] underrun_q;
  logic [31:0] pulses_q;
  logic        abort_q;
  logic        fire_start_q;
  logic [7:0]  code_q;
  logic [7:0]  code;
  logic [15:0] code_addr_q;
  logic [15:0] addr;

  // Codes as in the register map
  always_comb begin
    casez (fault_i)
      7'b1??????: code = 8'd5;
      7'b01?????: code = 8'd3;
      7'b001????: code = 8'd1;
      7'b0001???: code = 8'd6;
      7'b00001??: code = 8'd7;
      7'b000001?: code = 8'd19;
      7'b0000001: code = 8'd20;
      default:    code = 8'd0;
    endcase
  end

  assign addr    = 16'(addr_i);
  assign abort_o = abort_q | (|fault_i);
  assign intr_o  = {underrun_i, |fault_i, finish_i};

  // A clock later, so that bus and lines are no part of one path
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      abort_q      <= 1'b0;
      fire_start_q <= 1'b0;
    end else begin
      abort_q      <= abort_i;
      fire_start_q <= fire_start_i;
    end
  end

  // The first fault stays until it is cleared
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      code_q      <= '0;
      code_addr_q <= '0;
    end else if (clear_i) begin
      code_q      <= '0;
      code_addr_q <= '0;
    end else if ((code_q == '0) && (code != '0)) begin
      code_q      <= code;
      code_addr_q <= addr;
    end
  end

  // Counters saturate
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      underrun_q <= '0;
      pulses_q   <= '0;
    end else if (clear_i) begin
      underrun_q <= '0;
      pulses_q   <= '0;
    end else begin
      if (underrun_i && !(&underrun_q)) underrun_q <= underrun_q + 1'b1;
      if (fire_start_q && !(&pulses_q)) pulses_q <= pulses_q + 1'b1;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      time_q    <= '0;
      time_hi_q <= '0;
    end else begin
      time_q <= time_q + (warp_i ? skip_i : 48'd0) + 1'b1;
      if (time_re_i) time_hi_q <= time_q[47:32];
    end
  end

  assign time_lo_o  = time_q[31:0];
  assign time_hi_o  = {16'h0, time_hi_q};
  assign underrun_o = {16'h0, underrun_q};
  assign pulses_o   = pulses_q;
  assign err_code_o = {code_addr_q, 8'h0, code_q};
  assign status_o   = {addr, 14'h0, armed_i, busy_i};
endmodule

`default_nettype wire
