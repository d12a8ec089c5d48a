/** Numbers of an agent that are trained: where they begin, and steps along their gradients, limited in length. */
import { centred } from '../../numerics/distribution.js';
import { keyOfSeed } from '../../numerics/normal.js';
import { fillVariates } from '../../numerics/variates.js';
import type { ArraySnapshot } from '../arrays/synapse-array.js';
import { Adam, type TrainedNumbers } from '../recurrent/adam.js';

/** Numbers with the range in which they begin, uniformly distributed. */
export interface DrawnNumbers extends TrainedNumbers {
  readonly start: { readonly low: number; readonly high: number };
}

/** Step of Adam at rate 1. */
const ADAM_STEP = 1e-3;
/** Streams of random numbers of initial values, apart from those of sequence models and of games. */
const STREAM = 2 ** 21 + 32;

export class AgentNumbers {
  readonly numbers: readonly DrawnNumbers[];
  readonly #adam: Adam;

  constructor(numbers: readonly DrawnNumbers[], seed: number) {
    this.numbers = numbers;
    numbers.forEach(({ values, start: { low, high } }, index) => {
      const address = { key: keyOfSeed(seed), stream: STREAM + index, event: 0, along: 'rows' } as const;
      const one = { indices: Int32Array.of(0), count: 1 };
      const all = { indices: Int32Array.from(values, (_, at) => at), count: values.length };
      fillVariates(values, centred({ name: 'uniform', operands: [low, high] }), address, { rows: one, columns: all });
    });
    this.#adam = new Adam(numbers);
  }

  /** One step of Adam, of 0.001 times `rate`, along gradients that are shortened to `most` in length where they are longer. */
  step(rate: number, most: number): void {
    const length = Math.sqrt(this.numbers.reduce((sum, { gradients }) => sum + squareOf(gradients), 0));
    const factor = length > most ? most / length : 1;
    if (factor < 1) {
      for (const { gradients } of this.numbers) {
        for (let at = 0; at < gradients.length; at++) gradients[at] = (gradients[at] ?? NaN) * factor;
      }
    }
    this.#adam.step(ADAM_STEP * rate);
  }

  snapshot(): ArraySnapshot {
    return this.#adam.snapshot();
  }

  restore(snapshot: ArraySnapshot): void {
    this.#adam.restore(snapshot);
  }
}

function squareOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
