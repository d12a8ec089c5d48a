/** What an experiment on a network yields; command line, reports and harnesses read this only. */
import type { Span } from '../core/span.js';
import type { DisplayUnit, Provenance } from '../devices/device-model.js';
import type { CellWear } from './cell-wear.js';
import type { MappedArray } from './mapped.js';
import type { PlaneReads } from './plane-counter.js';
import type { Activity, ExpectationResult, MetricValue } from './results.js';
import type { NamedNumber } from './rule.js';

/** One point of the sweeps of an experiment, all seeds. */
export interface StudyResult {
  readonly name: string;
  /** Swept parameters with their values here; empty without sweeps. */
  readonly point: readonly NamedNumber[];
  readonly firstSeed: number;
  readonly seedCount: number;
  /** By the text of the measure: `accuracy(digits.test)`. */
  readonly measures: Readonly<Record<string, MetricValue>>;
  readonly expectations: readonly ExpectationResult[];
  /** Of the first seed: one for each presentation of samples. */
  readonly curve: readonly CurvePoint[];
  /** Spike-timing windows of the first seed, one for each rule that a pairing has shown. */
  readonly windows: readonly TimingWindow[];
  /** How the weights lie at the end of the first seed, one for each trained projection; absent where nothing was trained. */
  readonly weights?: readonly WeightSpread[];
  /** How far weights on devices are from those that are meant, one for each projection on a device; absent where nothing programs or holds them. */
  readonly weightErrors?: readonly WeightErrors[];
  /** Signals that the experiment records, of the first sample and seed; absent where there are none. */
  readonly records?: readonly SignalRecord[];
  /** What the array did, first seed. */
  readonly activity: StudyActivity;
  readonly baselines: readonly {
    readonly name: string;
    readonly value: number;
    readonly unit: DisplayUnit;
    readonly provenance: Provenance;
  }[];
  readonly realizations: readonly RealizationNote[];
  /** Wall-clock time of the run. */
  readonly seconds: number;
}

/** Samples that were presented once. */
export interface CurvePoint {
  /** Names of the phases around it, outermost first, and how often each had been repeated before. */
  readonly phases: readonly { readonly name: string; readonly turn: number }[];
  readonly kind: 'train' | 'test';
  /** `digits.train`. */
  readonly samples: string;
  readonly count: number;
  /** Part of the samples whose class was found; absent without labels. */
  readonly accuracy?: number;
  /** Mean loss; absent where the schedule names none. */
  readonly loss?: number;
  /** Of neurons with equations in time: part of the samples that are decided as with exact weights. */
  readonly agreement?: number;
  /** The accuracy with exact weights. */
  readonly exactAccuracy?: number;
  /** Of games, whose `count` is of those played to their end: actions taken. */
  readonly steps?: number;
  /** Mean of points won minus points lost, and part of the games won; absent where none was played to its end. */
  readonly score?: number;
  readonly wins?: number;
}

/** Weight changes over the time from pre to post. */
export interface TimingWindow {
  readonly projection: string;
  readonly rule: string;
  /** Post minus pre [s]. */
  readonly seconds: readonly number[];
  /** Mean change over synapses and repetitions, what isolated spikes do included (same length) [unit of the weight]. */
  readonly change: readonly number[];
  readonly deviation: readonly number[];
  /** The kernel of the rule at the same times. */
  readonly kernel: readonly number[];
  readonly unit: DisplayUnit;
}

/** A histogram of the weights of a projection, in the network's own numbers. */
export interface WeightSpread {
  readonly projection: string;
  readonly mean: number;
  readonly deviation: number;
  /** Least and largest weight, the ends of the histogram. */
  readonly low: number;
  readonly high: number;
  /** Weights in bins of equal width from `low` to `high`. */
  readonly counts: readonly number[];
}

/** Weights in devices minus those that are meant, first seed. */
export interface WeightErrors {
  readonly projection: string;
  readonly rows: number;
  readonly columns: number;
  /** Shape (rows x columns), row-major; absent where that would be more numbers than anybody draws. */
  readonly errors?: readonly number[];
  /** Root mean square, and the largest weight that is meant. */
  readonly rms: number;
  readonly largest: number;
  /** Weights that are beyond what the window holds. */
  readonly clipped: number;
}

/** A signal over the steps of one sample: with the devices, and with exact weights. */
export interface SignalRecord {
  /** As recorded: `hidden.spikes`. */
  readonly signal: string;
  /** `touch.test`, and the index of the sample in its data. */
  readonly samples: string;
  readonly sample: number;
  readonly stepSeconds: number;
  readonly steps: number;
  readonly neurons: number;
  /** Spikes are pairs of step and neuron, one behind the other; values are (steps x neurons). */
  readonly kind: 'spikes' | 'values';
  readonly found: readonly number[];
  readonly exact: readonly number[];
}

/** Counts and energies of one run. */
export interface StudyActivity {
  /** Time of the experiment, not of the computer. */
  readonly seconds: number;
  /** Write pulses of all devices; parts of pulses count as parts. */
  readonly pulses: number;
  readonly refreshes: number;
  /** Vectors read. */
  readonly reads: number;
  readonly conversions: number;
  readonly spikes: number;
  /** Magnetic fields in the order of their first use; absent where no device sees one. */
  readonly fields?: readonly FieldTime[];
  /** What controllers did, by projection; present where somebody has asked for it, as estimates of energy do. */
  readonly programs?: readonly ProgramActivity[];
  /** Projections, or the whole experiment, without a pulse program, and why. */
  readonly withoutProgram?: readonly string[];
  /** Energy by share, in the devices' own names of shares (`write`, `hold`, `gate`); what has no name is `pulses` [J]. */
  readonly energy: Readonly<Record<string, number>>;
}

/** How long a magnetic field was applied in all, and how often the experiment switched to it. */
export interface FieldTime {
  readonly tesla: number;
  readonly seconds: number;
  readonly switches: number;
}

/** Counts of a pulse program; what devices take is not among them. */
export type ProgramCounts = Pick<
  Activity,
  | 'seconds'
  | 'clocks'
  | 'segments'
  | 'firingSegments'
  | 'pulses'
  | 'lineSteps'
  | 'lineTransitions'
  | 'railChanges'
  | 'scanSteps'
  | 'conversions'
> & {
  /** Spikes of lines that reach the controller. */
  readonly addressEvents: number;
  /** Planes of lines that it reads from its memories, by side. */
  readonly planeReads: PlaneReads;
};

/** What the controller of one projection did in a run. */
export interface ProgramActivity {
  readonly projection: string;
  /** The tile that it drives. */
  readonly array: MappedArray;
  readonly counts: ProgramCounts;
  /** Which part of the run was counted, in words. */
  readonly basis: string;
  /** Whether that was all of it. */
  readonly isExact: boolean;
  readonly wear: CellWear;
}

/** How hardware carries out a rule on a device, and how well. */
export interface RealizationNote {
  readonly projection: string;
  readonly rule: string;
  readonly method: string;
  /** Sentences for people: what the controller does. */
  readonly summary: readonly string[];
  /** Figures with their unit: `worst error`, `pulses an update at most`, `time an update`. */
  readonly figures: readonly { readonly name: string; readonly value: number; readonly unit: string }[];
  readonly origin: Span;
}
