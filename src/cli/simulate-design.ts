/** All experiments of a design on the device models, with all their seeds. */
import type { ExperimentResult } from '../ir/results.js';
import type { StudyResult } from '../ir/study-result.js';
import type { CommandContext } from './command.js';
import type { Design } from './experiments.js';
import { partProgress, ProgressMeter } from './progress-meter.js';
import type { KeepRuns } from './run-studies.js';

/** What all experiments came to. */
export interface SimResults {
  readonly programs: readonly ExperimentResult[];
  readonly studies: readonly StudyResult[];
}

/**
 * Runs all experiments of `design`; undefined after reporting why there is no result. Of experiments on networks, those
 * that have finished are results even where a later one cannot go on.
 */
export async function simulateDesign(
  { experiments, studies }: Design,
  keep: KeepRuns | undefined,
  context: CommandContext,
): Promise<SimResults | undefined> {
  const { simulate } = await import('../compiler.js');
  const programs: ExperimentResult[] = [];
  for (const mapped of experiments) {
    const { name } = mapped.experiment;
    context.terminal.progress(`simulating ${name} ...`);
    const meter = new ProgressMeter(context.terminal, { unit: 'seeds' });
    const result = simulate(mapped, context.diagnostics, (done, total) => {
      meter.show(partProgress(`simulating ${name}`, done, total));
    });
    meter.end();
    if (!result) return undefined;
    programs.push(result);
  }
  if (studies.length === 0) return { programs, studies: [] };
  const { loadCreateRun } = await import('./load-create-run.js');
  const { runStudies } = await import('./run-studies.js');
  const finished = await runStudies(studies, { create: await loadCreateRun(), keep, keepsFinished: true }, context);
  return finished && { programs, studies: finished };
}
