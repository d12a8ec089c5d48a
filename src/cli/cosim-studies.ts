/** Co-simulates experiments on networks: the controllers of their projections against the pulse programs. */
import { cosimulateSetups, type CosimChoice } from '../compiler.js';
import { invariant } from '../core/invariant.js';
import type { CosimResult } from '../cosim/cosimulate.js';
import type { ObservationPlan } from '../cosim/observe/observation.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import { createStudyJobs, type StudyJob, type StudyJobs } from '../networks/run/create-study-jobs.js';
import { refusalOf } from '../networks/run/refusal.js';
import { pointName, type RunPoint } from '../networks/run/run-points.js';
import type { StudyCheckpoint } from '../networks/run/study-run.js';
import type { CommandContext } from './command.js';
import type { CosimRun, TileCosim } from './cosim-text.js';
import { LeftOut } from './left-out.js';
import { planObservation, tileNames, type ObservationOptions } from './observation-options.js';
import { reportDivergence, watchingCosim } from './run-cosim.js';
import { loadPoints, reportingFaults } from './run-studies.js';
import { runToEnd } from './run-to-end.js';

/** Which RTL, and how many runs of spikes, batches of a training or tested sequences are compared, at most. */
export interface StudyCosimChoice extends CosimChoice {
  readonly steps?: number | undefined;
  readonly observation?: ObservationOptions;
  /** Whether expectations are wanted: they take a whole run on the device models. */
  readonly expectations?: boolean;
  /** Whether the file has experiments that write programs beside the ones on networks. */
  readonly hasOthers?: boolean;
}

/**
 * All `studies` with the RTL in the loop, and on the device models, which decide expectations. Those without a program are
 * warned of, and an error where nothing is left; undefined after reporting errors.
 */
export async function cosimStudies(
  studies: readonly MappedNetwork[],
  choice: StudyCosimChoice,
  context: CommandContext,
): Promise<readonly CosimRun[] | undefined> {
  const points = await loadPoints(studies, context);
  if (!points) return undefined;
  const left = new LeftOut();
  const runs: CosimRun[] = [];
  for (const point of points) {
    const jobs = await reportingFaults(context, () => recordJobs(point, choice, left));
    if (jobs === 'none') continue;
    const run = jobs && (await cosimStudy(point, { jobs, choice }, context));
    if (!run) return undefined;
    runs.push(run);
    // A mismatch that ends a run ends all
    if (run.tiles.some(({ cosim }) => cosim.reproduction)) break;
  }
  left.report(context.diagnostics, runs.length === 0 && choice.hasOthers !== true);
  return context.diagnostics.hasErrors && runs.length === 0 ? undefined : runs;
}

/** Programs of one point; `none` where there is none, which `left` gets to know. */
function recordJobs({ mapped, samples }: RunPoint, { steps }: StudyCosimChoice, left: LeftOut): StudyJobs | 'none' {
  const { name } = mapped.study;
  try {
    return createStudyJobs(mapped, samples, steps, ({ name: projection }, reason, span) => {
      left.addProjection({ projection, reason, span }, name);
    });
  } catch (error) {
    const refusal = refusalOf(error, name);
    if (!refusal) throw error;
    left.addExperiment(refusal, name);
    return 'none';
  }
}

interface PlannedCosim {
  readonly jobs: StudyJobs;
  readonly choice: StudyCosimChoice;
}

async function cosimStudy(
  point: RunPoint,
  { jobs, choice }: PlannedCosim,
  context: CommandContext,
): Promise<CosimRun | undefined> {
  const { host, diagnostics, terminal } = context;
  const { mapped } = point;
  const needsRun = jobs.kind === 'afterRun' || choice.expectations !== false;
  const ended = needsRun ? await runToEnd([point], context) : [];
  if (!ended) return undefined;
  const [whole] = ended;
  const name = pointName(mapped);
  const recorded = recordedJobs(jobs, whole?.end);
  const plans = planTiles(mapped, { jobs: recorded, choice }, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const tiles: TileCosim[] = [];
  for (const [index, job] of recorded.entries()) {
    const { setups } = job;
    const plan = { ...choice, observe: plans[index] };
    const watched = { name: `${tileName(job)} of ${name}`, engine: choice.engine, unit: 'runs' } as const;
    const part = await watchingCosim(watched, terminal, (watch) =>
      cosimulateSetups(setups, { ...plan, watch }, host, diagnostics),
    );
    if (!part) return undefined;
    tiles.push({ name: tileName(job), cosim: part });
    if (part.reproduction) break;
  }
  const cosim = mergeResults(tiles.map((tile) => tile.cosim));
  reportDivergence(cosim, diagnostics);
  const figures = recorded.flatMap((job) => job.figures ?? []);
  const { firstSeed, seedCount } = mapped.study;
  const expectations = choice.expectations === false ? [] : (whole?.result.expectations ?? []);
  const result = { firstSeed, seedCount, expectations, name, ...(whole && { measures: whole.result.measures }) };
  return { cosim, result, figures, tiles };
}

function recordedJobs(jobs: StudyJobs, end: StudyCheckpoint | undefined): readonly StudyJob[] {
  if (jobs.kind === 'ready') return jobs.jobs;
  invariant(end, 'what takes trained weights has been run');
  return jobs.jobs(end);
}

interface RecordedCosim {
  readonly jobs: readonly StudyJob[];
  readonly choice: StudyCosimChoice;
}

/** The projection, with the number of its tile where it takes several. */
function tileName({ projection, part }: StudyJob): string {
  return part === undefined ? projection : `${projection}_${part}`;
}

/** What shall be seen of the tile of each job. */
function planTiles(
  { study }: MappedNetwork,
  { jobs, choice }: RecordedCosim,
  diagnostics: CommandContext['diagnostics'],
): readonly (ObservationPlan | undefined)[] {
  const tiles = tileNames(jobs.map(tileName));
  return jobs.map(({ setups: [first] }, index) => {
    invariant(first, 'a job has a setup');
    const { rows, columns } = first.scheduled.program;
    const place = { tiles, index, rows, columns, origin: study.origin };
    return planObservation(choice.observation ?? {}, place, diagnostics);
  });
}

/** Several controllers as one: counts add up, the first divergence is that of the first controller that has one. */
function mergeResults(parts: readonly CosimResult[]): CosimResult {
  const [first] = parts;
  invariant(first, 'a study that is co-simulated has a controller');
  const sum = (count: (part: CosimResult) => number): number => parts.reduce((total, part) => total + count(part), 0);
  const divergence = parts.find(({ firstDivergence }) => firstDivergence)?.firstDivergence;
  return {
    ...first,
    clocks: sum(({ clocks }) => clocks),
    evaluatedClocks: sum(({ evaluatedClocks }) => evaluatedClocks),
    busClocks: sum(({ busClocks }) => busClocks),
    events: sum(({ events }) => events),
    pulses: sum(({ pulses }) => pulses),
    samples: sum(({ samples }) => samples),
    mismatches: sum(({ mismatches }) => mismatches),
    ...(divergence && { firstDivergence: divergence }),
    maxConductanceError: Math.max(...parts.map(({ maxConductanceError }) => maxConductanceError)),
    conductances: parts.flatMap(({ conductances }) => conductances),
    states: parts.flatMap(({ states }) => states),
    digest: parts.map(({ digest }) => digest).join('+'),
    seconds: sum(({ seconds }) => seconds),
    secondsBuild: sum(({ secondsBuild }) => secondsBuild),
  };
}
