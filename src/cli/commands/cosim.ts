/** `ionloom cosim`: the emitted controller against the device models. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { ENGINE_NAMES, type EngineName } from '../../cosim/engine.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import type { StudyCosimChoice } from '../cosim-studies.js';
import type { CosimRun } from '../cosim-text.js';
import { loadDesign } from '../experiments.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';

/** Options of commands that simulate RTL. */
export interface EngineOptions extends ExperimentOptions {
  readonly engine: EngineName;
}

interface CosimOptions extends EngineOptions {
  readonly freeze: boolean;
  readonly steps?: number;
}

/** Chooses the simulator of the RTL. */
export const engineOption = (): Option =>
  new Option('--engine <name>', 'simulator of the RTL').choices(ENGINE_NAMES).default('wasm');

/** Adds the command to `program`. */
export function registerCosim(program: Command, execute: Execute): void {
  program
    .command('cosim')
    .summary('simulate the emitted controller against the device models')
    .description('Simulate the emitted SystemVerilog against the device models and compare it with the pulse program.')
    .argument('<file>', 'source file')
    .addOption(engineOption())
    .addOption(
      new Option('--freeze', 'with the program as part of the controller, as build --freeze makes it').default(false),
    )
    .addOption(
      new Option(
        '--steps <count>',
        'of experiments on networks: runs of spikes of each seed (all without it), or batches of a training (4), at most',
      ).argParser(parseSteps),
    )
    .addOption(experimentOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action((file: string, options: CosimOptions) => execute(options.json, (context) => cosim(file, options, context)));
}

async function cosim(file: string, options: CosimOptions, context: CommandContext): Promise<CommandResult | undefined> {
  const { runCosim } = await import('../run-cosim.js');
  const { cosimDocument, renderCosimRun } = await import('../cosim-text.js');
  const { allExpectationsHold } = await import('../result-text.js');
  const design = await loadDesign(file, options, context);
  if (!design) return undefined;
  const { experiments, studies } = design;
  const choice = { engine: options.engine, freezes: options.freeze };
  const runs: CosimRun[] = [];
  for (const mapped of experiments) {
    const run = await runCosim(mapped, choice, context);
    if (!run) return undefined;
    runs.push(run);
  }
  const networks = await cosimNetworks(studies, { ...choice, steps: options.steps }, context);
  if (!networks) return undefined;
  runs.push(...networks);
  return {
    fields: { engine: options.engine, experiments: runs.map(cosimDocument) },
    text: runs.map((run) => renderCosimRun(run, context.terminal.colors)).join('\n\n'),
    passed: allExpectationsHold(runs.map(({ result }) => result)),
  };
}

async function cosimNetworks(
  studies: readonly MappedNetwork[],
  choice: StudyCosimChoice,
  context: CommandContext,
): Promise<readonly CosimRun[] | undefined> {
  if (studies.length === 0) return [];
  const { cosimStudies } = await import('../cosim-studies.js');
  return cosimStudies(studies, choice, context);
}

function parseSteps(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count === 0) throw new InvalidArgumentError('expected a whole number above 0');
  return count;
}
