/** What goes into and comes out of one co-simulation run: plain data, so that it crosses process borders. */
import type { Span } from '../core/span.js';
import type { LegalModule } from '../ir/legal.js';
import type { TileStart } from '../ir/calibrate.js';
import type { ScheduledArray } from '../ir/scheduled.js';
import type { ProgramWord } from '../ir/source-map.js';
import type { ObservationPlan, Observations } from './observe/observation.js';

/** Data sets behind which states are kept: a training has one for every vector that is read. */
export const KEPT_DATA_SETS = 256;

export interface CosimJob {
  /** One after the other on one model, each from reset; all of one hardware. */
  readonly runs: readonly SeedJob[];
  /** Whether the interpreter drives an array of its own even where the RTL does what it does: slower, with equal results. */
  readonly separateArrays?: boolean;
  /** What shall be seen of them. */
  readonly observe?: ObservationPlan;
}

export interface SeedJob {
  readonly scheduled: ScheduledArray;
  readonly legal: LegalModule;
  readonly start: TileStart;
  /** Seed of the tile's variates. */
  readonly seed: number;
}

export interface Divergence {
  readonly seconds: number;
  readonly clock: number;
  readonly seed: number;
  /** Name of the image; `clock` and `seconds` count from its first commit. */
  readonly dataSet: string;
  /** What differs: `segment.row`, `segment.clocks`, `sample.code`, `conductance[3, 7]` … */
  readonly signal: string;
  readonly expected: string;
  readonly found: string;
  readonly origin: Span;
  /** Word of the program that the controller says it executes; absent where no data set runs. */
  readonly word?: ProgramWord;
}

export interface CosimOutcome {
  /** From the first to the last commit of all runs, skipped clocks included, and how many were evaluated. */
  readonly clocks: number;
  readonly evaluatedClocks: number;
  /** Clocks evaluated to load programs and data and to read results. */
  readonly busClocks: number;
  /** Commits of the lines, and those that fired. */
  readonly events: number;
  readonly pulses: number;
  /** Converter codes. */
  readonly samples: number;
  readonly mismatches: number;
  readonly firstDivergence?: Divergence;
  /** Largest |RTL-driven - interpreted| conductance at the read voltage behind a data set, without noise [S]. */
  readonly maxConductanceError: number;
  /** First run, at its end: conductances at the read voltage, without noise, of the array that the RTL drove (rows x columns) [S]. */
  readonly conductances: readonly number[];
  /** The first state of its cells after each of the last {@link KEPT_DATA_SETS} data sets (rows x columns), in its own unit. */
  readonly states: readonly (readonly number[])[];
  /** SHA-256 over events, samples and first states in order; equal on every engine. */
  readonly digest: string;
  readonly seconds: number;
  /** Present where the job asked for some. */
  readonly observations?: Observations;
}
