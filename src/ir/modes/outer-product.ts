/**
 * Outer products: cell (i, j) gets pulses in number or length proportional to x_i d_j, all cells at once. Rows drive a
 * plane of x, columns a plane of d, and where both are on the cell moves. Lines know no sign, so the signs share out
 * into phases: rows of positive x with columns of positive d, and so on. Four phases for signed x, two for x >= 0.
 */
import { invariant } from '../../core/invariant.js';
import { PlanePairSchedule, type PlanePair } from '../../numerics/plane-pairs.js';
import { minSegmentClocks } from '../plane-load.js';
import type { PlaneSource, PulseOperation, SegmentOperation, WorkEntry } from '../scheduled.js';
import { planeBases, signedPlanes, type SignedVector } from './bit-planes.js';
import { dataSetOf, dwellOf, loopOf, segmentOf, type ModeArray, type ModeProgram } from './mode-program.js';

/** One update of the array: x of the rows and d of the columns. */
export interface OuterProductUpdate {
  readonly rows: SignedVector;
  readonly columns: SignedVector;
}

/** Updates, one for each data set, all with the same bits. */
export interface OuterProductSettings extends ModeArray {
  readonly railSet: number;
  readonly updates: readonly OuterProductUpdate[];
  /** Whether x has a sign. */
  readonly signedRows: boolean;
  /** Width of a slot, or of the shortest pulse of an exact product [clocks, ticks]. */
  readonly slotClocks: number;
}

/** Trains of slots. */
export interface TrainSettings extends OuterProductSettings {
  /** Slots of an update in each phase. */
  readonly slots: number;
}

/** Which signs meet, and which way their cells move. */
interface Phase {
  readonly rows: 'positive' | 'negative';
  readonly columns: 'positive' | 'negative';
}

/** Products that are positive first, so that polarity turns once. */
const PHASES: readonly Phase[] = [
  { rows: 'positive', columns: 'positive' },
  { rows: 'negative', columns: 'negative' },
  { rows: 'positive', columns: 'negative' },
  { rows: 'negative', columns: 'positive' },
];

/**
 * Random trains: in each slot rows and columns draw a plane each, plane p with probability 2^-(p+1), so that a cell
 * expects `slots x d / 2^(bx + bd)` pulses in the phase of its signs. `phases slots width` clocks.
 */
export function stochasticOuterProduct(settings: TrainSettings): ModeProgram {
  const { slots, origin } = settings;
  const { rows, columns } = bitsOf(settings);
  invariant(rows === columns && rows <= 8, 'both sides draw from as many planes, at most 8');
  checkSlot(settings);
  return outerProduct(settings, {
    source: (base) => ({ kind: 'random', base }),
    dwell: dwellOf(settings.slotClocks),
    repeat: (slot) => loopOf(origin, 0, slots, [slot]),
    entries: settings.updates.map(() => []),
    randomPlanes: rows,
    clocks: () => slots * settings.slotClocks,
  });
}

/**
 * Scheduled trains: the pairs of planes come from a sigma-delta schedule that goes on from update to update, so that a
 * cell gets `slots x d / ((2^bx - 1)(2^bd - 1))` pulses within a fraction of one. `phases slots width` clocks.
 */
export function scheduledOuterProduct(settings: TrainSettings): ModeProgram {
  const { slots, updates } = settings;
  const bits = bitsOf(settings);
  const schedule = new PlanePairSchedule(bits.rows, bits.columns);
  invariant(slots >= 1, 'a train has slots');
  checkSlot(settings);
  return outerProduct(settings, {
    source: (base) => ({ kind: 'entry', base }),
    dwell: dwellOf(settings.slotClocks),
    repeat: (slot) => loopOf(settings.origin, 0, 'entries', [slot]),
    entries: updates.map(() => schedule.take(slots).map((pair) => pairEntry(bits, pair, 1))),
    clocks: () => slots * settings.slotClocks,
  });
}

/**
 * Exact: every pair of planes once, bits k and l for `2^(k+l)` times the shortest pulse, so that a cell is on for
 * `x d` of them. `phases (2^bx - 1)(2^bd - 1) width` clocks; `slotClocks` counts ticks here.
 */
