/** What a report is made of: results only, nothing of the compiler's inside. */
import type { Span } from '../core/span.js';
import type { EnergyEstimate } from '../ir/energy-estimate.js';
import type { LifetimeEstimate } from '../ir/lifetime.js';
import type { MappedModule } from '../ir/mapped.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import type { ExperimentResult } from '../ir/results.js';
import type { StudyResult } from '../ir/study-result.js';
import type { Diagram } from '../ir/timing-diagram.js';

/** Outcome of running the generated controller against the device models. */
export interface CosimSummary {
  readonly engine: string;
  /** Clocks of the design's time, and how many of them were evaluated. */
  readonly clocks: number;
  readonly evaluatedClocks: number;
  readonly events: number;
  readonly samples: number;
  readonly mismatches: number;
  /** Largest difference of any cell's conductance [S]. */
  readonly maxConductanceError: number;
  readonly firstDivergence?: DivergenceSummary | undefined;
}

/** The first event in which controller and pulse program differ. */
export interface DivergenceSummary {
  readonly seconds: number;
  readonly signal: string;
  readonly expected: string;
  readonly found: string;
  readonly origin: Span;
}

/** A word of a controller's program with the place that it comes from. */
export interface ListedWord {
  readonly address: number;
  readonly text: string;
  readonly origin?: Span | undefined;
}

export interface ReportExperiment {
  readonly result: ExperimentResult;
  /** Where it runs: lines, converters and voltages of the tile. */
  readonly mapped?: MappedModule | undefined;
  /** Spreads from cell to cell; none where all cells are alike. */
  readonly variation?: readonly CellVariation[] | undefined;
  readonly energy?: EnergyEstimate | undefined;
  /** Of the experiment, repeated without a pause. */
  readonly lifetime?: LifetimeEstimate | undefined;
  readonly cosim?: CosimSummary | undefined;
  /** The beginning of the run, clock by clock. */
  readonly timing?: ReportTiming | undefined;
  readonly listing?: readonly ListedWord[] | undefined;
}

/** What the cells of a tile differ in from the beginning, first seed. */
export interface CellVariation {
  /** Of the spread, as the device names it. */
  readonly name: string;
  /** The parameter that it multiplies; absent where equations name the spread itself. */
  readonly scales?: string | undefined;
  readonly distribution: string;
  readonly mean: number;
  readonly deviation: number;
  /** Of every cell (rows x columns). */
  readonly values: readonly number[];
  readonly source: string;
}

export interface ReportTiming {
  /** What is drawn, in words. */
  readonly title: string;
  readonly diagram: Diagram;
}

/** An experiment on a network at one point of its sweeps. */
export interface ReportStudy {
  /** With the values of what it sweeps. */
  readonly name: string;
  readonly result: StudyResult;
  /** The network on its tiles. */
  readonly network?: MappedNetwork | undefined;
  readonly energy?: EnergyEstimate | undefined;
  /** Of the experiment, repeated without a pause. */
  readonly lifetime?: LifetimeEstimate | undefined;
}

/** What has made the page: nothing that differs from one run of the same files to the next. */
export interface ReportEnvironment {
  /** Names and values: engines and tools with their versions. */
  readonly tools: readonly (readonly [string, string])[];
  /** SHA-256 of the source file's bytes, in hexadecimal digits. */
  readonly sha256?: string | undefined;
}

/** A file of the user's that results point into. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

export interface ReportInput {
  readonly title: string;
  /** Source file as the user gave it. */
  readonly source: string;
  /** Of the tool. */
  readonly version: string;
  readonly environment: ReportEnvironment;
  readonly experiments: readonly ReportExperiment[];
  readonly studies: readonly ReportStudy[];
  readonly sources: readonly SourceText[];
}
