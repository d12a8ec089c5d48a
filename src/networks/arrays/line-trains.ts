/** Trains on rows and columns whose coincidences make an outer product: what all ways to make them have in common. */
import type { ArraySnapshot } from './synapse-array.js';
import type { LinePulse } from './update-method.js';
import type { WeightCells } from './weight-cells.js';

/** What trains are made for. */
export interface LineTrainsSetup {
  readonly cells: WeightCells;
  /** Weight change of one coincidence in a nominal device. */
  readonly weightStep: number;
  /** Width of a nominal pulse [s]. */
  readonly pulseSeconds: number;
  /** Widths are multiples of this [s]; any where it is 0. */
  readonly tickSeconds: number;
  /** Longest pulse that the device stands [s]. */
  readonly longestSeconds: number;
  /** Slots of a sample at most. */
  readonly slots: number;
  /** Bits of a value, where it is not drawn. */
  readonly bits: number;
  readonly seed: number;
}

export interface LineTrains {
  /** Pulses of one sample: every weight changes by `change` x d, on average, from inputs (rows) and errors (columns). */
  pulses(x: ArrayLike<number>, d: ArrayLike<number>, change: number): readonly LinePulse[];
  /** Everything that later trains depend on. */
  snapshot(): ArraySnapshot;
  restore(snapshot: ArraySnapshot): void;
}

/** Lines of both signs, positive ones first. */
export type SignedLines = readonly (readonly number[])[];

/** Sides of signs that meet: equal ones first, so that polarity turns once a slot. */
const MEETINGS = [
  [0, 0],
  [1, 1],
  [0, 1],
  [1, 0],
] as const;

/** One pulse for each pair of signs whose lines meet; a weight rises where they are equal. */
export function meetings(rows: SignedLines, columns: SignedLines, seconds: number): readonly LinePulse[] {
  return MEETINGS.flatMap(([rowSide, columnSide]) => {
    const [on, across] = [rows[rowSide] ?? [], columns[columnSide] ?? []];
    if (on.length === 0 || across.length === 0) return [];
    return [{ rows: on, columns: across, isDown: rowSide !== columnSide, seconds }];
  });
}

/** Cells of a row that stand for `values` (columns): the minus cell of a pair goes the other way. */
export function cellsOfColumns(values: ArrayLike<number>, { columns, cellColumns }: WeightCells): Float64Array {
  const perWeight = cellColumns / columns;
  return Float64Array.from({ length: cellColumns }, (_, cell) => {
    return (values[Math.floor(cell / perWeight)] ?? 0) * (cell % perWeight === 0 ? 1 : -1);
  });
}

/** Indices of `count` lines from `first` on. */
export function linesFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, line) => first + line);
}

/** Largest magnitude of `values`. */
export function largestOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
