/** `ionloom import`: a network of another tool as a description. */
import path from 'node:path';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { nearestName } from '../../core/nearest.js';
import { isRepairName, REPAIR_NAMES, type RepairName } from '../../nir/repairs.js';
import type { TimeUnit } from '../../nir/time-scale.js';
import { isSameDimension } from '../../units/dimension.js';
import { quantityFromLiteral } from '../../units/quantity.js';
import { parseUnit } from '../../units/unit.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { jsonOption } from '../options.js';

/** Options of `import` as commander hands them over; quantities are SI. */
export interface ImportOptions {
  readonly json: boolean;
  readonly output: string;
  readonly name?: string;
  readonly timeUnit?: TimeUnit;
  readonly dt?: number;
  /** Names of repairs that are refused. */
  readonly repair: readonly RepairName[];
  readonly strict: boolean;
  readonly force: boolean;
}

/** Adds the command to `program`. */
export function registerImport(program: Command, execute: Execute): void {
  program
    .command('import')
    .summary('make a description of a network of another tool')
    .description(
      'Read a network in the Neuromorphic Intermediate Representation (NIR), repair what files in the wild get wrong, and write it as a description with its weights as tables beside it.',
    )
    .addArgument(new Argument('<format>', 'format of the file').choices(['nir']))
    .argument('<file>', 'the network')
    .requiredOption('-o, --output <file.ion>', 'the description; its tables are FILE-NAME.csv')
    .option('--name <name>', 'name of the network, in place of that of the output file')
    .addOption(
      new Option('--time-unit <unit>', 'unit of time of the file, in place of what is inferred').choices([
        's',
        'ms',
        'steps',
      ]),
    )
    .addOption(
      new Option('--dt <duration>', 'time step of the framework, for example "0.1 ms"').argParser(parseDuration),
    )
    .addOption(
      new Option('--no-repair <name>', 'refuse this repair; may be repeated')
        .argParser(parseRepair)
        .default([], 'none'),
    )
    .option('--strict', 'refuse all repairs', false)
    .option('--force', 'overwrite files that this command did not make', false)
    .addOption(jsonOption())
    .action((_format: string, file: string, options: ImportOptions, command: Command) => {
      if (path.extname(options.output) !== '.ion') {
        command.error(`error: '-o, --output <file.ion>' is a description: '${options.output}' does not end in '.ion'`);
      }
      return execute(options.json, (context) => importNetwork(file, options, context));
    });
}

function parseRepair(text: string, before: readonly RepairName[] | boolean): readonly RepairName[] {
  if (isRepairName(text)) return [...(Array.isArray(before) ? (before as readonly RepairName[]) : []), text];
  const nearest = nearestName(text, REPAIR_NAMES);
  throw new InvalidArgumentError(
    nearest === undefined ? `there are ${REPAIR_NAMES.join(', ')}` : `did you mean ${nearest}?`,
  );
}

function parseDuration(text: string): number {
  const [, digits = '', unitText = ''] = /^\s*(\d+\.?\d*(?:e[+-]?\d+)?)\s*(\S+)\s*$/i.exec(text) ?? [];
  const [unit, second] = [parseUnit(unitText), parseUnit('s')];
  const value =
    unit && second && isSameDimension(unit.dimension, second.dimension) ? quantityFromLiteral(digits, unit) : NaN;
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('expected a duration below a second, for example "0.1 ms"');
}

async function importNetwork(
  file: string,
  options: ImportOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const { prepareHdf5 } = await import('../../data/hdf5.js');
  prepareHdf5();
  return (await import('../import-network.js')).importNetwork(file, options, context);
}
