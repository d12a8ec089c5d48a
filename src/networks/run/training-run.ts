/** A run of a network that is trained and tested on samples, batch by batch. */
import { invariant } from '../../core/invariant.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { shuffled } from '../../ir/split-samples.js';
import type { Occasion } from '../../ir/occasion.js';
import type { CurvePoint, RealizationNote, StudyActivity, StudyResult, WeightSpread } from '../../ir/study-result.js';
import { studyFigures } from '../../ir/study-expectations.js';
import { createArray, type CreateArray } from '../arrays/create-array.js';
import type { LabelledBatch } from '../layers/feed-forward.js';
import { lossObstacle } from '../layers/loss.js';
import { notRunnable, StudyFault } from '../study-fault.js';
import { chosenSamples } from './chosen-samples.js';
import { beginFields, fieldTimes, switchField, type FieldRecord } from './field-times.js';
import { diverged, finishedStudy } from './finished-study.js';
import { activityOf, seedFigures } from './seed-results.js';
import { studyDigest } from './study-digest.js';
import { nameOfSamples, planStudy, type PlannedStep, type Presentation } from './study-plan.js';
import type { SampleSource, StudyCheckpoint, StudyProgress, StudyRun } from './study-run.js';
import { createTrainedNetwork, type TrainedNetwork } from './trained-network.js';
import { weightSpreads } from './weight-spread.js';

/** Where a run is; plain data that a checkpoint holds. */
interface Position {
  /** Seeds that are done, and the step of the plan that is at hand. */
  seed: number;
  step: number;
  /** Samples of it that have been presented, what they came to, and the time of the experiment [s]. */
  samples: number;
  correct: number;
  loss: number;
  seconds: number;
  /** Absent where no device sees a magnetic field. */
  field?: FieldRecord | undefined;
  /** Wall-clock time before this run was taken up [s]. */
  spent: number;
  readonly curve: CurvePoint[];
  /** Of the seeds that are done: measures by name. */
  readonly measures: (readonly (readonly [string, number])[])[];
  /** Of the first seed. */
  firstCurve?: readonly CurvePoint[];
  activity?: StudyActivity;
  weights?: readonly WeightSpread[];
  realizations?: readonly RealizationNote[];
}

/** Of a seed. */
const AT_BEGINNING = { step: 0, samples: 0, correct: 0, loss: 0, seconds: 0 };

/** What a run has done in a step: shown a batch, set a modulator or waited, or come to the end of a seed. */
export type Advance = 'batch' | 'setting' | 'seed';

/** How long one call of `step` works [ms]. */
const STEP_MILLISECONDS = 50;

/** The run of an experiment on samples; throws as its constructor does. */
export function createTrainingRun(
  mapped: MappedNetwork,
  samples: SampleSource,
  checkpoint?: StudyCheckpoint,
): StudyRun {
  return new TrainingRun(mapped, samples, checkpoint);
}

/** See {@link StudyRun}. */
export class TrainingRun implements StudyRun {
  readonly #mapped: MappedNetwork;
  readonly #source: SampleSource;
  readonly #create: CreateArray;
  readonly #plan: readonly PlannedStep[];
  readonly #batch: number;
  readonly #spec: string;
  readonly #position: Position;
  readonly #started = performance.now();
  readonly #orders = new Map<string, Uint32Array>();
  #network: TrainedNetwork | undefined;

