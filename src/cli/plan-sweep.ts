/** From the words of a command line to the plan of a sweep. */
import { nearestName } from '../core/nearest.js';
import { METRIC_NAMES } from '../report/format-metric.js';
import { countPoints, MAX_SWEEP_POINTS, planSweep, sweepPoints, type SweepPlan } from '../sweep/sweep-plan.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';
import type { Design } from './experiments.js';
import { PointRunner } from './point-runner.js';
import { ACTIVITY_FIGURES } from './point-rows.js';
import { objectivesOf, type ChosenOptions } from './sweep-options.js';
import { readVersion } from './version.js';

/** Compiles the first point, so that most mistakes are told before anything runs; undefined after reporting. */
export async function planFor(
  file: string,
  options: ChosenOptions,
  context: CommandContext,
): Promise<SweepPlan | undefined> {
  const { host, diagnostics } = context;
  const { vary, seeds, seed, experiment } = options;
  const points = countPoints({ vary, ...(seeds !== undefined && { seeds }) });
  if (points > MAX_SWEEP_POINTS) {
    diagnostics.report(CLI_CATALOGUE, 'sweep-too-large', { points, most: MAX_SWEEP_POINTS });
    return undefined;
  }
  const order = {
    version: readVersion(host),
    ...(experiment !== undefined && { experiment }),
    ...{ set: [...options.set], vary },
    ...(seed !== undefined && { seed }),
    ...(seeds !== undefined && { seeds }),
  };
  const runner = new PointRunner({ ...order, file }, host);
  const [first] = sweepPoints(order);
  const design = first && (await runner.prepare(first, diagnostics));
  if (!design || diagnostics.hasErrors) return undefined;
  const isKnown = await checkObjectives(design, options, context);
  return isKnown ? planSweep({ ...order, files: runner.files }) : undefined;
}

/** Whether what is to be least or most is there to be found. */
async function checkObjectives(
  design: Design,
  options: ChosenOptions,
  { diagnostics }: CommandContext,
): Promise<boolean> {
  const objectives = objectivesOf(options);
  if (objectives.length === 0) return true;
  const { studyFigures } = await import('../ir/study-expectations.js');
  const { experiments, studies } = design;
  const names = [
    ...new Set([...experiments.map((each) => each.experiment.name), ...studies.map(({ study }) => study.name)]),
  ];
  if (names.length > 1) {
    diagnostics.report(CLI_CATALOGUE, 'sweep-one-experiment', { names });
    return false;
  }
  const measured = studies.flatMap((study) => studyFigures(study).map(({ key }) => key));
  const known = [
    ...(experiments.length > 0 ? METRIC_NAMES : []),
    ...measured,
    ...(studies.length > 0 ? ACTIVITY_FIGURES : []),
  ];
  for (const { figure } of objectives) {
    if (known.includes(figure)) continue;
    diagnostics.report(CLI_CATALOGUE, 'sweep-no-figure', {
      figure,
      known: [...new Set(known)],
      nearest: nearestName(figure, known),
    });
  }
  return !diagnostics.hasErrors;
}
