/** Options that several commands share, with their parsers. */
import { InvalidArgumentError, Option } from 'commander';

/** Options of every command that compiles. */
export interface SourceOptions {
  readonly json: boolean;
  readonly set: ReadonlyMap<string, string>;
}

/** Options of every command that runs experiments. */
export interface ExperimentOptions extends SourceOptions {
  readonly experiment?: string;
  readonly seed?: number;
  /** One seed alone: this one of those from the first on, counted from 0. No command line says that; sweeps do. */
  readonly oneSeedAt?: number;
}

export const jsonOption = (): Option =>
  new Option('--json', 'print one JSON document on stdout, everything else on stderr').default(false);

export const setOption = (): Option =>
  new Option('--set <param=value>', 'give a parameter of the file another value; may be repeated')
    .argParser(parseAssignment)
    .default(new Map<string, string>(), 'as in the file');

export const experimentOption = (): Option => new Option('--experiment <name>', 'this experiment only');

export const seedOption = (): Option =>
  new Option('--seed <number>', 'first seed, in place of the one in the file').argParser(parseSeed);

/** Adds `name=value` to the ones before; commander hands over what it has collected so far. */
export function parseAssignment(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(text);
  const [, name, value] = match ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('expected param=value');
  return new Map([...before, [name, value]]);
}

/** A seed as the language takes it: a whole number, exactly representable. */
export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) throw new InvalidArgumentError('expected a whole number');
  return seed;
}
