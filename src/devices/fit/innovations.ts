/**
 * What a law cannot foresee in a measurement. Two kinds of noise have to be told apart: that of a pulse stays in the
 * device and adds up, that of a reading is gone with the next one. A Kalman filter weighs each reading accordingly.
 */
import type { LawPulse, StepFunction } from './step-law.js';

/** Readings of one device in units of the measured range, with the pulses between them. */
export interface ScaledSeries {
  readonly device: string;
  readonly start: number;
  readonly pulses: readonly (LawPulse & { readonly count: number; readonly x: number })[];
  /** Factor of every step of this device. */
  readonly gain: number;
}

/** Variances up to a common factor. */
export interface NoiseShares {
  /** Share of pulses in the noise, 0 to 1; the rest is that of readings. */
  readonly pulseShare: number;
  /** By transition, the variance of one pulse relative to the mean one; absent where all are equal. */
  readonly weights?: Float64Array;
}

/** Results by transition (transitions), in the order of the series. */
export interface Innovations {
  /** Reading minus prediction, as fractions of the measured range. */
  readonly errors: Float64Array;
  /** The same by their relative standard deviations, which have a geometric mean of 1. */
  readonly scaled: Float64Array;
}

/** Transitions of all series. */
export function transitionCount(series: readonly ScaledSeries[]): number {
  return series.reduce((sum, { pulses }) => sum + pulses.length, 0);
}

/** Room for the results of as many transitions. */
export function createInnovations(count: number): Innovations {
  return { errors: new Float64Array(count), scaled: new Float64Array(count) };
}

/**
 * Fills `out` with the prediction errors of all transitions. As the standard deviations have a geometric mean of 1, the
 * sum of the squares of `scaled` measures the likelihood whatever the shares are.
 * @returns the geometric mean of the variances of the predictions
 *
 * @see Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989), section 3.4
 */
export function predictAll(
  step: StepFunction,
  series: readonly ScaledSeries[],
  shares: NoiseShares,
  out: Innovations,
): number {
  let index = 0;
  let logSum = 0;
  for (const each of series) {
    logSum += predictSeries(step, each, { ...shares, from: index }, out);
    index += each.pulses.length;
  }
  const factor = Math.exp(logSum / (2 * index));
  for (let each = 0; each < index; each++) out.scaled[each] = (out.scaled[each] ?? NaN) * factor;
  return factor * factor;
}

/** The errors of one series, whose transitions begin at `from`; returns the sum of the logarithms of their variances. */
function predictSeries(
  step: StepFunction,
  { start, pulses, gain: deviceGain }: ScaledSeries,
  { pulseShare, weights, from }: NoiseShares & { readonly from: number },
  out: Innovations,
): number {
  const readVariance = 1 - pulseShare;
  let x = start;
  let variance = readVariance;
  let logSum = 0;
  let index = from;
  for (const pulse of pulses) {
    for (let count = 0; count < pulse.count; count++) {
      if (variance > 0) {
        const slope = 1 + (deviceGain * (step(x + HALF, pulse) - step(x - HALF, pulse))) / (2 * HALF);
        variance *= slope * slope;
      }
      variance += pulseShare * (weights?.[index] ?? 1);
      x += deviceGain * step(x, pulse);
    }
    const total = variance + readVariance;
    const error = pulse.x - x;
    x += (variance / total) * error;
    variance *= readVariance / total;
    out.errors[index] = error;
    out.scaled[index] = error / Math.sqrt(total);
    logSum += Math.log(total);
    index++;
  }
  return logSum;
}

/** Half the distance over which the slope of a step is taken, as a fraction of the measured range. */
const HALF = 1e-4;

/** Weights of noise that is a fraction of the step. */
export interface StepWeights {
  /** Square of the step by transition, relative to `meanSquare`. */
  readonly weights: Float64Array;
  readonly meanSquare: number;
}

/** Squares of the steps from each reading to the next. */
export function stepWeights(step: StepFunction, series: readonly ScaledSeries[]): StepWeights {
  const squares = series.flatMap(({ start, pulses, gain }) =>
    pulses.map((pulse, index) => (gain * step(index === 0 ? start : (pulses[index - 1]?.x ?? NaN), pulse)) ** 2),
  );
  const meanSquare = squares.reduce((sum, square) => sum + square, 0) / squares.length;
  // A step of nearly nothing would otherwise outweigh all others
  return { weights: Float64Array.from(squares, (square) => Math.max(1e-6, square / meanSquare)), meanSquare };
}
