// The controller of bench.ion on an iCE40 HX8K board: clock, serial port, lamps, and the pins of the array.
`default_nettype none

module board_top (
  input  logic        clk_i,  // 12 MHz

  // USB serial port of the board, 1 Mbit/s
  input  logic        rx_i,
  output logic        tx_o,
  output logic [1:0]  led_o,  // drivers armed; interrupt

  // To line drivers and rails
  output logic [3:0]  row_o,
  output logic [3:0]  col_o,
  output logic [1:0]  rail_o,
  output logic        pol_o,
  output logic        fire_o,
  output logic        drv_en_o,

  // To the converter and the multiplexer before it
  output logic [1:0]  adc_mux_o,
  output logic        adc_conv_o,
  input  logic        adc_valid_i,
  input  logic [11:0] adc_data_i,

  // Stop button (low stops), over-current, over-temperature
  input  logic        estop_ni,
  input  logic        ocp_i,
  input  logic        otp_i
);

  // Flip-flops of this FPGA begin with 0: eight clocks of reset after configuration
  logic [3:0] wake_q = '0;
  logic       rst_n;
  assign rst_n = wake_q[3];
  always_ff @(posedge clk_i) if (!wake_q[3]) wake_q <= wake_q + 4'd1;

  logic        psel, penable, pwrite, pready, pslverr;
  logic [19:0] paddr;
  logic [31:0] pwdata, prdata;

  serial_apb #(.Divider(12)) u_serial (
    .clk_i,
    .rst_ni    (rst_n),
    .rx_i,
    .tx_o,
    .psel_o    (psel),
    .penable_o (penable),
    .pwrite_o  (pwrite),
    .paddr_o   (paddr),
    .pwdata_o  (pwdata),
    .prdata_i  (prdata),
    .pready_i  (pready),
    .pslverr_i (pslverr)
  );

  // For simulators only
  logic        line_event, idle, unused;
  logic [3:0]  op;
  logic [47:0] left;
  assign unused = ^{line_event, op, idle, left};

  matrix_ctrl u_controller (
    .clk_i,
    .rst_ni       (rst_n),
    .psel_i       (psel),
    .penable_i    (penable),
    .pwrite_i     (pwrite),
    .paddr_i      (paddr),
    .pwdata_i     (pwdata),
    .prdata_o     (prdata),
    .pready_o     (pready),
    .pslverr_o    (pslverr),
    .row_o,
    .col_o,
    .rail_o,
    .pol_o,
    .fire_o,
    .drv_en_o,
    .adc_mux_o,
    .adc_conv_o,
    .adc_valid_i,
    .adc_data_i,
    .estop_ni,
    .ocp_i,
    .otp_i,
    .irq_o        (led_o[1]),
    .line_event_o (line_event),
    .op_o         (op),
    .idle_o       (idle),
    .left_o       (left),
    .warp_i       (1'b0),
    .skip_i       ('0)
  );

  assign led_o[0] = drv_en_o;

endmodule

`default_nettype wire
