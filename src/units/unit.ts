/** Units of measurement as they are written: symbols with SI prefixes, their products, quotients and powers. */
import { DIMENSIONLESS, multiplyDimensions, raiseDimension, type Dimension } from './dimension.js';
import { numberFromRational, type Rational } from './rational.js';
import { SIMPLE_UNITS, type Factor, type SimpleUnit } from './unit-table.js';

/** A unit after parsing; one such unit is `factor * 10 ** exponent` coherent SI units. */
export interface Unit {
  /** Canonical spelling in ASCII, for example `uS`, `mC/S`, `V^2`, `%`. */
  readonly symbol: string;
  readonly dimension: Dimension;
  readonly exponent: number;
  /** Absent for 1. */
  readonly factor?: Factor;
  /** Present for an affine scale: its zero in hundredths of a kelvin. */
  readonly zeroCentikelvin?: bigint;
}

/** The spelling in ASCII: micro sign and mu become `u`, ohm sign and omega `Ohm`, `°C` `degC`. */
export function canonicalUnitText(text: string): string {
  return text
    .replace(/[\u00b5\u03bc]/g, 'u')
    .replace(/[\u2126\u03a9]/g, 'Ohm')
    .replace(/\u00b0C/g, 'degC');
}

/** Symbols in one unit, and powers of one symbol, at most: beyond lies no physics, only long numbers. */
const MAX_SYMBOLS = 16;
const MAX_POWER = 12;

/**
 * The unit written as `text`: symbols with integer powers, multiplied and divided from left to right (`V/s*m` is
 * (V/s)*m); undefined where a symbol is not known or an affine scale is part of something.
 */
export function parseUnit(text: string): Unit | undefined {
  const alone = SIMPLE_UNITS.get(text);
  return alone ?? parseProduct(canonicalUnitText(text));
}

function parseProduct(symbol: string): Unit | undefined {
  const alone = SIMPLE_UNITS.get(symbol);
  if (alone) return alone;
  const parts = symbol.split(/([*/])/);
  if (parts.length > 2 * MAX_SYMBOLS) return undefined;
  let unit: Unit = { symbol, dimension: DIMENSIONLESS, exponent: 0 };
  for (let index = 0; index < parts.length; index += 2) {
    const part = parsePower(parts[index] ?? '');
    if (!part) return undefined;
    unit = multiply(unit, { ...part, power: parts[index - 1] === '/' ? -part.power : part.power });
  }
  return unit;
}

interface UnitPower {
  readonly unit: SimpleUnit;
  readonly power: number;
}

function parsePower(text: string): UnitPower | undefined {
  const [, symbol = '', power = '1'] = /^([^^]*)(?:\^(-?\d{1,2}))?$/.exec(text) ?? [];
  const unit = SIMPLE_UNITS.get(symbol);
  if (!unit || unit.zeroCentikelvin !== undefined || Math.abs(Number(power)) > MAX_POWER) return undefined;
  return { unit, power: Number(power) };
}

function multiply(product: Unit, { unit, power }: UnitPower): Unit {
  const factor = unit.factor ? multiplyFactors(product.factor, raiseFactor(unit.factor, power)) : product.factor;
  return {
    ...product,
    dimension: multiplyDimensions(product.dimension, raiseDimension(unit.dimension, power)),
    exponent: product.exponent + power * unit.exponent,
    ...(factor && { factor }),
  };
}

function raiseFactor({ numerator, denominator, ...rest }: Factor, power: number): Factor {
  const size = BigInt(Math.abs(power));
  const [above, below] = [numerator ** size, denominator ** size];
  return power < 0
    ? { ...rest, numerator: below, denominator: above }
    : { ...rest, numerator: above, denominator: below };
}

function multiplyFactors(left: Factor | undefined, right: Factor): Factor {
  if (!left) return right;
  return {
    ...left,
    ...right,
    numerator: left.numerator * right.numerator,
    denominator: left.denominator * right.denominator,
  };
}

/** How many coherent SI units one `unit` is; for an affine scale, the size of its degree. */
export function unitScale(unit: Unit): number {
  // Through the decimal reader: 10 ** -6 is not the double nearest to a millionth on every platform.
  return unit.factor ? numberFromRational(scaleOf(unit)) : Number(`1e${unit.exponent}`);
}

/** Exactly how many coherent SI units one `unit` is; a rounded factor counts as what it is rounded to. */
export function scaleOf({ factor, exponent }: Unit): Rational {
  return { numerator: factor?.numerator ?? 1n, denominator: factor?.denominator ?? 1n, exponent };
}

/** The unit in which values measured in `unit` are shown: temperatures are kept and shown in kelvin. */
export function displayUnit(unit: Unit): { readonly symbol: string; readonly scale: number } {
  return { symbol: unit.zeroCentikelvin === undefined ? unit.symbol : 'K', scale: unitScale(unit) };
}
