/** One seed of an experiment that shows samples to neurons with equations in time, one step of the neurons at a time. */
import { invariant } from '../../core/invariant.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { CurvePoint, SignalRecord, StudyActivity } from '../../ir/study-result.js';
import { createArray, type CreateArray } from '../arrays/create-array.js';
import { chosenSamples } from '../run/chosen-samples.js';
import { activityOf } from '../run/seed-results.js';
import { nameOfSamples } from '../run/study-plan.js';
import type { SampleSource } from '../run/study-run.js';
import { BatchInference } from './batch-inference.js';
import type { InferencePlan, InferenceStep, ShownSamples } from './inference-plan.js';
import { SignalRecorder } from './signal-recorder.js';
import { SpikeTally } from './spike-tally.js';
import { SpikingNetwork } from './spiking-network.js';

export interface SeedInferenceSetup {
  readonly mapped: MappedNetwork;
  readonly plan: InferencePlan;
  readonly samples: SampleSource;
  readonly seed: number;
  /** Makes the arrays of synapses on devices. */
  readonly create?: CreateArray;
}

/** What has been shown of the samples at hand. */
interface Shown {
  samples: number;
  correct: number;
  exactCorrect: number;
  agreeing: number;
}

export class SeedInference {
  readonly found: SpikingNetwork;
  /** The same network with its weights as numbers. */
  readonly exact: SpikingNetwork;
  readonly tally: SpikeTally;
  readonly curve: CurvePoint[] = [];
  readonly #setup: SeedInferenceSetup;
  #step = 0;
  #shown: Shown = { samples: 0, correct: 0, exactCorrect: 0, agreeing: 0 };
  #batch: BatchInference | undefined;
  #recorder: SignalRecorder | undefined;
  #seconds = 0;

  /** Throws a `StudyFault` where the network cannot be computed with. */
  constructor(setup: SeedInferenceSetup) {
    const { mapped, plan, seed, create = createArray } = setup;
    this.#setup = setup;
    const batch = Math.max(1, ...plan.steps.map((step) => (step.kind === 'test' ? step.batch : 1)));
    const { stepSeconds, programming } = plan;
    const common = { seed, batch, stepSeconds };
    this.found = new SpikingNetwork(mapped, { ...common, ...(programming && { programming }) }, create);
    this.exact = new SpikingNetwork(mapped, common, ({ projection, ...place }) =>
      createArray({ ...place, projection: withoutDevice(projection) }),
    );
    this.tally = new SpikeTally(this.found.populations, this.exact.populations);
  }

  get isDone(): boolean {
    return this.#step >= this.#setup.plan.steps.length;
  }

  /** What the next advance is about, in words. */
  get activityText(): string {
    const step = this.#setup.plan.steps[this.#step];
    if (step?.kind === 'program') return 'programming';
    if (step?.kind === 'test') return `testing on ${nameOfSamples(step.samples)}`;
    return step?.kind === 'wait' ? 'waiting' : 'setting a modulator';
  }

  /** The same, and how far that is. */
  get text(): string {
    return this.isShowing ? `${this.activityText}, sample ${this.#shown.samples + 1}` : this.activityText;
  }

  /** Whether the next advance is a step of the neurons. */
  get isShowing(): boolean {
    return this.#setup.plan.steps[this.#step]?.kind === 'test';
  }

  /** Counts so far. */
  get activity(): StudyActivity {
    const counts = [...this.found.arrays.values()].map((array) => array.counts);
    return { ...activityOf(counts, this.#seconds), spikes: this.tally.total };
  }

  records(): readonly SignalRecord[] {
    return this.#recorder?.records(this.found.populations) ?? [];
  }

  /** One step of the neurons, or one thing of another kind; whether it was the last step of a batch of samples. */
  advance(): boolean {
    const step = this.#setup.plan.steps[this.#step];
    invariant(step, 'a seed that is not done has something to do');
    if (step.kind === 'test') return this.#show(step);
    this.#set(step);
    this.#step++;
    return false;
  }

  close(): void {
    this.found.close();
    this.exact.close();
  }

  #set(step: Exclude<InferenceStep, ShownSamples>): void {
    for (const array of this.found.arrays.values()) {
      if (step.kind === 'program') array.program?.();
      else if (step.kind === 'wait') array.rest(step.seconds);
      else array.modulate(step.modulator, step.value);
    }
    if (step.kind === 'wait') this.#seconds += step.seconds;
  }

  #show(step: ShownSamples): boolean {
    const { mapped, samples, plan } = this.#setup;
    const batch = (this.#batch ??= this.#begin(step));
    batch.step();
    this.tally.add(batch.count, plan.stepSeconds);
    this.#seconds += batch.count * plan.stepSeconds;
    if (this.curve.length === 0 && this.#shown.samples === 0) this.#recorder?.add(this.found, this.exact);
    if (!batch.isDone) return false;
    const score = batch.score();
    this.#batch = undefined;
    const shown = this.#shown;
    shown.samples += batch.count;
    shown.correct += score.correct;
    shown.exactCorrect += score.exactCorrect;
    shown.agreeing += score.agreeing;
    if (shown.samples >= chosenSamples(mapped, samples, step.samples).length) this.#finish(step);
    return true;
  }

  #begin(step: ShownSamples): BatchInference {
    const { mapped, samples, plan } = this.#setup;
    for (const array of this.found.arrays.values()) array.setReadNoise?.(step.readNoise, step.readNoise);
    const first = this.#shown.samples;
    const chosen = chosenSamples(mapped, samples, step.samples).subarray(first, first + step.batch);
    const batch = new BatchInference({ found: this.found, exact: this.exact, ends: plan }, samples(step.samples.data), chosen); // prettier-ignore
    this.#recorder ??= new SignalRecorder(mapped.study.recordings, this.found, {
      samples: nameOfSamples(step.samples),
      sample: chosen[0] ?? 0,
      stepSeconds: plan.stepSeconds,
      steps: batch.steps,
    });
    return batch;
  }

  #finish({ samples, phases }: ShownSamples): void {
    const { samples: count, correct, exactCorrect, agreeing } = this.#shown;
    const hasLabels = this.#setup.samples(samples.data).labels !== undefined;
    this.curve.push({
      ...{ phases, kind: 'test', samples: nameOfSamples(samples), count },
      ...(hasLabels && { accuracy: correct / count, exactAccuracy: exactCorrect / count }),
      agreement: agreeing / count,
    });
    this.#shown = { samples: 0, correct: 0, exactCorrect: 0, agreeing: 0 };
    this.#step++;
  }
}

function withoutDevice({ device: _, ...projection }: MappedProjection): MappedProjection {
  return projection;
}
