/** Experiments on networks of phase `network`: data, stimuli, schedule, recordings, expectations. All numbers are SI. */
import type { Span } from '../core/span.js';
import type { Expression } from '../devices/expression.js';
import type { Provenance } from '../devices/device-model.js';
import type { Invariant } from '../devices/statement.js';
import type { Endpoint, Modulation } from './graph.js';
import type { NamedNumber } from './rule.js';

export type DataFormat = 'csv' | 'idx' | 'png' | 'nir';

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
    readonly encoding: 'number' | 'oneHot';
  };
  /** Factor for every feature. */
  readonly scale: number;
  readonly splits: readonly { readonly name: string; readonly share: number }[];
  readonly seed: number;
}

/** Samples of a data set: all of them, or a named part. */
export interface SampleChoice {
  readonly data: string;
  readonly split?: string;
}

export type StimulusPattern =
  | { readonly kind: 'poisson'; readonly hertz: number }
  | { readonly kind: 'regular'; readonly hertz: number }
  | { readonly kind: 'recorded'; readonly file: string }
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
  readonly unit: string;
  readonly provenance: Provenance;
  readonly origin: Span;
}

/** A condition on what was measured, for a selection of neurons where there is one. */
export interface StudyExpectation {
  readonly text: string;
  readonly condition: Expression;
  readonly selection?: Expression;
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
