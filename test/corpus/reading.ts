/** Reads and self-test. */
import { readRows, signedProduct } from '../../src/ir/modes/read.js';
import { checkerboard, compareRows, walkingOnes } from '../../src/ir/modes/self-test.js';
import { ARRAY, corpusEntry, RAILS, type CorpusEntry } from './corpus-entry.js';

const READ = { ...ARRAY, railSet: RAILS.read, integrateClocks: 3 } as const;
const TEST = { ...ARRAY, railSet: RAILS.read, settleClocks: 2 } as const;

export const READING: readonly CorpusEntry[] = [
  corpusEntry({
    title: 'Read, row by row',
    summary: 'Each row by itself; after its dwell the converters take two columns each, and the codes are stored.',
    mode: readRows(READ),
    diagram: { from: 0, clocks: 48 },
  }),
  corpusEntry({
    title: 'Matrix-vector product, bit by bit',
    summary:
      'Inputs of three bits and a sign, the most significant bit first: positive inputs add to twice the sum, negative ones subtract.',
    mode: signedProduct({
      ...READ,
      inputs: [
        { values: [5, -3, 0, 7], bits: 3 },
        { values: [-7, 1, 2, -4], bits: 3 },
      ],
    }),
    blocks: ['accumulate'],
    diagram: { from: 0, clocks: 68 },
  }),
  corpusEntry({
    title: 'Self-test: checkerboard',
    summary: 'Even and odd rows with even and odd columns; the codes are stored for comparison.',
    mode: checkerboard(TEST),
    diagram: { from: 0, clocks: 44 },
  }),
  corpusEntry({
    title: 'Self-test: walking ones',
    summary: 'Every row by itself, then every column by itself.',
    mode: walkingOnes(TEST),
    diagram: { from: 0, clocks: 84 },
  }),
  corpusEntry({
    title: 'Self-test: expected codes',
    summary:
      'Rows are compared with what they should show; the first that differs (here row 2) ends the test and tells the host.',
    mode: compareRows(TEST),
    plan: {
      code: (row, column) => 4 * row + column,
      verify: { target: (row, column) => (row === 2 && column === 1 ? 30 : 4 * row + column), tolerance: 1 },
    },
    blocks: ['verify'],
    diagram: { from: 0, clocks: 56 },
  }),
];
