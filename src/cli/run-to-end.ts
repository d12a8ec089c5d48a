/** Runs experiments on networks and keeps what they end with: what pulse programs and prices are made of. */
import { invariant } from '../core/invariant.js';
import type { StudyResult } from '../ir/study-result.js';
import type { RunPoint } from '../networks/run/run-points.js';
import type { CreateStudyRun, StudyCheckpoint, StudyRun } from '../networks/run/study-run.js';
import type { CommandContext } from './command.js';
import { loadCreateRun } from './load-create-run.js';
import { runPoints } from './run-studies.js';

/** A point that has run to its end. */
export interface EndedPoint extends RunPoint {
  readonly result: StudyResult;
  /** The state behind its last seed. */
  readonly end: StudyCheckpoint;
}

/** All `points` on the device models; undefined after reporting why there are no results. */
export async function runToEnd(
  points: readonly RunPoint[],
  context: CommandContext,
): Promise<readonly EndedPoint[] | undefined> {
  const createRun = await loadCreateRun();
  const runs: StudyRun[] = [];
  const create: CreateStudyRun = (...args) => {
    const run = createRun(...args);
    runs.push(run);
    return run;
  };
  const results = await runPoints(points, { create }, context);
  return results?.map((result, index) => {
    const [point, run] = [points[index], runs[index]];
    invariant(point && run, 'every result has a run');
    return { ...point, result, end: run.checkpoint() };
  });
}
