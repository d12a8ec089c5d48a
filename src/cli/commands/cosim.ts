/** `ionloom cosim`: the emitted controller against the device models. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { ENGINE_NAMES, type EngineName } from '../../cosim/engine.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import type { StudyCosimChoice } from '../cosim-studies.js';
import { parseCells } from '../cell-choice.js';
import type { CosimRun } from '../cosim-text.js';
import { loadDesign } from '../experiments.js';
import type { ObservationOptions } from '../observation-options.js';
import { parseWindow } from '../time-window.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';

/** Options of commands that simulate RTL. */
export interface EngineOptions extends ExperimentOptions {
  readonly engine: EngineName;
}

interface CosimOptions extends EngineOptions, ObservationOptions {
  readonly freeze: boolean;
  readonly steps?: number;
  readonly expectations: boolean;
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
    .argument('<file>', 'source file, or the experiment.json that --break-on has written')
    .addOption(engineOption())
    .addOption(
      new Option('--freeze', 'with the program as part of the controller, as build --freeze makes it').default(false),
    )
    .addOption(
      new Option(
        '--steps <count>',
        'of experiments on networks: runs of spikes of each seed (all without it), batches of a training (4), or tested sequences of fast weights (8), at most',
      ).argParser(parseSteps),
    )
    .option(
      '--no-expectations',
      'of experiments on networks: leave out the whole run on the device models that decides expectations; for trainings that take long',
    )
    .option(
      '--wave <file>',
      'write what the first run looks like: .vcd and .fst for viewers of waves, .json (WaveDrom) and .svg as a timing diagram',
    )
    .addOption(
      new Option(
        '--window <from..to>',
        'stretch of time that a timing diagram shows, for example 10us..25us',
      ).argParser(parseWindow),
    )
    .addOption(
      new Option(
        '--watch <cells>',
        'cells whose conductances are in the wave, for example tile0[0..3,7]; may be repeated',
      ).argParser(parseCells),
    )
    .addOption(
      new Option(
        '--why <cells>',
        'tell every pulse that moved these cells, for example tile0[3,7]; may be repeated',
      ).argParser(parseCells),
    )
    .addOption(
      new Option(
        '--break-on <event>',
        'stop at the first mismatch and make the smallest experiment that shows it',
      ).choices(['mismatch']),
    )
    .option('-o, --output <folder>', 'where --break-on puts that experiment (default: mismatch)')
    .addOption(experimentOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action((file: string, options: CosimOptions) => execute(options.json, (context) => cosim(file, options, context)));
}

async function cosim(file: string, options: CosimOptions, context: CommandContext): Promise<CommandResult | undefined> {
  const { checkWaveFormat } = await import('../observation-options.js');
  if (!checkWaveFormat(options, context.diagnostics)) return undefined;
  const runs = file.endsWith('.json') ? await replay(file, options, context) : await cosimAll(file, options, context);
  if (!runs) return undefined;
  const { cosimDocument, renderCosimRun } = await import('../cosim-text.js');
  const { allExpectationsHold } = await import('../result-text.js');
  const { tellObservations } = await import('../tell-observations.js');
  const told = await tellObservations(runs, options, context);
  if (!told) return undefined;
  return {
    fields: { engine: options.engine, experiments: runs.map(cosimDocument), ...told.fields },
    text: [...runs.map((run) => renderCosimRun(run, context.terminal.colors)), ...told.text].join('\n\n'),
    passed: allExpectationsHold(runs.map(({ result }) => result)),
  };
}

/** The experiments of a source file; a mismatch that ends one ends all. */
async function cosimAll(
  file: string,
  options: CosimOptions,
  context: CommandContext,
): Promise<readonly CosimRun[] | undefined> {
  const { runCosim } = await import('../run-cosim.js');
  const design = await loadDesign(file, options, context);
  if (!design) return undefined;
  const choice = { engine: options.engine, freezes: options.freeze, observation: options };
  const runs: CosimRun[] = [];
  for (const mapped of design.experiments) {
    const run = await runCosim(mapped, choice, context);
    if (!run) return undefined;
    runs.push(run);
    if (run.cosim.reproduction) return runs;
  }
  const { steps, expectations } = options;
  const ofNetworks = { ...choice, steps, expectations, hasOthers: runs.length > 0 };
  const networks = await cosimNetworks(design.studies, ofNetworks, context);
  return networks && [...runs, ...networks];
}

async function replay(
  file: string,
  options: CosimOptions,
  context: CommandContext,
): Promise<readonly CosimRun[] | undefined> {
  const { replayExperiment } = await import('../replay-experiment.js');
  const run = await replayExperiment(file, { engine: options.engine, observation: options }, context);
  return run && [run];
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
