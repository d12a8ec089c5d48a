/** Dimensions in words for messages: `voltage (V)`, `C/S`, `a plain number`, and as units. */
import { invariant } from '../core/invariant.js';
import {
  BASE_QUANTITIES,
  divideDimensions,
  isDimensionless,
  isSameDimension,
  multiplyDimensions,
  type BaseQuantity,
  type Dimension,
} from './dimension.js';
import { COUNTED_UNITS, KILOGRAM, NAMED_UNITS } from './unit-table.js';
import { parseUnit } from './unit.js';

const ALL_UNITS = [...NAMED_UNITS, KILOGRAM, ...COUNTED_UNITS];

/** What one dimension is called where its unit does not say it all: events per second and oscillations share it. */
const WORDS: ReadonlyMap<string, string> = new Map([['Hz', 'frequency or rate (1/s)']]);

/** What a reader calls the dimension; the shortest name that its units allow. */
export function describeDimension(dimension: Dimension): string {
  if (isDimensionless(dimension)) return 'a plain number';
  const unit = ALL_UNITS.find((candidate) => isSameDimension(candidate.dimension, dimension));
  if (!unit) return siSymbol(dimension);
  return WORDS.get(unit.symbol) ?? `${unit.quantity} (${unit.symbol})`;
}

/**
 * Combinations that an equation is likely to have, in the spelling of the field. Without them the search takes the
 * first pair of units that fits, and C/S would read V/Hz, C/V^2 would read s/Ohm.
 */
const CUSTOMARY: readonly CustomaryUnit[] = [
  ...['C/S', 'S/V', 'S/C', 'S/s', 'V/m', 'A/m', 'J/K', 'V*s'],
  ...['1/V', '1/A', '1/S', '1/K', '1/m', '1/m^2', '1/m^3', '1/s^2'],
  ...['V', 'A', 'S', 'm', 's'].map((base) => `${base}^2`),
  ...['A', 'C', 'F', 'S', 'J', 'W'].map((base) => `${base}/m^2`),
  ...['m/s', 'm^2/s', 'V/s', 'A/s'],
].map(customary);

interface CustomaryUnit {
  readonly symbol: string;
  readonly dimension: Dimension;
}

function customary(symbol: string): CustomaryUnit {
  const unit = parseUnit(symbol);
  invariant(unit, `${symbol} is a unit`);
  return { symbol, dimension: unit.dimension };
}

/** The coherent SI unit of the dimension, as short as its units allow: `V`, `C/S`, `1`. */
export function siSymbol(dimension: Dimension): string {
  if (isDimensionless(dimension)) return '1';
  const unit = [...ALL_UNITS, ...CUSTOMARY].find((candidate) => isSameDimension(candidate.dimension, dimension));
  return unit?.symbol ?? pairOfUnits(dimension) ?? productOfBaseUnits(dimension);
}

function pairOfUnits(dimension: Dimension): string | undefined {
  const quotient = findPair((left, right) => isSameDimension(divideDimensions(left, right), dimension));
  if (quotient) return quotient.join('/');
  return findPair((left, right) => isSameDimension(multiplyDimensions(left, right), dimension))?.join('*');
}

function findPair(matches: (left: Dimension, right: Dimension) => boolean): [string, string] | undefined {
  for (const left of ALL_UNITS) {
    const right = ALL_UNITS.find((candidate) => matches(left.dimension, candidate.dimension));
    if (right) return [left.symbol, right.symbol];
  }
  return undefined;
}

/** Coherent units of the base quantities. */
const BASE_UNITS: Readonly<Record<BaseQuantity, string>> = {
  mass: 'kg',
  length: 'm',
  time: 's',
  current: 'A',
  temperature: 'K',
  amount: 'mol',
  luminosity: 'cd',
  pulses: 'pulses',
  spikes: 'spikes',
  steps: 'lsb',
  bits: 'bit',
};

function productOfBaseUnits(dimension: Dimension): string {
  return BASE_QUANTITIES.map((base) => [BASE_UNITS[base], dimension[base]] as const)
    .filter(([, exponent]) => exponent !== 0)
    .map(([symbol, exponent]) => (exponent === 1 ? symbol : `${symbol}^${Number(exponent.toPrecision(4))}`))
    .join('*');
}
