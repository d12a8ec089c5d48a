// One value for every cell of the array: a word holds those of one conversion step side by side.
// The core reads and writes words, the host one value at a time at {word, value}. The bus is
// refused while the core runs (see ion_bus_decode), so the two share the read port.
`default_nettype none

module ion_cell_memory #(
  parameter int Values   = 4,
  parameter int Width    = 9,
  parameter int AddrW    = 4,
  // log2 of the values of a word, rounded up; 0 for one
  parameter int SelBits  = 2,
  // The host reads values with their sign extended
  parameter int IsSigned = 0
) (
  input  logic                     clk_i,
  input  logic                     rst_ni,

  // Host: one access a clock, answer in the next clock; a value that does not exist is an error
  input  logic                     host_req_i,
  input  logic                     host_we_i,
  input  logic [AddrW+SelBits-1:0] host_addr_i,
  input  logic [31:0]              host_wdata_i,
  output logic [31:0]              host_rdata_o,
  output logic                     host_error_o,

  // Core: data in the next clock, until the next read
  input  logic                     re_i,
  input  logic [AddrW-1:0]         raddr_i,
  output logic [Values*Width-1:0]  rdata_o,
  input  logic                     we_i,
  input  logic [AddrW-1:0]         waddr_i,
  input  logic [Values*Width-1:0]  wdata_i
);
  localparam int SelW = (SelBits == 0) ? 1 : SelBits;

  logic [AddrW-1:0]         host_word;
  logic [SelW-1:0]          select;
  logic [SelW-1:0]          select_q;
  logic [AddrW-1:0]         raddr;
  logic [AddrW-1:0]         waddr;
  logic                     re;
  logic [(1 << SelW)-1:0]   exists;
  logic [(32 << SelW)-1:0]  padded;

  assign host_word = host_addr_i[AddrW+SelBits-1:SelBits];
  if (SelBits == 0) begin : gen_one_value
    assign select = 1'b0;
  end else begin : gen_values
    assign select = host_addr_i[SelBits-1:0];
  end

  assign re    = re_i | (host_req_i & ~host_we_i);
  assign raddr = re_i ? raddr_i : host_word;
  assign waddr = we_i ? waddr_i : host_word;

  // One memory a value, so that a host write touches its value only
  for (genvar k = 0; k < (1 << SelW); k++) begin : gen_memories
    if (k < Values) begin : gen_used
      logic [Width-1:0] value;

      ion_ram #(
        .Width(Width),
        .Depth(1 << AddrW)
      ) u_ram (
        .clk_i,
        .we_i   (we_i | (host_req_i & host_we_i & (select == SelW'(k)))),
        .waddr_i(waddr),
        .wdata_i(we_i ? wdata_i[k*Width +: Width] : host_wdata_i[Width-1:0]),
        .re_i   (re),
        .raddr_i(raddr),
        .rdata_o(value)
      );

      assign rdata_o[k*Width +: Width] = value;
      assign exists[k] = 1'b1;
      if (Width == 32) begin : gen_whole
        assign padded[32*k +: 32] = value;
      end else begin : gen_extended
        logic sign;
        assign sign = (IsSigned != 0) & value[Width-1];
        assign padded[32*k +: 32] = {{(32 - Width){sign}}, value};
      end
    end else begin : gen_unused
      assign exists[k] = 1'b0;
      assign padded[32*k +: 32] = 32'h0;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) select_q <= '0;
    else if (host_req_i) select_q <= select;
  end

  assign host_rdata_o = padded[{select_q, 5'd0} +: 32];
  assign host_error_o = ~exists[select_q];

  logic unused_wdata;
  assign unused_wdata = ^host_wdata_i;
endmodule

`default_nettype wire
