/** Numbers that are trained by gradient, and where they begin. */
import { centred } from '../../numerics/distribution.js';
import { keyOfSeed } from '../../numerics/normal.js';
import { fillVariates } from '../../numerics/variates.js';
import type { TrainedNumbers } from './adam.js';

/** Step of Adam at rate 1. */
export const ADAM_STEP = 1e-3;

/** Numbers with the range in which they begin, uniformly distributed. */
export interface DrawnNumbers extends TrainedNumbers {
  readonly start: { readonly low: number; readonly high: number };
}

/** Zeros that are trained. */
export function numbersOf(name: string, length: number): TrainedNumbers {
  return { name, values: new Float64Array(length), gradients: new Float64Array(length) };
}

/** From `-end` to `end`. */
export function around(end: number): DrawnNumbers['start'] {
  return { low: -end, high: end };
}

/** Draws all numbers anew, each set from a stream of random numbers of its own from `stream` on. */
export function drawNumbers(all: readonly DrawnNumbers[], seed: number, stream: number): void {
  const key = keyOfSeed(seed);
  all.forEach(({ values, start: { low, high } }, index) => {
    const address = { key, stream: stream + index, event: 0, along: 'rows' } as const;
    const one = { indices: Int32Array.of(0), count: 1 };
    const places = { indices: Int32Array.from(values, (_, at) => at), count: values.length };
    fillVariates(values, centred({ name: 'uniform', operands: [low, high] }), address, { rows: one, columns: places });
  });
}
