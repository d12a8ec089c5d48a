/** Energy estimates of experiments on networks, from a run of their first seed. */
import { estimateStudy } from '../backends/energy/estimate-study.js';
import type { Technology } from '../backends/energy/terms.js';
import type { EnergyEstimate } from '../ir/energy-estimate.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import type { StudyResult } from '../ir/study-result.js';
import type { CommandContext } from './command.js';
import { loadCreateRun } from './load-create-run.js';
import { runStudies } from './run-studies.js';

/** A priced experiment at one point of its sweeps. */
export interface PricedStudy {
  readonly result: StudyResult;
  readonly estimate: EnergyEstimate;
}

/** Runs the first seed of every study and prices it; undefined after reporting why not. */
export async function priceStudies(
  studies: readonly MappedNetwork[],
  technology: Technology,
  context: CommandContext,
): Promise<readonly PricedStudy[] | undefined> {
  const shortened = studies.map((mapped) => ({ ...mapped, study: { ...mapped.study, seedCount: 1 } }));
  if (shortened.length === 0) return [];
  const results = await runStudies(shortened, { create: await loadCreateRun() }, context);
  return results?.flatMap((result, index) => {
    const mapped = studies[index];
    return mapped ? [{ result, estimate: estimateStudy(result, mapped, technology) }] : [];
  });
}
