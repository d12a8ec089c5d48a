/** Adam: steps along the gradient in units of what it has been. */
import type { ArraySnapshot } from '../arrays/synapse-array.js';

/** Numbers that are trained, and the derivatives of the loss by them. */
export interface TrainedNumbers {
  readonly name: string;
  readonly values: Float64Array;
  readonly gradients: Float64Array;
  /** What values are kept within after every step. */
  readonly bounds?: { readonly low: number; readonly high: number };
}

/** The authors' defaults, as everybody's. */
const [FIRST_KEPT, SECOND_KEPT, LEAST] = [0.9, 0.999, 1e-8];

/** @see Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015, Algorithm 1 */
export class Adam {
  readonly #trained: readonly TrainedNumbers[];
  readonly #first: readonly Float64Array[];
  readonly #second: readonly Float64Array[];
  #steps = 0;

  constructor(trained: readonly TrainedNumbers[]) {
    this.#trained = trained;
    this.#first = trained.map(({ values }) => new Float64Array(values.length));
    this.#second = trained.map(({ values }) => new Float64Array(values.length));
  }

  /** One step of all values; gradients are zero behind it. */
  step(rate: number): void {
    this.#steps++;
    const firstPart = 1 - FIRST_KEPT ** this.#steps;
    const secondPart = 1 - SECOND_KEPT ** this.#steps;
    this.#trained.forEach(({ values, gradients, bounds }, index) => {
      const [first, second] = [this.#first[index], this.#second[index]];
      if (!first || !second) return;
      const { low, high } = bounds ?? { low: -Infinity, high: Infinity };
      for (let at = 0; at < values.length; at++) {
        const slope = gradients[at] ?? NaN;
        const mean = FIRST_KEPT * (first[at] ?? NaN) + (1 - FIRST_KEPT) * slope;
        const square = SECOND_KEPT * (second[at] ?? NaN) + (1 - SECOND_KEPT) * slope * slope;
        first[at] = mean;
        second[at] = square;
        const change = (rate * (mean / firstPart)) / (Math.sqrt(square / secondPart) + LEAST);
        values[at] = Math.min(high, Math.max(low, (values[at] ?? NaN) - change));
      }
      gradients.fill(0);
    });
  }

  /** Values and moments by name; gradients are zero between steps. */
  snapshot(): ArraySnapshot {
    const entries = this.#trained.flatMap(({ name, values }, index) => [
      [name, values.slice()] as const,
      [`${name}, mean`, this.#first[index]?.slice() ?? new Float64Array()] as const,
      [`${name}, square`, this.#second[index]?.slice() ?? new Float64Array()] as const,
    ]);
    return { ...Object.fromEntries(entries), steps: Float64Array.of(this.#steps) };
  }

  restore(snapshot: ArraySnapshot): void {
    this.#trained.forEach(({ name, values, gradients }, index) => {
      const copy = (to: Float64Array | undefined, from: string): void => {
        to?.set(snapshot[from] ?? to);
      };
      copy(values, name);
      copy(this.#first[index], `${name}, mean`);
      copy(this.#second[index], `${name}, square`);
      gradients.fill(0);
    });
    this.#steps = snapshot['steps']?.[0] ?? 0;
  }
}
