/** The units that have a symbol of their own, with everything that a prefix makes of them. */
import { dimensionOf, DIMENSIONLESS, type Dimension } from './dimension.js';

/** A unit as it enters products: `factor * 10 ** exponent` coherent SI units. */
export interface SimpleUnit {
  /** Canonical spelling in ASCII. */
  readonly symbol: string;
  readonly dimension: Dimension;
  readonly exponent: number;
  /** Absent for 1. */
  readonly factor?: Factor;
  /** Kelvin [SI] at the zero of an affine scale, in hundredths. */
  readonly zeroCentikelvin?: bigint;
}

/** A fraction; `isRounded` where the true factor is no fraction. */
export interface Factor {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly isRounded?: true;
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

/** The coherent units that take prefixes, after the SI Brochure (9th edition, tables 2 and 4). */
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
  named('H', 'inductance', { mass: 1, length: 2, time: -2, current: -2 }),
  named('K', 'temperature', { temperature: 1 }),
  named('m', 'length', { length: 1 }),
  named('mol', 'amount of substance', { amount: 1 }),
  named('cd', 'luminous intensity', { luminosity: 1 }),
  named('N', 'force', { mass: 1, length: 1, time: -2 }),
  named('Pa', 'pressure', { mass: 1, length: -1, time: -2 }),
];

/** Units of things that are counted; they take no prefixes. */
export const COUNTED_UNITS: readonly NamedUnit[] = [
  named('pulses', 'a number of pulses', { pulses: 1 }),
  named('spikes', 'a number of spikes', { spikes: 1 }),
  named('lsb', 'converter steps', { steps: 1 }),
  named('bit', 'a number of bits', { bits: 1 }),
];

/** The unit of mass, whose prefixes count from the gram. */
export const KILOGRAM: NamedUnit = named('kg', 'mass', { mass: 1 });

const TIME = dimensionOf({ time: 1 });
const ENERGY = dimensionOf({ mass: 1, length: 2, time: -2 });
const TEMPERATURE = dimensionOf({ temperature: 1 });

/** pi to 50 digits, far more than a double keeps. */
const PI = { numerator: 314159265358979323846264338327950288419716939937511n, denominator: 10n ** 50n };

function times(symbol: string, dimension: Dimension, numerator: bigint, exponent = 0): SimpleUnit {
  return { symbol, dimension, exponent, factor: { numerator, denominator: 1n } };
}

/** Units accepted for use with the SI (SI Brochure, table 8); the electronvolt is exact since 2019. */
const PREFIXED_OTHERS: readonly SimpleUnit[] = [
  { symbol: 'g', dimension: KILOGRAM.dimension, exponent: -3 },
  times('eV', ENERGY, 1_602_176_634n, -28),
];

const OTHERS: readonly SimpleUnit[] = [
  { symbol: '1', dimension: DIMENSIONLESS, exponent: 0 },
  { symbol: '%', dimension: DIMENSIONLESS, exponent: -2 },
  times('min', TIME, 60n),
  times('h', TIME, 3600n),
  times('day', TIME, 86_400n),
  { symbol: 'rad', dimension: DIMENSIONLESS, exponent: 0 },
  {
    symbol: 'deg',
    dimension: DIMENSIONLESS,
    exponent: 0,
    factor: { numerator: PI.numerator, denominator: 180n * PI.denominator, isRounded: true },
  },
  { symbol: 'degC', dimension: TEMPERATURE, exponent: 0, zeroCentikelvin: 27_315n },
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

function withPrefixes(unit: SimpleUnit): SimpleUnit[] {
  return PREFIXES.map(({ symbol, exponent }) => ({
    ...unit,
    symbol: symbol + unit.symbol,
    exponent: unit.exponent + exponent,
  }));
}

const coherent = ({ symbol, dimension }: NamedUnit): SimpleUnit => ({ symbol, dimension, exponent: 0 });

/** All units without `*`, `/` and `^`, by spelling. */
export const SIMPLE_UNITS: ReadonlyMap<string, SimpleUnit> = new Map(
  [
    ...OTHERS,
    ...COUNTED_UNITS.map(coherent),
    ...[...NAMED_UNITS.map(coherent), ...PREFIXED_OTHERS].flatMap(withPrefixes),
  ].map((unit) => [unit.symbol, unit]),
);

/** Spellings of all units without `*`, `/` and `^`, canonical ones only. */
export const UNIT_SYMBOLS: readonly string[] = [...SIMPLE_UNITS.keys()];
