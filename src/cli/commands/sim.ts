/** `ionloom sim`: runs experiments on the harness, all seeds. */
import type { Command } from 'commander';
import type { ExperimentResult } from '../../ir/results.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { loadExperiments } from '../experiments.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';

/** Adds the command to `program`. */
export function registerSim(program: Command, execute: Execute): void {
  program
    .command('sim')
    .summary('simulate experiments on the device models')
    .description('Run experiments on the device models with all their seeds and check what they expect.')
    .argument('<file>', 'source file')
    .addOption(experimentOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action((file: string, options: ExperimentOptions) =>
      execute(options.json, (context) => sim(file, options, context)),
    );
}

async function sim(
  file: string,
  options: ExperimentOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const { terminal } = context;
  const results = await simulateAll(file, options, context);
  if (!results) return undefined;
  const { allExpectationsHold, renderResult, resultDocument } = await import('../result-text.js');
  return {
    fields: { experiments: results.map(resultDocument) },
    text: results.map((result) => renderResult(result, terminal.colors)).join('\n\n'),
    passed: allExpectationsHold(results),
  };
}

async function simulateAll(
  file: string,
  options: ExperimentOptions,
  context: CommandContext,
): Promise<readonly ExperimentResult[] | undefined> {
  const { simulate } = await import('../../compiler.js');
  const experiments = await loadExperiments(file, options, context);
  if (!experiments) return undefined;
  const results: ExperimentResult[] = [];
  for (const mapped of experiments) {
    context.terminal.progress(`simulating ${mapped.experiment.name} ...`);
    const result = simulate(mapped, context.diagnostics);
    if (!result) return undefined;
    results.push(result);
  }
  return results;
}
