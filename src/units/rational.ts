/**
 * Exact numbers beside doubles: a fraction of integers times a power of ten. Operations give up (undefined) where a
 * result would need more than {@link MAX_BITS} bits, so that long chains of computations stay cheap.
 */

/** `numerator / denominator * 10 ** exponent`; the denominator is positive, and nothing is reduced. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly exponent: number;
}

/** Bits of a numerator or denominator, at most. */
const MAX_BITS = 512;
const LIMIT = 1n << BigInt(MAX_BITS);
/** Above this, fractions are reduced before they are given up. */
const REDUCE_ABOVE = 1n << 128n;

/** Powers of ten further away than this cannot become doubles. */
const MAX_EXPONENT = 800;

/** Digits of a decimal text, at most; each bit of the longest double is among them. */
const MAX_DIGITS = 1100;

/** The number that `text` (digits, a point, an exponent) times `10 ** shift` is; undefined where it is too long. */
export function rationalFromDecimal(text: string, shift = 0): Rational | undefined {
  const [mantissa = '', power = '0'] = text.toLowerCase().split('e');
  const point = mantissa.indexOf('.');
  const decimals = point < 0 ? 0 : mantissa.length - point - 1;
  const exponent = Number(power) + shift - decimals;
  if (mantissa.length > MAX_DIGITS || Math.abs(exponent) > MAX_EXPONENT + decimals) return undefined;
  return { numerator: BigInt(point < 0 ? mantissa : mantissa.replace('.', '')), denominator: 1n, exponent };
}

/** The number with the fewest digits that is read as `value`, which is what the author of a literal wrote. */
export function rationalFromNumber(value: number): Rational | undefined {
  return Number.isFinite(value) ? rationalFromDecimal(String(value)) : undefined;
}

/** `left + right`. */
export function addRationals(left: Rational, right: Rational): Rational | undefined {
  const exponent = Math.min(left.exponent, right.exponent);
  if (Math.max(left.exponent, right.exponent) - exponent > MAX_EXPONENT) return undefined;
  const [a, b] = [left, right].map((term) => term.numerator * 10n ** BigInt(term.exponent - exponent));
  if (a === undefined || b === undefined) return undefined;
  if (left.denominator === right.denominator) return bounded(a + b, left.denominator, exponent);
  return bounded(a * right.denominator + b * left.denominator, left.denominator * right.denominator, exponent);
}

/** `left - right`. */
export function subtractRationals(left: Rational, right: Rational): Rational | undefined {
  return addRationals(left, negateRational(right));
}

/** `-operand`. */
export function negateRational(operand: Rational): Rational {
  return { ...operand, numerator: -operand.numerator };
}

/** `left * right`. */
export function multiplyRationals(left: Rational, right: Rational): Rational | undefined {
  return bounded(
    left.numerator * right.numerator,
    left.denominator * right.denominator,
    left.exponent + right.exponent,
  );
}

/** `left / right`; undefined for a division by zero. */
export function divideRationals(left: Rational, right: Rational): Rational | undefined {
  if (right.numerator === 0n) return undefined;
  const sign = right.numerator < 0n ? -1n : 1n;
  return bounded(
    sign * left.numerator * right.denominator,
    sign * left.denominator * right.numerator,
    left.exponent - right.exponent,
  );
}

/** `base ** exponent` for an integer exponent. */
export function raiseRational(base: Rational, exponent: number): Rational | undefined {
  const size = Math.abs(exponent);
  if (!Number.isInteger(exponent) || size > MAX_BITS) return undefined;
  let power: Rational | undefined = ONE;
  for (let count = 0; count < size && power; count++) power = multiplyRationals(power, base);
  return power && exponent < 0 ? divideRationals(ONE, power) : power;
}

const ONE: Rational = { numerator: 1n, denominator: 1n, exponent: 0 };

function bounded(numerator: bigint, denominator: bigint, exponent: number): Rational | undefined {
  if (Math.abs(exponent) > 2 * MAX_EXPONENT) return undefined;
  if (isSmall(numerator, denominator, REDUCE_ABOVE)) return { numerator, denominator, exponent };
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  const reduced = { numerator: numerator / divisor, denominator: denominator / divisor, exponent };
  return isSmall(reduced.numerator, reduced.denominator, LIMIT) ? reduced : undefined;
}

function isSmall(numerator: bigint, denominator: bigint, limit: bigint): boolean {
  return numerator < limit && numerator > -limit && denominator < limit;
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

/** A plain fraction: the power of ten multiplied in. */
function asFraction({ numerator, denominator, exponent }: Rational): readonly [bigint, bigint] {
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? [numerator, denominator * power] : [numerator * power, denominator];
}

/** The nearest integer, halves away from zero. */
export function roundRational(value: Rational): bigint {
  const [numerator, denominator] = asFraction(value);
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/** Whether the number has no fractional part. */
export function isInteger(value: Rational): boolean {
  const [numerator, denominator] = asFraction(value);
  return numerator % denominator === 0n;
}

/** Bits of a quotient from which the last one can record that something is left. */
const QUOTIENT_BITS = 70;

/** The nearest double, ties to even; denormal results may be off by their last bit. */
export function numberFromRational(value: Rational): number {
  if (value.denominator === 1n) return Number(`${value.numerator}e${value.exponent}`);
  const [numerator, denominator] = asFraction(value);
  const size = numerator < 0n ? -numerator : numerator;
  const shift = Math.max(0, QUOTIENT_BITS + bitsOf(denominator) - bitsOf(size));
  const scaled = size << BigInt(shift);
  const quotient = scaled / denominator;
  // A bit below all that a double keeps decides ties as the remainder would.
  const sticky = quotient * denominator === scaled ? quotient : quotient | 1n;
  // In two steps, because 2 ** -shift itself may be no double.
  const half = Math.floor(shift / 2);
  const magnitude = Number(sticky) * 2 ** -half * 2 ** (half - shift);
  return numerator < 0n ? -magnitude : magnitude;
}

function bitsOf(value: bigint): number {
  return value.toString(16).length * 4;
}
