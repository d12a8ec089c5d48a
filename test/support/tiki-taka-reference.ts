/**
 * Tiki-Taka as published, in plain numbers and written on its own: one neuron on SoftBounds weights, random trains with
 * aihwkit's management of lengths and scales, a row transferred after every sample.
 */
import { drawFrom } from './pulse-program.js';

/** A sample: inputs with a 1 for the bias behind them, and the class. */
export interface Point {
  readonly x: readonly number[];
  readonly label: number;
}

export interface ReferenceSettings {
  readonly method: 'plain' | 'first' | 'second';
  readonly eta: number;
  readonly transferRate: number;
  /** Bound of a weight and its step at zero. */
  readonly bound: number;
  readonly step: number;
  readonly seed: number;
}

export function outputOf(weights: readonly number[], { x }: Point): number {
  return 1 / (1 + Math.exp(-x.reduce((sum, value, row) => sum + value * (weights[row] ?? 0), 0)));
}

/** Mean cross-entropy. */
export function lossOf(weights: readonly number[], points: readonly Point[]): number {
  const losses = points.map((point) => {
    const output = outputOf(weights, point);
    return -Math.log(point.label === 1 ? output : 1 - output);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / points.length;
}

/** The weights after all `points` have been seen once, in their order. */
export function trainReference(points: readonly Point[], settings: ReferenceSettings): readonly number[] {
  const { method, eta, transferRate, bound, step, seed } = settings;
  const below = drawFrom(seed);
  const chance = (probability: number): boolean => below(1_000_000) < probability * 1_000_000;
  const rows = points[0]?.x.length ?? 0;
  const [slow, fast, sums] = [0, 1, 2].map(() => new Array<number>(rows).fill(0)) as [number[], number[], number[]];
  const pulse = (weights: number[], row: number, sign: number): void => {
    const weight = weights[row] ?? 0;
    weights[row] = weight + sign * step * (1 - (sign * weight) / bound);
  };
  // x is one row of inputs, d a single error; both sides share out the length as in update management
  const trains = (weights: number[], x: readonly number[], d: number, rate: number): void => {
    const largest = Math.max(...x.map(Math.abs));
    const needed = (rate * largest * Math.abs(d)) / step;
    if (needed === 0) return;
    const slots = Math.min(31, Math.ceil(needed));
    const both = Math.sqrt(rate / (step * slots));
    const balance = Math.sqrt(largest / (Math.abs(d) * Math.min(1, 31 / needed)));
    for (let slot = 0; slot < slots; slot++) {
      if (!chance(Math.abs(d) * both * balance)) continue;
      x.forEach((value, row) => {
        if (chance((Math.abs(value) * both) / balance)) pulse(weights, row, Math.sign(value) * Math.sign(d));
      });
    }
  };
  points.forEach((point, sample) => {
    const error = outputOf(slow, point) - point.label;
    trains(method === 'plain' ? slow : fast, point.x, -error, eta);
    const row = sample % rows;
    if (method === 'first') {
      const chosen = point.x.map((_, each) => Number(each === row));
      trains(slow, chosen, fast[row] ?? 0, transferRate);
    }
    if (method === 'second') {
      const sum = (sums[row] ?? 0) + transferRate * (fast[row] ?? 0);
      const whole = Math.trunc(sum / step);
      sums[row] = sum - whole * step;
      for (let count = 0; count < Math.abs(whole); count++) pulse(slow, row, Math.sign(whole));
    }
  });
  return slow;
}
