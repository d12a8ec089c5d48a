/** The commands of Slurm that sweeps use, and what their words mean. */
import type { CommandEnd } from './processes.js';

/** Runs a command of Slurm. */
export type SlurmCommand = (command: string, args: readonly string[]) => Promise<CommandEnd>;

/** An array of tasks to submit. */
export interface ArrayJob {
  readonly name: string;
  /** The script of the job, which runs its arguments. */
  readonly script: string;
  readonly args: readonly string[];
  readonly tasks: number;
  /** Tasks that run at once, at most; no limit where absent. */
  readonly atOnce?: number | undefined;
  /** Where tasks print; `%a` is the number of the task. */
  readonly log: string;
}

export type Submission =
  | { readonly kind: 'submitted'; readonly job: string }
  | { readonly kind: 'slurm-missing' | 'slurm-failed'; readonly text: string };

/** Submits an array of one-processor tasks that Slurm starts again where a node fails. */
export async function submitArray(run: SlurmCommand, job: ArrayJob): Promise<Submission> {
  const range = `0-${String(job.tasks - 1)}${job.atOnce === undefined ? '' : `%${String(job.atOnce)}`}`;
  const end = await run('sbatch', [
    ...['--parsable', '--requeue', '--open-mode=append', '--ntasks=1', '--cpus-per-task=1', '--input=/dev/null'],
    ...[`--array=${range}`, `--job-name=${job.name}`, `--output=${job.log}`, job.script, ...job.args],
  ]);
  if (end.kind === 'missing') return { kind: 'slurm-missing', text: end.reason };
  const [id = ''] = end.output.trim().split(';');
  if (end.status === 0 && /^\d+$/.test(id)) return { kind: 'submitted', job: id };
  return { kind: 'slurm-failed', text: end.errors || `sbatch ended with status ${String(end.status)}` };
}

/** What the queue says of a job. */
export type QueueState =
  /** Some of its tasks wait, run or end. `held` are those that wait because of what Slurm calls their reason. */
  | { readonly kind: 'there'; readonly running: number; readonly waiting: number; readonly reasons: readonly string[] }
  | { readonly kind: 'gone' }
  /** The queue cannot be asked at the moment. */
  | { readonly kind: 'unknown'; readonly text: string };

/** Reasons for waiting that pass by themselves. */
const USUAL_REASONS = new Set(['None', 'Resources', 'Priority', 'JobArrayTaskLimit', 'BeginTime', '']);

/** Asks where the tasks of `job` are. Nobody concludes from it what is done: results say that. */
export async function queueState(run: SlurmCommand, job: string): Promise<QueueState> {
  const end = await run('squeue', ['--noheader', '--array', `--jobs=${job}`, '--format=%T|%r']);
  if (end.kind === 'missing') return { kind: 'unknown', text: end.reason };
  // Slurm forgets jobs some minutes after their end
  if (end.status !== 0)
    return /invalid job id/i.test(end.errors) ? { kind: 'gone' } : { kind: 'unknown', text: end.errors };
  const lines = end.output.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return { kind: 'gone' };
  const waiting = lines.filter((line) => line.startsWith('PENDING'));
  const reasons = new Set(waiting.map((line) => line.split('|')[1]?.trim() ?? ''));
  return {
    kind: 'there',
    running: lines.length - waiting.length,
    waiting: waiting.length,
    reasons: [...reasons].filter((reason) => !USUAL_REASONS.has(reason)).sort(),
  };
}

/** Ends all tasks of `jobs`; what cannot be ended is left, for it does no harm. */
export async function cancelJobs(run: SlurmCommand, name: string, jobs: readonly string[]): Promise<void> {
  // The name keeps a number that Slurm has given away again from ending the job of somebody else
  if (jobs.length > 0) await run('scancel', ['--quiet', `--name=${name}`, ...jobs]);
}
