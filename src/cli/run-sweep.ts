/** Runs a sweep from its plan to its table. */
import { constants } from 'node:os';
import path from 'node:path';
import type { FileHost } from '../core/file-host.js';
import { packagePlace } from '../core/package-place.js';
import { sha256Hex } from '../core/sha256.js';
import type { Executor, ExecutorFault, SweepWatch, SweepWork } from '../sweep/executor.js';
import { LocalPool, WorkersAhead } from '../sweep/local-pool.js';
import { runCommand, startWorker } from '../sweep/processes.js';
import { SlurmExecutor } from '../sweep/slurm-executor.js';
import { claimFolder, ResultStore } from '../sweep/sweep-folder.js';
import { countPoints, sweepPoints, type SweepPlan, type SweepPoint } from '../sweep/sweep-plan.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext, CommandResult } from './command.js';
import { partProgress, ProgressMeter } from './progress-meter.js';
import { planDifference } from './plan-difference.js';
import { planFor } from './plan-sweep.js';
import { reportFault } from './report-executor-fault.js';
import { localJobs, objectivesOf, type ChosenOptions } from './sweep-options.js';
import { reportSweep } from './sweep-report.js';
import { HELD_SIGNALS } from './write-output.js';

/** Workers that are started before it is known whether they are needed, at most, and the points that are worth it. */
const MAX_AHEAD = 16;
const WORTH_AHEAD = 50;

/** Time between two looks into the queue of Slurm [ms]. */
const SLURM_INTERVAL = 500;

/** The sweep of `file` that `options` describe; goes on where its folder has results. Undefined after reporting why not. */
export async function runSweep(
  file: string,
  options: ChosenOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const ahead = startAhead(options);
  try {
    return await planAndRun(file, options, ahead, context);
  } finally {
    ahead.dismiss();
  }
}

async function planAndRun(
  file: string,
  options: ChosenOptions,
  ahead: WorkersAhead,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const { diagnostics } = context;
  const plan = await planFor(file, options, context);
  if (!plan) return undefined;
  const folder = path.resolve(options.output);
  const refusal = claimFolder(folder, plan);
  if (refusal?.kind === 'other-plan') {
    const differs = planDifference(refusal.plan, plan);
    diagnostics.report(CLI_CATALOGUE, 'sweep-other', { folder: options.output, differs });
    return undefined;
  }
  if (refusal) {
    diagnostics.report(CLI_CATALOGUE, 'output-refused', { path: refusal.path, text: refusal.text });
    return undefined;
  }
  const fault = await runPoints({ plan, folder, source: path.resolve(file), ahead }, options, context);
  if (fault) reportFault(fault, context);
  const place = { folder, shown: options.output, source: path.basename(file) };
  return reportSweep(plan, place, objectivesOf(options), context);
}

interface RunPlace {
  readonly plan: SweepPlan;
  readonly folder: string;
  readonly source: string;
  readonly ahead: WorkersAhead;
}

/** Runs what has no result yet, with progress; a signal ends all that runs and leaves what is finished. */
async function runPoints(
  { plan, folder, source, ahead }: RunPlace,
  options: ChosenOptions,
  context: CommandContext,
): Promise<ExecutorFault | undefined> {
  const { terminal, diagnostics } = context;
  const store = new ResultStore(folder, plan);
  const all = sweepPoints(plan);
  removeStale(all, store, path.dirname(source), context.host);
  const missing = all.filter(({ id }) => store.read(id) === undefined).map(({ id }) => id);
  let done = all.length - missing.length;
  if (missing.length === 0) return undefined;
  if (done > 0)
    terminal.tell(`${String(done)} of ${String(all.length)} points have results; ${String(missing.length)} are to run`);
  const meter = new ProgressMeter(terminal, { unit: 'points' });
  const watch: SweepWatch = {
    finished: (count) => {
      done += count;
      meter.show(partProgress('sweep', done, all.length));
    },
    failed: (point, reason) => {
      const values = all.find(({ id }) => id === point)?.settings.map(([name, value]) => `${name} = ${value}`) ?? [];
      const shown = values.length === 0 ? '' : ` (${values.join(', ')})`;
      diagnostics.report(CLI_CATALOGUE, 'sweep-point-failed', { point, values: shown, reason });
    },
    note: (text) => {
      terminal.tell(text);
    },
  };
  meter.show(partProgress('sweep', done, all.length));
  const executor = createExecutor(
    { folder, plan: plan.digest, source, points: missing },
    { store, ahead },
    options,
    watch,
  );
  const onSignal = (signal: NodeJS.Signals): void => {
    meter.end();
    void endEarly(signal, executor, { done: () => done, of: all.length, shown: options.output }, context);
  };
  for (const signal of HELD_SIGNALS) process.on(signal, onSignal);
  try {
    const fault = await executor.run();
    store.removeLeftovers();
    return fault;
  } finally {
    for (const signal of HELD_SIGNALS) process.off(signal, onSignal);
    meter.end();
  }
}

/** Takes away results that rest on files beside those of the plan which have changed since. */
function removeStale(points: readonly SweepPoint[], store: ResultStore, folder: string, host: FileHost): void {
  const digests = new Map<string, string | undefined>();
  const digestOf = (file: string): string | undefined => {
    if (!digests.has(file)) {
      const bytes = host.readBytes(file.startsWith('<') ? file : path.join(folder, file), Infinity);
      digests.set(file, bytes instanceof Uint8Array ? sha256Hex(bytes) : undefined);
    }
    return digests.get(file);
  };
  for (const { id } of points) {
    if (store.read(id)?.files.some((file) => digestOf(file.path) !== file.sha256) === true) store.remove(id);
  }
}

async function endEarly(
  signal: NodeJS.Signals,
  executor: Executor,
  { done, of, shown }: { readonly done: () => number; readonly of: number; readonly shown: string },
  { terminal }: CommandContext,
): Promise<never> {
  await executor.stop();
  terminal.tell(
    `interrupted; ${String(done())} of ${String(of)} points have results in \`${shown}\`, and the same command goes on`,
  );
  process.exit(128 + constants.signals[signal]);
}

function createExecutor(
  work: SweepWork,
  { store, ahead }: { readonly store: ResultStore; readonly ahead: WorkersAhead },
  options: ChosenOptions,
  watch: SweepWatch,
): Executor {
  if (options.executor === 'local') return new LocalPool(work, ahead.take, localJobs(options), watch);
  const layout = {
    run: runCommand,
    atOnce: options.jobs,
    task: [process.execPath, WORKER_SCRIPT, '__sweep', 'task', work.folder, work.plan, work.source],
    isDone: (point: string) => store.mayHave(point) && store.read(point) !== undefined,
    interval: SLURM_INTERVAL,
  };
  return new SlurmExecutor(work, layout, watch);
}

const WORKER_SCRIPT = packagePlace('bin/command.js');

/** The workers of a sweep on this machine; none where there is nothing for them. */
function startAhead(options: ChosenOptions): WorkersAhead {
  const jobs = localJobs(options);
  // Runs must not fight each other for processors; what they find does not depend on their threads
  const environment = { IONLOOM_THREADS: String(Math.max(1, Math.floor(localJobs({}) / jobs))) };
  const start = startWorker.bind(undefined, { script: WORKER_SCRIPT, args: ['__sweep', 'serve'], environment });
  const { vary, seeds = 1, executor } = options;
  const isWorthwhile = executor === 'local' && countPoints({ vary, seeds }) >= WORTH_AHEAD;
  return new WorkersAhead(start, isWorthwhile ? Math.min(jobs, MAX_AHEAD) : 0);
}
