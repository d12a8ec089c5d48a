/** An `experiment` declaration: what it runs decides what it may say. */
import type { Experiment } from '../../ir/network.js';
import type { Study } from '../../ir/study.js';
import type { ExperimentClause, ExperimentItem } from '../syntax/experiment.js';
import { ClauseFinder, type Owner } from '../check/check-clauses.js';
import { lowerProgramRun } from './lower-program-run.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerStudy } from './study/lower-study.js';

/** The experiment, of a program or of a network; undefined after reporting. */
export function lowerExperiment(item: ExperimentItem, context: LoweringContext): Experiment | Study | undefined {
  const owner: Owner = { description: `experiment \`${item.name.name}\``, name: item.name };
  const finder = new ClauseFinder<ExperimentClause>(owner, item.body.clauses, context.diagnostics);
  const run = finder.required('run', 'run');
  const kind = run && context.kindOf(run.program, ['program', 'network']);
  if (!kind) return undefined;
  return kind === 'program' ? lowerProgramRun(item, run, context) : lowerStudy(item, run, context);
}
