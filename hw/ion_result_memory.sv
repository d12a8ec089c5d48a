// Memory of converter codes: the scan appends one word a conversion step, the host reads one code
// at a time. The host's address is {step, converter}. Every code that is not there is an error,
// so that no value stands for its absence.
`default_nettype none

module ion_result_memory #(
  parameter int Converters = 4,
  parameter int Bits       = 8,
  parameter int Depth      = 64,
  // log2 of the number of converters, rounded up
  parameter int SelBits    = 2,
  parameter int AddrW      = $clog2(Depth)
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,

  // Scan: appends; `clear_i` starts again at step 0
  input  logic                       clear_i,
  input  logic                       we_i,
  input  logic [Converters*Bits-1:0] data_i,
  output logic                       overflow_o,

  // Host: read data, or an error, in the next clock
  input  logic                       host_re_i,
  input  logic [AddrW+SelBits-1:0]   host_addr_i,
  output logic [31:0]                host_rdata_o,
  output logic                       host_error_o
);
  localparam int SelW = (SelBits == 0) ? 1 : SelBits;

  logic [AddrW:0]             step_q;
  logic [SelW-1:0]            select;
  logic [SelW-1:0]            select_q;
  logic [AddrW-1:0]           host_step;
  logic                       missing_q;
  logic [(1 << SelW)-1:0]     exists;
  logic [Converters*Bits-1:0] word;
  logic [(32 << SelW)-1:0]    padded;

  assign overflow_o = we_i & step_q[AddrW];
  assign host_step  = host_addr_i[AddrW+SelBits-1:SelBits];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) step_q <= '0;
    else if (clear_i) step_q <= '0;
    else if (we_i && !step_q[AddrW]) step_q <= step_q + 1'b1;
  end

  ion_ram #(
    .Width(Converters * Bits),
    .Depth(Depth)
  ) u_ram (
    .clk_i,
    .we_i   (we_i & ~step_q[AddrW]),
    .waddr_i(step_q[AddrW-1:0]),
    .wdata_i(data_i),
    .re_i   (host_re_i),
    .raddr_i(host_step),
    .rdata_o(word)
  );

  if (SelBits == 0) begin : gen_one_converter
    assign select = 1'b0;
  end else begin : gen_converters
    assign select = host_addr_i[SelBits-1:0];
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      select_q  <= '0;
      missing_q <= 1'b1;
    end else if (host_re_i) begin
      select_q  <= select;
      missing_q <= {1'b0, host_step} >= step_q;
    end
  end

  for (genvar k = 0; k < (1 << SelW); k++) begin : gen_codes
    if (k < Converters) begin : gen_used
      logic [Bits-1:0] code;
      assign code = word[k*Bits +: Bits];
      assign padded[32*k +: 32] = 32'(code);
      assign exists[k] = 1'b1;
    end else begin : gen_unused
      assign padded[32*k +: 32] = 32'h0;
      assign exists[k] = 1'b0;
    end
  end

  assign host_rdata_o = padded[{select_q, 5'd0} +: 32];
  assign host_error_o = missing_q | ~exists[select_q];
endmodule

`default_nettype wire
