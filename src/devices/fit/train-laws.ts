/** Laws for trains of equal pulses: how the step depends on the conductance, separately up and down. */
import { fittedParameter, type FittedParameter, type LawValues, type StepLaw } from './step-law.js';

const at = (values: Float64Array, index: number): number => values[index] ?? NaN;

const steps = (fitted: LawValues, names: readonly string[]) =>
  names.map((name, index) => fittedParameter(fitted, index, { name, unit: 'S', scale: fitted.range }));

/** The same step everywhere. */
export const LINEAR: StepLaw = {
  name: 'linear',
  summary: 'the same step everywhere',
  kind: 'train',
  noise: 'additive',
  start: ({ meanUp, meanDown }) => [meanUp, meanDown],
  bind(values) {
    const [up, down] = [at(values, 0), -at(values, 1)];
    return (_x, { direction }) => (direction > 0 ? up : down);
  },
  describe: (fitted) => steps(fitted, ['stepUp', 'stepDown']),
  equations: { kind: 'counted', up: 'stepUp', down: 'stepDown' },
};

/**
 * A step that changes linearly with the conductance, so that trains saturate exponentially; its parameters are the
 * steps at the ends of the measured range, which stay well determined where the data are nearly straight.
 */
export const SOFT_BOUNDS: StepLaw = {
  name: 'soft-bounds',
  summary: 'a step that shrinks linearly towards a bound',
  kind: 'train',
  noise: 'additive',
  start: ({ meanUp, meanDown }) => [1.5 * meanUp, 0.5 * meanUp, 1.5 * meanDown, 0.5 * meanDown],
  bind(values) {
    const [upLow, upHigh] = [at(values, 0), at(values, 1)];
    const [downHigh, downLow] = [at(values, 2), at(values, 3)];
    return (x, { direction }) => (direction > 0 ? upLow + (upHigh - upLow) * x : -(downLow + (downHigh - downLow) * x));
  },
  describe: (fitted) => steps(fitted, ['stepUpAtLowest', 'stepUpAtHighest', 'stepDownAtHighest', 'stepDownAtLowest']),
  equations: {
    kind: 'counted',
    up: 'stepUpAtLowest + (stepUpAtHighest - stepUpAtLowest) * (g - lowest) / (highest - lowest)',
    down: 'stepDownAtLowest + (stepDownAtHighest - stepDownAtLowest) * (g - lowest) / (highest - lowest)',
  },
};

/**
 * The exponential of NeuroSim, G(p) = B (1 - exp(-p/A)) + Gmin, with the ends and the number of pulses taken from the
 * data and one curvature for each direction; the curvature is fitted as P/A, which is 0 for a straight line.
 */
export const NEUROSIM: StepLaw = {
  name: 'neurosim',
  summary: 'exponential between the measured ends, one curvature a direction',
  kind: 'train',
  noise: 'additive',
  start: () => [1, 1],
  bind(values, { levelsUp, levelsDown }) {
    const [up, down] = [exponentialBranch(at(values, 0), levelsUp), exponentialBranch(at(values, 1), levelsDown)];
    return (x, { direction }) => (direction > 0 ? up(x) : -down(1 - x));
  },
  describe: (fitted) => [
    bentParameter(fittedParameter(fitted, 0, { name: 'curvatureUp', unit: '1', scale: 1 })),
    bentParameter(fittedParameter(fitted, 1, { name: 'curvatureDown', unit: '1', scale: 1 })),
    { name: 'levelsUp', unit: '1', value: fitted.facts.levelsUp },
    { name: 'levelsDown', unit: '1', value: fitted.facts.levelsDown },
  ],
  equations: {
    kind: 'counted',
    up: exponentialText('Up', 'g - lowest'),
    down: exponentialText('Down', 'highest - g'),
  },
};

/** A curvature at which the text of the device is far from 0/0, and which nobody can tell from a straight line. */
function bentParameter(parameter: FittedParameter): FittedParameter {
  return { ...parameter, value: Math.abs(parameter.value) < LEAST_CURVATURE ? LEAST_CURVATURE : parameter.value };
}

const LEAST_CURVATURE = 1e-6;

/** The step at a distance from the start of the branch, both as fractions of the range. */
function exponentialBranch(curvature: number, levels: number): (distance: number) => number {
  const share = -Math.expm1(-curvature / levels);
  // 0/0 at a straight line, where the law has a limit
  const first = curvature === 0 ? 1 / levels : share / -Math.expm1(-curvature);
  return (distance) => first - share * distance;
}

function exponentialText(direction: 'Up' | 'Down', distance: string): string {
  const [curvature, levels] = [`curvature${direction}`, `levels${direction}`];
  return `(1 - exp(-${curvature} / ${levels})) * ((highest - lowest) / (1 - exp(-${curvature})) - (${distance}))`;
}

/** A step that falls with a power of the distance to a bound. */
export const POWER: StepLaw = {
  name: 'power',
  summary: 'a step that is a power of the distance to a bound',
  kind: 'train',
  noise: 'additive',
  start: ({ meanUp, meanDown }) => [2 * meanUp, 2 * meanDown, 1, 1, 1.2, -0.2],
  bind(values) {
    const [stepUp, stepDown, exponentUp, exponentDown] = [0, 1, 2, 3].map((index) => at(values, index));
    const [upper, lower] = [at(values, 4), at(values, 5)];
    if (!(upper > lower)) return () => NaN;
    const power = (base: number, exponent = NaN) => Math.max(0, base / (upper - lower)) ** exponent;
    return (x, { direction }) =>
      direction > 0
        ? (stepUp ?? NaN) * power(upper - x, exponentUp)
        : -(stepDown ?? NaN) * power(x - lower, exponentDown);
  },
  describe: (fitted) => [
    ...steps(fitted, ['stepUp', 'stepDown']),
    fittedParameter(fitted, 2, { name: 'exponentUp', unit: '1', scale: 1 }),
    fittedParameter(fitted, 3, { name: 'exponentDown', unit: '1', scale: 1 }),
    // Counted from the lowest reading, in units of the range
    fittedParameter(fitted, 4, { name: 'upperEnd', unit: '1', scale: 1 }),
    fittedParameter(fitted, 5, { name: 'lowerEnd', unit: '1', scale: 1 }),
  ],
  equations: {
    kind: 'counted',
    up: 'stepUp * max(0, (upperEnd - (g - lowest) / (highest - lowest)) / (upperEnd - lowerEnd)) ^ exponentUp',
    down: 'stepDown * max(0, ((g - lowest) / (highest - lowest) - lowerEnd) / (upperEnd - lowerEnd)) ^ exponentDown',
  },
};
