/** Samples side by side, shown to a network on devices and to the same network with exact weights, step by step. */
import type { Samples } from '../../core/samples.js';
import type { InferencePlan } from './inference-plan.js';
import type { SpikingNetwork } from './spiking-network.js';

export interface ComparedNetworks {
  readonly found: SpikingNetwork;
  readonly exact: SpikingNetwork;
  readonly ends: Pick<InferencePlan, 'input' | 'output'>;
}

/** How many samples were decided as their label says, with devices and with exact weights, and as each other. */
export interface BatchDecisions {
  readonly correct: number;
  readonly exactCorrect: number;
  readonly agreeing: number;
}

export class BatchInference {
  /** Samples, and steps of each. */
  readonly count: number;
  readonly steps: number;
  readonly #networks: ComparedNetworks;
  readonly #samples: Samples;
  readonly #chosen: Uint32Array;
  readonly #width: number;
  /** Sums of what the neurons that decide have sent (samples x neurons). */
  readonly #found: Float64Array;
  readonly #exact: Float64Array;
  #done = 0;

  /** Begins to show the samples `chosen` of `samples`. */
  constructor(networks: ComparedNetworks, samples: Samples, chosen: Uint32Array) {
    const { found, exact, ends } = networks;
    this.#networks = networks;
    this.#samples = samples;
    this.#chosen = chosen;
    this.count = chosen.length;
    this.#width = found.populations[ends.input]?.size ?? NaN;
    const size = samples.shape.reduce((product, side) => product * side, 1);
    this.steps = size / this.#width;
    const classes = found.populations[ends.output]?.size ?? 0;
    this.#found = new Float64Array(this.count * classes);
    this.#exact = new Float64Array(this.count * classes);
    found.reset();
    exact.reset();
  }

  get isDone(): boolean {
    return this.#done >= this.steps;
  }

  /** One step of both networks. */
  step(): void {
    const { found, exact, ends } = this.#networks;
    const first = this.#done++ * this.#width;
    for (const [network, sums] of [
      [found, this.#found],
      [exact, this.#exact],
    ] as const) {
      // prettier-ignore
      network.step(this.count, ends.input, (inputs) => {
        this.#write(first, inputs);
      });
      const outputs = network.populations[ends.output]?.outputs;
      for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? NaN) + (outputs?.[at] ?? NaN);
    }
  }

  /** The class of a sample is the neuron that has sent most; of those that have sent as much, the first. */
  score(): BatchDecisions {
    const [found, exact] = [this.#decide(this.#found), this.#decide(this.#exact)];
    const labels = Array.from(this.#chosen, (index) => this.#samples.labels?.[index] ?? -1);
    const equal = (left: readonly number[], right: readonly number[]): number =>
      left.reduce((count, each, at) => count + Number(each === right[at]), 0);
    return { correct: equal(found, labels), exactCorrect: equal(exact, labels), agreeing: equal(found, exact) };
  }

  #write(first: number, inputs: Float32Array): void {
    const { features } = this.#samples;
    const size = this.steps * this.#width;
    this.#chosen.forEach((index, sample) => {
      const from = index * size + first;
      inputs.set(features.subarray(from, from + this.#width), sample * this.#width);
    });
  }

  #decide(sums: Float64Array): readonly number[] {
    const classes = sums.length / this.count;
    return Array.from({ length: this.count }, (_, sample) => {
      const own = sums.subarray(sample * classes, (sample + 1) * classes);
      return own.reduce((best, sum, at) => (sum > (own[best] ?? NaN) ? at : best), 0);
    });
  }
}
