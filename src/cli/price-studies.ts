/** Energy estimates of experiments on networks, from a run of their first seed. */
import { estimateStudy } from '../backends/energy/estimate-study.js';
import { studyLifetime } from '../backends/lifetime/study-lifetime.js';
import type { Technology } from '../backends/energy/terms.js';
import type { EnergyEstimate } from '../ir/energy-estimate.js';
import type { LifetimeEstimate } from '../ir/lifetime.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import type { StudyResult } from '../ir/study-result.js';
import { pointName } from '../networks/run/run-points.js';
import type { CommandContext } from './command.js';
import { loadPoints, reportingFaults } from './run-studies.js';
import { runToEnd, type EndedPoint } from './run-to-end.js';

/** A priced experiment at one point of its sweeps. */
export interface PricedStudy {
  readonly mapped: MappedNetwork;
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
  const firstSeeds = studies.map((mapped) => ({ ...mapped, study: { ...mapped.study, seedCount: 1 } }));
  const points = await loadPoints(firstSeeds, context);
  const ended = points && (await runToEnd(points, context));
  return ended && priceEnded(ended, pricing, context);
}

/** Prices the first seed of what has run; undefined after reporting why not. */
export async function priceEnded(
  ended: readonly EndedPoint[],
  { technology, everySeconds }: StudyPricing,
  context: CommandContext,
): Promise<readonly PricedStudy[] | undefined> {
  const { studyPrograms } = await import('../networks/run/program-activity.js');
  const priced: PricedStudy[] = [];
  for (const { mapped, samples, result, end } of ended) {
    context.terminal.progress(`counting what controllers of ${pointName(mapped)} do ...`);
    const counted = await reportingFaults(context, () => studyPrograms(mapped, samples, { result, end }));
    if (!counted) return undefined;
    const activity = { ...result.activity, programs: counted.programs, withoutProgram: counted.without };
    const complete = { ...result, activity };
    const estimate = estimateStudy(complete, mapped, technology);
    priced.push({ mapped, result, estimate, lifetime: studyLifetime(complete, mapped, estimate, everySeconds) });
  }
  return priced;
}
