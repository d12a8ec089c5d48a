/** What simulating or co-simulating an experiment yields; back ends of results read this only. */
import type { Span } from '../core/span.js';
import type { CellWear } from './cell-wear.js';
import type { MetricName } from './network.js';

export interface MetricValue {
  /** Over the seeds. */
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

export interface ExpectationResult {
  readonly text: string;
  /** Left side of the seed that comes nearest to failing, or fails worst. */
  readonly value: number;
  readonly limit: number;
  /** SI unit of both, where it is known. */
  readonly unit?: string;
  readonly ok: boolean;
  readonly origin: Span;
}

/** The array after one image, first seed (rows x columns, row-major) [S]. */
export interface ImageResult {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly targets: readonly number[];
  readonly conductance: readonly number[];
  /** Conductance from the converters' codes, where the program reads back. */
  readonly readBack?: readonly number[];
}

/** Counts of one run over all images, the factors of the energy estimate. */
export interface Activity {
  readonly seconds: number;
  readonly clocks: number;
  readonly segments: number;
  /** Segments that drive the array, as the controller's register `pulses` counts them, and their time. */
  readonly firingSegments: number;
  readonly firingSeconds: number;
  /** Segments in which all lines are at rest, and their time. */
  readonly restSegments: number;
  readonly restSeconds: number;
  /** Pulses of single cells. */
  readonly pulses: number;
  /** Line transitions by side and size: volts of the step -> how many. */
  readonly lineSteps: readonly LineSteps[];
  readonly lineTransitions: number;
  readonly railChanges: number;
  /** Strobes of the converters, as the register `adc_conv` counts them; every one starts all converters. */
  readonly scanSteps: number;
  readonly conversions: number;
  readonly selectedEnergy: number;
  readonly halfSelectedEnergy: number;
  /** Of all cells between pulses [J]. */
  readonly holdEnergy: number;
  /** Address events in and out, where something has counted them. */
  readonly addressEvents?: number;
}

/** So many transitions of lines of one side by so many volts. */
export interface LineSteps {
  readonly side: 'row' | 'column';
  readonly volts: number;
  readonly count: number;
}

export interface ExperimentResult {
  readonly name: string;
  readonly firstSeed: number;
  readonly seedCount: number;
  readonly window: { readonly low: number; readonly high: number };
  readonly metrics: Readonly<Record<MetricName, MetricValue>>;
  readonly expectations: readonly ExpectationResult[];
  readonly images: readonly ImageResult[];
  readonly activity: Activity;
  /** What the first seed did to single cells. */
  readonly wear: CellWear;
  readonly seconds: number;
}
