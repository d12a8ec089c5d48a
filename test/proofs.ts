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
    parameters: () => ({ DwellW: 6, AddrW: 3 }),
    cover: 'past_valid_q && fire_o && take_o && next_fires_i',
    bug: ['& ~armed_i', "& 1'b0"],
    secondProver: true,
  },
  {
    cell: 'ion_guard',
    properties: 'drivers are off when stopped or disarmed; two keys in order arm',
    invariants: ['A5', 'A6', 'A17'],
    parameters: () => ({ OnTimeW: 6 }),
    cover: 'past_valid_q && armed_o && fire_i && over_time',
    bug: ['& estop_ni & ~ocp_i', '& estop_ni'],
    secondProver: true,
  },
  {
    cell: 'ion_converter_scan',
    properties: 'the multiplexer stands from settling to the answer, a strobe lasts a clock',
    invariants: ['A13'],
    parameters: () => ({ Converters: 2, Shares: 2, Bits: 4, CountW: 4 }),
    cover: 'past_valid_q && done_o',
    bug: ['state_d = Wait;', 'state_d = Convert;'],
    secondProver: true,
  },
  {
    cell: 'ion_apb',
    properties: 'every transfer is answered, nothing is answered twice',
    invariants: [],
    cover: 'past_valid_q && pready_o',
    bug: ['& ~req_q & ~answer_q', '& req_q'],
    secondProver: true,
  },
];

/** Bits that number `count` things, at least one. */
function indexBits(count: number): number {
  return Math.max(1, Math.ceil(Math.log2(count)));
}
