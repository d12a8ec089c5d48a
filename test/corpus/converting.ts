/** What converters can do beside a code for every column: means, comparisons, tiles side by side, rounded updates. */
import { PLAIN_BLOCKS } from '../../src/ir/blocks/controller-blocks.js';
import type { RoundingConfig } from '../../src/ir/blocks/rounding.js';
import { dataSetOf, dwellOf, loopOf, segmentOf } from '../../src/ir/modes/mode-program.js';
import { readRows, signedProduct } from '../../src/ir/modes/read.js';
import { transfer, writeVerify } from '../../src/ir/modes/write-verify.js';
import { PulseRounding } from '../../src/ir/pulse-rounding.js';
import type { PulseOperation } from '../../src/ir/scheduled.js';
import { ARRAY, corpusEntry, RAILS, SCAN, VERIFY, type CorpusEntry } from './corpus-entry.js';

const READ = { ...ARRAY, railSet: RAILS.read, integrateClocks: 3 } as const;
const ROUNDING: RoundingConfig = { fractionBits: 4, grainBits: 0, isWhole: false, valueBits: 8 };
const UPDATES = { seed: 0x1234_5678, of: (row: number, column: number) => 9 * row - 14 * column + (row % 2) * 3 };

/** `operations` with their segments on `tiles`. */
function onTiles(operations: readonly PulseOperation[], tiles: number): readonly PulseOperation[] {
  return operations.map((operation): PulseOperation => {
    if (operation.kind === 'segment') return { ...operation, tiles };
    return operation.kind === 'loop' ? { ...operation, body: onTiles(operation.body, tiles) } : operation;
  });
}

const PRODUCT = signedProduct({ ...READ, inputs: [{ values: [3, -2, 1, -3], bits: 2 }] });

export const CONVERTING: readonly CorpusEntry[] = [
  corpusEntry({
    title: 'Read, means of four conversions',
    summary: 'Each column is converted four times; the mean is stored.',
    mode: readRows(READ),
    program: {
      scan: { ...SCAN, oversampling: 2 },
      blocks: { scan: { oversamples: true, comparison: 'none' } },
    },
    plan: { code: (row, column) => 10 * row + 3 * column, noise: [0, 5, 1, 4] },
    diagram: { from: 0, clocks: 60 },
  }),
  corpusEntry({
    title: 'Verify by comparison',
    summary: 'The converters only tell whether a current is below or above its window; a comparison is made once.',
    mode: writeVerify({ ...VERIFY, attempts: [2, 3, 5] }),
    program: {
      scan: { ...SCAN, oversampling: 1, compares: true },
      blocks: { scan: { oversamples: true, comparison: 'on' }, verify: { tolerance: 2 } },
    },
    plan: {
      code: (row, column, pulses) => 20 + row + column + 4 * pulses,
      verify: { target: (row, column) => (column === 2 ? undefined : 22 + row + 5 * column - 8), tolerance: 2 },
    },
  }),
  corpusEntry({
    title: 'Partial sums of two tiles',
    summary: 'Both tiles see the same inputs; the sums are over both. One more read is of the second tile by itself.',
    mode: {
      operations: [
        ...onTiles(PRODUCT.operations, 3),
        segmentOf(ARRAY.origin, {
          row: { kind: 'all' },
          railSet: RAILS.read,
          dwell: dwellOf(3),
          samples: { mode: 'add', negate: true },
          tiles: 2,
        }),
      ],
      dataSets: PRODUCT.dataSets,
    },
    program: { tiles: 2, blocks: { ...PLAIN_BLOCKS, accumulate: { resultBits: 16, offset: 1 } } },
    plan: { code: (row, column, _pulses, tile) => (row + 2 * column + 3 * tile) % 7 },
    diagram: { from: 0, clocks: 60 },
  }),
  corpusEntry({
    title: 'Codes of the tile that is read',
    summary: 'A transfer from the second tile to the first; sums take the codes of the lowest tile that takes part.',
    mode: transfer({ ...VERIFY, fromTiles: 2, toTiles: 1, negate: false, pulseClocks: 3 }),
    program: { tiles: 2 },
    plan: {
      code: (row, column, _pulses, tile) => 32 + (2 * tile - 1) * 10 * (column - 1) + row,
      transfer: { sumBits: 12, zero: 32, threshold: 10, negate: false },
    },
    blocks: ['transfer'],
  }),
  corpusEntry({
    title: 'Updates as pulses',
    summary:
      'The host writes signed updates; the controller rounds them to pulses, the last one of a cell shortened, and runs the list.',
    mode: {
      operations: [
        loopOf(ARRAY.origin, 0, 'entries', [
          segmentOf(ARRAY.origin, {
            row: { kind: 'entry' },
            column: { kind: 'entry' },
            polarity: 'entry',
            railSet: RAILS.write,
            dwell: { kind: 'entry' },
            fires: true,
            rest: 'always',
          }),
        ]),
      ],
      dataSets: [dataSetOf(ARRAY.origin, 'updates', { entries: roundedUpdates() })],
    },
    program: { blocks: { ...PLAIN_BLOCKS, rounding: ROUNDING } },
    plan: { updates: UPDATES },
    diagram: { from: 0, clocks: 96 },
  }),
];

/** What the rounding makes of the updates, row by row. */
function roundedUpdates() {
  const rounding = new PulseRounding(ROUNDING, UPDATES.seed);
  const lines = (count: number) => Array.from({ length: count }, (_, line) => line);
  return lines(ARRAY.rows).flatMap((row) =>
    lines(ARRAY.columns).flatMap((column) => rounding.entries(row, column, UPDATES.of(row, column))),
  );
}
