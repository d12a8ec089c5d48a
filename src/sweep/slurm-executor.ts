/**
 * Runs points as arrays of Slurm jobs. Each task takes a chunk of points and files their results; the queue is only asked
 * whether anything is still on its way. When it is empty, points without a result are submitted once more, each as a task of
 * its own, so that one that ends its process takes no others with it; those that are missing then have failed.
 */
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { writeWholeFile } from '../core/output-folder.js';
import type { Executor, ExecutorFault, SweepWatch, SweepWork } from './executor.js';
import { cancelJobs, queueState, submitArray, type SlurmCommand } from './slurm-jobs.js';
import { readText } from './sweep-folder.js';

/** How a sweep is laid out on a cluster. */
export interface SlurmLayout {
  readonly run: SlurmCommand;
  /** Tasks that run at once, at most. */
  readonly atOnce: number | undefined;
  /** What a task runs, without the file of chunks behind it. */
  readonly task: readonly string[];
  /** Whether the point has a result. */
  readonly isDone: (point: string) => boolean;
  /** Between two looks [ms]. */
  readonly interval: number;
}

/** Tasks of an array, at most: Slurm's own limit is 1,001 by default. */
const MAX_TASKS = 1000;

/** Chunks for each task that runs at once: what one node is slower, others take over. */
const CHUNKS_EACH = 4;
const DEFAULT_CHUNKS = 64;

/** Looks without an answer of the queue that are borne: a controller restarts within minutes. */
const MAX_SILENT_LOOKS = 600;

/** Lines of a task's log that tell why it failed. */
const LOG_LINES = 5;

/** Submitted, one after the other; the file names outlive this process. */
const JOBS = 'jobs';

export class SlurmExecutor implements Executor {
  readonly #work: SweepWork;
  readonly #layout: SlurmLayout;
  readonly #watch: SweepWatch;
  readonly #name: string;
  readonly #jobs: string[] = [];
  readonly #pending: Set<string>;
  #isStopped = false;
  #told = '';

  constructor(work: SweepWork, layout: SlurmLayout, watch: SweepWatch) {
    this.#work = work;
    this.#layout = layout;
    this.#watch = watch;
    this.#name = `ionloom-${work.plan.slice(0, 8)}`;
    this.#pending = new Set(work.points);
  }

  async run(): Promise<ExecutorFault | undefined> {
    if (this.#pending.size === 0) return undefined;
    await this.#cancelEarlier();
    const fault = await this.#runArray(this.#chunksOf(this.#work.points, this.#wantedChunks()), 'first');
    if (fault || this.#isStopped || this.#pending.size === 0) return fault;
    this.#watch.note(`points without a result, which are submitted once more: ${String(this.#pending.size)}`);
    const secondFault = await this.#runArray(this.#chunksOf([...this.#pending], this.#pending.size), 'again');
    if (secondFault || this.#isStopped) return secondFault;
    for (const point of this.#pending) this.#watch.failed(point, this.#reasonOf(point));
    return undefined;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await cancelJobs(this.#layout.run, this.#name, this.#jobs);
  }

  /** What a run that was killed has submitted would only run the same points. */
  async #cancelEarlier(): Promise<void> {
    const jobs = readText(this.#place(JOBS))?.split('\n') ?? [];
    await cancelJobs(
      this.#layout.run,
      this.#name,
      jobs.filter((job) => /^\d+$/.test(job)),
    );
  }

  /** Points that follow each other stay together: they may share a compiled source. */
  #chunksOf(points: readonly string[], wanted: number): readonly (readonly string[])[] {
    const count = Math.min(points.length, wanted, MAX_TASKS);
    return Array.from({ length: count }, (_, index) =>
      points.slice(Math.floor((index * points.length) / count), Math.floor(((index + 1) * points.length) / count)),
    );
  }

  #wantedChunks(): number {
    const { atOnce } = this.#layout;
    return atOnce === undefined ? DEFAULT_CHUNKS : CHUNKS_EACH * atOnce;
  }

  async #runArray(chunks: readonly (readonly string[])[], turn: string): Promise<ExecutorFault | undefined> {
    const { run, task, atOnce } = this.#layout;
    const [list, script] = [this.#place(`${turn}.json`), this.#place('task.sh')];
    const fault =
      writeWholeFile(list, `${JSON.stringify(chunks)}\n`) ?? writeWholeFile(script, '#!/bin/sh\nexec "$@"\n');
    if (fault) return { kind: 'output-refused', text: `\`${fault.path}\`: ${fault.text}` };
    const log = this.#place(`${turn}-%a.log`);
    const args = [...task, list];
    const submission = await submitArray(run, { name: this.#name, script, args, tasks: chunks.length, atOnce, log });
    if (submission.kind !== 'submitted') return submission;
    this.#jobs.push(submission.job);
    writeWholeFile(this.#place(JOBS), `${this.#jobs.join('\n')}\n`);
    this.#watch.note(`submitted job ${submission.job} of Slurm with ${String(chunks.length)} tasks`);
    return this.#wait(submission.job);
  }

  /** Returns when all points have results, when the job has left the queue, or when Slurm does not answer any more. */
  async #wait(job: string): Promise<ExecutorFault | undefined> {
    let silent = 0;
    for (;;) {
      await setTimeout(this.#layout.interval);
      if (this.#isStopped) return undefined;
      const state = await queueState(this.#layout.run, job);
      // Asked first: what has left the queue by then has filed its results before
      this.#collect();
      if (this.#pending.size === 0) {
        // The tasks have nothing left to do
        if (state.kind === 'there') await cancelJobs(this.#layout.run, this.#name, [job]);
        return undefined;
      }
      if (state.kind === 'gone') return undefined;
      silent = state.kind === 'unknown' ? silent + 1 : 0;
      if (silent > MAX_SILENT_LOOKS && state.kind === 'unknown') return { kind: 'slurm-failed', text: state.text };
      if (state.kind === 'unknown') this.#tell(`Slurm does not answer: ${state.text}`);
      else if (state.reasons.length > 0) this.#tell(`tasks of job ${job} wait: ${state.reasons.join(', ')}`);
    }
  }

  #collect(): void {
    const done = [...this.#pending].filter((point) => this.#layout.isDone(point));
    for (const point of done) this.#pending.delete(point);
    if (done.length > 0) this.#watch.finished(done.length);
  }

  /** The same is told once. */
  #tell(text: string): void {
    if (text !== this.#told) this.#watch.note(text);
    this.#told = text;
  }

  /** The end of the log of the task that ran the point by itself. */
  #reasonOf(point: string): string {
    const list: unknown = JSON.parse(readText(this.#place('again.json')) ?? '[]');
    const index = Array.isArray(list) ? list.findIndex((chunk) => Array.isArray(chunk) && chunk.includes(point)) : -1;
    const log = readText(this.#place(`again-${String(index)}.log`))?.trim();
    return log === undefined || log === ''
      ? 'its task ended without a word; `scontrol show job` or the log of slurmctld may know why'
      : log.split('\n').slice(-LOG_LINES).join('\n');
  }

  #place(name: string): string {
    return path.join(this.#work.folder, 'slurm', name);
  }
}
