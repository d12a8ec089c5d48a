/** Spikes of populations as they are counted: with devices, beside those with exact weights. */
import { plainName } from '../../ir/neuron-ranges.js';
import type { NeuronPopulation } from '../neurons/neuron-population.js';
import type { SpikeCounts } from '../run/seed-results.js';

/** In a population: spikes, those of both runs at the same neuron and step, and those of either. */
interface Counts {
  found: number;
  both: number;
  either: number;
}

export class SpikeTally {
  readonly #found: readonly NeuronPopulation[];
  readonly #exact: readonly NeuronPopulation[];
  readonly #counts: readonly Counts[];
  #seconds = 0;

  /** Of the populations of two networks of one form. */
  constructor(found: readonly NeuronPopulation[], exact: readonly NeuronPopulation[]) {
    this.#found = found;
    this.#exact = exact;
    this.#counts = found.map(() => ({ found: 0, both: 0, either: 0 }));
  }

  /** Spikes by the name of their population, without the indices of instances. */
  get counts(): ReadonlyMap<string, SpikeCounts> {
    const all = new Map<string, SpikeCounts>();
    this.#found.forEach(({ name, size, sendsSpikes }, index) => {
      const own = this.#counts[index];
      if (!sendsSpikes || !own) return;
      const known = all.get(plainName(name)) ?? { neurons: 0, found: 0, both: 0, either: 0 };
      all.set(plainName(name), {
        neurons: known.neurons + size,
        found: known.found + own.found,
        both: known.both + own.both,
        either: known.either + own.either,
        seconds: this.#seconds,
      });
    });
    return all;
  }

  /** Spikes of all populations, sources among them. */
  get total(): number {
    return [...this.counts.values()].reduce((sum, { found }) => sum + found, 0);
  }

  /** One step of `count` samples, each for `seconds`. */
  add(count: number, seconds: number): void {
    this.#seconds += count * seconds;
    this.#found.forEach((population, index) => {
      const [other, counts] = [this.#exact[index], this.#counts[index]];
      if (!population.sendsSpikes || !other || !counts) return;
      for (let at = 0, end = count * population.size; at < end; at++) {
        const [here, there] = [population.outputs[at] !== 0, other.outputs[at] !== 0];
        if (here) counts.found++;
        if (here && there) counts.both++;
        if (here || there) counts.either++;
      }
    });
  }
}
