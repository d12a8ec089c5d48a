/** `ionloom sim`: runs experiments on the harness, all seeds. */
import path from 'node:path';
import type { Command } from 'commander';
import { CLI_CATALOGUE } from '../catalogue.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { loadDesign, type Design } from '../experiments.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';
import type { SimResults } from '../simulate-design.js';
import { formatCount } from '../../units/format-quantity.js';
import { writeFile, writeNewFolder } from '../write-output.js';

interface SimOptions extends ExperimentOptions {
  readonly output?: string;
  readonly checkpoint?: string;
  readonly conductances?: string;
}

/** Adds the command to `program`. */
export function registerSim(program: Command, execute: Execute): void {
  program
    .command('sim')
    .summary('simulate experiments on the device models')
    .description(
      'Run experiments on the device models with all their seeds, those on networks at all points of their sweeps, and check what they expect.',
    )
    .argument('<file>', 'source file')
    .option('-o, --output <file>', 'write results: curves and windows as .csv, everything as .json')
    .option(
      '--checkpoint <file>',
      'save experiments on networks here, at intervals and on interrupt, and go on from it',
    )
    .option('--conductances <folder>', 'write what cells conduct after every image of a program, as .npy of NumPy')
    .addOption(experimentOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action((file: string, options: SimOptions) => execute(options.json, (context) => sim(file, options, context)));
}

async function sim(file: string, options: SimOptions, context: CommandContext): Promise<CommandResult | undefined> {
  const { diagnostics, terminal } = context;
  const format = options.output === undefined ? undefined : path.extname(options.output);
  if (options.output !== undefined && format !== '.json' && format !== '.csv') {
    diagnostics.report(CLI_CATALOGUE, 'output-format', { path: options.output });
    return undefined;
  }
  const design = await loadWanted(file, options, context);
  const results = design && (await simulate(design, options, context));
  if (!results) return undefined;
  // Results that cannot be written are shown all the same
  const { output } = options;
  const isWritten = output !== undefined && (await writeResults(output, results, context));
  const conductances = await writeConductances(options.conductances, results, context);
  const { allExpectationsHold, renderResult, resultDocument } = await import('../result-text.js');
  const { renderStudy, studyDocument } = await import('../study-text.js');
  const { programs, studies } = results;
  const texts = [
    ...programs.map((result) => renderResult(result, terminal.colors)),
    ...studies.map((result) => renderStudy(result, terminal.colors)),
  ];
  const written = [
    ...(isWritten ? [`wrote ${output}`] : []),
    ...(conductances ? [`wrote ${countedArrays(conductances)} into ${options.conductances ?? ''}`] : []),
  ];
  return {
    fields: {
      ...(isWritten && { output }),
      ...(conductances && { conductances }),
      experiments: [...programs.map(resultDocument), ...studies.map(studyDocument)],
    },
    text: [...texts, ...written].join('\n\n'),
    passed: allExpectationsHold([...programs, ...studies]),
  };
}

/** The design; undefined after reporting why there is none, or that it has nothing of what is to be written. */
async function loadWanted(file: string, options: SimOptions, context: CommandContext): Promise<Design | undefined> {
  const design = await loadDesign(file, options, context);
  if (!design || options.conductances === undefined || design.experiments.length > 0) return design;
  context.diagnostics.report(CLI_CATALOGUE, 'conductances-none', { file });
  return undefined;
}

async function simulate(
  design: Design,
  { checkpoint }: SimOptions,
  context: CommandContext,
): Promise<SimResults | undefined> {
  const { simulateDesign } = await import('../simulate-design.js');
  const { checkpointIn } = await import('../checkpoint-saver.js');
  return simulateDesign(design, checkpoint === undefined ? undefined : checkpointIn(checkpoint), context);
}

async function writeResults(
  output: string,
  { programs, studies }: SimResults,
  { diagnostics }: CommandContext,
): Promise<boolean> {
  const { studyCsv } = await import('../../networks/run/result-csv.js');
  const text =
    path.extname(output) === '.csv'
      ? studyCsv(studies)
      : `${JSON.stringify({ programs, networks: studies }, undefined, 2)}\n`;
  return writeFile(output, text, diagnostics);
}

/** The files that were written; undefined where none were wanted, or after reporting why not. */
async function writeConductances(
  folder: string | undefined,
  { programs }: SimResults,
  { diagnostics }: CommandContext,
): Promise<readonly string[] | undefined> {
  if (folder === undefined) return undefined;
  const { conductanceFiles } = await import('../conductance-files.js');
  const files = conductanceFiles(programs);
  const isWritten = await writeNewFolder(folder, files, diagnostics);
  return isWritten ? files.map((file) => file.path) : undefined;
}

function countedArrays({ length }: readonly string[]): string {
  return length === 1 ? '1 array' : `${formatCount(length)} arrays`;
}
