/** Experiments on networks of phase `network`: data, stimuli, schedule, recordings, expectations. All numbers are SI. */
import type { Span } from '../core/span.js';
import type { Expression } from '../devices/expression.js';
import type { DisplayUnit, Provenance } from '../devices/device-model.js';
import type { Invariant } from '../devices/statement.js';
import type { Endpoint, Modulation } from './graph.js';
import type { NamedNumber } from './rule.js';

export type DataFormat = 'csv' | 'idx' | 'png' | 'nir';

/** How columns become features: numbers as they are, words by a feature each, words by their rank from 0 to 1. */
export type FeatureEncoding = 'number' | 'oneHot' | 'ordinal' | 'sequence';

/** Samples of a file. */
export interface DataSet {
  readonly name: string;
  readonly origin: Span;
  /** Path as the host resolves it. */
  readonly file: string;
  readonly format: DataFormat;
  readonly labels?:
    { readonly kind: 'file'; readonly file: string } | { readonly kind: 'column'; readonly column: number };
  readonly features?: {
    readonly firstColumn: number;
    readonly lastColumn: number;
    readonly encoding: FeatureEncoding;
  };
  /** What is known before the file is read. */
  readonly samples: {
    readonly count?: number;
    /** Sizes of one sample, padding included. */
    readonly shape?: readonly number[];
  };
  /** Rows and columns of zeros on every side of a picture. */
  readonly padding: number;
  /** Factor for every feature. */
  readonly scale: number;
  readonly splits: readonly { readonly name: string; readonly share: number }[];
  /** Of the order in which samples are divided; absent where that is the order of the file. */
  readonly seed?: number;
}

/** Games that agents play. */
export const GAMES = ['pong'] as const;
export type GameName = (typeof GAMES)[number];

/** A game in place of samples from files. */
export interface GameData {
  readonly name: string;
  readonly origin: Span;
  readonly game: GameName;
  readonly settings: readonly NamedNumber[];
  /** Sizes of its screen: channels, rows, columns. */
  readonly samples: { readonly shape: readonly number[] };
  /** Games have no parts. */
  readonly splits: readonly [];
}

/** Samples of a data set, all of them or a named part, or a game. */
export interface SampleChoice {
  readonly data: string;
  readonly split?: string;
}

/** Events of a file in order of time; absent where there is no such file, or none whose spikes are read. */
export interface RecordedSpikes {
  /** Index of the neuron among those that the stimulus drives, one for each event. */
  readonly neurons: readonly number[];
  /** From the beginning of the stimulus, one for each event. */
  readonly microseconds: readonly number[];
}

export type StimulusPattern =
  | { readonly kind: 'poisson'; readonly hertz: number }
  | { readonly kind: 'regular'; readonly hertz: number }
  | { readonly kind: 'recorded'; readonly file: string; readonly spikes?: RecordedSpikes }
  | { readonly kind: 'samples'; readonly samples: SampleChoice };

/** One thing that a schedule does; things of one phase happen in their order. */
export type ScheduleStep =
  | {
      readonly kind: 'stimulate';
      readonly target: Endpoint;
      readonly pattern: StimulusPattern;
      readonly seconds?: number;
      readonly origin: Span;
    }
  | {
      readonly kind: 'pair';
      readonly pre: Endpoint;
      readonly post: Endpoint;
      /** Post minus pre [s]. */
      readonly firstSeconds: number;
      readonly lastSeconds: number;
      readonly stepSeconds: number;
      readonly repeat: number;
      readonly origin: Span;
    }
  | {
      readonly kind: 'train' | 'test';
      readonly samples: SampleChoice;
      readonly settings: readonly NamedNumber[];
      /** Loss of training. */
      readonly loss?: string;
      readonly origin: Span;
    }
  | ({ readonly kind: 'modulate' } & Modulation)
  | {
      /** Cells on devices are brought to the weights of their projections. */
      readonly kind: 'program';
      readonly settings: readonly NamedNumber[];
      readonly by: 'cells' | 'rows';
      readonly origin: Span;
    }
  | { readonly kind: 'wait'; readonly seconds: number; readonly origin: Span }
  | {
      readonly kind: 'phase';
      readonly name: string;
      readonly repeat: number;
      readonly steps: readonly ScheduleStep[];
      readonly origin: Span;
    };

