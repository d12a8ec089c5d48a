/** `ionloom cosim`: the emitted controller against the device models. */
import { Option, type Command } from 'commander';
import { ENGINE_NAMES, type EngineName } from '../../cosim/engine.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import type { CosimRun } from '../cosim-text.js';
import { loadExperiments } from '../experiments.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';

/** Options of commands that simulate RTL. */
export interface EngineOptions extends ExperimentOptions {
  readonly engine: EngineName;
}

interface CosimOptions extends EngineOptions {
  readonly freeze: boolean;
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
  const experiments = await loadExperiments(file, options, context);
  if (!experiments) return undefined;
  const runs: CosimRun[] = [];
  for (const mapped of experiments) {
    const run = await runCosim(mapped, { engine: options.engine, freezes: options.freeze }, context);
    if (!run) return undefined;
    runs.push(run);
  }
  return {
    fields: { engine: options.engine, experiments: runs.map(cosimDocument) },
    text: runs.map((run) => renderCosimRun(run, context.terminal.colors)).join('\n\n'),
    passed: allExpectationsHold(runs.map(({ result }) => result)),
  };
}
