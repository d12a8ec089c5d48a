/** Co-simulates experiments on networks: the controllers of their projections against the pulse programs. */
import { cosimulateSetups, type CosimChoice } from '../compiler.js';
import { invariant } from '../core/invariant.js';
import type { CosimResult } from '../cosim/cosimulate.js';
import type { ObservationPlan } from '../cosim/observe/observation.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import { createStudyJobs, type StudyJobs } from '../networks/run/create-study-jobs.js';
import type { StudyRun } from '../networks/run/study-run.js';
import { pointName } from '../networks/run/run-points.js';
import type { CommandContext } from './command.js';
import type { CosimRun, TileCosim } from './cosim-text.js';
import { loadCreateRun } from './load-create-run.js';
import { planObservation, tileNames, type ObservationOptions } from './observation-options.js';
import { reportDivergence } from './run-cosim.js';
import { loadPoints, reportingFaults, runStudies } from './run-studies.js';

/** Which RTL, and how many runs of spikes, batches of a training or tested sequences are compared, at most. */
export interface StudyCosimChoice extends CosimChoice {
  readonly steps?: number | undefined;
  readonly observation?: ObservationOptions;
}

/** All `studies` with the RTL in the loop, and on the device models, which decide expectations; undefined after reporting. */
export async function cosimStudies(
  studies: readonly MappedNetwork[],
  choice: StudyCosimChoice,
  context: CommandContext,
): Promise<readonly CosimRun[] | undefined> {
  const points = loadPoints(studies, context);
  if (!points) return undefined;
  const runs: CosimRun[] = [];
  for (const { mapped, samples } of points) {
    const jobs = await reportingFaults(context, () => createStudyJobs(mapped, samples, choice.steps));
    const run = jobs && (await cosimStudy(mapped, { jobs, choice }, context));
    if (!run) return undefined;
    runs.push(run);
  }
  return runs;
}

interface PlannedCosim {
  readonly jobs: StudyJobs;
  readonly choice: StudyCosimChoice;
}

async function cosimStudy(
  mapped: MappedNetwork,
  { jobs, choice }: PlannedCosim,
  context: CommandContext,
): Promise<CosimRun | undefined> {
  const { host, diagnostics, terminal } = context;
  const createRun = await loadCreateRun();
  const runs: StudyRun[] = [];
  const create: typeof createRun = (...args) => {
    const run = createRun(...args);
    runs.push(run);
    return run;
  };
  const results = await runStudies([mapped], { create }, context);
  const [result, end] = [results?.[0], runs.at(-1)?.checkpoint()];
  if (!result || !end) return undefined;
  const name = pointName(mapped);
  terminal.progress(`co-simulating ${name} on ${choice.engine} ...`);
  const recorded = jobs(end);
  const plans = planTiles(mapped, { jobs: recorded, choice }, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const tiles: TileCosim[] = [];
  for (const [index, { setups, projection }] of recorded.entries()) {
    const part = await cosimulateSetups(setups, { ...choice, observe: plans[index] }, host, diagnostics);
    if (!part) return undefined;
    tiles.push({ name: projection, cosim: part });
    if (part.reproduction) break;
  }
  const cosim = mergeResults(tiles.map((tile) => tile.cosim));
  reportDivergence(cosim, diagnostics);
  const figures = recorded.flatMap((job) => job.figures ?? []);
  return { cosim, result: { ...result, name }, figures, tiles };
}

interface RecordedCosim {
  readonly jobs: ReturnType<StudyJobs>;
  readonly choice: StudyCosimChoice;
}

/** What shall be seen of the tile of each job. */
function planTiles(
  { study }: MappedNetwork,
  { jobs, choice }: RecordedCosim,
  diagnostics: CommandContext['diagnostics'],
): readonly (ObservationPlan | undefined)[] {
  const tiles = tileNames(jobs.map(({ projection }) => projection));
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
    digest: parts.map(({ digest }) => digest).join('+'),
    seconds: sum(({ seconds }) => seconds),
    secondsBuild: sum(({ secondsBuild }) => secondsBuild),
  };
}