export function exactOuterProduct(settings: OuterProductSettings): ModeProgram {
  const { slotClocks, updates, origin } = settings;
  const bits = bitsOf(settings);
  const pairs = Array.from({ length: bits.rows * bits.columns }, (_, index): WorkEntry => {
    const pair = { row: Math.floor(index / bits.columns), column: index % bits.columns };
    return pairEntry(bits, pair, slotClocks * 2 ** (pair.row + pair.column));
  });
  return outerProduct(settings, {
    source: (base) => ({ kind: 'entry', base }),
    dwell: { kind: 'entry' },
    repeat: (slot) => loopOf(origin, 0, 'entries', [slot]),
    entries: updates.map(() => pairs.toReversed()),
    clocks: (tickExponent) => (2 ** bits.rows - 1) * (2 ** bits.columns - 1) * slotClocks * 2 ** tickExponent,
  });
}

/** What tells the three products apart. */
interface ProductKind {
  /** The plane of a side in one slot, in the set at `base`. */
  readonly source: (base: number) => PlaneSource;
  readonly dwell: SegmentOperation['dwell'];
  /** All slots of a phase. */
  readonly repeat: (slot: SegmentOperation) => PulseOperation;
  /** Work list of each update. */
  readonly entries: readonly (readonly WorkEntry[])[];
  readonly randomPlanes?: number;
  /** Clocks of a phase. */
  readonly clocks: (tickExponent: number) => number;
}

function outerProduct(settings: OuterProductSettings, kind: ProductKind): ModeProgram {
  const { railSet, updates, signedRows, origin } = settings;
  checkUpdates(settings);
  const bits = bitsOf(settings);
  const [rowBases, columnBases] = [planeBases(bits.rows), planeBases(bits.columns)];
  const phases = PHASES.filter(({ rows }) => signedRows || rows === 'positive');
  const phaseOf = ({ rows, columns }: Phase): PulseOperation =>
    kind.repeat(
      segmentOf(origin, {
        row: { kind: 'plane', source: kind.source(rowBases[rows]) },
        column: { kind: 'plane', source: kind.source(columnBases[columns]) },
        polarity: rows === columns ? 'positive' : 'negative',
        railSet,
        dwell: kind.dwell,
        fires: true,
      }),
    );
  return {
    operations: phases.map(phaseOf),
    dataSets: updates.map((update, index) =>
      dataSetOf(origin, `update ${index}`, {
        entries: withLast(kind.entries[index] ?? []),
        rowPlanes: signedPlanes(update.rows),
        columnPlanes: signedPlanes(update.columns),
      }),
    ),
    ...(kind.randomPlanes !== undefined && { randomPlanes: kind.randomPlanes }),
    clocks: ({ tickExponent }) => updates.map(() => phases.length * kind.clocks(tickExponent)),
  };
}

/** The last entry of a work list is followed by a rest wherever a segment asks for one. */
function withLast(entries: readonly WorkEntry[]): readonly WorkEntry[] {
  return entries.map((entry, index) => ({ ...entry, last: index === entries.length - 1 }));
}

/** An entry that names the planes of bits `row` and `column`; plane 0 is the most significant. */
function pairEntry(bits: ReturnType<typeof bitsOf>, { row, column }: PlanePair, magnitude: number): WorkEntry {
  const planes = { row: bits.rows - 1 - row, column: bits.columns - 1 - column };
  return { ...planes, negative: false, magnitude, last: false };
}

function bitsOf({ updates }: OuterProductSettings): { readonly rows: number; readonly columns: number } {
  const [first] = updates;
  invariant(first, 'an outer product has an update');
  return { rows: first.rows.bits, columns: first.columns.bits };
}

function checkSlot({ rows, columns, slotClocks }: TrainSettings): void {
  invariant(slotClocks >= minSegmentClocks(Math.max(rows, columns)), 'a slot is as long as loading its planes');
}

function checkUpdates({ rows, columns, updates, signedRows }: OuterProductSettings): void {
  const [first] = updates;
  for (const update of updates) {
    const isSame = update.rows.bits === first?.rows.bits && update.columns.bits === first.columns.bits;
    invariant(isSame, 'all updates have the same bits');
    const fits = update.rows.values.length === rows && update.columns.values.length === columns;
    invariant(fits, 'an update has a value for every line');
    invariant(signedRows || update.rows.values.every((value) => value >= 0), 'rows of two phases are not negative');
  }
}
