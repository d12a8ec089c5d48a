/**
 * A mapped network that reads sequences: a layer with fast weights between its inputs and the neurons that stand for
 * classes, all of it trained on the host by gradient through time. The answer is that behind the last step.
 */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import type { ArrayCounts, ArraySnapshot, SynapseArray } from '../arrays/synapse-array.js';
import type { BatchScore, Loss } from '../layers/loss.js';
import { notRunnable } from '../study-fault.js';
import { ReplayedLayer } from './replayed-layer.js';
import { planSequences, type SequencePlan } from './sequence-plan.js';
import { SequenceModel, type LabelledSequences } from './sequence-model.js';

/** Sequences of the last test that are replayed on devices. */
const REPLAYED = 8;

/** The network of one seed. */
export class SequenceNetwork {
  /** Weights are numbers of the host; what devices do shows in {@link counts}. */
  readonly arrays: ReadonlyMap<string, SynapseArray> = new Map();
  readonly output: SequencePlan['output'];
  readonly #plan: SequencePlan;
  readonly #model: SequenceModel;
  readonly #replayed: ReplayedLayer | undefined;
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
    this.#model = new SequenceModel({ ...this.#plan.sizes, ...(this.#plan.fast && { fast: this.#plan.fast }), seed });
    this.#replayed = ReplayedLayer.of(this.#plan, network);
  }

  /** Factor of the steps of Adam, which are 0.001 at 1. */
  setRate(rate: number): void {
    this.#rate = rate;
  }

  test(batch: LabelledSequences): BatchScore {
    this.#check(batch);
    this.#testedCount = Math.min(REPLAYED, batch.labels.length);
    this.#tested = batch.features.slice(0, (batch.features.length / batch.labels.length) * this.#testedCount);
    return this.#model.test(batch);
  }

  train(batch: LabelledSequences, loss: Loss): BatchScore {
    this.#check(batch);
    if (loss !== 'crossEntropy')
      notRunnable('training', 'fast weights are trained on `crossEntropy` alone', this.#plan.origin);
    return this.#model.train(batch);
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
    if (!this.#replayed) return [];
    const sequences = { features: this.#tested, count: this.#testedCount, seed: this.#seed };
    return [
      ...(this.#testedCount > 0 ? [this.#replayed.replay(this.#model, sequences)] : []),
      ...(this.#rested > 0 ? [this.#replayed.rest(this.#rested)] : []),
    ];
  }

  /** How the rule is realized; figures of {@link counts} among them once it has been called. */
  realizations(): readonly RealizationNote[] {
    return this.#replayed ? [this.#replayed.note()] : [];
  }

  close(): void {
    // Nothing runs on threads
  }

  #check({ features, labels }: LabelledSequences): void {
    const steps = features.length / labels.length / this.#plan.sizes.inputs;
    if (!Number.isInteger(steps)) {
      notRunnable(
        'training',
        `its samples are no steps for ${String(this.#plan.sizes.inputs)} inputs`,
        this.#plan.origin,
      );
    }
  }
}
