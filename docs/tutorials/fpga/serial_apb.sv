// A host at a serial port becomes a master on APB. 8 bits, no parity, 1 stop bit, Divider clocks a bit.
//
//   read          01  a0 a1 a2               ->  status  d0 d1 d2 d3
//   write         02  a0 a1 a2  4 bytes      ->  status
//   write two     03  a0 a1 a2  8 bytes      ->  status       both words to the same address
//
// Numbers have their low byte first; status is 0, or 1 where the bus answered with an error. The third command is for
// the two keys that arm the drivers: they have to come within 256 clocks, in which a serial port sends two bytes.
`default_nettype none

module serial_apb #(
  parameter int Divider = 12
) (
  input  logic        clk_i,
  input  logic        rst_ni,

  input  logic        rx_i,
  output logic        tx_o,

  output logic        psel_o,
  output logic        penable_o,
  output logic        pwrite_o,
  output logic [19:0] paddr_o,
  output logic [31:0] pwdata_o,
  input  logic [31:0] prdata_i,
  input  logic        pready_i,
  input  logic        pslverr_i
);

  localparam logic [7:0] BitClocks  = 8'(Divider - 1);
  localparam logic [7:0] HalfClocks = 8'(Divider / 2);

  // Receiver: two flops against metastability, then ten bits, each taken in its middle
  logic [1:0] rx_q;
  logic [7:0] rx_clocks_q, rx_byte_q;
  logic [3:0] rx_bits_q;
  logic       rx_done_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rx_q        <= 2'b11;
      rx_clocks_q <= '0;
      rx_bits_q   <= '0;
      rx_byte_q   <= '0;
      rx_done_q   <= 1'b0;
    end else begin
      rx_q      <= {rx_q[0], rx_i};
      rx_done_q <= 1'b0;
      if (rx_bits_q == 4'd0) begin
        rx_clocks_q <= HalfClocks;
        if (!rx_q[1]) rx_bits_q <= 4'd10;
      end else if (rx_clocks_q != 8'd0) begin
        rx_clocks_q <= rx_clocks_q - 8'd1;
      end else begin
        rx_clocks_q <= BitClocks;
        rx_bits_q   <= rx_bits_q - 4'd1;
        if (rx_bits_q > 4'd1) rx_byte_q <= {rx_q[1], rx_byte_q[7:1]};
        else rx_done_q <= rx_q[1];
      end
    end
  end

  // Transmitter: start bit, eight bits, stop bit
  logic [7:0] tx_clocks_q;
  logic [9:0] tx_shift_q;
  logic [3:0] tx_bits_q;
  logic       tx_start;
  logic [7:0] tx_byte;

  assign tx_o = tx_bits_q == 4'd0 ? 1'b1 : tx_shift_q[0];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      tx_clocks_q <= '0;
      tx_shift_q  <= '1;
      tx_bits_q   <= '0;
    end else if (tx_start) begin
      tx_clocks_q <= BitClocks;
      tx_shift_q  <= {1'b1, tx_byte, 1'b0};
      tx_bits_q   <= 4'd10;
    end else if (tx_bits_q != 4'd0) begin
      if (tx_clocks_q != 8'd0) begin
        tx_clocks_q <= tx_clocks_q - 8'd1;
      end else begin
        tx_clocks_q <= BitClocks;
        tx_shift_q  <= {1'b1, tx_shift_q[9:1]};
        tx_bits_q   <= tx_bits_q - 4'd1;
      end
    end
  end

  // Commands: bytes arrive in a shift register, the newest on top
  logic [95:8] frame_q;
  logic [3:0]  missing_q;  // bytes of the command that are to come; 0 between commands
  logic [1:0]  accesses_q; // accesses on the bus that are to come
  logic        enable_q, write_q, two_q, error_q;
  logic [2:0]  answer_q;   // bytes of the answer that are to go
  logic [39:0] reply_q;

  // Where the address begins depends on how long the command is
  assign paddr_o   = write_q ? (two_q ? frame_q[27:8] : frame_q[59:40]) : frame_q[91:72];
  assign pwdata_o  = two_q && accesses_q == 2'd2 ? frame_q[63:32] : frame_q[95:64];
  assign pwrite_o  = write_q;
  assign psel_o    = accesses_q != 2'd0;
  assign penable_o = enable_q;
  assign tx_start  = answer_q != 3'd0 && tx_bits_q == 4'd0;
  assign tx_byte   = reply_q[7:0];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      frame_q    <= '0;
      missing_q  <= '0;
      accesses_q <= '0;
      enable_q   <= 1'b0;
      write_q    <= 1'b0;
      two_q      <= 1'b0;
      error_q    <= 1'b0;
      answer_q   <= '0;
      reply_q    <= '0;
    end else if (rx_done_q) begin
      frame_q <= {rx_byte_q, frame_q[95:16]};
      if (missing_q != 4'd0) begin
        missing_q <= missing_q - 4'd1;
        if (missing_q == 4'd1) accesses_q <= two_q ? 2'd2 : 2'd1;
      end else if (rx_byte_q >= 8'd1 && rx_byte_q <= 8'd3) begin
        missing_q <= rx_byte_q == 8'd1 ? 4'd3 : rx_byte_q == 8'd2 ? 4'd7 : 4'd11;
        write_q   <= rx_byte_q != 8'd1;
        two_q     <= rx_byte_q == 8'd3;
        error_q   <= 1'b0;
      end
    end else if (psel_o) begin
      enable_q <= !(enable_q && pready_i);
      if (enable_q && pready_i) begin
        accesses_q <= accesses_q - 2'd1;
        error_q    <= error_q || pslverr_i;
        reply_q    <= {prdata_i, 7'd0, error_q || pslverr_i};
        if (accesses_q == 2'd1) answer_q <= write_q ? 3'd1 : 3'd5;
      end
    end else if (tx_start) begin
      answer_q <= answer_q - 3'd1;
      reply_q  <= {8'd0, reply_q[39:8]};
    end
  end

endmodule

`default_nettype wire
