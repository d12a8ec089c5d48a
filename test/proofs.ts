/**
 * Unbounded proofs of the cells: one row each. The properties themselves are the assertions under `FORMAL` in the
 * cell; a row says which invariants of the controller they stand for, and the edit that must break them.
 */

/** Invariants of the controller; `test/unit/hw/assertions.test.ts` says where each is checked. */
export type Invariant = `A${number}`;

export interface Proof {
  readonly cell: string;
  readonly properties: string;
  readonly invariants: readonly Invariant[];
  /** Parameters for an array of so many lines; other parameters stay as the cell declares them. */
  readonly parameters?: (lines: number) => Readonly<Record<string, number>>;
  /** Cells inside it whose own assertions are proven along, because those of the cell rest on them. */
  readonly lemmas?: readonly string[];
  /** Reached in some run, or the proof says nothing; a cell may have `cover` statements of its own beside it. */
  readonly cover?: string;
  /** Text of the cell, and what a careless edit would make of it. */
  readonly bug: readonly [right: string, wrong: string];
  /** ABC proves it, too. */
  readonly secondProver?: boolean;
}

export const PROOFS: readonly Proof[] = [
  {
    cell: 'ion_line_driver',
    properties: 'lines change on commits only, and rest without a selection',
    invariants: ['A1', 'A16', 'A17'],
    parameters: (lines) => ({
      Lines: lines,
      IndexW: indexBits(lines),
      Lanes: Math.min(lines, 64),
      Words: Math.ceil(lines / 64),
      GroupW: indexBits(Math.ceil(lines / 64)),
    }),
    cover: "past_valid_q && commit_i && select_i && line_o == '1",
    bug: ['else if (commit_i) begin', 'else if (commit_i | load_i) begin'],
    secondProver: true,
  },
  {
    cell: 'ion_segment_timer',
    properties: 'rail set, polarity and fire follow commits; no pulse unarmed or stretched',
    invariants: ['A2', 'A4', 'A6', 'A7', 'A16'],
    parameters: () => ({ DwellW: 3, AddrW: 1, RailW: 1, RowW: 1 }),
    bug: ['& ~armed_i', "& 1'b0"],
    secondProver: true,
  },
  {
    cell: 'ion_segment_timer',
    properties: 'a segment lasts its dwell to the clock, with time warp and without',
    invariants: ['A3'],
    parameters: () => ({ DwellW: 6, AddrW: 3 }),
    bug: ['next_count_i[DwellW] & ~(&next_count_i[1:0])', 'next_count_i[DwellW]'],
  },
  {
    cell: 'ion_parity',
    properties: 'a word with a flipped bit is told two clocks after it stands, a word of zeros never',
    invariants: ['A16'],
    parameters: () => ({ Width: 20 }),
    bug: ['(^odd_q)', '(&odd_q)'],
    secondProver: true,
  },
  {
    cell: 'ion_guard',
    properties: 'drivers are off when stopped or disarmed, and only two keys in order light them again',
    invariants: ['A5', 'A6', 'A17'],
    parameters: () => ({ OnTimeW: 3 }),
    lemmas: ['ion_on_time'],
    cover: 'past_valid_q && armed_o && fire_i && over_time',
    bug: ['assign live_n = rst_ni & estop_ni & ~ocp_i & ~otp_i;', 'assign live_n = rst_ni;'],
    secondProver: true,
  },
  {
    cell: 'ion_guard',
    properties: 'no pulse is driven beyond the on-time limit that the sequencer began it with',
    invariants: ['A9'],
    parameters: () => ({ OnTimeW: 3, DutyW: 3 }),
    lemmas: ['ion_on_time'],
    cover: 'past_valid_q && drv_en_o && trip_o[4]',
    bug: ['& ~otp_i & ~cut;', '& ~otp_i;'],
  },
  {
    cell: 'ion_guard',
    properties: 'no pulse of one polarity is driven beyond the on-time limit, whatever the sequencer says',
    invariants: ['A9'],
    parameters: () => ({ OnTimeW: 3, Strict: 1 }),
    lemmas: ['ion_on_time'],
    cover: 'past_valid_q && drv_en_o && gen_strict.turns',
    bug: ['= ~fire_i | turns;', '= ~fire_i | turns | pulse_start_i;'],
  },
  {
    cell: 'ion_on_time',
    properties: 'the count in two halves is the count in one, with time warp and without',
    invariants: ['A9'],
    parameters: () => ({ Width: 6 }),
    bug: ['if (load_i || counts) begin', 'if (load_i || run_i) begin'],
    secondProver: true,
  },
  {
    cell: 'ion_duty',
    properties: 'the bucket never holds two clocks more than its limit, and forgets no pulse',
    invariants: ['A9'],
    parameters: () => ({ LimitW: 3, SkipW: 3 }),
    bug: [">= {1'b0, limit_i}) & (leak_i", "> {1'b0, limit_i}) & (leak_i"],
  },
  {
    cell: 'ion_monitor',
    properties: 'a fault ends the run in the next clock and has a code; the first one stays',
    invariants: ['A16'],
    parameters: () => ({ AddrW: 3, UnderrunW: 2 }),
    cover: "past_valid_q && code_q == 5'd5",
    bug: ['abort_i | any_fault', 'abort_i'],
  },
  {
    cell: 'ion_monitor',
    properties: 'counters stay at their end',
    invariants: ['A20'],
    parameters: () => ({ AddrW: 3, UnderrunW: 2 }),
    cover: "past_valid_q && underrun_q == '1",
    bug: ['if (underrun_i && !(&underrun_q))', 'if (underrun_i)'],
  },
  {
    cell: 'ion_rail',
    properties: 'codes leave inside their limits and while nothing fires; settled means that all rails stand',
    invariants: ['A6', 'A7'],
    parameters: () => ({ Rails: 3, IndexW: 2, CodeW: 3, CountW: 3 }),
    cover: 'past_valid_q && refused_o',
    bug: ['if (in_limits && fire_i) begin', "if (in_limits && 1'b0) begin"],
  },
  {
    cell: 'ion_field',
    properties: 'the polarity turns with the coil off and no current; the coil goes on without current',
    invariants: ['A5', 'A15', 'A17'],
    parameters: () => ({ CodeW: 3, StepW: 2, CountW: 3 }),
    cover: 'past_valid_q && timeout_o',
    bug: ['end else if (en_q) begin', "end else if (1'b0) begin"],
    secondProver: true,
  },
  {
    cell: 'ion_wear',
    properties: 'counts of pulses never wrap',
    invariants: ['A20'],
    parameters: () => ({ Rows: 2, RowW: 1, CountW: 2 }),
    bug: ["(&found) ? found : found + 1'b1", "found + 1'b1"],
  },
  {
    cell: 'ion_line_serial',
    properties: 'outputs of the board change on commits only; data stand around the shift clock',
    invariants: ['A1', 'A16', 'A17'],
    parameters: (lines) => ({ Lines: lines, IndexW: indexBits(lines), WordW: 4, Pins: 2, LevelW: 2 }),
    cover: 'past_valid_q && sclk_o && latch_o',
    bug: ['rest_q <= ~select_i', "rest_q <= 1'b0"],
    secondProver: true,
  },
  {
    cell: 'ion_converter_scan',
    properties: 'multiplexer and kind of conversion stand from settling to the answer, no strobe while one is awaited',
    invariants: ['A13'],
    parameters: () => ({ Converters: 2, Shares: 2, Bits: 4, CountW: 4, HasOversampling: 1, HasCompare: 1 }),
    cover: 'past_valid_q && done_o',
    bug: ['if (last_turn) state_d = Store;', 'if (last_turn) mux_d = mux_q + 1;'],
    secondProver: true,
  },
  {
    cell: 'ion_marks',
    properties: 'no column is marked both ways, and none after a scan that marked nothing',
    invariants: [],
    parameters: markSizes,
    bug: ['empty_q & ~(we_i & (|{up_i, down_i}))', 'empty_q & ~(we_i & (|up_i))'],
    secondProver: true,
  },
  {
    cell: 'ion_verify',
    properties: 'no cell goes both ways',
    invariants: [],
    parameters: () => ({ Converters: 2, Shares: 2, Bits: 4, MuxW: 1, RowW: 1, SelBits: 1 }),
    bug: ['~lowest_q[Bits] & (data_i', '~lowest_q[0] & (data_i'],
    secondProver: true,
  },
  {
    cell: 'ion_accumulate',
    properties: 'sums saturate and never wrap, and the flag tells so',
    invariants: ['A20'],
    parameters: () => ({ Converters: 1, Shares: 2, Bits: 4, MuxW: 1, SelBits: 0, ResultW: 6 }),
    bug: ['&after[WideW-1:ResultW-1]) |', '&after[ResultW-1:ResultW-1]) |'],
    secondProver: true,
  },
  {
    cell: 'ion_transfer',
    properties: 'no cell goes both ways, and the flag tells of every sum that saturates',
    invariants: ['A20'],
    parameters: () => ({ Converters: 1, Shares: 2, Bits: 4, MuxW: 1, RowW: 1, SelBits: 0, SumW: 6 }),
    bug: ['reached[a] & sign;', 'reached[a];'],
    secondProver: true,
  },
  {
    cell: 'ion_stochastic_round',
    properties: 'rounding moves by less than a step, to a multiple of one',
    invariants: [],
    parameters: () => ({ ValueW: 8, FracW: 4, Grain: 1 }),
    bug: ['{(FracW - Grain){up}}', "{(FracW - Grain){1'b0}}"],
    secondProver: true,
  },
  {
    cell: 'ion_update_list',
    properties: 'every entry holds a pulse that is no longer than a full one, none lies beyond the list',
    invariants: [],
    parameters: () => ({ Rows: 2, Columns: 2, RowW: 1, ColumnW: 1, EntryW: 2, ValueW: 8, FracW: 4, MagnitudeW: 5 }),
    bug: ['(|size_q) & ~entries_q[EntryW];', '~entries_q[EntryW];'],
  },
  {
    cell: 'ion_apb',
    properties: 'every transfer is answered, nothing is answered twice',
    invariants: [],
    bug: ['psel_i & ~|stage_q}', 'psel_i & ~pwrite_i & ~|stage_q}'],
    secondProver: true,
  },
  {
    cell: 'ion_axi4lite',
    properties: 'every request is answered once, and the answer stands until it is taken',
    invariants: [],
    bug: ['end else if (bready_i) begin', 'end else begin'],
    secondProver: true,
  },
  {
    cell: 'ion_wishbone',
    properties: 'every request is answered once',
    invariants: [],
    bug: ['assign free    = (Pipelined != 0) | ~|flight_q;', "assign free    = 1'b1;"],
    secondProver: true,
  },
  {
    cell: 'ion_loop',
    properties: 'a counter stays at or below its limit and knows its last turn',
    invariants: ['A11'],
    parameters: () => ({ CountW: 4 }),
    bug: ['if (step_i) last_d = &match;', 'if (step_i) last_d = |match;'],
    secondProver: true,
  },
  {
    cell: 'ion_tile_select',
    properties: 'of the tiles of the last commit the lowest is heard',
    invariants: [],
    parameters: () => ({ Tiles: 3, WordW: 2, AnswerW: 2 }),
    bug: ['int t = Tiles - 1; t >= 0; t--', 'int t = 0; t < Tiles; t++'],
    secondProver: true,
  },
  {
    cell: 'ion_prepare',
    properties: 'a prepared segment and its lines stand until they are taken',
    invariants: ['A10'],
    parameters: () => ({ CarryW: 2, RowW: 2, ColumnW: 2, DwellW: 3 }),
    bug: ['assign load    = l_valid_q & (room_q | warped_i);', 'assign load    = l_valid_q;'],
    secondProver: true,
  },
  {
    cell: 'ion_aer_in',
    properties: 'acknowledges follow requests that stood, an event keeps its address',
    invariants: ['A14'],
    bug: ['stands = req_q[2] & req_q[1]', 'stands = aer_req_i'],
    secondProver: true,
  },
  {
    cell: 'ion_aer_out',
    properties: 'a request waits for the last acknowledge to go, its address stands before it',
    invariants: ['A14'],
    bug: ['(state_q == Idle) & gone', 'state_q == Idle'],
    secondProver: true,
  },
  {
    cell: 'ion_event_counter',
    properties: 'counts do not wrap',
    invariants: ['A20'],
    parameters: () => ({ Width: 3 }),
    bug: ['else if (!sum[Width])', 'else'],
  },
  {
    cell: 'ion_tick',
    properties: 'no tick is lost untold',
    invariants: [],
    parameters: () => ({ DivW: 4 }),
    bug: ['tick_o & pending_q & ~take_i', "tick_o & 1'b0"],
  },
  {
    cell: 'ion_spike_ring',
    properties: 'the plane that is wiped is read by no loader and no event, and takes no event',
    invariants: ['A18'],
    parameters: () => ({ Planes: 4, PlaneW: 2 }),
    bug: ['plane_q + ~age;', 'plane_q - age;'],
  },
];

/** A converter for every sixteen columns, at least two; one place has no column. */
function markSizes(lines: number): Readonly<Record<string, number>> {
  const converters = Math.max(2, Math.ceil(lines / 16));
  const shares = Math.ceil(lines / converters);
  return { Converters: converters, Shares: shares, Columns: converters * shares - 1 };
}

/** Bits that number `count` things, at least one. */
function indexBits(count: number): number {
  return Math.max(1, Math.ceil(Math.log2(count)));
}
