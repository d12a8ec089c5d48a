/** Numbers of an agent that are trained: where they begin, and steps along their gradients, limited in length. */
import type { ArraySnapshot } from '../arrays/synapse-array.js';
import { Adam } from '../recurrent/adam.js';
import { ADAM_STEP, drawNumbers, type DrawnNumbers } from '../recurrent/drawn-numbers.js';

/** Streams of random numbers of initial values, apart from those of sequence models and of games. */
const STREAM = 2 ** 21 + 32;

export class AgentNumbers {
  readonly numbers: readonly DrawnNumbers[];
  readonly #adam: Adam;

  constructor(numbers: readonly DrawnNumbers[], seed: number) {
    this.numbers = numbers;
    drawNumbers(numbers, seed, STREAM);
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
