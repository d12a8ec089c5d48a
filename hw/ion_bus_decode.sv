// Address map of the internal bus: selects the register file or a memory window and returns its
// answer. Bits [19:16]: 0 registers, 1 program, 2 targets, 3 updates, 4..7 work list, 8..9 column
// planes, a..b row planes, c..d results, e accumulators, f transfer memory (lower half), wear
// counters and rails.
// Memories are refused while the sequencer runs, because it owns their read ports. A request is
// registered here: what it addresses sees it a clock later and answers in the clock after that.
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
  parameter int UpdateBits      = -1,
  parameter int RailBits        = -1,
  parameter int WearBits        = -1
) (
  input  logic        clk_i,
  input  logic        rst_ni,

  // From the front end: request for one clock, answer two clocks later
  input  logic        req_i,
  input  logic        we_i,
  input  logic [19:0] addr_i,
  input  logic [31:0] wdata_i,
  output logic [31:0] rdata_o,
  output logic        error_o,

  // A program runs; the host is about to end it (a write to the register `abort`, a clock
  // ahead of its strobe)
  input  logic        busy_i,
  output logic        abort_o,

  // Requests
  output logic        we_o,
  output logic [19:0] addr_o,
  output logic [31:0] wdata_o,
  output logic        reg_req_o,
  output logic        program_req_o,
  output logic        target_req_o,
  output logic        work_req_o,
  output logic        column_plane_req_o,
  output logic        row_plane_req_o,
  output logic        result_req_o,
  output logic        accumulator_req_o,
  output logic        transfer_req_o,
  output logic        update_req_o,
  output logic        rail_req_o,
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
  input  logic [31:0] update_rdata_i,
  input  logic [31:0] rail_rdata_i,
  input  logic [31:0] wear_rdata_i,

  // What a memory does not have yet, or refuses, told with its answer
  input  logic        target_error_i,
  input  logic        result_error_i,
  input  logic        accumulator_error_i,
  input  logic        transfer_error_i,
  input  logic        rail_error_i
);
  localparam logic [19:0] AbortAddr = 20'h0_001c;

  logic [15:0] word;
  logic [11:0]  in_window;
  logic [11:0]  hit;
  logic        req_q;
  logic        we_q;
  logic [19:0] addr_q;
  logic [31:0] wdata_q;
  logic [11:0]  hit_q;
  logic [11:0]  request;
  logic [11:0]  answer_q;
  logic        error_q;

  assign word = addr_i[17:2];

  // Memories hold powers of two of words: an address is inside where its upper bits are zero
  assign in_window[0] = addr_i[19:16] == 4'h0;
  assign in_window[1] = (ProgramBits >= 0) & (addr_i[19:16] == 4'h1)
                      & ~|(word[13:0] >> (ProgramBits & 15));
  assign in_window[2] = (TargetBits >= 0) & (addr_i[19:16] == 4'h2)
                      & ~|(word[13:0] >> (TargetBits & 15));
  assign in_window[3] = (WorkBits >= 0) & (addr_i[19:18] == 2'b01)
                      & ~|(word >> (WorkBits & 31));
  assign in_window[4] = (ColumnPlaneBits >= 0) & (addr_i[19:17] == 3'b100)
                      & ~|(word[14:0] >> (ColumnPlaneBits & 15));
  assign in_window[5] = (RowPlaneBits >= 0) & (addr_i[19:17] == 3'b101)
                      & ~|(word[14:0] >> (RowPlaneBits & 15));
  assign in_window[6] = (ResultBits >= 0) & (addr_i[19:17] == 3'b110)
                      & ~|(word[14:0] >> (ResultBits & 15)) & ~we_i;
  assign in_window[7] = (AccumulatorBits >= 0) & (addr_i[19:16] == 4'he)
                      & ~|(word[13:0] >> (AccumulatorBits & 15)) & ~we_i;
  assign in_window[8] = (TransferBits >= 0) & (addr_i[19:15] == 5'b11110)
                      & ~|(word[12:0] >> (TransferBits & 15));
  assign in_window[10] = (UpdateBits >= 0) & (addr_i[19:16] == 4'h3)
                       & ~|(word[13:0] >> (UpdateBits & 15));
  assign in_window[9] = (WearBits >= 0) & (addr_i[19:14] == 6'b111110)
                      & ~|(word[11:0] >> (WearBits & 15));
  assign in_window[11] = (RailBits >= 0) & (addr_i[19:14] == 6'b111111)
                       & ~|(word[11:0] >> (RailBits & 15));

  assign hit = in_window & {{11{addr_i[1:0] == 2'b00}}, 1'b1};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      req_q   <= 1'b0;
      we_q    <= 1'b0;
      addr_q  <= '0;
      wdata_q <= '0;
      hit_q   <= '0;
    end else begin
      req_q   <= req_i;
      hit_q   <= hit & {12{req_i}};
      if (req_i) begin
        we_q    <= we_i;
        addr_q  <= addr_i;
        wdata_q <= wdata_i;
      end
    end
  end

  assign request = hit_q & {{11{~busy_i}}, 1'b1};
  assign abort_o = req_i & we_i & (addr_i == AbortAddr);
  assign we_o    = we_q;
  assign addr_o  = addr_q;
  assign wdata_o = wdata_q;

  assign reg_req_o          = request[0];
  assign program_req_o      = request[1];
  assign target_req_o       = request[2];
  assign work_req_o         = request[3];
  assign column_plane_req_o = request[4];
  assign row_plane_req_o    = request[5];
  assign result_req_o       = request[6];
  assign accumulator_req_o  = request[7];
  assign transfer_req_o     = request[8];
  assign wear_req_o         = request[9];
  assign update_req_o       = request[10];
  assign rail_req_o         = request[11];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      answer_q <= '0;
      error_q  <= 1'b0;
    end else begin
      answer_q <= request;
      error_q  <= req_q & ~|request;
    end
  end

  assign error_o = error_q
                 | (answer_q[0] & reg_error_i)
                 | (answer_q[2] & target_error_i)
                 | (answer_q[6] & result_error_i)
                 | (answer_q[7] & accumulator_error_i)
                 | (answer_q[8] & transfer_error_i)
                 | (answer_q[11] & rail_error_i);
  assign rdata_o = ({32{answer_q[0]}} & reg_rdata_i)
                 | ({32{answer_q[1]}} & program_rdata_i)
                 | ({32{answer_q[2]}} & target_rdata_i)
                 | ({32{answer_q[3]}} & work_rdata_i)
                 | ({32{answer_q[4]}} & column_plane_rdata_i)
                 | ({32{answer_q[5]}} & row_plane_rdata_i)
                 | ({32{answer_q[6]}} & result_rdata_i)
                 | ({32{answer_q[7]}} & accumulator_rdata_i)
                 | ({32{answer_q[8]}} & transfer_rdata_i)
                 | ({32{answer_q[9]}} & wear_rdata_i)
                 | ({32{answer_q[10]}} & update_rdata_i)
                 | ({32{answer_q[11]}} & rail_rdata_i);
endmodule

`default_nettype wire
