// Address map of the internal bus: selects the register file or a memory window and returns its
// answer. Bits [19:16]: 0 registers, 1 program, 4..7 work list, 8..11 planes, 12..15 results.
// Memories are refused while the sequencer runs, because it owns their read ports.
`default_nettype none

module ion_bus_decode #(
  // log2 of the bus words of each window
  parameter int ProgramBits = 6,
  parameter int WorkBits    = 6,
  parameter int PlaneBits   = 6,
  parameter int ResultBits  = 6,
  // 0 where there is no plane memory
  parameter int HasPlanes   = 0
) (
  input  logic        clk_i,
  input  logic        rst_ni,

  input  logic        req_i,
  input  logic        we_i,
  input  logic [19:0] addr_i,
  input  logic        busy_i,
  output logic [31:0] rdata_o,
  output logic        error_o,

  // Requests
  output logic        reg_req_o,
  output logic        program_req_o,
  output logic        work_req_o,
  output logic        plane_req_o,
  output logic        result_req_o,

  // Answers, one clock after the request
  input  logic [31:0] reg_rdata_i,
  input  logic        reg_error_i,
  input  logic [31:0] program_rdata_i,
  input  logic [31:0] work_rdata_i,
  input  logic [31:0] plane_rdata_i,
  input  logic [31:0] result_rdata_i
);
  logic [15:0] word;
  logic [13:0] program_word;
  logic [4:0]  in_window;
  logic        aligned;
  logic        memory_ok;
  logic [4:0]  hit;
  logic [4:0]  hit_q;
  logic        error_q;

  // Word numbers: the program's window is 64 KiB, the others are 256 KiB
  assign word         = addr_i[17:2];
  assign program_word = addr_i[15:2];

  // Memories hold powers of two of words: an address is inside where its upper bits are zero
  assign in_window[0] = addr_i[19:16] == 4'h0;
  assign in_window[1] = (addr_i[19:16] == 4'h1) & ~|(program_word >> ProgramBits);
  assign in_window[2] = (addr_i[19:18] == 2'b01) & ~|(word >> WorkBits);
  assign in_window[3] = (addr_i[19:18] == 2'b10) & ~|(word >> PlaneBits) & (HasPlanes != 0);
  assign in_window[4] = (addr_i[19:18] == 2'b11) & ~|(word >> ResultBits) & ~we_i;

  assign aligned   = addr_i[1:0] == 2'b00;
  assign memory_ok = aligned & ~busy_i;
  assign hit       = in_window & {{4{memory_ok}}, 1'b1};

  assign reg_req_o     = req_i & hit[0];
  assign program_req_o = req_i & hit[1];
  assign work_req_o    = req_i & hit[2];
  assign plane_req_o   = req_i & hit[3];
  assign result_req_o  = req_i & hit[4];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      hit_q   <= '0;
      error_q <= 1'b0;
    end else if (req_i) begin
      hit_q   <= hit;
      error_q <= ~|hit;
    end
  end

  assign error_o = error_q | (hit_q[0] & reg_error_i);
  assign rdata_o = ({32{hit_q[0]}} & reg_rdata_i)
                 | ({32{hit_q[1]}} & program_rdata_i)
                 | ({32{hit_q[2]}} & work_rdata_i)
                 | ({32{hit_q[3]}} & plane_rdata_i)
                 | ({32{hit_q[4]}} & result_rdata_i);
endmodule

`default_nettype wire
