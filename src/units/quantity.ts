/** Literals of the language as SI values, and exact counts of clock cycles. */
import {
  addRationals,
  multiplyRationals,
  numberFromRational,
  rationalFromDecimal,
  rationalFromNumber,
  roundRational,
  type Rational,
} from './rational.js';
import { scaleOf, type Unit } from './unit.js';

/**
 * The SI value of the decimal literal `digits` in `unit`, rounded once: `10 us` is exactly 1e-5, where
 * `10 * 1e-6` need not be. Infinite or zero where a double cannot hold it.
 */
export function quantityFromLiteral(digits: string, unit: Unit | undefined): number {
  if (unit?.factor || unit?.zeroCentikelvin !== undefined) {
    const exact = literalValue(digits, unit);
    return exact ? numberFromRational(exact) : Infinity;
  }
  const [mantissa = '', exponent = '0'] = digits.toLowerCase().split('e');
  return Number(`${mantissa}e${Number(exponent) + (unit?.exponent ?? 0)}`);
}

/** The SI value of a literal without any rounding; undefined where it is too long, or its unit is no fraction. */
export function exactLiteral(digits: string, unit: Unit | undefined): Rational | undefined {
  return unit?.factor?.isRounded ? undefined : literalValue(digits, unit);
}

function literalValue(digits: string, unit: Unit | undefined): Rational | undefined {
  const number = rationalFromDecimal(digits, unit?.factor ? 0 : unit?.exponent);
  if (!number || !unit) return number;
  const scaled = unit.factor ? multiplyRationals(number, scaleOf(unit)) : number;
  if (unit.zeroCentikelvin === undefined || !scaled) return scaled;
  return addRationals(scaled, { numerator: unit.zeroCentikelvin, denominator: 1n, exponent: -2 });
}

/** A duration in cycles. */
export interface Cycles {
  /** The nearest integer, halves away from zero. */
  readonly count: bigint;
  /** The fewest cycles that last as long. */
  readonly atLeast: bigint;
  /** Whether the duration is that many cycles exactly. */
  readonly isExact: boolean;
}

/**
 * Cycles of a clock in a duration, rounded once. Doubles stand for the shortest decimals that they are read from, which
 * is what was written: 10 us of 10 MHz are exactly 100. Undefined for what is not finite or has no short decimal.
 *
 * @param seconds  duration [s]
 * @param hertz  frequency of the clock [Hz]
 */
export function toCycles(seconds: number | Rational, hertz: number | Rational): Cycles | undefined {
  const [duration, frequency] = [seconds, hertz].map((value) =>
    typeof value === 'number' ? rationalFromNumber(value) : value,
  );
  const product = duration && frequency && multiplyRationals(duration, frequency);
  if (!product) return undefined;
  const count = roundRational(product);
  const { numerator, denominator, exponent } = product;
  const scale = 10n ** BigInt(Math.abs(exponent));
  const [above, below] = exponent < 0 ? [numerator, denominator * scale] : [numerator * scale, denominator];
  const isShort = count * below < above;
  return { count, atLeast: isShort ? count + 1n : count, isExact: count * below === above };
}
