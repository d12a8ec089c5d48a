/** `ionloom fit`: a device from a table of measured pulses. */
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { nearestName } from '../../core/nearest.js';
import type { DeviceNaming } from '../../devices/fit/device-pulse.js';
import { LAW_NAMES } from '../../devices/fit/law-names.js';
import { isSane, SANE_RANGES } from '../../data/sane-ranges.js';
import { isSameDimension } from '../../units/dimension.js';
import { quantityFromLiteral } from '../../units/quantity.js';
import { parseUnit } from '../../units/unit.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { jsonOption } from '../options.js';

/** Options of `fit` as commander hands them over; quantities are SI. */
export interface FitOptions {
  readonly json: boolean;
  readonly output?: string;
  readonly verify?: string;
  readonly name?: string;
  readonly model: readonly string[];
  readonly amplitude?: number;
  readonly width?: number;
  readonly read?: number;
}

/** Adds the command to `program`. */
export function registerFit(program: Command, execute: Execute): void {
  program
    .command('fit')
    .summary('make a device from measured pulses')
    .description(
      'Fit laws of conductance steps to a table of measured pulses and write the best one as a device, with a plot and a record of its residuals beside it.',
    )
    .argument('<table.csv>', 'measured pulses; the first line names the columns, with units')
    .option('-o, --output <file.ion>', 'the device; its plot is FILE.svg, its record FILE.fit.json')
    .option('--verify <file.ion>', 'write nothing; compare a device fitted before with the table')
    .option('--name <name>', 'name of the device, in place of that of the output file')
    .addOption(
      new Option('--model <name>', `a law to try, in place of all that suit: ${LAW_NAMES.join(', ')}`)
        .argParser(parseModel)
        .default([], 'all'),
    )
    .addOption(
      quantityOption('--amplitude <quantity>', 'amplitude of the pulses, where the table has no voltages', 'V'),
    )
    .addOption(quantityOption('--width <quantity>', 'width of the pulses, where the table has no widths', 's'))
    .addOption(quantityOption('--read <quantity>', 'voltage at which the conductance was read', 'V'))
    .addOption(jsonOption())
    .action((table: string, options: FitOptions, command: Command) => {
      if ((options.output === undefined) === (options.verify === undefined)) {
        command.error("error: give one of the options '-o, --output <file.ion>' and '--verify <file.ion>'");
      }
      if (options.output !== undefined && path.extname(options.output) !== '.ion') {
        command.error(`error: '-o, --output <file.ion>' is a device: '${options.output}' does not end in '.ion'`);
      }
      const refuse = (reason: string): never => command.error(`error: ${reason}`);
      return execute(options.json, (context) => fit(table, { ...options, refuse }, context));
    });
}

function parseModel(text: string, before: readonly string[]): readonly string[] {
  if (LAW_NAMES.includes(text)) return [...before, text];
  const nearest = nearestName(text, LAW_NAMES);
  throw new InvalidArgumentError(
    nearest === undefined ? `there are ${LAW_NAMES.join(', ')}` : `did you mean ${nearest}?`,
  );
}

/** An option for a positive quantity such as `3.2 V`, as its SI value. */
function quantityOption(flags: string, description: string, symbol: 'V' | 's'): Option {
  return new Option(flags, `${description}, for example "0.5 ${symbol}"`).argParser((text) => {
    const [, digits = '', unitText = ''] = /^\s*(\d+\.?\d*(?:e[+-]?\d+)?)\s*(\S+)\s*$/i.exec(text) ?? [];
    const [unit, expected] = [parseUnit(unitText), parseUnit(symbol)];
    const value =
      unit && expected && isSameDimension(unit.dimension, expected.dimension) ? quantityFromLiteral(digits, unit) : NaN;
    const range = symbol === 'V' ? SANE_RANGES.voltage : SANE_RANGES.width;
    if (isSane(value, range)) return value;
    if (value > 0) throw new InvalidArgumentError(`expected a quantity ${range.text}`);
    throw new InvalidArgumentError(`expected a number above 0 with a unit like ${symbol}`);
  });
}

async function fit(
  table: string,
  options: FitOptions & { readonly refuse: (reason: string) => never },
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const { verify, output, refuse } = options;
  if (verify !== undefined) return (await import('../verify-fit.js')).verifyFit(table, verify, context);
  if (output === undefined) return undefined;
  const { name = defaultName(output), model, amplitude, width, read } = options;
  const naming: DeviceNaming = {
    name,
    table: path.basename(table),
    pulse: { ...(amplitude !== undefined && { volts: amplitude }), ...(width !== undefined && { seconds: width }) },
    ...(read !== undefined && { readVolts: read }),
  };
  const { makeDevice } = await import('../make-device.js');
  return makeDevice({ table, output, naming, models: model, refuse }, context);
}

/** The output's name as a name of the language: `ag-si 2.ion` makes `agSi2`. */
function defaultName(output: string): string {
  const words = path
    .basename(output, path.extname(output))
    .split(/[^A-Za-z0-9_]+/)
    .filter((word) => word !== '');
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}
