/** `ionloom sim`: runs experiments on the harness, all seeds. */
import path from 'node:path';
import type { Command } from 'commander';
import { CLI_CATALOGUE } from '../catalogue.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { loadDesign, type Design } from '../experiments.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';
import type { SimResults } from '../simulate-design.js';
import { writeFile } from '../write-output.js';

interface SimOptions extends ExperimentOptions {
  readonly output?: string;
  readonly checkpoint?: string;
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
  const design = await loadDesign(file, options, context);
  const results = design && (await simulate(design, options, context));
  if (!results) return undefined;
  // Results that cannot be written are shown all the same
  const { output } = options;
  const isWritten = output !== undefined && (await writeResults(output, results, context));
  const { allExpectationsHold, renderResult, resultDocument } = await import('../result-text.js');
  const { renderStudy, studyDocument } = await import('../study-text.js');
  const { programs, studies } = results;
  const texts = [
    ...programs.map((result) => renderResult(result, terminal.colors)),
    ...studies.map((result) => renderStudy(result, terminal.colors)),
  ];
  return {
    fields: {
      ...(isWritten && { output }),
      experiments: [...programs.map(resultDocument), ...studies.map(studyDocument)],
    },
    text: [...texts, ...(isWritten ? [`wrote ${output}`] : [])].join('\n\n'),
    passed: allExpectationsHold([...programs, ...studies]),
  };
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
