/** Energy estimates of experiments on networks, from a run of their first seed. */
import { estimateStudy } from '../backends/energy/estimate-study.js';
import { studyLifetime } from '../backends/lifetime/study-lifetime.js';
import type { Technology } from '../backends/energy/terms.js';
import type { EnergyEstimate } from '../ir/energy-estimate.js';
import type { LifetimeEstimate } from '../ir/lifetime.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import type { StudyResult } from '../ir/study-result.js';
import type { StudyRun } from '../networks/run/study-run.js';
import type { CommandContext } from './command.js';
import { loadCreateRun } from './load-create-run.js';
import { loadPoints, reportingFaults, runStudies } from './run-studies.js';

/** A priced experiment at one point of its sweeps. */
export interface PricedStudy {
  readonly result: StudyResult;
  readonly estimate: EnergyEstimate;
  /** Absent where no weight lies in a device. */
  readonly lifetime: LifetimeEstimate | undefined;
}

/** How studies are priced. */
export interface StudyPricing {
  readonly technology: Technology;
  /** From run to run [s]; without a pause where it is absent. */
  readonly everySeconds?: number | undefined;
}

/** Runs the first seed of every study and prices it; undefined after reporting why not. */
export async function priceStudies(
  studies: readonly MappedNetwork[],
  pricing: StudyPricing,
  context: CommandContext,
): Promise<readonly PricedStudy[] | undefined> {
  const priced: PricedStudy[] = [];
  for (const mapped of studies) {
    const one = await priceStudy({ ...mapped, study: { ...mapped.study, seedCount: 1 } }, pricing, context);
    if (!one) return undefined;
    priced.push(one);
  }
  return priced;
}

async function priceStudy(
  mapped: MappedNetwork,
  { technology, everySeconds }: StudyPricing,
  context: CommandContext,
): Promise<PricedStudy | undefined> {
  const createRun = await loadCreateRun();
  const runs: StudyRun[] = [];
  const create: typeof createRun = (...args) => {
    const run = createRun(...args);
    runs.push(run);
    return run;
  };
  const [result] = (await runStudies([mapped], { create }, context)) ?? [];
  const end = runs.at(-1)?.checkpoint();
  const [point] = loadPoints([mapped], context) ?? [];
  if (!result || !end || !point) return undefined;
  context.terminal.progress(`counting what controllers of ${mapped.study.name} do ...`);
  const { studyPrograms } = await import('../networks/run/program-activity.js');
  const counted = await reportingFaults(context, () => studyPrograms(point.mapped, point.samples, { result, end }));
  if (!counted) return undefined;
  const activity = { ...result.activity, programs: counted.programs, withoutProgram: counted.without };
  const complete = { ...result, activity };
  const estimate = estimateStudy(complete, mapped, technology);
  return { result, estimate, lifetime: studyLifetime(complete, mapped, estimate, everySeconds) };
}
