/**
 * A mapped network that reads sequences: layers, recurrent or not, with fast weights or without, between its inputs and
 * the neurons that answer, all of it trained on the host by gradient through time. The answer is that behind the last step.
 */
import { invariant } from '../../core/invariant.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import type { ArrayCounts, ArraySnapshot, SynapseArray } from '../arrays/synapse-array.js';
import type { BatchScore, Loss } from '../layers/loss.js';
import { notRunnable } from '../study-fault.js';
import { ReplayedLayer } from './replayed-layer.js';
import { planSequences, type SequencePlan } from './sequence-plan.js';
import { SequenceModel, type LabelledSequences, type SequenceModelSetup } from './sequence-model.js';

/** Sequences of the last test that are replayed on devices. */
const REPLAYED = 8;

/** The network of one seed. */
export class SequenceNetwork {
  /** Weights are numbers of the host; what devices do shows in {@link counts}. */
  readonly arrays: ReadonlyMap<string, SynapseArray> = new Map();
  readonly output: SequencePlan['output'];
  readonly #plan: SequencePlan;
  readonly #model: SequenceModel;
  /** Layers on devices, with their place among all. */
  readonly #replayed: readonly (readonly [ReplayedLayer, number])[];
  readonly #seed: number;
  #rate = 1;
  #tested: Float32Array = new Float32Array();
  #testedCount = 0;
  #rested = 0;

  /** Throws a `StudyFault` where the network is of another form, or a device cannot follow its rule. */
  constructor(network: MappedNetwork, seed: number) {
    this.#plan = planSequences(network);
    this.#seed = seed;
    this.output = this.#plan.output;
    this.#model = new SequenceModel(modelSetupOf(this.#plan, seed));
    this.#replayed = this.#plan.layers.flatMap((layer, index) => {
      const replayed = ReplayedLayer.of(layer, network);
      return replayed ? [[replayed, index] as const] : [];
    });
  }

  /** Factor of the steps of Adam, which are 0.001 at 1. */
  setRate(rate: number): void {
    this.#rate = rate;
  }

  test(batch: LabelledSequences, loss: Loss | undefined): BatchScore {
    this.#check(batch);
    this.#testedCount = Math.min(REPLAYED, batch.labels.length);
    this.#tested = batch.features.slice(0, (batch.features.length / batch.labels.length) * this.#testedCount);
    return this.#model.test(batch, loss);
  }

  train(batch: LabelledSequences, loss: Loss): BatchScore {
    this.#check(batch);
    return this.#model.train(batch, loss);
  }

  learn(): void {
    this.#model.learn(this.#rate);
  }

  /** Devices hold what they have, nothing written [s]. */
  rest(seconds: number): void {
    this.#rested += seconds;
  }

  snapshot(): Readonly<Record<string, ArraySnapshot>> {
    const tested = { features: this.#tested, count: Float64Array.of(this.#testedCount, this.#rested) };
    return { 'sequence model': this.#model.snapshot(), 'tested sequences': tested };
  }

  restore(snapshots: Readonly<Record<string, ArraySnapshot>>): void {
    this.#model.restore(snapshots['sequence model'] ?? {});
    const { features, count } = snapshots['tested sequences'] ?? {};
    if (features instanceof Float32Array) this.#tested = features;
    this.#testedCount = count?.[0] ?? 0;
    this.#rested = count?.[1] ?? 0;
  }

  /** What the devices did with sequences of the last test and in rests; nothing without devices. */
  counts(): readonly ArrayCounts[] {
    return this.#replayed.flatMap(([replayed, index]) => [
      ...(this.#testedCount > 0 ? [this.#replay(replayed, index)] : []),
      ...(this.#rested > 0 ? [replayed.rest(this.#rested)] : []),
    ]);
  }

  /** What reaches the layer in the tested sequences, on its devices. */
  #replay(replayed: ReplayedLayer, index: number): ArrayCounts {
    const layer = this.#model.layers[index];
    invariant(layer, 'a layer that is replayed is one of the model');
    const count = this.#testedCount;
    const width = this.#tested.length / count;
    const parts = Array.from({ length: count }, (_, sequence) =>
      this.#model.inputsOf(index, this.#tested.subarray(sequence * width, (sequence + 1) * width)),
    );
    const features = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
    parts.forEach((part, sequence) => {
      features.set(part, sequence * part.length);
    });
    return replayed.replay(layer, { features, count, seed: this.#seed });
  }

  /** How the rules are realized; figures of {@link counts} among them once it has been called. */
  realizations(): readonly RealizationNote[] {
    return this.#replayed.map(([replayed]) => replayed.note());
  }

  close(): void {
    // Nothing runs on threads
  }

  #check({ features, labels }: LabelledSequences): void {
    const steps = features.length / labels.length / this.#plan.inputs;
    if (!Number.isInteger(steps)) {
      notRunnable('training', `its samples are no steps for ${String(this.#plan.inputs)} inputs`, this.#plan.origin);
    }
  }
}

/** The model of a plan, for one seed. */
export function modelSetupOf({ inputs, layers, output }: SequencePlan, seed: number): SequenceModelSetup {
  return { inputs, layers: layers.map(({ setup }) => setup), output, seed };
}
