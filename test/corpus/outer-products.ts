/** Outer products: random and scheduled trains of two and four phases, and the exact product. */
import {
  exactOuterProduct,
  scheduledOuterProduct,
  stochasticOuterProduct,
  type OuterProductUpdate,
} from '../../src/ir/modes/outer-product.js';
import { ARRAY, corpusEntry, RAILS, type CorpusEntry } from './corpus-entry.js';

export const SIGNED: readonly OuterProductUpdate[] = [
  { rows: { values: [7, -5, 0, 3], bits: 3 }, columns: { values: [6, -7, 2, 0], bits: 3 } },
  { rows: { values: [-1, 4, -6, 2], bits: 3 }, columns: { values: [-3, 5, 0, 7], bits: 3 } },
];

/** The same with rows that are not negative. */
export const UNSIGNED: readonly OuterProductUpdate[] = SIGNED.map(({ rows, columns }) => ({
  rows: { ...rows, values: rows.values.map(Math.abs) },
  columns,
}));

const SLOT = { ...ARRAY, railSet: RAILS.write, slotClocks: 2 } as const;
const FOUR = { ...SLOT, signedRows: true, updates: SIGNED } as const;
const TWO = { ...SLOT, signedRows: false, updates: UNSIGNED } as const;
const SEEDS = { row: 0x1234_5678, column: 0x9abc_def1 } as const;

export const OUTER_PRODUCTS: readonly CorpusEntry[] = [
  corpusEntry({
    title: 'Outer product of random trains, four phases',
    summary:
      'In each slot rows and columns draw a plane each; cells move where both are on. Signs that agree come first.',
    mode: stochasticOuterProduct({ ...FOUR, slots: 6 }),
    plan: { seeds: SEEDS },
    blocks: ['random'],
    diagram: { from: 0, clocks: 50 },
  }),
  corpusEntry({
    title: 'Outer product of random trains, two phases',
    summary: 'Rows that are not negative need half as many phases.',
    mode: stochasticOuterProduct({ ...TWO, slots: 6 }),
    plan: { seeds: SEEDS },
    blocks: ['random'],
    diagram: { from: 0, clocks: 26 },
  }),
  corpusEntry({
    title: 'Scheduled outer product, four phases',
    summary: 'The pairs of planes come from the work list, which a sigma-delta schedule has filled.',
    mode: scheduledOuterProduct({ ...FOUR, slots: 7 }),
    diagram: { from: 0, clocks: 58 },
  }),
  corpusEntry({
    title: 'Scheduled outer product, two phases',
    summary: 'The same with rows that are not negative.',
    mode: scheduledOuterProduct({ ...TWO, slots: 7 }),
    diagram: { from: 0, clocks: 30 },
  }),
  corpusEntry({
    title: 'Exact outer product',
    summary: 'Every pair of planes once, for as long as the product of their weights.',
    mode: exactOuterProduct({ ...TWO, slotClocks: 1 }),
    diagram: { from: 0, clocks: 100 },
  }),
];
