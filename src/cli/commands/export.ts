/** `ionloom export`: a network for other tools. */
import { Argument, type Command } from 'commander';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { jsonOption, setOption, type SourceOptions } from '../options.js';

/** Options of `export` as commander hands them over. */
export interface ExportOptions extends SourceOptions {
  readonly output: string;
  readonly network?: string;
}

/** Adds the command to `program`. */
export function registerExport(program: Command, execute: Execute): void {
  program
    .command('export')
    .summary('write a network for other tools')
    .description(
      'Write a network of a description in the Neuromorphic Intermediate Representation (NIR), which frameworks of spiking networks read.',
    )
    .addArgument(new Argument('<format>', 'format of the file').choices(['nir']))
    .argument('<file>', 'a source file')
    .requiredOption('-o, --output <file.nir>', 'the network')
    .option('--network <name>', 'which network, where the file has several')
    .addOption(setOption())
    .addOption(jsonOption())
    .action((_format: string, file: string, options: ExportOptions) =>
      execute(options.json, (context) => exportNetwork(file, options, context)),
    );
}

async function exportNetwork(
  file: string,
  options: ExportOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  return (await import('../export-network.js')).exportNetwork(file, options, context);
}
