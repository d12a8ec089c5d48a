/** `ionloom check`: diagnostics of files, down to the schedule of every experiment. */
import type { Command } from 'commander';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { jsonOption, setOption, type SourceOptions } from '../options.js';

/** Adds the command to `program`. */
export function registerCheck(program: Command, execute: Execute): void {
  program
    .command('check')
    .summary('check files and say what is wrong with them')
    .description('Check files: syntax, names, dimensions, and whether every experiment fits its chip.')
    .argument('<file...>', 'source files')
    .addOption(setOption())
    .addOption(jsonOption())
    .action((files: readonly string[], options: SourceOptions) =>
      execute(options.json, (context) => check(files, options, context)),
    );
}

async function check(
  files: readonly string[],
  options: SourceOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const counts: string[] = [];
  for (const [index, file] of files.entries()) {
    if (files.length > 1) context.terminal.progress(`checking ${index + 1} of ${files.length}: ${file}`);
    const count = await checkFile(file, options, context);
    if (count !== undefined) counts.push(`${file}: no errors (${count} experiment${count === 1 ? '' : 's'})`);
  }
  return { fields: {}, text: counts.join('\n'), passed: true };
}

/** How many experiments were found good; undefined after errors. */
async function checkFile(
  file: string,
  options: SourceOptions,
  { host, diagnostics }: CommandContext,
): Promise<number | undefined> {
  const { loadNetwork, mapExperiment, mapStudyPoints, scheduleFirstSeed } = await import('../../compiler.js');
  const network = loadNetwork(file, host, options.set, diagnostics);
  if (!network) return undefined;
  const scheduled = network.experiments.map((experiment) => {
    const mapped = mapExperiment(network, experiment, diagnostics);
    return mapped && scheduleFirstSeed(mapped, diagnostics);
  });
  const source = { file, host, overrides: options.set };
  for (const study of network.studies) mapStudyPoints({ network, study }, source, diagnostics);
  return diagnostics.hasErrors || scheduled.includes(undefined) ? undefined : scheduled.length + network.studies.length;
}