/** Values of one parameter, one run for each; ranges keep their ends and step. */
export interface Sweep {
  readonly parameter: string;
  readonly values:
    | { readonly kind: 'list'; readonly values: readonly number[] }
    | { readonly kind: 'range'; readonly low: number; readonly high: number; readonly step: number };
  readonly origin: Span;
}

export interface Recording {
  readonly signal: string;
  /** Between samples [s]; absent for every change. */
  readonly intervalSeconds?: number;
  readonly origin: Span;
}

/** A published figure to compare with. */
export interface Baseline {
  readonly name: string;
  readonly value: number;
  readonly unit: DisplayUnit;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** What an experiment on a network measures, with the SI unit of each; an empty unit is that of the operand. */
export const MEASURES = {
  accuracy: { unit: '1', summary: 'part of the samples whose label the network finds' },
  loss: { unit: '1', summary: 'mean loss over the samples' },
  agreement: {
    unit: '1',
    summary:
      'of the network with exact weights: part of the samples that are decided as there, or of the spikes of a population in either that are in both',
  },
  correlation: { unit: '1', summary: 'correlation coefficient of a signal with another, or with a kernel' },
  error: {
    unit: '1',
    summary:
      'root mean square of what a signal differs by from another, or from a kernel, by the largest value of that',
  },
  variation: {
    unit: '1',
    summary: 'standard deviation of a signal over repetitions by its mean, mean over synapses and times',
  },
  drift: {
    unit: '1',
    summary: 'largest weight change from spikes of one side alone by the largest from pairs',
  },
  score: { unit: '1', summary: 'points won minus points lost, mean over the games played to their end' },
  wins: { unit: '1', summary: 'part of the games played to their end that the network wins' },
  rate: { unit: 'Hz', summary: 'spikes per neuron and time' },
  spikes: { unit: 'spikes', summary: 'spikes of all neurons' },
  energy: { unit: 'J', summary: 'energy in total, or a named share of it' },
  pulses: { unit: 'pulses', summary: 'write pulses of all devices' },
  time: { unit: 's', summary: 'length of the experiment' },
  mean: { unit: '', summary: 'mean of a signal over neurons and time, or of a measure over the seeds' },
  min: { unit: '', summary: 'least value of a signal, or of a measure over the seeds' },
  max: { unit: '', summary: 'largest value of a signal, or of a measure over the seeds' },
} as const;
export type MeasureName = keyof typeof MEASURES;

/** A figure of one run. */
export interface Measure {
  /** As written, for example `accuracy(digits.test)`; conditions refer to it by this name. */
  readonly name: string;
  readonly kind: MeasureName;
  readonly operands: readonly MeasureOperand[];
}

export type MeasureOperand =
  | { readonly kind: 'samples'; readonly samples: SampleChoice }
  /** The samples as a phase of the schedule presents them. */
  | { readonly kind: 'phase'; readonly name: string }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'kernel'; readonly rule: string; readonly name: string }
  | { readonly kind: 'population'; readonly name: string }
  /** A share of the energy; `total` is all of it. */
  | { readonly kind: 'term'; readonly name: string }
  | { readonly kind: 'measure'; readonly measure: Measure };

/** A condition on measures and baselines, for a selection of neurons where there is one. */
export interface StudyExpectation {
  readonly text: string;
  readonly condition: Expression;
  readonly measures: readonly Measure[];
  readonly selection?: Expression;
  /** SI unit of what is compared; absent where comparisons of different units are joined. */
  readonly unit?: string;
  readonly origin: Span;
}

/** An experiment on a network. */
export interface Study {
  readonly name: string;
  readonly origin: Span;
  readonly network: string;
  readonly chip: string;
  readonly firstSeed: number;
  readonly seedCount: number;
  readonly without: readonly string[];
  /** Parameters with other values in this experiment, by dotted name. */
  readonly settings: readonly NamedNumber[];
  readonly schedule: readonly ScheduleStep[];
  readonly sweeps: readonly Sweep[];
  readonly recordings: readonly Recording[];
  readonly invariants: readonly Invariant[];
  readonly baselines: readonly Baseline[];
  readonly expectations: readonly StudyExpectation[];
}
