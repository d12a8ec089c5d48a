/** Writing without a look at the result, and all cells at once. */
import { biasDecay, pulsedDecay } from '../../src/ir/modes/bias-decay.js';
import { binaryWrite, contiguousWrite } from '../../src/ir/modes/row-write.js';
import { serialWrite } from '../../src/ir/modes/serial-write.js';
import { zeroShift } from '../../src/ir/modes/zero-shift.js';
import { ARRAY, corpusEntry, RAILS, type CorpusEntry } from './corpus-entry.js';

/** Signed widths of a 4 x 4 array, zeros among them. */
export const WIDTHS: readonly number[] = [3, 0, -1, 5, 0, 0, 0, 0, -6, 2, 0, 0, 1, 7, -4, 0];

const WRITE = { ...ARRAY, railSet: RAILS.write, widths: [WIDTHS, WIDTHS.map((width) => -width).toReversed()] } as const;

export const WRITING: readonly CorpusEntry[] = [
  corpusEntry({
    title: 'Open-loop writing, cell by cell',
    summary:
      'A pulse of its own width for each cell that changes, and a rest after it; cells without a change take no time.',
    mode: serialWrite(WRITE),
    diagram: { from: 0, clocks: 56 },
  }),
  corpusEntry({
    title: 'Open-loop writing, row by row in pieces of 1, 2, 4 .. ticks',
    summary: 'All cells of a row and a polarity at once; the pieces in which a column is on add up to its width.',
    mode: binaryWrite(WRITE),
    diagram: { from: 0, clocks: 56 },
  }),
  corpusEntry({
    title: 'Open-loop writing, row by row in one piece',
    summary: 'All columns of a row and a polarity go on together and go off one by one: each cell sees one pulse.',
    mode: contiguousWrite(WRITE),
    diagram: { from: 0, clocks: 48 },
  }),
  corpusEntry({
    title: 'Zero shifting',
    summary: 'All cells up and down in turn, with a rest after each pulse; the charge balances.',
    mode: zeroShift({ ...ARRAY, railSet: RAILS.write, pairs: 3, pulseClocks: 5 }),
    diagram: { from: 0, clocks: 46 },
  }),
  corpusEntry({
    title: 'Bias-controlled decay',
    summary:
      'Pulses, and between them two groups of columns at bias levels of their own, which set how fast cells forget. ' +
      'The first group is set as the pulse ends; the second joins a clock later, while the first is held.',
    rails: ['idle', 'pulse', 'second bias', 'first bias'],
    mode: pulsedDecay({
      ...ARRAY,
      pulseRailSet: RAILS.write,
      pulses: 2,
      pulseClocks: 3,
      intervals: [
        { railSet: RAILS.bias, clocks: 12 },
        { railSet: RAILS.read, clocks: 6 },
      ],
      groups: [
        { columns: [0, 1], level: 2 },
        { columns: [3], level: 3 },
      ],
    }),
    diagram: { from: 0, clocks: 48 },
  }),
  corpusEntry({
    title: 'Decay at one bias',
    summary: 'The rest voltage of all lines is that of the rail set.',
    mode: biasDecay({
      ...ARRAY,
      groups: [],
      intervals: [
        { railSet: RAILS.bias, clocks: 20 },
        { railSet: RAILS.idle, clocks: 4 },
      ],
    }),
    diagram: { from: 0, clocks: 28 },
  }),
];
