/** Formats of program words and work-list entries, and the codes in their fields; see hw/ion_issue.sv. */
import type { ControllerSizes, EntryFieldName, OpFieldName } from './legal.js';
import type { LineSelection, SegmentOperation } from './scheduled.js';
import { layOut, type WordFormat } from './word-format.js';

/** Nested loops that the hardware keeps; loop 0 is the outermost. */
export const LOOP_DEPTHS = [0, 1, 2] as const;
export type LoopDepth = (typeof LOOP_DEPTHS)[number];

/** Codes of the fields `row` and `column`; counters are numbered by loop depth. */
export const SELECT_CODE = { none: 0, all: 1, counter: 2, entry: 5, plane: 6 } as const satisfies Record<
  LineSelection['kind'],
  number
>;

/** Codes of the field `rest`. */
export const REST_CODE = { never: 0, entry: 1, always: 2 } as const satisfies Record<SegmentOperation['rest'], number>;

/** A word of zeros is `stop`, so that an empty memory drives nothing. */
export function opFormat(sizes: ControllerSizes): WordFormat<OpFieldName> {
  const { addressBits, counterBits, dwellBits, railBits } = sizes;
  return layOut([
    { name: 'segment', width: 1, summary: '1: a segment, 0: stop' },
    { name: 'row', width: 3, summary: 'rows: 0 none, 1 all, 2..4 counter 0..2, 5 entry' },
    { name: 'column', width: 3, summary: 'columns: 0 none, 1 all, 2..4 counter 0..2, 5 entry, 6 plane' },
    { name: 'rail', width: railBits, summary: 'rail set' },
    { name: 'fires', width: 1, summary: 'moves ions: counted and guarded' },
    { name: 'samples', width: 1, summary: 'converters scan after the dwell' },
    { name: 'rest', width: 2, summary: 'REST afterwards: 0 never, 1 where the entry is last, 2 always' },
    { name: 'timed', width: 1, summary: 'dwell from the entry' },
    { name: 'dwell', width: dwellBits, summary: 'dwell otherwise [clocks]' },
    { name: 'next', width: addressBits, summary: 'address of the successor where no loop repeats' },
    ...LOOP_DEPTHS.flatMap(
      (depth) =>
        [
          { name: `loop${depth}_end`, width: 1, summary: `loop ${depth} ends here` },
          { name: `loop${depth}_entries`, width: 1, summary: `loop ${depth} runs over the work list` },
          { name: `loop${depth}_last`, width: counterBits, summary: `last value of counter ${depth}` },
          { name: `loop${depth}_back`, width: addressBits, summary: `first word of loop ${depth}` },
        ] as const,
    ),
  ]);
}

/** One pulse of the work list. */
export function entryFormat(sizes: ControllerSizes): WordFormat<EntryFieldName> {
  return layOut([
    { name: 'column', width: sizes.entryColumnBits, summary: 'column, or plane' },
    { name: 'row', width: sizes.rowBits, summary: 'row' },
    { name: 'magnitude', width: sizes.magnitudeBits, summary: `dwell [${String(2 ** sizes.tickExponent)} clocks]` },
    { name: 'negative', width: 1, summary: 'polarity' },
    { name: 'last', width: 1, summary: 'REST may follow' },
  ]);
}
