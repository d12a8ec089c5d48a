/**
 * Networks of phase `network`. Regular structure stays as it is written: connectivity is a rule, not a list of pairs,
 * modules are instantiated by name and loops keep their index, so a network of any size is a few objects.
 * All numbers are SI; expressions see indices and positions by name (`pre.index`, `post.x`, a loop's index).
 */
import type { Span } from '../core/span.js';
import type { Expression } from '../devices/expression.js';
import type { Invariant } from '../devices/statement.js';
import type { Distribution } from '../numerics/distribution.js';
import type { NamedNumber } from './rule.js';

/** Kinds of populations; the front end knows the settings of each. */
export const NEURON_MODELS = [
  'spikes',
  'rates',
  'lif',
  'cubaLif',
  'integrateFire',
  'threshold',
  'leakyIntegrator',
  'cubaLeakyIntegrator',
  'integrator',
  'relu',
  'sigmoid',
  'tanh',
  'linear',
  'softmax',
] as const;
export type NeuronModel = (typeof NEURON_MODELS)[number];

export interface Population {
  readonly name: string;
  readonly model: NeuronModel;
  /** Sizes of the grid; one number for a plain list. */
  readonly shape: readonly number[];
  /** All settings of the model, those not written at their defaults. */
  readonly settings: readonly NamedNumber[];
  /** Settings with a number of their own for each neuron, in place of those of the same name; absent where there are none. */
  readonly tables?: readonly NeuronTable[];
  readonly origin: Span;
}

/** A setting with a number for each neuron. */
export interface NeuronTable {
  readonly name: string;
  /** As many as there are neurons [SI]. */
  readonly values: readonly number[];
}

/** One name on the way to a population: `stage[i + 1]`, `hidden[0 .. 9]`. */
export interface PathStep {
  readonly name: string;
  readonly index?:
    | { readonly kind: 'single'; readonly value: Expression }
    | { readonly kind: 'range'; readonly low: Expression; readonly high: Expression };
}

export interface Endpoint {
  readonly path: readonly PathStep[];
  readonly origin: Span;
}

/**
 * Which pairs have a synapse. Where a seed is drawn from, copies of the projection in loops and in instances of a
 * module draw differently.
 */
export type Connectivity =
  | { readonly kind: 'all-to-all' }
  | { readonly kind: 'one-to-one' }
  /** All to all with a bias weight for every neuron behind. */
  | { readonly kind: 'dense' }
  | { readonly kind: 'where'; readonly condition: Expression }
  | { readonly kind: 'probability'; readonly probability: number; readonly seed: number }
  | { readonly kind: 'in-degree'; readonly degree: number; readonly seed: number }
  /** Indices of neurons before and behind, pairwise. */
  | { readonly kind: 'list'; readonly pre: readonly number[]; readonly post: readonly number[] }
  | {
      readonly kind: 'convolution';
      readonly rows: number;
      readonly columns: number;
      readonly stride: number;
      readonly padding: number;
    }
  | {
      readonly kind: 'pooling';
      readonly operation: 'max' | 'average';
      readonly rows: number;
      readonly columns: number;
      readonly stride: number;
    };

export type WeightSource =
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'drawn'; readonly distribution: Distribution; readonly seed?: number }
  | { readonly kind: 'file'; readonly file: string; readonly node?: string; readonly format: 'csv' | 'nir' };

/** How a weight lies in cells. */
export interface WeightEncoding {
  readonly scheme: 'single' | 'differential';
  /** Conductances used [S]. */
  readonly window?: { readonly low: number; readonly high: number };
  /** Conductance of a weight of one [S]. */
  readonly siemensPerUnit?: number;
  /** Of a convolution: every place of the window has cells of its own, so that all of them are read at once. */
  readonly isUnrolled?: true;
}

/** A rule of a projection: a synapse learns by the first whose condition holds for it, or not at all. */
export interface Learning {
  readonly rule: string;
  readonly condition?: Expression;
  /** Parameters of the rule with other values here. */
  readonly settings: readonly NamedNumber[];
  /** Modulators of the rule, bound to means over populations of the network (`vta.rate` [Hz], `vta.value`). */
  readonly modulations: readonly Modulation[];
  readonly origin: Span;
}

export interface Modulation {
  readonly modulator: string;
  readonly value: Expression;
  readonly origin: Span;
}

export interface Projection {
  readonly name: string;
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly connectivity: Connectivity;
  readonly device?: string;
  readonly learning: readonly Learning[];
  readonly weights?: WeightSource;
  /** Delay [s], for all synapses or as a function of indices. */
  readonly delay?: Expression;
  readonly encoding?: WeightEncoding;
  readonly modulations: readonly Modulation[];
  readonly origin: Span;
}

/** A module used inside a network. */
export interface Instance {
  readonly name: string;
  readonly module: string;
  /** Present for an array of modules. */
  readonly count?: number;
  readonly settings: readonly NamedNumber[];
  readonly origin: Span;
}

export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly origin: Span;
}

/** Structure that repeats for each value of an index from `low` to `high`, both included. */
export interface Loop {
  readonly index: string;
  readonly low: number;
  readonly high: number;
  readonly body: Wiring;
  readonly origin: Span;
}

/** What connects populations and instances. */
export interface Wiring {
  readonly projections: readonly Projection[];
  readonly connections: readonly Connection[];
  readonly loops: readonly Loop[];
}

/** A port that a module is driven through. */
export interface InputPort {
  readonly name: string;
  readonly model: NeuronModel;
  readonly shape: readonly number[];
  readonly origin: Span;
}

/** A port that shows a population of the module. */
export interface OutputPort {
  readonly name: string;
  readonly source: Endpoint;
  readonly origin: Span;
}

/** A network, or a module with the settings of one way in which it is used (`Layer(size = 8)`). */
export interface Network {
  readonly name: string;
  readonly summary: string;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  readonly populations: readonly Population[];
  readonly instances: readonly Instance[];
  readonly wiring: Wiring;
  readonly invariants: readonly Invariant[];
  readonly origin: Span;
}
