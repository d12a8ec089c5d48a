/**
 * Normalisation of every neuron over the batch, without affine parameters, as PyTorch's `BatchNorm1d(affine=False)`:
 * mean 0 and deviation 1 in training, running statistics in tests.
 */
import type { ArraySnapshot } from '../arrays/synapse-array.js';

/** Added to variances, PyTorch's default. */
const EPSILON = 1e-5;

/** The statistics of a population of `width` neurons, and the normalised inputs of the last batch. */
export class BatchNorm {
  readonly #width: number;
  readonly #momentum: number;
  readonly #mean: Float64Array;
  readonly #variance: Float64Array;
  /** Normalised values of the last batch of training, and what errors are divided by. */
  readonly #normal: Float32Array;
  readonly #inverse: Float64Array;
  readonly #sums: Float64Array;
  readonly #products: Float64Array;

  /** @param momentum  part of the batch in running statistics, from 0 to 1 */
  constructor(width: number, batch: number, momentum: number) {
    this.#width = width;
    this.#momentum = momentum;
    this.#mean = new Float64Array(width);
    this.#variance = new Float64Array(width).fill(1);
    this.#normal = new Float32Array(width * batch);
    this.#inverse = new Float64Array(width);
    this.#sums = new Float64Array(width);
    this.#products = new Float64Array(width);
  }

  /** Normalises `values` (count x width) in place. */
  forward(values: Float32Array, count: number, isTraining: boolean): void {
    if (isTraining) this.#train(values, count);
    else this.#test(values, count);
  }

  #test(values: Float32Array, count: number): void {
    const width = this.#width;
    for (let neuron = 0; neuron < width; neuron++) {
      this.#inverse[neuron] = 1 / Math.sqrt((this.#variance[neuron] ?? NaN) + EPSILON);
    }
    for (let at = 0, end = count * width; at < end; at += width) {
      for (let neuron = 0; neuron < width; neuron++) {
        const shifted = (values[at + neuron] ?? NaN) - (this.#mean[neuron] ?? NaN);
        values[at + neuron] = shifted * (this.#inverse[neuron] ?? NaN);
      }
    }
  }

  #train(values: Float32Array, count: number): void {
    const width = this.#width;
    this.#measure(values, count);
    const means = this.#sums;
    for (let at = 0, end = count * width; at < end; at += width) {
      for (let neuron = 0; neuron < width; neuron++) {
        const normal = ((values[at + neuron] ?? NaN) - (means[neuron] ?? 0)) * (this.#inverse[neuron] ?? 0);
        this.#normal[at + neuron] = normal;
        values[at + neuron] = normal;
      }
    }
  }

  /** Leaves means of the batch in `#sums`, the factors of its deviations, and running statistics that have seen it. */
  #measure(values: Float32Array, count: number): void {
    const width = this.#width;
    const end = count * width;
    const [means, squares] = [this.#sums.fill(0), this.#products.fill(0)];
    for (let at = 0; at < end; at += width) {
      for (let neuron = 0; neuron < width; neuron++)
        means[neuron] = (means[neuron] ?? 0) + (values[at + neuron] ?? NaN);
    }
    for (let neuron = 0; neuron < width; neuron++) means[neuron] = (means[neuron] ?? 0) / count;
    for (let at = 0; at < end; at += width) {
      for (let neuron = 0; neuron < width; neuron++) {
        const shifted = (values[at + neuron] ?? NaN) - (means[neuron] ?? 0);
        squares[neuron] = (squares[neuron] ?? 0) + shifted * shifted;
      }
    }
    for (let neuron = 0; neuron < width; neuron++) {
      const square = squares[neuron] ?? 0;
      this.#inverse[neuron] = 1 / Math.sqrt(square / count + EPSILON);
      this.#follow(this.#mean, neuron, means[neuron] ?? 0);
      // Running variances are unbiased
      this.#follow(this.#variance, neuron, square / Math.max(1, count - 1));
    }
  }

  #follow(running: Float64Array, neuron: number, latest: number): void {
    running[neuron] = (1 - this.#momentum) * (running[neuron] ?? 0) + this.#momentum * latest;
  }

  /** Errors (count x width) by the inputs in place of those by the normalised values, of the last batch of training. */
  backward(errors: Float32Array, count: number): void {
    const width = this.#width;
    const end = count * width;
    const [sums, products] = [this.#sums.fill(0), this.#products.fill(0)];
    for (let at = 0; at < end; at += width) {
      for (let neuron = 0; neuron < width; neuron++) {
        const error = errors[at + neuron] ?? NaN;
        sums[neuron] = (sums[neuron] ?? 0) + error;
        products[neuron] = (products[neuron] ?? 0) + error * (this.#normal[at + neuron] ?? 0);
      }
    }
    for (let at = 0; at < end; at += width) {
      for (let neuron = 0; neuron < width; neuron++) {
        const common = ((sums[neuron] ?? 0) + (this.#normal[at + neuron] ?? 0) * (products[neuron] ?? 0)) / count;
        errors[at + neuron] = ((errors[at + neuron] ?? NaN) - common) * (this.#inverse[neuron] ?? 0);
      }
    }
  }

  snapshot(): ArraySnapshot {
    return { mean: this.#mean.slice(), variance: this.#variance.slice() };
  }

  restore({ mean = this.#mean, variance = this.#variance }: ArraySnapshot): void {
    this.#mean.set(mean);
    this.#variance.set(variance);
  }
}
