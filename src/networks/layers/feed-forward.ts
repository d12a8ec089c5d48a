/** A network of rate neurons without cycles: batches go forward, errors back, rules learn. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { createArray, projectionKey, type CreateArray } from '../arrays/create-array.js';
import type { ArraySnapshot, SynapseArray } from '../arrays/synapse-array.js';
import { isRateModel } from './activation.js';
import { connectPopulations } from './connect-populations.js';
import type { Connection } from './connection.js';
import { notRunnable } from '../study-fault.js';
import { scoreBatch, type BatchScore, type Loss } from './loss.js';
import { learningNotes } from '../run/learning-notes.js';
import { Neurons } from './neurons.js';

/** Samples of one presentation; `features` is (labels.length x inputs). */
export interface LabelledBatch {
  readonly features: Float32Array;
  readonly labels: Int32Array;
}

interface Link {
  readonly connection: Connection;
  /** Indices of populations. */
  readonly from: number;
  readonly to: number;
  /** Whether errors have anywhere to go: neurons before that are driven by others. */
  readonly goesBack: boolean;
  readonly learns: boolean;
}

/** The network of one seed. */
export class FeedForward {
  /** What is driven by samples, and what is scored. */
  readonly input: Neurons;
  readonly output: Neurons;
  readonly #network: MappedNetwork;
  readonly #populations: readonly Neurons[];
  /** In the order in which batches go through them. */
  readonly #order: readonly number[];
  readonly #links: readonly Link[];

  /** Throws a `StudyFault` where the network cannot be computed with. */
  constructor(network: MappedNetwork, seed: number, batch: number, create: CreateArray = createArray) {
    this.#populations = network.populations.map((population, index) => {
      const { model, name, origin } = population;
      if (!isRateModel(model)) return notRunnable(`\`${name}\``, `\`${model}\` has no output for a sample`, origin);
      const key = projectionKey(seed, network.projections.length + index);
      return new Neurons({ population, model, batch, key, stream: 0 });
    });
    this.#network = network;
    this.#order = orderOf(network);
    this.#links = network.projections.map((projection, index) => {
      if (projection.delay)
        notRunnable(`projection \`${projection.name}\``, 'samples have no delay', projection.origin);
      const [from, to] = [projection.from, projection.to].map(({ population }) => this.#populations[population]);
      const connection = connectPopulations({ network, projection, index, seed, batch }, { from, to }, create);
      const goesBack = network.projections.some(({ to }) => to.population === projection.from.population);
      const learns = projection.learning.length > 0;
      return { connection, from: projection.from.population, to: projection.to.population, goesBack, learns };
    });
    const [input, output] = endsOf(network);
    this.input = this.#neurons(input);
    this.output = this.#neurons(output);
  }

  /** Arrays of weights by the name of their projection. */
  get arrays(): ReadonlyMap<string, SynapseArray> {
    return new Map(
      this.#links.flatMap(({ connection }) => (connection.array ? [[connection.name, connection.array] as const] : [])),
    );
  }

  /** Presents samples without learning; `scale` is a factor of what goes into every array. */
  test(batch: LabelledBatch, loss: Loss | undefined, scale = 1): BatchScore {
    this.#forward(batch, false, scale);
    return scoreBatch(this.output, batch.labels, loss, false);
  }

  /** Presents samples and leaves errors on both sides of every projection; {@link learn} takes the step. */
  train(batch: LabelledBatch, loss: Loss): BatchScore {
    this.#forward(batch, true, 1);
    const count = batch.labels.length;
    for (const neurons of this.#populations) neurons.errors.fill(0, 0, count * neurons.size);
    const score = scoreBatch(this.output, batch.labels, loss, true);
    for (const index of this.#order.toReversed()) {
      const neurons = this.#neurons(index);
      if (neurons !== this.output) neurons.backward(count);
      for (const { connection, to, goesBack } of this.#links) {
        if (to === index && goesBack) connection.backward(count);
      }
    }
    return score;
  }

  /** One step of all rules from what {@link train} left. */
  learn(count: number): void {
    for (const { connection, learns } of this.#links) if (learns) connection.learn(count);
  }

  /** How the cells of its projections are programmed. */
  realizations(): readonly RealizationNote[] {
    return learningNotes(this.#network);
  }

  /** State of populations and arrays by name. */
  snapshot(): Readonly<Record<string, ArraySnapshot>> {
    return Object.fromEntries([
      ...this.#populations.map((neurons) => [`population ${neurons.name}`, neurons.snapshot()] as const),
      ...[...this.arrays].map(([name, array]) => [`projection ${name}`, array.snapshot()] as const),
    ]);
  }

  /** Takes a {@link snapshot} of a network of the same form back. */
  restore(snapshots: Readonly<Record<string, ArraySnapshot>>): void {
    for (const neurons of this.#populations) neurons.restore(snapshots[`population ${neurons.name}`] ?? {});
    for (const [name, array] of this.arrays) array.restore(snapshots[`projection ${name}`] ?? {});
  }

  /** Ends the threads of all arrays. */
  close(): void {
    for (const array of this.arrays.values()) array.close?.();
  }

  #neurons(index: number): Neurons {
    const neurons = this.#populations[index];
    if (!neurons) throw new RangeError(`there is no population ${String(index)}`);
    return neurons;
  }

  #forward({ features, labels }: LabelledBatch, isTraining: boolean, scale: number): void {
    const count = labels.length;
    for (const neurons of this.#populations) neurons.inputs.fill(0, 0, count * neurons.size);
    this.input.inputs.set(features);
    for (const index of this.#order) {
      for (const { connection, to } of this.#links) if (to === index) connection.forward(count, scale);
      this.#neurons(index).forward(count, isTraining);
    }
  }
}

/** Populations from what is driven by samples to what is scored; refuses cycles. */
function orderOf({ populations, projections }: MappedNetwork): readonly number[] {
  const order: number[] = [];
  const left = new Set(populations.keys());
  while (left.size > 0) {
    const next = [...left].find(
      (index) => !projections.some(({ from, to }) => to.population === index && left.has(from.population)),
    );
    if (next === undefined) {
      const found = projections.find(({ from, to }) => left.has(from.population) && left.has(to.population));
      const [first] = projections;
      const { name, origin } = found ?? first ?? { name: '', origin: undefined };
      if (!origin) return order;
      return notRunnable(`projection \`${name}\``, 'it closes a circle', origin);
    }
    order.push(next);
    left.delete(next);
  }
  return order;
}

/** The population that samples drive and the one that is scored. */
function endsOf({ populations, projections, study }: MappedNetwork): readonly [number, number] {
  const indices = [...populations.keys()];
  const inputs = indices.filter((index) => !projections.some(({ to }) => to.population === index));
  const outputs = indices.filter((index) => !projections.some(({ from }) => from.population === index));
  const [input, output] = [inputs[0], outputs[0]];
  const words = (found: readonly number[]): string => found.map((index) => `\`${populations[index]?.name ?? ''}\``).join(', '); // prettier-ignore
  if (input === undefined || inputs.length > 1) return notRunnable(`\`${study.network}\``, `samples could go to ${words(inputs) || 'no population'}`, study.origin); // prettier-ignore
  if (output === undefined || outputs.length > 1) return notRunnable(`\`${study.network}\``, `${words(outputs) || 'no population'} could be the answer`, study.origin); // prettier-ignore
  return [input, output];
}
