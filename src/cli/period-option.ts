/** How often an experiment is repeated. */
import { InvalidArgumentError, Option } from 'commander';
import { isSameDimension } from '../units/dimension.js';
import { parseUnit, unitScale } from '../units/unit.js';

const TIME = parseUnit('s')?.dimension;

/** `--every <time>`: from the beginning of a run to the beginning of the next one [s]. */
export const periodOption = (): Option =>
  new Option('--every <time>', 'lifetime: repeat experiments so often, `1 h` for example').argParser(parsePeriod);

/** A positive time with its unit [s]. */
export function parsePeriod(text: string): number {
  const [, digits = '', symbol = ''] = /^\s*([\d.eE+-]+)\s*([^\d\s]+)\s*$/.exec(text) ?? [];
  const unit = parseUnit(symbol);
  const value = Number(digits);
  const isTime = unit && TIME && isSameDimension(unit.dimension, TIME);
  if (!isTime || digits === '' || !(value > 0) || !Number.isFinite(value)) {
    throw new InvalidArgumentError('expected a time with its unit, such as `10 min`');
  }
  return value * unitScale(unit);
}
