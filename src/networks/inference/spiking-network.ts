/**
 * A network of neurons with equations in time, for samples side by side, step by step. What a population sends in a step
 * reaches those behind it in the same step, and where projections close a circle in the next; a delay is whole steps.
 */
import { invariant } from '../../core/invariant.js';
import { evaluate } from '../../devices/evaluate.js';
import { referencesOf } from '../../devices/symbolic.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { CreateArray } from '../arrays/create-array.js';
import type { Programming } from '../arrays/programmed-cells.js';
import type { SynapseArray } from '../arrays/synapse-array.js';
import { connectPopulations } from '../layers/connect-populations.js';
import type { Connection } from '../layers/connection.js';
import type { NeuronVectors } from '../layers/neurons.js';
import { NeuronPopulation } from '../neurons/neuron-population.js';
import { notRunnable } from '../study-fault.js';
import { DelayLine } from './delay-line.js';
import { stepOrder } from './step-order.js';

export interface SpikingNetworkSetup {
  readonly seed: number;
  /** Samples side by side, at most. */
  readonly batch: number;
  readonly stepSeconds: number;
  /** How cells are programmed; they begin at their weights where absent. */
  readonly programming?: Programming;
}

interface Link {
  readonly connection: Connection;
  readonly to: number;
}

export class SpikingNetwork {
  readonly populations: readonly NeuronPopulation[];
  /** Arrays of weights by the name of their projection. */
  readonly arrays: ReadonlyMap<string, SynapseArray>;
  readonly #order: readonly number[];
  readonly #links: readonly Link[];
  readonly #delays: DelayLine[] = [];

  /** Throws a `StudyFault` where the network cannot be computed with. */
  constructor(mapped: MappedNetwork, setup: SpikingNetworkSetup, create: CreateArray) {
    const { seed, batch, stepSeconds, programming } = setup;
    this.populations = mapped.populations.map((population) => {
      const { name, model, origin } = population;
      const made = NeuronPopulation.of(population, stepSeconds, batch);
      return made ?? notRunnable(`\`${name}\``, `\`${model}\` follows no equation in time`, origin);
    });
    this.#order = stepOrder(mapped);
    this.#links = mapped.projections.map((projection, index) => {
      const place = { network: mapped, projection, index, seed, batch, ...(programming && { programming }) };
      const sides = { from: this.#seenBy(projection, stepSeconds), to: this.populations[projection.to.population] };
      return { connection: connectPopulations(place, sides, create), to: projection.to.population };
    });
    this.arrays = new Map(
      this.#links.flatMap(({ connection }) => (connection.array ? [[connection.name, connection.array] as const] : [])),
    );
  }

  /** Forgets what it has been shown. */
  reset(): void {
    for (const population of this.populations) population.reset();
    for (const delay of this.#delays) delay.reset();
  }

  /** One step of `count` samples; `write` brings their values to the inputs of the population that they drive. */
  step(count: number, input: number, write: (inputs: Float32Array) => void): void {
    for (const index of this.#order) {
      const population = this.populations[index];
      invariant(population, 'the order is one of populations');
      population.inputs.fill(0, 0, count * population.size);
      if (index === input) write(population.inputs);
      for (const { connection, to } of this.#links) if (to === index) connection.forward(count, 1);
      population.step(count);
    }
    for (const delay of this.#delays) delay.step();
  }

  /** Ends the threads of all arrays. */
  close(): void {
    for (const array of this.arrays.values()) array.close?.();
  }

  /** What a projection sees of the population before: what that sends, or has sent some steps ago. */
  #seenBy({ name, delay, from, origin }: MappedProjection, stepSeconds: number): NeuronVectors | undefined {
    const before = this.populations[from.population];
    if (!delay || !before) return before;
    if (referencesOf(delay).size > 0) {
      notRunnable(`projection \`${name}\``, 'in steps, all its synapses have one delay', origin);
    }
    const steps = Math.round(evaluate(delay, () => NaN) / stepSeconds);
    if (steps === 0) return before;
    const line = new DelayLine(before, steps);
    this.#delays.push(line);
    return line;
  }
}
