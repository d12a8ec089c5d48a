/**
 * Phase `scheduled`: the pulse program. The only place where order, timing and levels are decided.
 * The RTL executes it, the harness interprets it, the energy estimate prices it, co-simulation compares.
 *
 * Timing contract (exact, in clocks of `clockHz`):
 * - A segment starts with a commit: lines, rail set, polarity and fire change together on one edge.
 * - A segment of dwell D followed by a ready segment lasts exactly D clocks; there is no overhead anywhere.
 * - `rest: 'entry'` / `'always'` inserts `restClocks` of REST (rail set `idle`, nothing fired) after a segment,
 *   for `'entry'` only where the work-list entry has `last` set.
 * - A segment that samples dwells, then holds its lines while the converters scan; see `scanClocks`.
 * - Waits, breaks, choices and commands happen once everything before them has ended; see pipeline-clock.ts.
 */
import type { Span } from '../core/span.js';
import type { ControllerBlocks } from './blocks/controller-blocks.js';
import type { MappedArray, MappedModule, RailSet } from './mapped.js';
import type { CommandUnit, Condition } from './microcode.js';
import type { Occasion, ProgramLearning } from './occasion.js';

export interface ScheduledModule<Mapped extends MappedArray = MappedModule> {
  readonly phase: 'scheduled';
  readonly mapped: Mapped;
  readonly program: PulseProgram;
}

/** A schedule of anything that runs on one array. */
export type ScheduledArray = ScheduledModule<MappedArray>;

export interface PulseProgram {
  readonly name: string;
  /** What asked for it. */
  readonly origin: Span;
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
  /** The modulator of the device that is the voltage across a cell while nothing fires; absent where none is. */
  readonly restBias?: RestBias;
  /** Tiles that run in lockstep. */
  readonly tiles: number;
  /** Planes that a random selection draws from; a draw beyond them selects no line. */
  readonly randomPlanes: number;
  readonly scan: ConverterScan;
  /** What the controller has beside lines and converters. */
  readonly blocks: ControllerBlocks;
  readonly operations: readonly PulseOperation[];
  /** One data set per image: the same operations run once for each. */
  readonly dataSets: readonly DataSet[];
  /** What the memories hold at least, whatever the data sets at hand; absent where these are all that will be run. */
  readonly room?: Room;
  /** Rules of a network that it carries out; absent where it carries out none. */
  readonly learning?: ProgramLearning;
}

/** The largest data set that a program can be given. */
export interface Room {
  readonly entries: number;
  readonly rowPlanes: number;
  readonly columnPlanes: number;
}

/** A modulator that lines hold, within its range [V]. */
export interface RestBias {
  readonly modulator: string;
  readonly minVolts: number;
  readonly maxVolts: number;
}

/** A modulator of the device and its value, such as the field of a coil that the controller does not command. */
export interface DeviceSetting {
  readonly modulator: string;
  readonly value: number;
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
  /** log2 of the conversions whose mean is a code, 0 to 3; 0 where absent. */
  readonly oversampling?: number;
  /** Whether verify scans only compare currents with thresholds. */
  readonly compares?: boolean;
}

export type PulseOperation =
  LoopOperation | SegmentOperation | WaitOperation | BreakOperation | ChoiceOperation | CommandOperation;

/** Runs `body` `count` times, or once for each work-list entry of the data set (zero entries: not at all). */
export interface LoopOperation {
  readonly kind: 'loop';
  /** What operations inside call this loop; nested loops have different ones. The assembler picks the hardware's. */
  readonly counter: number;
  readonly count: number | 'entries';
  /** Ends with a word that can close the loop: see close-loops.ts. */
  readonly body: readonly PulseOperation[];
  readonly origin: Span;
}

/** Waits until everything before has ended and `condition` holds. */
export interface WaitOperation {
  readonly kind: 'wait';
  readonly condition: Condition;
  readonly origin: Span;
}

/** Leaves the innermost loop where `condition` is as `when` says, once everything before has ended. */
export interface BreakOperation {
  readonly kind: 'break';
  readonly condition: Condition;
  readonly when: boolean;
  readonly origin: Span;
}

/** Looks at `condition` once everything before has ended, and runs one of two lists. */
export interface ChoiceOperation {
  readonly kind: 'choice';
  readonly condition: Condition;
  readonly then: readonly PulseOperation[];
  readonly otherwise: readonly PulseOperation[];
  readonly origin: Span;
}

