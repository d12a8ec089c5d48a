/**
 * Units of measurement: thirteen symbols with SI prefixes and their products and quotients.
 * Every unit is a power of ten times the coherent SI unit, so conversions fold into a decimal exponent.
 */
import { DIMENSIONLESS, divideDimensions, multiplyDimensions, type Dimension } from './dimension.js';

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

type Exponents = readonly [mass: number, length: number, time: number, current: number, temperature: number];

function named(symbol: string, quantity: string, exponents: Exponents): NamedUnit {
  const [mass, length, time, current, temperature] = exponents;
  return { symbol, quantity, dimension: { mass, length, time, current, temperature } };
}

/** The units that take prefixes, after the SI Brochure (9th edition, table 4). */
export const NAMED_UNITS: readonly NamedUnit[] = [
  named('S', 'conductance', [-1, -2, 3, 2, 0]),
  named('V', 'voltage', [1, 2, -3, -1, 0]),
  named('A', 'current', [0, 0, 0, 1, 0]),
  named('Ohm', 'resistance', [1, 2, -3, -2, 0]),
  named('F', 'capacitance', [-1, -2, 4, 2, 0]),
  named('C', 'charge', [0, 0, 1, 1, 0]),
  named('J', 'energy', [1, 2, -2, 0, 0]),
  named('W', 'power', [1, 2, -3, 0, 0]),
  named('s', 'time', [0, 0, 1, 0, 0]),
  named('Hz', 'frequency', [0, 0, -1, 0, 0]),
  named('T', 'magnetic field', [1, 0, -2, -1, 0]),
  named('K', 'temperature', [0, 0, 0, 0, 1]),
  named('m', 'length', [0, 1, 0, 0, 0]),
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