  /** Throws a `StudyFault` where the experiment cannot be run, or the checkpoint is of another. */
  constructor(
    mapped: MappedNetwork,
    samples: SampleSource,
    checkpoint?: StudyCheckpoint,
    create: CreateArray = createArray,
  ) {
    this.#mapped = mapped;
    this.#create = create;
    this.#source = samples;
    this.#plan = planStudy(mapped.study.schedule);
    this.#batch = Math.max(1, ...this.#plan.map((step) => ('batch' in step ? step.batch : 1)));
    this.#spec = studyDigest(mapped, samples);
    if (checkpoint && checkpoint.spec !== this.#spec) {
      throw new StudyFault({ code: 'other-checkpoint', study: mapped.study.name }, mapped.study.origin);
    }
    // Written by `checkpoint` below
    this.#position = checkpoint
      ? structuredClone(checkpoint.position as Position)
      : { ...AT_BEGINNING, seed: 0, field: beginFields(mapped), spent: 0, curve: [], measures: [] };
    if (this.#position.seed < mapped.study.seedCount) this.#begin();
    if (checkpoint) this.#network?.restore(checkpoint.arrays);
  }

  step(): StudyProgress | undefined {
    const end = performance.now() + STEP_MILLISECONDS;
    do {
      if (this.#position.seed >= this.#mapped.study.seedCount) return undefined;
      this.advance();
    } while (performance.now() < end);
    return this.#progress();
  }

  checkpoint(): StudyCheckpoint {
    return {
      spec: this.#spec,
      position: structuredClone({ ...this.#position, spent: this.#seconds() }),
      arrays: this.#network?.snapshot() ?? {},
    };
  }

  /** What the next call of `advance` is about; undefined where it shows no samples. */
  occasion(): Occasion | undefined {
    const { step: at, samples } = this.#position;
    const step = this.#plan[at];
    if (!step || !('batch' in step)) return undefined;
    const indices = [...this.#orderOf(step).subarray(samples, samples + step.batch)];
    return {
      activity: activityText(step),
      epoch: step.epoch + 1,
      batch: Math.floor(samples / step.batch) + 1,
      samples: { data: step.samples.data, indices },
    };
  }

  /** Whether the seed at hand has more to do than to be added up. */
  get hasSteps(): boolean {
    return this.#plan[this.#position.step] !== undefined;
  }

  result(): StudyResult {
    const { study } = this.#mapped;
    const { measures, firstCurve, weights = [], activity, seed, realizations = [] } = this.#position;
    invariant(firstCurve && activity && seed >= study.seedCount, 'a result is there when the run is over');
    return finishedStudy(
      this.#mapped,
      measures.map((each) => new Map(each)),
      { curve: firstCurve, windows: [], weights, activity, realizations, seconds: this.#seconds() },
    );
  }

  #seconds(): number {
    return this.#position.spent + (performance.now() - this.#started) / 1000;
  }

  /** A fresh network for the seed at hand. */
  #begin(): void {
    const { study } = this.#mapped;
    this.#network?.close();
    const size = { seed: study.firstSeed + this.#position.seed, batch: this.#batch };
    const network = createTrainedNetwork(this.#mapped, size, this.#create);
    this.#network = network;
    for (const step of this.#plan) {
      if (step.kind !== 'train' && step.kind !== 'test') continue;
      const { loss, kind, origin } = step;
      if (kind === 'train' && loss === undefined) {
        notRunnable('training', 'no `loss` says what is to become small', origin);
      }
      const obstacle = loss && lossObstacle(loss, network.output);
      if (obstacle !== undefined) notRunnable('training', obstacle, origin);
    }
  }

  #net(): TrainedNetwork {
    invariant(this.#network, 'a network is at hand until the last seed is done');
    return this.#network;
  }

  /** One batch, or one step of another kind. */
  advance(): Advance {
    const step = this.#plan[this.#position.step];
    if (!step) {
      this.#finishSeed();
      return 'seed';
    }
    switch (step.kind) {
      case 'modulate':
        for (const array of this.#net().arrays.values()) array.modulate(step.modulator, step.value);
        switchField(this.#position.field, step, this.#activity().seconds);
        this.#position.step++;
        return 'setting';
      case 'wait':
        for (const array of this.#net().arrays.values()) array.rest(step.seconds);
        this.#net().rest?.(step.seconds);
        this.#position.seconds += step.seconds;
        this.#position.step++;
        return 'setting';
      default:
        this.#present(step);
        return 'batch';
    }
  }

  #present(step: Presentation): void {
    const order = this.#orderOf(step);
    const position = this.#position;
    const batch = this.#batchAt(step, order);
    const count = batch.labels.length;
    const network = this.#net();
    network.setRate?.(step.rate);
    for (const array of network.arrays.values()) {
      array.setRate?.(step.rate);
      array.setReadNoise?.(step.readNoise.forward, step.readNoise.backward);
    }
    if (step.kind === 'train' && step.loss !== undefined) {
      const score = network.train(batch, step.loss);
      if (!Number.isFinite(score.loss)) this.#diverge(step);
      network.learn(count);
      this.#add(score);
    } else {
      this.#add(network.test(batch, step.loss, step.scale));
    }
    position.samples += count;
    if (position.samples >= order.length) this.#finishPresentation(step, order.length);
  }

  #add({ correct, loss }: { readonly correct: number; readonly loss: number }): void {
    this.#position.correct += correct;
    this.#position.loss += loss;
  }

  #diverge({ phases, epoch, batch, origin }: Presentation): never {
    const { seed, samples } = this.#position;
    const last = `batch ${String(Math.floor(samples / batch) + 1)}`;
    return diverged({ seed: this.#mapped.study.firstSeed + seed, phases, epoch, last, origin });
  }

  #finishPresentation({ kind, samples, phases, loss }: Presentation, count: number): void {
    const position = this.#position;
    position.curve.push({
      phases,
      kind,
      samples: nameOfSamples(samples),
      count,
      accuracy: position.correct / count,
      ...(loss !== undefined && { loss: position.loss / count }),
    });
    Object.assign(position, { step: position.step + 1, samples: 0, correct: 0, loss: 0 });
  }

  #finishSeed(): void {
    const { study } = this.#mapped;
    const position = this.#position;
    const network = this.#net();
    const { arrays } = network;
    const curve = position.curve.slice();
    const counted = this.#activity();
    const fields = position.field && fieldTimes(position.field, counted.seconds);
    const activity = fields ? { ...counted, fields } : counted;
    position.measures.push([...seedFigures(studyFigures(this.#mapped), { curve, activity, arrays })]);
    position.firstCurve ??= curve;
    position.activity ??= activity;
    position.weights ??= weightSpreads(arrays);
    position.realizations ??= network.realizations?.() ?? [];
    position.curve.length = 0;
    Object.assign(position, { ...AT_BEGINNING, seed: position.seed + 1, field: beginFields(this.#mapped) });
    if (position.seed < study.seedCount) this.#begin();
    else this.#network?.close();
  }

  /** Counts of the seed so far. */
  #activity(): StudyActivity {
    const network = this.#net();
    const ofArrays = [...network.arrays.values()].map((array) => array.counts);
    const all = [...ofArrays, ...(network.counts?.() ?? [])];
    return activityOf(all, this.#position.seconds);
  }

  /** Indices of the samples of a presentation in their order. */
  #orderOf({ samples, order, epoch }: Presentation): Uint32Array {
    const key = JSON.stringify([samples, order, order === undefined ? 0 : epoch, this.#position.step]);
    const known = this.#orders.get(key);
    if (known) return known;
    const part = chosenSamples(this.#mapped, this.#source, samples);
    const turn =
      order === undefined ? part : shuffled(part.length, order + this.#position.step).map((at) => part[at] ?? 0);
    this.#orders.clear();
    this.#orders.set(key, turn);
    return turn;
  }

  #batchAt({ samples, batch }: Presentation, order: Uint32Array): LabelledBatch {
    const { features, labels, shape } = this.#source(samples.data);
    const width = shape.reduce((product, side) => product * side, 1);
    const chosen = order.subarray(this.#position.samples, this.#position.samples + batch);
    const out = new Float32Array(chosen.length * width);
    chosen.forEach((index, place) => {
      out.set(features.subarray(index * width, (index + 1) * width), place * width);
    });
    return { features: out, labels: Int32Array.from(chosen, (index) => labels?.[index] ?? -1) };
  }

  #progress(): StudyProgress {
    const { study } = this.#mapped;
    const { seed, step: at, samples, correct, loss } = this.#position;
    const step = this.#plan[at];
    const parts = Math.max(1, this.#plan.length);
    const share = step && 'batch' in step ? samples / Math.max(1, this.#orderOf(step).length) : 0;
    const total = 100 * parts * study.seedCount;
    return {
      text: `seed ${String(study.firstSeed + seed)}${step ? `, ${describe(step)}` : ''}`,
      done: Math.min(total, Math.round(100 * (parts * seed + at + share))),
      total,
      figures: samples === 0 ? {} : { accuracy: correct / samples, ...(loss > 0 && { loss: loss / samples }) },
    };
  }
}

function describe(step: PlannedStep): string {
  if (step.kind === 'modulate') return `\`${step.modulator}\``;
  if (step.kind === 'wait') return 'waiting';
  const epoch = step.epochs > 1 ? `, epoch ${String(step.epoch + 1)} of ${String(step.epochs)}` : '';
  return `${activityText(step)}${epoch}`;
}

function activityText({ phases, kind, samples }: Presentation): string {
  const phase = phases.map(({ name, turn }) => `${name} ${String(turn + 1)}, `).join('');
  return `${phase}${kind === 'train' ? 'training' : 'testing'} on ${nameOfSamples(samples)}`;
}
