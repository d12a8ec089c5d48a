/** Runs experiments on networks: all points of their sweeps, with progress and diagnostics. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import type { StudyResult } from '../ir/study-result.js';
import { SampleLoader } from '../load-samples.js';
import { loadWeights, readWeightGraphs } from '../load-weights.js';
import { PointRuns, type RunPoint } from '../networks/run/run-points.js';
import type { CreateStudyRun } from '../networks/run/study-run.js';
import { formatCount } from '../units/format-quantity.js';
import type { CommandContext } from './command.js';
import { ProgressMeter } from './progress-meter.js';

/** Keeps the state of runs for another time. */
export interface RunKeeper {
  /** Goes on from what was kept; false after reporting that it cannot be. */
  restore(): boolean;
  /** Called between two steps. */
  afterStep(): Promise<void>;
  /** Keeps the state as it is now. */
  save(): void;
  /** The runs have ended. */
  close(): void;
}

/** Makes the keeper of `runs`. */
export type KeepRuns = (runs: PointRuns, context: CommandContext) => RunKeeper;

/** How runs are made and whether their state is kept. */
export interface RunChoice {
  readonly create: CreateStudyRun;
  /** Absent where an end before the end loses the run. */
  readonly keep?: KeepRuns | undefined;
  /** Whether results of what has finished are wanted where something later cannot go on. */
  readonly keepsFinished?: boolean;
  /** Where data sets are kept from one call to the next. */
  readonly samples?: SampleLoader;
}

/** Results of all `studies` in order, or of those that have finished; undefined after reporting why there are none. */
export async function runStudies(
  studies: readonly MappedNetwork[],
  choice: RunChoice,
  context: CommandContext,
): Promise<readonly StudyResult[] | undefined> {
  const points = await loadPoints(studies, context, choice.samples);
  return points && runPoints(points, choice, context);
}

/** The same of points whose samples are there. */
export async function runPoints(
  points: readonly RunPoint[],
  choice: RunChoice,
  context: CommandContext,
): Promise<readonly StudyResult[] | undefined> {
  const runs = new PointRuns(points, choice.create);
  const keeper = choice.keep?.(runs, context);
  const isReady = await reportingFaults(context, () => keeper?.restore() ?? true);
  if (isReady !== true) return undefined;
  const meter = new ProgressMeter(context.terminal, { advice: adviceOn(points) });
  const isDone = await reportingFaults(context, async () => {
    for (let progress = runs.step(); progress; progress = runs.step()) {
      meter.show(progress);
      await keeper?.afterStep();
    }
    keeper?.save();
    return true;
  });
  meter.end();
  keeper?.close();
  const isWanted = isDone === true || (choice.keepsFinished === true && runs.results.length > 0);
  return isWanted ? runs.results : undefined;
}

/** How to ask for less where several experiments run. */
function adviceOn(points: readonly RunPoint[]): string | undefined {
  const names = [...new Set(points.map(({ mapped }) => mapped.study.name))];
  if (names.length === 1) return undefined;
  const runs = points.length === names.length ? '' : `, ${formatCount(points.length)} runs with all points of sweeps`;
  return `running ${names.length} experiments${runs}; --experiment NAME runs one of ${names.join(', ')}`;
}

/** The points with their samples and weights; undefined after reporting. */
export async function loadPoints(
  studies: readonly MappedNetwork[],
  { host, diagnostics }: Pick<CommandContext, 'host' | 'diagnostics'>,
  loader = new SampleLoader(host),
): Promise<readonly RunPoint[] | undefined> {
  const networks = loadWeights(studies, host, diagnostics, await readWeightGraphs(studies, host));
  if (!networks) return undefined;
  const points = networks.flatMap((mapped): RunPoint[] => {
    const samples = loader.load(mapped, diagnostics);
    return samples ? [{ mapped, samples }] : [];
  });
  return points.length === studies.length ? points : undefined;
}

/** What `work` returns; undefined after reporting that an experiment cannot go on. */
export async function reportingFaults<Value>(
  { diagnostics }: CommandContext,
  work: () => Value | Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isRunFault(error)) throw error;
    error.report(diagnostics);
    return undefined;
  }
}

/** What runs throw where a network, a rule or the course of a training leaves nothing to go on with. */
function isRunFault(error: unknown): error is Error & { readonly report: (diagnostics: DiagnosticBag) => void } {
  return error instanceof Error && 'report' in error;
}
