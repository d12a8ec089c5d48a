/** Learning rules of phase `network`: names resolved, dimensions checked, all numbers in SI units. */
import type { Span } from '../core/span.js';
import type { DerivedValue, Provenance } from '../devices/device-model.js';
import type { Expression } from '../devices/expression.js';
import type { Invariant, Statement } from '../devices/statement.js';

/** A unit for display; `scale` is the SI value of one of it. */
export interface DisplayUnit {
  readonly symbol: string;
  readonly scale: number;
}

/** Where a quantity of a rule lives: one for all synapses, one each, or one for each neuron before or behind. */
export type RuleScope = 'shared' | 'synapse' | 'pre' | 'post';

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export interface RuleParameter {
  readonly name: string;
  readonly value: number;
  readonly unit: DisplayUnit;
  readonly per: RuleScope;
  readonly bounds?: Bounds;
  readonly provenance?: Provenance;
  readonly origin: Span;
}

/** The quantity that the rule learns, for example a conductance [S]. */
export interface LearnedWeight {
  readonly name: string;
  readonly unit: DisplayUnit;
  readonly bounds?: Bounds;
  readonly origin: Span;
}

export interface Trace {
  readonly name: string;
  readonly unit: DisplayUnit;
  readonly per: Exclude<RuleScope, 'shared'>;
  readonly initial: Expression;
  /** Time derivative [trace per second] between events; absent where the trace changes at events only. */
  readonly rate?: Expression;
  readonly origin: Span;
}

/** A third factor: a quantity that reaches all synapses from outside. */
export interface RuleModulator {
  readonly name: string;
  readonly unit: DisplayUnit;
  readonly initial: number;
  readonly bounds?: Bounds;
  readonly origin: Span;
}

/** Weight change as a function of one argument [s], post minus pre. */
export interface Kernel {
  readonly name: string;
  readonly argument: string;
  readonly value: Expression;
  readonly origin: Span;
}

export type RuleEvent =
  | { readonly kind: 'pre' }
  | { readonly kind: 'post' }
  | { readonly kind: 'sample' }
  | { readonly kind: 'modulator'; readonly name: string }
  | { readonly kind: 'every'; readonly seconds: number };

/**
 * What happens at an event. Equations see `pre.index`, `pre.value`, `pre.rate`, the same of `post`, `post.error` and
 * `dt` [s] beside the rule's own names. A change of a quantity that a neuron has is added up over its synapses where
 * it differs between them.
 */
export interface Handler {
  readonly event: RuleEvent;
  readonly condition?: Expression;
  readonly body: readonly Statement[];
  readonly origin: Span;
}

/** How hardware carries out a rule; what each means is the scheduler's business. */
export const REALIZATION_METHODS = [
  'superposition',
  'pulses',
  'outerProduct',
  'tikiTaka',
  'bias',
  'programming',
  'host',
] as const;
export type RealizationMethod = (typeof REALIZATION_METHODS)[number];

export interface Realization {
  readonly method: RealizationMethod;
  /** Whether the compiler chose the method. */
  readonly isDefault: boolean;
  readonly settings: readonly NamedNumber[];
  /** Settings that are words; absent where the method has none. */
  readonly choices?: readonly NamedWord[];
  readonly origin: Span;
}

/** A setting that is one of a few words. */
export interface NamedWord {
  readonly name: string;
  readonly word: string;
  readonly origin: Span;
}

/** A setting in SI units. */
export interface NamedNumber {
  readonly name: string;
  readonly value: number;
  readonly origin: Span;
}

export interface LearningRule {
  readonly name: string;
  readonly summary: string;
  readonly origin: Span;
  readonly parameters: readonly RuleParameter[];
  readonly weight: LearnedWeight;
  readonly traces: readonly Trace[];
  readonly modulators: readonly RuleModulator[];
  /** Named values in order; each is computed where it is used and may refer to those before it. */
  readonly derived: readonly DerivedValue[];
  readonly kernels: readonly Kernel[];
  readonly handlers: readonly Handler[];
  /** What the synapse passes on, in the unit of the weight; absent where it is the weight. */
  readonly transmitted?: Expression;
  readonly invariants: readonly Invariant[];
  readonly realization: Realization;
}
