/** What a report is made of: results only, nothing of the compiler's inside. */
import type { Span } from '../core/span.js';
import type { EnergyEstimate } from '../ir/energy-estimate.js';
import type { ExperimentResult } from '../ir/results.js';
import type { StudyResult } from '../ir/study-result.js';

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
  readonly seconds: number;
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

export interface ReportExperiment {
  readonly result: ExperimentResult;
  readonly energy?: EnergyEstimate | undefined;
  readonly cosim?: CosimSummary | undefined;
  /** Pulse program with its source lines, as text. */
  readonly listing?: string | undefined;
}

/** An experiment on a network at one point of its sweeps. */
export interface ReportStudy {
  /** With the values of what it sweeps. */
  readonly name: string;
  readonly result: StudyResult;
  readonly energy?: EnergyEstimate | undefined;
}

export interface ReportInput {
  readonly title: string;
  /** Source file as the user gave it. */
  readonly source: string;
  /** Of the tool. */
  readonly version: string;
  readonly experiments: readonly ReportExperiment[];
  readonly studies: readonly ReportStudy[];
}
