/**
 * Runs the points of experiments one after the other, step by step, and keeps everything that it takes to go on
 * later: the results of finished points and the state of the one at work.
 */
import { invariant } from '../../core/invariant.js';
import { TextDigest } from '../../core/text-digest.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { StudyResult } from '../../ir/study-result.js';
import { decodeCheckpoint, type CheckpointFault, type SavedState } from './checkpoint-file.js';
import { studyDigest } from './study-digest.js';
import type { CreateStudyRun, SampleSource, StudyCheckpoint, StudyProgress, StudyRun } from './study-run.js';

/** One experiment at one point of its sweeps, with the samples that it presents. */
export interface RunPoint {
  readonly mapped: MappedNetwork;
  readonly samples: SampleSource;
}

/** Where all runs are. */
export interface PointProgress extends StudyProgress {
  /** Name of the experiment with the values of what it sweeps. */
  readonly name: string;
  /** Points finished and in all. */
  readonly point: number;
  readonly points: number;
}

/** Plain data of a checkpoint of several points. */
interface PointPosition {
  readonly done: readonly StudyResult[];
  readonly current?: Pick<StudyCheckpoint, 'spec' | 'position'>;
}

export class PointRuns {
  readonly #points: readonly RunPoint[];
  readonly #create: CreateStudyRun;
  readonly #done: StudyResult[] = [];
  #spec: string | undefined;
  #run: StudyRun | undefined;

  constructor(points: readonly RunPoint[], create: CreateStudyRun) {
    this.#points = points;
    this.#create = create;
  }

  /** Results of the points that are finished. */
  get results(): readonly StudyResult[] {
    return this.#done;
  }

  /** Digest of all points; a checkpoint with another one is of other experiments. */
  get spec(): string {
    this.#spec ??= specOf(this.#points);
    return this.#spec;
  }

  /** Goes on from the bytes of a checkpoint; a fault where they are none, or of other experiments. */
  resume(bytes: Uint8Array): CheckpointFault | undefined {
    const state = decodeCheckpoint(bytes);
    if ('kind' in state) return state;
    if (state.spec !== this.spec) {
      return { kind: 'checkpoint-fault', reason: 'it is of other experiments than these', isOther: true };
    }
    try {
      this.#restore(state);
      return undefined;
    } catch {
      // Whoever writes the spec and the digest by hand can write a state that no run has been in
      return { kind: 'checkpoint-fault', reason: 'its state does not fit the experiments' };
    }
  }

  #restore({ position, arrays }: SavedState): void {
    const { done, current } = position as PointPosition;
    invariant(Array.isArray(done) && done.length <= this.#points.length, 'a checkpoint has results of points');
    invariant(current === undefined || typeof current === 'object', 'a checkpoint has the state of a point');
    const point = this.#points[done.length];
    this.#run = current && point && this.#create(point.mapped, point.samples, { ...current, arrays });
    this.#done.splice(0, this.#done.length, ...done);
  }

  /** Works for some hundredths of a second; undefined when all points are finished. */
  step(): PointProgress | undefined {
    const point = this.#points[this.#done.length];
    if (!point) return undefined;
    this.#run ??= this.#create(point.mapped, point.samples);
    const progress = this.#run.step();
    const place = { name: pointName(point.mapped), point: this.#done.length, points: this.#points.length };
    if (progress) return { ...progress, ...place };
    this.#done.push(this.#run.result());
    this.#run = undefined;
    return { text: 'finished', done: 1, total: 1, figures: {}, ...place };
  }

  /** Everything that later steps depend on. */
  checkpoint(): SavedState {
    const saved = this.#run?.checkpoint();
    const current = saved && { spec: saved.spec, position: saved.position };
    const position: PointPosition = { done: this.#done, ...(current && { current }) };
    return { spec: this.spec, position, arrays: saved?.arrays ?? {} };
  }
}

/** An experiment with the values of what it sweeps: `Train (stdp.a = 2e-9)`. */
export function pointName({
  study,
  point,
}: {
  readonly study: { readonly name: string };
  readonly point: MappedNetwork['point'];
}): string {
  if (point.length === 0) return study.name;
  return `${study.name} (${point.map(({ name, value }) => `${name} = ${String(value)}`).join(', ')})`;
}

function specOf(points: readonly RunPoint[]): string {
  const digest = new TextDigest();
  for (const { mapped, samples } of points) digest.text(studyDigest(mapped, samples));
  return digest.value;
}
