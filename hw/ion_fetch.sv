// Fetch stage: walks the program through three nested loops without spending a clock on them, and
// executes waits, branches and commands. Every word names its successor; a loop that repeats or a
// branch that is taken only sets bits in it, so nothing is ever added to an address.
`default_nettype none

module ion_fetch #(
  parameter int         AddrW      = 6,
  parameter int         CountW     = 8,
  parameter int         EntryW     = 8,
  parameter int         DwellW     = 20,
  // Loops that the program has, and those of them that run over the work list
  parameter logic [2:0] Loops      = 3'b111,
  parameter logic [2:0] EntryLoops = 3'b001,
  // Control words, and words that set a loop's limit
  parameter int         HasControl = 1,
  parameter int         HasSet     = 0
) (
  input  logic                clk_i,
  input  logic                rst_ni,

  input  logic                start_i,
  // Read while no word stands here; with a start the address of the first word
  input  logic [AddrW-1:0]    start_addr_i,
  input  logic                stop_i,
  // Index of the last turn of every loop, and entries in the work list
  input  logic [3*CountW-1:0] loop_last_i,
  input  logic [EntryW:0]     entries_i,

  // Program memory, and the work list's index for the word that leaves
  output logic                own_o,
  output logic                re_o,
  output logic [AddrW-1:0]    addr_o,
  output logic [EntryW-1:0]   entry_o,

  // Word at the program memory's output
  input  logic [1:0]          op_kind_i,
  input  logic [2:0]          op_end_i,
  input  logic [AddrW-1:0]    op_next_i,
  input  logic [1:0]          op_entry_i,
  input  logic [DwellW-1:0]   op_dwell_i,

  // Segments go to decode
  output logic                segment_o,
  input  logic                ready_i,
  output logic [AddrW-1:0]    op_addr_o,
  output logic [3*CountW-1:0] count_o,
  // The word needs an entry of an empty work list
  output logic                no_entry_o,

  // Control words wait until no segment is on its way or on the lines
  input  logic                drained_i,
  input  logic [15:0]         condition_i,
  // The condition's flop is cleared by the word that takes it
  output logic [15:0]         condition_take_o,
  output logic                command_o,
  output logic [3:0]          command_unit_o,
  output logic [7:0]          command_argument_o,

  // At a stop word; at a control word that cannot go on yet; the word will move by itself
  output logic                ended_o,
  output logic                waits_o,
  output logic                moves_o
);
  localparam logic [1:0] KindSegment = 2'd1;
  localparam logic [1:0] KindControl = 2'd2;
  localparam logic [1:0] KindSet     = 2'd3;
  localparam logic [1:0] CtlWait     = 2'd0;
  localparam logic [1:0] CtlBranch   = 2'd1;
  localparam logic [1:0] CtlCommand  = 2'd2;

  logic                valid_q;
  logic                ended_q;
  logic                is_stop;
  logic [AddrW-1:0]    addr_q;
  logic [AddrW-1:0]    next;
  logic [EntryW-1:0]   last_entry_q;
  logic                has_entries_q;
  logic                no_entry_q;

  logic                is_segment;
  logic                is_control;
  logic                is_branch;
  logic                is_set;
  logic                holds;
  logic                taken;
  logic                executes;
  logic                advance;

  logic [2:0]          is_last;
  logic [2:0]          ends;
  logic [2:0]          open;
  logic [2:0]          again;
  logic [2:0]          leave;
  logic [1:0]          slot;

  assign is_segment = op_kind_i == KindSegment;
  assign is_control = (op_kind_i == KindControl) & (HasControl != 0);
  assign is_set     = (op_kind_i == KindSet) & (HasSet != 0);
  assign is_stop    = ~is_segment & ~is_control & ~is_set;
  assign is_branch  = is_control & (op_dwell_i[1:0] == CtlBranch);

  // Control words
  assign holds    = condition_i[op_dwell_i[5:2]] ^ op_dwell_i[6];
  assign taken    = is_branch & holds;
  assign executes = is_control & drained_i & (holds | (op_dwell_i[1:0] != CtlWait));
  assign advance  = valid_q & ((is_segment & ready_i) | is_set | executes);

  assign command_o          = valid_q & executes & (op_dwell_i[1:0] == CtlCommand);
  assign command_unit_o     = op_dwell_i[5:2];
  assign command_argument_o = op_dwell_i[15:8];

  always_comb begin
    condition_take_o = '0;
    if (valid_q && executes && !op_dwell_i[1]) condition_take_o[op_dwell_i[5:2]] = 1'b1;
  end

  // An outer loop ends only where all loops inside it have ended
  assign ends     = op_end_i & Loops;
  assign open     = ends & ~is_last;
  assign again[2] = open[2];
  assign again[1] = open[1] & ~open[2];
  assign again[0] = open[0] & ~open[2] & ~open[1];
  assign leave[2] = ends[2] & is_last[2];
  assign leave[1] = ends[1] & is_last[1] & ~open[2];
  assign leave[0] = ends[0] & is_last[0] & ~open[2] & ~open[1];

  for (genvar k = 0; k < 3; k++) begin : gen_loop
    logic [CountW-1:0] last;
    logic              step;
    logic              clear;
    if (EntryLoops[k]) begin : gen_entries
      assign last = CountW'(last_entry_q);
    end else begin : gen_count
      assign last = loop_last_i[k*CountW +: CountW];
    end
    assign step  = advance & again[k] & ~is_branch;
    assign clear = advance & (is_branch ? (holds & ends[k]) : leave[k]);

    if (Loops[k]) begin : gen_used
      ion_loop #(
        .CountW(CountW),
        .HasSet(HasSet)
      ) u_loop (
        .clk_i,
        .rst_ni,
        .last_i (last),
        .start_i,
        .step_i (step),
        .clear_i(clear),
        .set_i  (valid_q & is_set & (op_dwell_i[1:0] == 2'(k))),
        .value_i(op_dwell_i[2 +: CountW]),
        .count_o(count_o[k*CountW +: CountW]),
        .last_o (is_last[k])
      );
    end else begin : gen_unused
      assign count_o[k*CountW +: CountW] = '0;
      assign is_last[k] = 1'b1;

      logic unused_loop;
      assign unused_loop = ^{last, step, clear};
    end
  end

  // Registered ahead: the limit stands long before a start
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      last_entry_q  <= '0;
      has_entries_q <= 1'b0;
      no_entry_q    <= 1'b0;
    end else begin
      last_entry_q  <= entries_i[EntryW-1:0] - 1'b1;
      // More than there can be are as bad as none: their indices would begin again
      has_entries_q <= (|entries_i) & ~(entries_i[EntryW] & (|entries_i[EntryW-1:0]));
      no_entry_q    <= valid_q & is_segment & (|op_entry_i) & ~has_entries_q & ~stop_i;
    end
  end

  // 0: no loop repeats, k + 1: loop k repeats, 1: the branch is taken
  assign slot[1] = (open[2] | open[1]) & ~is_branch;
  assign slot[0] = is_branch ? holds : (open[2] | (open[0] & ~open[1]));
  assign next    = op_next_i | AddrW'(slot);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      ended_q <= 1'b0;
      addr_q  <= '0;
    end else begin
      if (stop_i || is_stop) valid_q <= 1'b0;
      if (stop_i) ended_q <= 1'b0;
      else if (valid_q && is_stop) ended_q <= 1'b1;
      if (start_i && !stop_i) valid_q <= 1'b1;
      if (start_i || advance) addr_q <= addr_o;
    end
  end

  // A stop is remembered, so that a program without control words may read wherever decode has room
  assign own_o     = valid_q | start_i;
  assign re_o      = ~valid_q | ((HasControl != 0) ? advance : (ready_i | is_set));
  assign addr_o    = valid_q ? next : start_addr_i;
  assign op_addr_o = addr_q;

  // An index into the work list; a word without an entry reads one that nobody looks at
  always_comb begin
    entry_o = '0;
    for (int k = 0; k < 3; k++) begin
      if (EntryLoops[k]) begin
        entry_o = entry_o | (count_o[k*CountW +: EntryW]
                & {EntryW{(op_entry_i == 2'(k + 1)) | (EntryLoops == (3'd1 << k))}});
      end
    end
  end

  assign segment_o  = valid_q & is_segment;
  assign no_entry_o = no_entry_q;
  // Without control words a stop stands at fetch long before the last segment ends
  assign ended_o    = ended_q | ((HasControl != 0) & valid_q & is_stop);
  assign waits_o    = valid_q & is_control & ~executes;
  assign moves_o    = advance | (is_segment & valid_q & (|op_entry_i) & ~has_entries_q);

  logic unused_fetch;
  assign unused_fetch = ^{taken, op_dwell_i, loop_last_i, last_entry_q};
endmodule

`default_nettype wire
