/**
 * Units of measurement: symbols with SI prefixes, counts, and their products and quotients.
 * Every unit is a power of ten times the coherent SI unit, so conversions fold into a decimal exponent.
 */
import { dimensionOf, DIMENSIONLESS, divideDimensions, multiplyDimensions, type Dimension } from './dimension.js';

/** A unit after parsing; one such unit is `10 ** exponent` coherent SI units. */
export interface Unit {
  /** Canonical spelling in ASCII, for example `uS`, `mC/S`, `%`. */
  readonly symbol: string;
  readonly dimension: Dimension;
  readonly exponent: number;
}

/** A unit symbol with the quantity that it measures. */
export interface NamedUnit {
  readonly symbol: string;
  readonly quantity: string;
  readonly dimension: Dimension;
}

function named(symbol: string, quantity: string, exponents: Partial<Dimension>): NamedUnit {
  return { symbol, quantity, dimension: dimensionOf(exponents) };
}

/** The units that take prefixes, after the SI Brochure (9th edition, table 4). */
export const NAMED_UNITS: readonly NamedUnit[] = [
  named('S', 'conductance', { mass: -1, length: -2, time: 3, current: 2 }),
  named('V', 'voltage', { mass: 1, length: 2, time: -3, current: -1 }),
  named('A', 'current', { current: 1 }),
  named('Ohm', 'resistance', { mass: 1, length: 2, time: -3, current: -2 }),
  named('F', 'capacitance', { mass: -1, length: -2, time: 4, current: 2 }),
  named('C', 'charge', { time: 1, current: 1 }),
  named('J', 'energy', { mass: 1, length: 2, time: -2 }),
  named('W', 'power', { mass: 1, length: 2, time: -3 }),
  named('s', 'time', { time: 1 }),
  named('Hz', 'frequency', { time: -1 }),
  named('T', 'magnetic field', { mass: 1, time: -2, current: -1 }),
  named('K', 'temperature', { temperature: 1 }),
  named('m', 'length', { length: 1 }),
  named('mol', 'amount of substance', { amount: 1 }),
  named('cd', 'luminous intensity', { luminosity: 1 }),
];

/** Units of things that are counted; they take no prefixes. */
export const COUNTED_UNITS: readonly NamedUnit[] = [
  named('pulses', 'a number of pulses', { pulses: 1 }),
  named('spikes', 'a number of spikes', { spikes: 1 }),
  named('lsb', 'converter steps', { steps: 1 }),
  named('bit', 'a number of bits', { bits: 1 }),
];

/** SI prefixes with their powers of ten. */
export const PREFIXES: readonly { readonly symbol: string; readonly exponent: number }[] = [
  { symbol: '', exponent: 0 },
  { symbol: 'a', exponent: -18 },
  { symbol: 'f', exponent: -15 },
  { symbol: 'p', exponent: -12 },
  { symbol: 'n', exponent: -9 },
  { symbol: 'u', exponent: -6 },
  { symbol: 'm', exponent: -3 },
  { symbol: 'k', exponent: 3 },
  { symbol: 'M', exponent: 6 },
  { symbol: 'G', exponent: 9 },
  { symbol: 'T', exponent: 12 },
];

const SIMPLE_UNITS: ReadonlyMap<string, Unit> = new Map(
  [
    { symbol: '1', dimension: DIMENSIONLESS, exponent: 0 },
    { symbol: '%', dimension: DIMENSIONLESS, exponent: -2 },
    ...COUNTED_UNITS.map(({ symbol, dimension }) => ({ symbol, dimension, exponent: 0 })),
    ...NAMED_UNITS.flatMap(({ symbol, dimension }) =>
      PREFIXES.map((prefix) => ({ symbol: prefix.symbol + symbol, dimension, exponent: prefix.exponent })),
    ),
  ].map((unit) => [unit.symbol, unit]),
);

/** Spellings of all units without `*` and `/`, canonical ones only. */
export const UNIT_SYMBOLS: readonly string[] = [...SIMPLE_UNITS.keys()];

/** The spelling in ASCII: micro sign and mu become `u`, ohm sign and omega become `Ohm`. */
export function canonicalUnitText(text: string): string {
  return text.replace(/[\u00b5\u03bc]/g, 'u').replace(/[\u2126\u03a9]/g, 'Ohm');
}

/**
 * The unit written as `text`, a product and quotient of symbols read from left to right
 * (`V/s*m` is (V/s)*m); undefined where a symbol is not known.
 */
export function parseUnit(text: string): Unit | undefined {
  const symbol = canonicalUnitText(text);
  const parts = symbol.split(/([*/])/);
  let unit: Unit = { symbol, dimension: DIMENSIONLESS, exponent: 0 };
  for (let index = 0; index < parts.length; index += 2) {
    const factor = SIMPLE_UNITS.get(parts[index] ?? '');
    if (!factor) return undefined;
    unit = combine(unit, index > 0 && parts[index - 1] === '/' ? '/' : '*', factor);
  }
  return unit;
}

function combine(unit: Unit, operator: '*' | '/', factor: Unit): Unit {
  return operator === '*'
    ? {
        ...unit,
        dimension: multiplyDimensions(unit.dimension, factor.dimension),
        exponent: unit.exponent + factor.exponent,
      }
    : {
        ...unit,
        dimension: divideDimensions(unit.dimension, factor.dimension),
        exponent: unit.exponent - factor.exponent,
      };
}

/** How many coherent SI units one `unit` is. */
export function unitScale(unit: Unit): number {
  // Through the decimal reader: 10 ** -6 is not the double nearest to a millionth on every platform.
  return Number(`1e${unit.exponent}`);
}
