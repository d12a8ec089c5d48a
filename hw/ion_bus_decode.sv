// Address map of the internal bus: selects the register file or a memory window and returns its
// answer. Bits [19:16]: 0 registers, 1 program, 2..3 targets, 4..7 work list, 8..9 column planes,
// a..b row planes, c..d results, e accumulators, f transfer memory (lower half) and wear counters.
// Memories are refused while the sequencer runs, because it owns their read ports.
`default_nettype none

module ion_bus_decode #(
  // log2 of the bus words of each window, -1 where there is no such memory
  parameter int ProgramBits     = 6,
  parameter int TargetBits      = -1,
  parameter int WorkBits        = 6,
  parameter int ColumnPlaneBits = -1,
  parameter int RowPlaneBits    = -1,
  parameter int ResultBits      = 6,
  parameter int AccumulatorBits = -1,
  parameter int TransferBits    = -1,
  parameter int WearBits        = -1
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
  output logic        target_req_o,
  output logic        work_req_o,
  output logic        column_plane_req_o,
  output logic        row_plane_req_o,
  output logic        result_req_o,
  output logic        accumulator_req_o,
  output logic        transfer_req_o,
  output logic        wear_req_o,

  // Answers, one clock after the request
  input  logic [31:0] reg_rdata_i,
  input  logic        reg_error_i,
  input  logic [31:0] program_rdata_i,
  input  logic [31:0] target_rdata_i,
  input  logic [31:0] work_rdata_i,
  input  logic [31:0] column_plane_rdata_i,
  input  logic [31:0] row_plane_rdata_i,
  input  logic [31:0] result_rdata_i,
  input  logic [31:0] accumulator_rdata_i,
  input  logic [31:0] transfer_rdata_i,
  input  logic [31:0] wear_rdata_i,

  // What a memory does not have yet, or refuses, told with its answer
  input  logic        target_error_i,
  input  logic        result_error_i,
  input  logic        accumulator_error_i,
  input  logic        transfer_error_i
);
  logic [15:0] word;
  logic [9:0]  in_window;
  logic        memory_ok;
  logic [9:0]  hit;
  logic [9:0]  hit_q;
  logic        error_q;

  assign word = addr_i[17:2];

  // Memories hold powers of two of words: an address is inside where its upper bits are zero
  assign in_window[0] = addr_i[19:16] == 4'h0;
  assign in_window[1] = (ProgramBits >= 0) & (addr_i[19:16] == 4'h1)
                      & ~|(word[13:0] >> (ProgramBits & 15));
  assign in_window[2] = (TargetBits >= 0) & (addr_i[19:17] == 3'b001)
                      & ~|(word[14:0] >> (TargetBits & 15));
  assign in_window[3] = (WorkBits >= 0) & (addr_i[19:18] == 2'b01)
                      & ~|(word >> (WorkBits & 31));
  assign in_window[4] = (ColumnPlaneBits >= 0) & (addr_i[19:17] == 3'b100)
                      & ~|(word[14:0] >> (ColumnPlaneBits & 15));
  assign in_window[5] = (RowPlaneBits >= 0) & (addr_i[19:17] == 3'b101)
                      & ~|(word[14:0] >> (RowPlaneBits & 15));
  assign in_window[6] = (ResultBits >= 0) & (addr_i[19:17] == 3'b110)
                      & ~|(word[14:0] >> (ResultBits & 15)) & ~we_i;
  assign in_window[7] = (AccumulatorBits >= 0) & (addr_i[19:16] == 4'he)
                      & ~|(word[13:0] >> (AccumulatorBits & 15));
  assign in_window[8] = (TransferBits >= 0) & (addr_i[19:15] == 5'b11110)
                      & ~|(word[12:0] >> (TransferBits & 15));
  assign in_window[9] = (WearBits >= 0) & (addr_i[19:15] == 5'b11111)
                      & ~|(word[12:0] >> (WearBits & 15));

  assign memory_ok = (addr_i[1:0] == 2'b00) & ~busy_i;
  assign hit       = in_window & {{9{memory_ok}}, 1'b1};

  assign reg_req_o          = req_i & hit[0];
  assign program_req_o      = req_i & hit[1];
  assign target_req_o       = req_i & hit[2];
  assign work_req_o         = req_i & hit[3];
  assign column_plane_req_o = req_i & hit[4];
  assign row_plane_req_o    = req_i & hit[5];
  assign result_req_o       = req_i & hit[6];
  assign accumulator_req_o  = req_i & hit[7];
  assign transfer_req_o     = req_i & hit[8];
  assign wear_req_o         = req_i & hit[9];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      hit_q   <= '0;
      error_q <= 1'b0;
    end else if (req_i) begin
      hit_q   <= hit;
      error_q <= ~|hit;
    end
  end

  assign error_o = error_q
                 | (hit_q[0] & reg_error_i)
                 | (hit_q[2] & target_error_i)
                 | (hit_q[6] & result_error_i)
                 | (hit_q[7] & accumulator_error_i)
                 | (hit_q[8] & transfer_error_i);
  assign rdata_o = ({32{hit_q[0]}} & reg_rdata_i)
                 | ({32{hit_q[1]}} & program_rdata_i)
                 | ({32{hit_q[2]}} & target_rdata_i)
                 | ({32{hit_q[3]}} & work_rdata_i)
                 | ({32{hit_q[4]}} & column_plane_rdata_i)
                 | ({32{hit_q[5]}} & row_plane_rdata_i)
                 | ({32{hit_q[6]}} & result_rdata_i)
                 | ({32{hit_q[7]}} & accumulator_rdata_i)
                 | ({32{hit_q[8]}} & transfer_rdata_i)
                 | ({32{hit_q[9]}} & wear_rdata_i);
endmodule

`default_nettype wire
