/**
 * The other end of a sweep: a process that runs points and files their results. Executors start it as `__sweep serve`,
 * which gets points as messages, or as `__sweep task FOLDER PLAN SOURCE CHUNKS`, which runs one chunk of a list, the one of
 * the Slurm task that it is.
 */
import type { FileHost } from '../core/file-host.js';
import type { ExecutorFault, WorkerAnswer, WorkerRequest } from '../sweep/executor.js';
import { readPlan, readText, ResultStore } from '../sweep/sweep-folder.js';
import { sweepPoints, type SweepPoint } from '../sweep/sweep-plan.js';
import { EXIT } from './exit-status.js';
import { PointRunner } from './point-runner.js';
import type { Terminal } from './terminal.js';

/** Runs as a worker until there is nothing to do; returns the exit status. */
export async function workForSweep(words: readonly string[], host: FileHost, terminal: Terminal): Promise<number> {
  const [mode, folder = '', plan = '', source = '', chunks = ''] = words;
  if (mode === 'serve') return serve(host);
  const opened = openPlan({ folder, plan, source }, host);
  if ('kind' in opened) {
    terminal.tell(opened.text);
    return EXIT.environment;
  }
  return runTask(opened, chunks, terminal);
}

interface OpenPlan {
  readonly store: ResultStore;
  readonly points: ReadonlyMap<string, SweepPoint>;
  /** Runs a point and files its result, where there is none yet; says what came of it. */
  readonly run: (point: SweepPoint) => Promise<WorkerAnswer>;
}

interface WorkerPlace {
  readonly folder: string;
  readonly plan: string;
  readonly source: string;
}

function openPlan({ folder, plan: digest, source }: WorkerPlace, host: FileHost): OpenPlan | ExecutorFault {
  const plan = readPlan(folder);
  if (plan?.digest !== digest) {
    return { kind: 'sources-changed', text: `\`${folder}\` is not the folder of the sweep any more` };
  }
  const store = new ResultStore(folder, plan);
  const runner = new PointRunner({ ...plan, file: source }, host);
  const planned = new Map(plan.files.map(({ path, sha256 }) => [path, sha256]));
  const points = new Map(sweepPoints(plan).map((point) => [point.id, point]));
  const run = async (point: SweepPoint): Promise<WorkerAnswer> => {
    const { id } = point;
    if (store.read(id)) return { kind: 'filed', point: id };
    const result = await runner.run(point, planned);
    const changed = runner.files.find(({ path, sha256 }) => planned.has(path) && planned.get(path) !== sha256);
    if (changed) {
      return {
        kind: 'stuck',
        fault: { kind: 'sources-changed', text: `\`${changed.path}\` has changed since the sweep began` },
      };
    }
    if ('kind' in result) {
      const [first] = result.diagnostics.filter(({ severity }) => severity === 'error');
      return { kind: 'failed', point: id, text: first?.message ?? 'it has no result' };
    }
    try {
      store.write(id, result);
    } catch (error) {
      return { kind: 'stuck', fault: { kind: 'output-refused', text: messageOf(error) } };
    }
    return { kind: 'filed', point: id };
  };
  return { store, points, run };
}

/** Answers messages until the process that has started this one ends it, or goes: `bin/command.js` looks after that. */
async function serve(host: FileHost): Promise<number> {
  const gone = new Promise<number>((resolve) => {
    process.once('disconnect', () => {
      resolve(EXIT.ok);
    });
  });
  let opened: OpenPlan | ExecutorFault | undefined;
  const answer = async (request: WorkerRequest): Promise<WorkerAnswer | undefined> => {
    if (request.kind === 'open') opened = openPlan(request, host);
    if (!opened) return undefined;
    if ('kind' in opened) return { kind: 'stuck', fault: opened };
    if (request.kind === 'open') return { kind: 'ready' };
    const point = opened.points.get(request.point);
    return point && attempt(opened, point);
  };
  // One point at a time, however many have been asked for
  let before: Promise<unknown> = preload();
  process.on('message', (request: WorkerRequest) => {
    before = before.then(() => answer(request)).then((text) => text && process.send?.(text));
  });
  // Waiting for messages is what this process is for
  process.channel?.ref();
  return gone;
}

/** Loads the compiler while the sweep is planned. */
async function preload(): Promise<void> {
  await import('../compiler.js');
  await import('./run-studies.js');
}

/** Runs a point; what our own code throws is told in place of a result. */
async function attempt({ run }: OpenPlan, point: SweepPoint): Promise<WorkerAnswer> {
  try {
    return await run(point);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failed', point: point.id, text: `a bug of ionloom: ${text}` };
  }
}

/** Runs the chunk of `file` that `SLURM_ARRAY_TASK_ID` names; a task that Slurm starts again finds what it had filed. */
async function runTask(opened: OpenPlan, file: string, terminal: Terminal): Promise<number> {
  // The task was given this many processors; its neighbors on the node have the others
  process.env['IONLOOM_THREADS'] ??= process.env['SLURM_CPUS_PER_TASK'] ?? '1';
  const chunks: unknown = JSON.parse(readText(file) ?? '[]');
  const number = Number(process.env['SLURM_ARRAY_TASK_ID']);
  // Written by the executor: lists of identifiers
  const chunk = (chunks as readonly (readonly string[])[])[number] ?? [];
  let status: number = EXIT.ok;
  for (const id of chunk) {
    const point = opened.points.get(id);
    const answer = point && (await attempt(opened, point));
    if (answer?.kind === 'stuck') {
      terminal.tell(answer.fault.text);
      return EXIT.environment;
    }
    if (answer?.kind !== 'failed') continue;
    terminal.tell(answer.text);
    status = EXIT.failed;
  }
  return status;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
