/** How far devices differ: a factor of every step for each, fitted with all else held. */
import { minimizeSquares } from '../../numerics/least-squares.js';
import type { FitProblem, LawFit } from './fit-law.js';
import { createInnovations, predictAll, stepWeights, transitionCount } from './innovations.js';

/** Spread of the factors; unknown where there are too few devices to tell. */
export type GainSpread =
  | { readonly kind: 'unknown'; readonly devices: number }
  | {
      readonly kind: 'known';
      readonly devices: number;
      /** Their mean is 1. */
      readonly byDevice: ReadonlyMap<string, number>;
      /** Standard deviation between devices, without what the uncertainty of each factor adds to it. */
      readonly deviation: number;
    };

/** Devices below which a spread is a guess. */
export const LEAST_DEVICES = 3;

/** Fits the factors under `best`. */
export function fitGains(best: LawFit, problem: FitProblem): GainSpread {
  const names = [...new Set(problem.series.map(({ device }) => device))];
  const gains = names.map((name) => fitGain(best, problem, name)).filter((gain) => gain !== undefined);
  if (names.length < LEAST_DEVICES || gains.length < names.length) return { kind: 'unknown', devices: names.length };
  const mean = average(gains.map(({ gain }) => gain));
  const byDevice = new Map(names.map((name, index) => [name, (gains[index]?.gain ?? NaN) / mean]));
  const between = gains.reduce((sum, { gain }) => sum + (gain / mean - 1) ** 2, 0) / (gains.length - 1);
  const within = average(gains.map(({ error }) => (error / mean) ** 2));
  return { kind: 'known', devices: names.length, byDevice, deviation: Math.sqrt(Math.max(0, between - within)) };
}

interface Gain {
  readonly gain: number;
  /** Standard error. */
  readonly error: number;
}

function fitGain({ law, values, pulseShare }: LawFit, { series, facts }: FitProblem, device: string): Gain | undefined {
  const own = series.filter((each) => each.device === device);
  const count = transitionCount(own);
  if (count < 2) return undefined;
  const out = createInnovations(count);
  const step = law.bind(values, facts);
  const weights = law.noise === 'relative' ? stepWeights(step, own).weights : undefined;
  const {
    covariance,
    hasConverged,
    values: found,
  } = minimizeSquares({
    count,
    start: [1],
    residuals: ([gain = NaN], residuals) => {
      const scaled = own.map((each) => ({ ...each, gain }));
      predictAll(step, scaled, { pulseShare, ...(weights && { weights }) }, out);
      residuals.set(out.scaled);
    },
  });
  const [gain] = found;
  const [variance] = covariance ?? [];
  if (!hasConverged || gain === undefined || variance === undefined || !(gain > 0)) return undefined;
  return { gain, error: Math.sqrt(variance) };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
