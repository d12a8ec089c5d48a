/**
 * What a law of conductance steps is: a number of parameters, the step of one pulse, and how both are written in the
 * language. Fits count conductance x from 0 to 1 over the measured range; steps are fractions of that range.
 */

/** A pulse as laws see it; amplitudes are positive and, like widths, relative to the reference pulse. */
export interface LawPulse {
  readonly direction: 1 | -1;
  /** Amplitude [V]. */
  readonly volts: number;
  /** Width as a multiple of that of the reference pulse. */
  readonly width: number;
}

/** Change of x by one pulse at x. */
export type StepFunction = (x: number, pulse: LawPulse) => number;

/** What a law may take from the data without fitting it. */
export interface DataFacts {
  /** Mean step of one pulse up and down, both positive, as fractions of the range. */
  readonly meanUp: number;
  readonly meanDown: number;
  /** Pulses of the longest run in one direction. */
  readonly levelsUp: number;
  readonly levelsDown: number;
  /** Amplitude of the reference pulse [V]. */
  readonly referenceVolts: number;
}

/** A fitted number as the device carries it. */
export interface FittedParameter {
  readonly name: string;
  readonly unit: 'S' | 'V' | '1';
  /** SI. */
  readonly value: number;
  /** Standard error, SI; absent for what was read off the data. */
  readonly error?: number;
}

/** Parameters of a law with the standard errors of each, in the order of the law. */
export interface LawValues {
  readonly values: readonly number[];
  readonly errors: readonly number[];
  /** The measured range [S]. */
  readonly range: number;
  readonly facts: DataFacts;
}

/**
 * The step in the language: magnitudes up and down at a counted pulse, or the rate of the conductance without spreads.
 * Expressions see the conductance `g`, `lowest`, `highest` and the parameters of the law.
 */
export type LawEquations =
  | { readonly kind: 'counted'; readonly up: string; readonly down: string }
  | { readonly kind: 'evolve'; readonly rate: string };

/** One way in which conductance may move. */
export interface StepLaw {
  readonly name: string;
  /** For people, a few words. */
  readonly summary: string;
  readonly kind: 'train' | 'field';
  /** Whether the spread of a step from pulse to pulse is of constant size or a fraction of the step. */
  readonly noise: 'additive' | 'relative';
  start(facts: DataFacts): readonly number[];
  /** The steps at `values`; NaN where the law has none. */
  bind(values: Float64Array, facts: DataFacts): StepFunction;
  describe(fitted: LawValues): readonly FittedParameter[];
  readonly equations: LawEquations;
}

/** The parameter at `index` of a law as the device has it: times `scale`, by the name and unit. */
export function fittedParameter(
  { values, errors }: LawValues,
  index: number,
  { name, unit, scale }: { readonly name: string; readonly unit: FittedParameter['unit']; readonly scale: number },
): FittedParameter {
  return { name, unit, value: (values[index] ?? NaN) * scale, error: Math.abs((errors[index] ?? NaN) * scale) };
}
