/**
 * The run of an experiment that shows samples to neurons with equations in time, on devices and beside it with exact
 * weights. A checkpoint holds only how far it has come, and whoever takes it up again lives through the same steps, with
 * the same bits.
 */
import { invariant } from '../../core/invariant.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { studyFigures, type SeedFigures } from '../../ir/study-expectations.js';
import type { StudyResult } from '../../ir/study-result.js';
import { finishedStudy } from '../run/finished-study.js';
import { seedFigures } from '../run/seed-results.js';
import { studyDigest } from '../run/study-digest.js';
import type { SampleSource, StudyCheckpoint, StudyProgress, StudyRun } from '../run/study-run.js';
import { StudyFault } from '../study-fault.js';
import { inferenceNotes } from './inference-notes.js';
import { planInference, type InferencePlan } from './inference-plan.js';
import { SeedInference } from './seed-inference.js';
import { weightErrors } from './weight-errors.js';

/** Wall-clock time of a step [ms]. */
const STEP_MILLISECONDS = 40;

/** The run; throws as its constructor does. */
export function createInferenceRun(
  mapped: MappedNetwork,
  samples: SampleSource,
  checkpoint?: StudyCheckpoint,
): StudyRun {
  return new InferenceRun(mapped, samples, checkpoint);
}

export class InferenceRun implements StudyRun {
  readonly #mapped: MappedNetwork;
  readonly #samples: SampleSource;
  readonly #plan: InferencePlan;
  readonly #spec: string;
  /** Advances that a checkpoint has behind it. */
  readonly #target: number;
  readonly #figures: SeedFigures[] = [];
  #seed: SeedInference | undefined;
  #first: Pick<StudyResult, 'curve' | 'activity' | 'weightErrors' | 'records'> | undefined;
  #done = 0;
  #seconds = 0;

  /** Throws a `StudyFault` where the experiment cannot be run, or the checkpoint is of another. */
  constructor(mapped: MappedNetwork, samples: SampleSource, checkpoint?: StudyCheckpoint) {
    const { study } = mapped;
    this.#mapped = mapped;
    this.#samples = samples;
    this.#plan = planInference(mapped);
    this.#spec = studyDigest(mapped, samples);
    if (checkpoint && checkpoint.spec !== this.#spec) {
      throw new StudyFault({ code: 'other-checkpoint', study: study.name }, study.origin);
    }
    this.#target = checkpoint ? doneIn(checkpoint) : 0;
    this.#begin();
  }

  step(): StudyProgress | undefined {
    if (this.#isDone) return undefined;
    const begin = performance.now();
    do {
      this.#advance();
    } while (!this.#isDone && (this.#done < this.#target || performance.now() - begin < STEP_MILLISECONDS));
    this.#seconds += (performance.now() - begin) / 1000;
    return this.#progress();
  }

  checkpoint(): StudyCheckpoint {
    return { spec: this.#spec, position: { done: this.#done }, arrays: {} };
  }

  result(): StudyResult {
    invariant(this.#isDone && this.#first, 'a run has a result at its end');
    return finishedStudy(this.#mapped, this.#figures, {
      ...{ windows: [], ...this.#first, seconds: this.#seconds },
      realizations: inferenceNotes(this.#mapped, this.#plan, this.#first.weightErrors ?? []),
    });
  }

  get #isDone(): boolean {
    return this.#figures.length === this.#mapped.study.seedCount;
  }

  #begin(): void {
    const { firstSeed } = this.#mapped.study;
    const seed = firstSeed + this.#figures.length;
    this.#seed = new SeedInference({ mapped: this.#mapped, plan: this.#plan, samples: this.#samples, seed });
  }

  #advance(): void {
    const seed = this.#seed;
    invariant(seed, 'a run that is not done has a seed');
    if (!seed.isDone) {
      seed.advance();
      this.#done++;
    }
    if (seed.isDone) this.#endSeed(seed);
  }

  #endSeed(seed: SeedInference): void {
    const { curve, activity, found, exact, tally } = seed;
    const records = seed.records();
    const errors = weightErrors(this.#mapped, found.arrays, exact.arrays);
    this.#first ??= {
      ...{ curve, activity },
      ...(errors.length > 0 && { weightErrors: errors }),
      ...(records.length > 0 && { records }),
    };
    const figures = studyFigures(this.#mapped);
    this.#figures.push(seedFigures(figures, { curve, activity, arrays: found.arrays, spikes: tally.counts }));
    seed.close();
    if (!this.#isDone) this.#begin();
  }

  #progress(): StudyProgress {
    const { firstSeed, seedCount } = this.#mapped.study;
    const done = this.#figures.length;
    const seed = Math.min(firstSeed + done, firstSeed + seedCount - 1);
    const text = `seed ${seed}${this.#seed && !this.#seed.isDone ? `, ${this.#seed.text}` : ''}`;
    return { text, done, total: seedCount, figures: {} };
  }
}

function doneIn({ position }: StudyCheckpoint): number {
  const isPlace = typeof position === 'object' && position !== null && 'done' in position;
  return isPlace && typeof position.done === 'number' ? position.done : 0;
}
