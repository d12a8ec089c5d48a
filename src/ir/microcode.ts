/** Formats of program words and work-list entries, and the codes in their fields; see hw/ion_fetch.sv. */
import type { ControllerSizes, EntryFieldName, OpFieldName } from './legal.js';
import type { SampleMode, SegmentOperation } from './scheduled.js';
import { layOut, type WordFormat } from './word-format.js';

/** Nested loops that the hardware keeps; loop 0 is the outermost. */
export const LOOP_DEPTHS = [0, 1, 2] as const;
export type LoopDepth = (typeof LOOP_DEPTHS)[number];

/** Codes of the field `kind`. */
export const WORD_KIND = { stop: 0, segment: 1, control: 2, set: 3 } as const;

/** Codes of the fields `row` and `column`; `counter` and `counterPlane` are the first of three, one for each loop. */
export const SELECT_CODE = {
  none: 0,
  all: 1,
  counter: 2,
  entry: 5,
  entryPlane: 6,
  keep: 7,
  plane: 8,
  counterPlane: 9,
  random: 12,
  age: 13,
  marks: 14,
} as const;

/** Values of the fields `row_plane` and `column_plane` where marked lines are selected. */
export const MARKS_CODE = { up: 0, down: 1 } as const;

/** Codes of the field `polarity`. */
export const POLARITY_CODE = { positive: 0, negative: 1, entry: 2 } as const satisfies Record<
  SegmentOperation['polarity'],
  number
>;

/** Low three bits of the field `samples`; the fourth negates. */
export const SAMPLE_CODE = {
  never: 0,
  store: 1,
  first: 2,
  double: 3,
  add: 4,
  verify: 5,
  transfer: 6,
} as const satisfies Record<SampleMode | 'never', number>;
export const SAMPLE_NEGATE = 8;

/** Codes of the field `rest`. */
export const REST_CODE = { never: 0, entry: 1, always: 2 } as const satisfies Record<SegmentOperation['rest'], number>;

/** What a control word does: bits 1:0 of its field `dwell`. */
export const CONTROL_CODE = { wait: 0, branch: 1, command: 2 } as const;

/** Where a control word and a set word keep what they need, in bits of the field `dwell`. */
export const CONTROL_BITS = {
  control: { lsb: 0, width: 2 },
  condition: { lsb: 2, width: 4 },
  invert: { lsb: 6, width: 1 },
  argument: { lsb: 8, width: 8 },
} as const;
export const SET_BITS = { loop: { lsb: 0, width: 2 }, value: { lsb: 2 } } as const;

/** The field `dwell` has room for every control word. */
export const MIN_DWELL_BITS = 20;

/**
 * What a program can wait for: always; a tick of the clock of time steps; the host's word to go on; the coil's field
 * in its window; rails settled; nothing marked by the last verify; a spike; the compliance input; the neuron, and the
 * corner turn, done; no cell worn out. Ticks and the host's word are used up by the wait or branch that takes them.
 */
export const CONDITION_CODE = {
  always: 0,
  tick: 1,
  host: 2,
  field: 3,
  rails: 4,
  verified: 5,
  spike: 6,
  compliance: 7,
  neuron: 8,
  turn: 9,
  wear: 10,
} as const;
export type Condition = keyof typeof CONDITION_CODE;

/**
 * Units that a command strobes: the coil (argument: state of the field); rails sent again; accumulators cleared;
 * a step of the neurons; the corner turn (argument: first plane); an interrupt to the host (argument 1: a cell was not
 * written); random planes seeded.
 */
export const UNIT_CODE = {
  field: 1,
  rails: 2,
  accumulators: 3,
  neuron: 4,
  turn: 5,
  host: 6,
  random: 7,
} as const;
export type CommandUnit = keyof typeof UNIT_CODE;

/** A word of zeros is `stop`, so that an empty memory drives nothing. Fields without bits are left out. */
export function opFormat(sizes: ControllerSizes): WordFormat<OpFieldName> {
  const { addressBits, dwellBits, levelBits, railBits, tiles, rowPlaneBits, columnPlaneBits } = sizes;
  const lines =
    '0 none, 1 all, 2..4 counter 0..2, 5 entry, 6 plane of the entry, 7 keep, ' +
    '8 plane, 9..11 plane of counter 0..2, 12 random plane, 13 spikes of an age, 14 marks';
  const fields: readonly { readonly name: OpFieldName; readonly width: number; readonly summary: string }[] = [
    { name: 'kind', width: 2, summary: '0 stop, 1 segment, 2 control, 3 set' },
    { name: 'end', width: 3, summary: 'loops that end here' },
    { name: 'next', width: addressBits, summary: 'successor; loop k repeating sets k + 1 in it, a branch taken 1' },
    { name: 'entry', width: 2, summary: 'work-list entry: 0 none, 1..3 numbered by counter 0..2' },
    { name: 'row', width: 4, summary: `rows: ${lines}` },
    { name: 'row_plane', width: rowPlaneBits, summary: 'base of a plane of rows, age, direction of marks' },
    { name: 'row_level', width: levelBits, summary: 'level of the selected rows' },
    { name: 'column', width: 4, summary: 'columns: like `row`' },
    { name: 'column_plane', width: columnPlaneBits, summary: 'like `row_plane`' },
    { name: 'column_level', width: levelBits, summary: 'level of the selected columns' },
    { name: 'rail', width: railBits, summary: 'rail set' },
    { name: 'polarity', width: 2, summary: '0 positive, 1 negative, 2 from the entry' },
    { name: 'fires', width: 1, summary: 'moves ions: counted and guarded' },
    { name: 'hold', width: 1, summary: 'lines that are not selected stay as they are' },
    {
      name: 'samples',
      width: 4,
      summary: 'converters scan: 0 never, 1 store, 2 first, 3 double, 4 add, 5 verify, 6 transfer; bit 3 negates',
    },
    { name: 'rest', width: 2, summary: 'REST afterwards: 0 never, 1 where the entry is last, 2 always' },
    { name: 'timed', width: 1, summary: 'dwell from the entry' },
    { name: 'tiles', width: tiles === 1 ? 0 : tiles, summary: 'tiles that take part' },
    { name: 'dwell', width: dwellBits, summary: DWELL_SUMMARY },
    { name: 'parity', width: 1, summary: 'makes the number of ones in the word even' },
  ];
  return layOut(fields.filter(({ width }) => width > 0));
}

const DWELL_SUMMARY =
  'dwell otherwise [clocks]; control word: 1:0 wait, branch, command, 5:2 condition or unit, 6 invert, ' +
  '15:8 argument; set word: 1:0 loop, from 2 on its last turn';

/** One pulse of the work list. */
export function entryFormat(sizes: ControllerSizes): WordFormat<EntryFieldName> {
  return layOut([
    { name: 'column', width: sizes.entryColumnBits, summary: 'column, or plane of columns' },
    { name: 'row', width: sizes.entryRowBits, summary: 'row, or plane of rows' },
    { name: 'magnitude', width: sizes.magnitudeBits, summary: `dwell [${String(2 ** sizes.tickExponent)} clocks]` },
    { name: 'negative', width: 1, summary: 'polarity' },
    { name: 'last', width: 1, summary: 'REST may follow' },
  ]);
}