/** Tells a unit beside the lines to do something, once everything before has ended; a wait may follow. */
export interface CommandOperation {
  readonly kind: 'command';
  readonly unit: CommandUnit;
  /** 0 .. 255. */
  readonly argument: number;
  readonly origin: Span;
}

/** Lines of one side that take the level of a segment; all others take REST, or stay as they are where it holds. */
export type LineSelection =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  /** The line whose index is the counter of a loop around it. */
  | { readonly kind: 'counter'; readonly counter: number }
  /** The line named by the work-list entry. */
  | { readonly kind: 'entry' }
  /** The lines that the segment before had selected. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'plane'; readonly source: PlaneSource };

/** Which plane of its side a segment loads; a base has zeros where the index that joins it has bits. */
export type PlaneSource =
  | { readonly kind: 'entry'; readonly base: number }
  | { readonly kind: 'fixed'; readonly plane: number }
  | { readonly kind: 'counter'; readonly counter: number; readonly base: number }
  /** Plane `base | draw` of a draw d with probability 2^-(d+1). */
  | { readonly kind: 'random'; readonly base: number }
  /** The lines that spiked `ticks` ticks ago. */
  | { readonly kind: 'age'; readonly ticks: number }
  /** The lines that the last verify marked: conductance too low (up) or too high (down). */
  | { readonly kind: 'marks'; readonly direction: 'up' | 'down' };

export type Dwell =
  | { readonly kind: 'clocks'; readonly clocks: number }
  /** Magnitude of the work-list entry. */
  | { readonly kind: 'entry' };

/** What becomes of the codes of a scan, and whether they count negative. */
export interface Sampling {
  readonly mode: SampleMode;
  readonly negate: boolean;
}

/**
 * What becomes of the codes of a scan, column by column: stored as results; first partial sum; twice the sum plus the
 * code (bits of an input, most significant first); sum plus code; compared with targets; added to the transfer memory.
 */
export type SampleMode = 'store' | 'first' | 'double' | 'add' | 'verify' | 'transfer';

export interface SegmentOperation {
  readonly kind: 'segment';
  readonly row: LineSelection;
  readonly column: LineSelection;
  /** Level of the selected lines; 1 where there is one level, 0 puts them to REST. */
  readonly levels: { readonly row: number; readonly column: number };
  /** Whether lines that are not selected stay as they are. */
  readonly holds: boolean;
  readonly railSet: number;
  readonly polarity: 'entry' | 'positive' | 'negative';
  readonly dwell: Dwell;
  /** Whether this segment moves ions: counted as a pulse, guarded. */
  readonly fires: boolean;
  readonly rest: 'never' | 'entry' | 'always';
  /** Whether the converters scan all columns after the dwell, and what for. */
  readonly samples: 'never' | Sampling;
  /** Tiles that take part, one bit each. */
  readonly tiles: number;
  /** Counter of the loop that numbers the work-list entry; the innermost loop over the entries where absent. */
  readonly entryOf?: number;
  readonly origin: Span;
}

/** One pulse of a data set: which lines, which way, how long. */
export interface WorkEntry {
  /** Line index, or plane index where the segment selects the plane of its entry; columns likewise. */
  readonly row: number;
  readonly column: number;
  readonly negative: boolean;
  /** 1 .. 2^magnitudeBits - 1 [ticks]. */
  readonly magnitude: number;
  /** Whether a rest follows. */
  readonly last: boolean;
}

/** A line spikes in the tick of this number; tick 0 begins with the start. */
export interface LineSpike {
  readonly tick: number;
  readonly side: 'row' | 'column';
  readonly line: number;
}

export interface DataSet {
  readonly name: string;
  readonly entries: readonly WorkEntry[];
  /** Masks of lines, each a sorted list of their indices. */
  readonly rowPlanes: readonly (readonly number[])[];
  readonly columnPlanes: readonly (readonly number[])[];
  /** Spikes that reach the controller while it runs, in the order of their ticks; none where absent. */
  readonly spikes?: readonly LineSpike[];
  /** Modulators of the device that the bench sets before it starts; all others stay as they are. */
  readonly modulators?: readonly DeviceSetting[];
  /** What a host was at when it asked for it; absent where no host decides. */
  readonly occasion?: Occasion;
  /** Codes that verify scans compare with (rows x columns); null for cells that any code suits. */
  readonly targetCodes?: readonly (number | null)[];
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
