// Fetch stage: walks the program through three nested loops without spending a clock on them.
// Every word names its successor and, for each loop that ends with it, the address of the loop's
// first word; the innermost loop is loop 2. The work-list index moves with the loop that runs
// over the entries, so the entry of an iteration is read together with its first word.
`default_nettype none

module ion_fetch #(
  parameter int AddrW  = 6,
  parameter int CountW = 8,
  parameter int EntryW = 8
) (
  input  logic                clk_i,
  input  logic                rst_ni,

  input  logic                start_i,
  input  logic [AddrW-1:0]    start_addr_i,
  input  logic                stop_i,
  // Entries in the work list
  input  logic [EntryW:0]     entries_i,

  // Program and work memories: both are read at once
  output logic                re_o,
  output logic [AddrW-1:0]    addr_o,
  output logic [EntryW-1:0]   entry_o,

  // Word at the program memory's output
  input  logic                op_segment_i,
  input  logic [AddrW-1:0]    op_next_i,
  input  logic [2:0]          op_end_i,
  input  logic [2:0]          op_entries_i,
  input  logic [3*CountW-1:0] op_last_i,
  input  logic [3*AddrW-1:0]  op_back_i,

  // To decode
  output logic                valid_o,
  input  logic                ready_i,
  output logic [AddrW-1:0]    op_addr_o,
  output logic [3*CountW-1:0] count_o,
  // The program has come to its stop
  output logic                ended_o
);
  logic                valid_q;
  logic [AddrW-1:0]    addr_q;
  logic [AddrW-1:0]    addr_d;
  logic [3*CountW-1:0] count_q;
  logic [3*CountW-1:0] count_d;
  logic [EntryW-1:0]   entry_q;
  logic [EntryW-1:0]   entry_d;
  logic [EntryW-1:0]   last_entry_q;
  logic [2:0]          is_last;
  logic [2:0]          open;
  logic [2:0]          again;
  logic [2:0]          leave;
  logic                advance;

  assign valid_o = valid_q & op_segment_i;
  assign ended_o = valid_q & ~op_segment_i;
  assign advance = valid_o & ready_i;

  // An outer loop ends only where all loops inside it have ended
  assign open     = op_end_i & ~is_last;
  assign again[2] = open[2];
  assign again[1] = open[1] & ~open[2];
  assign again[0] = open[0] & ~open[2] & ~open[1];
  assign leave[2] = op_end_i[2] & is_last[2];
  assign leave[1] = op_end_i[1] & is_last[1] & ~open[2];
  assign leave[0] = op_end_i[0] & is_last[0] & ~open[2] & ~open[1];

  for (genvar k = 0; k < 3; k++) begin : gen_loop
    logic [CountW-1:0] count;
    assign count = count_q[k*CountW +: CountW];
    assign is_last[k] = op_entries_i[k] ? (entry_q == last_entry_q)
                                        : (count == op_last_i[k*CountW +: CountW]);
    assign count_d[k*CountW +: CountW] = leave[k] ? '0 : (again[k] ? count + 1'b1 : count);
  end

  always_comb begin
    entry_d = entry_q;
    if (|(again & op_entries_i)) entry_d = entry_q + 1'b1;
    if (|(leave & op_entries_i)) entry_d = '0;
  end

  assign addr_d = ({AddrW{again[2]}} & op_back_i[2*AddrW +: AddrW])
                | ({AddrW{again[1]}} & op_back_i[AddrW +: AddrW])
                | ({AddrW{again[0]}} & op_back_i[0 +: AddrW])
                | ({AddrW{~|again}} & op_next_i);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      addr_q  <= '0;
      count_q <= '0;
      entry_q <= '0;
    end else if (stop_i) begin
      valid_q <= 1'b0;
    end else if (start_i) begin
      valid_q <= 1'b1;
      addr_q  <= start_addr_i;
      count_q <= '0;
      entry_q <= '0;
    end else if (advance) begin
      addr_q  <= addr_d;
      count_q <= count_d;
      entry_q <= entry_d;
    end
  end

  // Registered ahead: the limit stands long before a start
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) last_entry_q <= '0;
    else last_entry_q <= entries_i[EntryW-1:0] - 1'b1;
  end

  assign re_o      = start_i | advance;
  assign addr_o    = start_i ? start_addr_i : addr_d;
  assign entry_o   = start_i ? '0 : entry_d;
  assign op_addr_o = addr_q;
  assign count_o   = count_q;

  logic unused_entries;
  assign unused_entries = entries_i[EntryW];
endmodule

`default_nettype wire
