/**
 * Phase `scheduled`: the pulse program. The only place where order, timing and levels are decided.
 * The RTL executes it, the harness interprets it, the energy estimate prices it, co-simulation compares.
 *
 * Timing contract (exact, in clocks of `clockHz`):
 * - A segment starts with a commit: lines, rail set, polarity and fire change together on one edge.
 * - A segment of dwell D followed by a ready segment lasts exactly D clocks; there is no overhead anywhere.
 * - `rest: 'entry'` / `'always'` inserts `restClocks` of REST (rail set `idle`, nothing fired) after a segment,
 *   for `'entry'` only where the work-list entry has `last` set.
 * - A segment with `samples` dwells, then holds its lines while the converters scan; see `scanClocks`.
 */
import type { Span } from '../core/span.js';
import type { MappedModule, RailSet } from './mapped.js';

export interface ScheduledModule {
  readonly phase: 'scheduled';
  readonly mapped: MappedModule;
  readonly program: PulseProgram;
}

export interface PulseProgram {
  readonly name: string;
  readonly clockHz: number;
  readonly rows: number;
  readonly columns: number;
  /** Index is the rail-set code; 0 is `idle`. */
  readonly railSets: readonly RailSet[];
  /** Dwell of a work-list entry = magnitude x 2^tickExponent clocks. */
  readonly tickExponent: number;
  readonly magnitudeBits: number;
  /** Rest between pulses. */
  readonly restClocks: number;
  readonly scan: ConverterScan;
  readonly operations: readonly PulseOperation[];
  /** One data set per image: the same operations run once for each. */
  readonly dataSets: readonly DataSet[];
}

/** Columns are converted in `shares` steps; converter `a` takes column `a * shares + step`. */
export interface ConverterScan {
  readonly converters: number;
  readonly shares: number;
  readonly bits: number;
  readonly minAmperes: number;
  readonly maxAmperes: number;
  /** From a multiplexer step to the conversion strobe. */
  readonly settleClocks: number;
  /** From the conversion strobe to the converter's answer. */
  readonly conversionClocks: number;
}

export type PulseOperation = LoopOperation | SegmentOperation;

/** Runs `body` `count` times, or once for each work-list entry of the data set (zero entries: not at all). */
export interface LoopOperation {
  readonly kind: 'loop';
  /** Hardware counter, also the index of `{ kind: 'counter' }` lines inside. */
  readonly counter: 0 | 1 | 2;
  readonly count: number | 'entries';
  readonly body: readonly PulseOperation[];
  readonly origin: Span;
}

/** Lines of one side that take level `select` for a segment; all others take `rest`. */
export type LineSelection =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  /** The line whose index is the loop counter. */
  | { readonly kind: 'counter'; readonly counter: 0 | 1 | 2 }
  /** The line named by the current work-list entry. */
  | { readonly kind: 'entry' }
  /** The lines of the data set's column plane named by the current entry's `column`. */
  | { readonly kind: 'plane' };

export type Dwell =
  | { readonly kind: 'clocks'; readonly clocks: number }
  /** Magnitude and polarity of the current work-list entry. */
  | { readonly kind: 'entry' };

export interface SegmentOperation {
  readonly kind: 'segment';
  readonly row: LineSelection;
  readonly column: LineSelection;
  readonly railSet: number;
  readonly dwell: Dwell;
  /** Whether this segment moves ions: counted as a pulse, guarded. */
  readonly fires: boolean;
  readonly rest: 'never' | 'entry' | 'always';
  /** Whether the converters scan all columns after the dwell. */
  readonly samples: boolean;
  readonly origin: Span;
}

/** One pulse of a data set: which lines, which way, how long. */
export interface WorkEntry {
  readonly row: number;
  /** Column index, or plane index where the segment's column selection is `plane`. */
  readonly column: number;
  readonly negative: boolean;
  /** 1 .. 2^magnitudeBits - 1 [ticks]. */
  readonly magnitude: number;
  /** Whether a rest follows. */
  readonly last: boolean;
}

export interface DataSet {
  readonly name: string;
  readonly entries: readonly WorkEntry[];
  /** Column masks, each a sorted list of column indices. */
  readonly planes: readonly (readonly number[])[];
  /** Conductance that open-loop bookkeeping believes in after this data set (rows x columns) [S]. */
  readonly believed: readonly number[];
  /** Conductances to reach; cells outside the picture keep their start (rows x columns) [S]. */
  readonly targets: readonly number[];
  /** Cells whose target differs from the one before. */
  readonly changed: number;
  /** Largest |believed - target| of a cell of the picture that got no pulse, as a fraction of the window. */
  readonly disturb: number;
  readonly origin: Span;
}
