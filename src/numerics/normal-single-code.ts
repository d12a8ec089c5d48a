/**
 * Instructions that draw sixteen neighboring normal variates in single precision, for code that adds noise where it
 * computes: the addresses, words and formulas of normal.ts, with series that end where single precision does.
 */
import { LN_SQRT_HALF, RADIANS_PER_COUNT } from './box-muller.js';
import { ROUNDS } from './philox.js';
import { philoxRoundOfKeys, type FourVectors } from './philox-code.js';
import { get, integer, op, set, shuffleWords, singles, word, words, type Code, type Locals } from './wasm-code.js';

/** First coefficients of the series in box-muller.ts; what is left out is below 1e-8. */
const LOG_SERIES = [1, 1 / 3, 1 / 5, 1 / 7, 1 / 9];
const SINE_SERIES = [1, -1 / 6, 1 / 120, -1 / 5040];
const COSINE_SERIES = [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320];

/** Which sixteen: the index of the line, a sixteenth of the first place, and vectors of the words all have in common. */
export interface SixteenAddress {
  readonly line: Code;
  readonly sixteen: Code;
  /** Counter words 2 and 3 and both key words, each in all lanes. */
  readonly common: readonly [Code, Code, Code, Code];
}

/** Code that draws, and the four variables that then hold places 0 to 3, 4 to 7, 8 to 11 and 12 to 15. */
export interface SixteenSingles {
  readonly code: Code;
  readonly variates: readonly number[];
}

/** Draws the variates at `address` within 2e-6 of {@link import('./normal.js').normalAt}. */
export function drawSixteenSingles(locals: Locals, { line, sixteen, common }: SixteenAddress): SixteenSingles {
  const counter = four(locals);
  const [x0, x1, x2, x3] = counter;
  const keys = [locals.add('v128'), locals.add('v128')] as const;
  const scratch = four(locals);
  const firstFour = op('i32x4.shl', op('i32x4.splat', sixteen), integer(2));
  const rounds = Array.from({ length: ROUNDS }, () => philoxRoundOfKeys(counter, keys, scratch));
  const transform = { ...boxMullerLocals(locals), scratch };
  const code = [
    ...set(x0, op('i32x4.splat', line)),
    ...set(x1, op('i32x4.add', firstFour, words(0, 1, 2, 3))),
    ...set(x2, common[0]),
    ...set(x3, common[1]),
    ...set(keys[0], common[2]),
    ...set(keys[1], common[3]),
    ...rounds.flat(),
    ...boxMuller(x0, x1, transform),
    ...boxMuller(x2, x3, transform),
    ...transpose(counter, scratch),
  ];
  return { code, variates: counter };
}

function four(locals: Locals): FourVectors {
  return [locals.add('v128'), locals.add('v128'), locals.add('v128'), locals.add('v128')];
}

interface Transform {
  readonly radius: number;
  readonly quarter: number;
  readonly sine: number;
  readonly cosine: number;
  readonly scratch: FourVectors;
}

function boxMullerLocals(locals: Locals): Omit<Transform, 'scratch'> {
  const [radius, quarter, sine, cosine] = four(locals);
  return { radius, quarter, sine, cosine };
}

/** Box-Muller of two words in each lane, in their place; see box-muller.ts. */
function boxMuller(w0: number, w1: number, { radius, quarter, sine, cosine, scratch }: Transform): Code {
  const [angle, square, odd] = scratch;
  const turned = (even: number, uneven: number, quarters: Code): Code => {
    const sign = op('i32x4.shl', op('i32x4.shr_u', quarters, integer(1)), integer(31));
    return multiply(get(radius), op('v128.xor', op('v128.bitselect', get(uneven), get(even), get(odd)), sign));
  };
  return [
    ...set(radius, op('f32x4.add', op('f32x4.convert_i32x4_u', get(w0)), singles(0.5))),
    ...set(radius, op('f32x4.sqrt', multiply(singles(-2), logarithm(radius, scratch)))),
    ...set(quarter, op('i32x4.shr_u', op('i32x4.add', op('i32x4.shr_u', get(w1), integer(29)), word(1)), integer(1))),
    ...set(angle, op('i32x4.sub', get(w1), op('i32x4.shl', get(quarter), integer(30)))),
    ...set(angle, multiply(op('f32x4.convert_i32x4_s', get(angle)), singles(RADIANS_PER_COUNT))),
    ...set(square, multiply(get(angle), get(angle))),
    ...set(sine, multiply(get(angle), horner(SINE_SERIES, square))),
    ...set(cosine, horner(COSINE_SERIES, square)),
    ...set(odd, op('i32x4.shr_s', op('i32x4.shl', get(quarter), integer(31)), integer(31))),
    ...set(w0, turned(cosine, sine, op('i32x4.add', get(quarter), word(1)))),
    ...set(w1, turned(sine, cosine, get(quarter))),
  ];
}

/** ln(value / 2^32) of numbers from 1/2 to 2^32 from their exponent and mantissa. */
function logarithm(value: number, [mantissa, s, square]: FourVectors): Code {
  const root = singles(Math.SQRT1_2);
  const exponent = op('f32x4.convert_i32x4_s', op('i32x4.shr_u', get(value), integer(23)));
  const zeros = op('f32x4.sub', singles(126 + 32), exponent);
  const twoArtanh = multiply(singles(2), multiply(get(s), horner(LOG_SERIES, square)));
  return [
    ...set(mantissa, op('v128.or', op('v128.and', get(value), word(0x007f_ffff)), word(0x3f00_0000))),
    ...set(s, op('f32x4.div', op('f32x4.sub', get(mantissa), root), op('f32x4.add', get(mantissa), root))),
    ...set(square, multiply(get(s), get(s))),
    // At most 0: rounding may not leave a radius without a root.
    ...op(
      'f32x4.min',
      op('f32x4.sub', op('f32x4.add', singles(LN_SQRT_HALF), twoArtanh), multiply(zeros, singles(Math.LN2))),
      singles(0),
    ),
  ];
}

/** FourVectors vectors by place of a quartet to four vectors by quartet. */
function transpose([a, b, c, d]: FourVectors, [ab, cd, abUpper, cdUpper]: FourVectors): Code {
  const interleave = (left: number, right: number, first: 0 | 2): Code =>
    shuffleWords(get(left), get(right), [first, first + 4, first + 1, first + 5]);
  const pair = (left: number, right: number, first: 0 | 2): Code =>
    shuffleWords(get(left), get(right), [first, first + 1, first + 4, first + 5]);
  return [
    ...set(ab, interleave(a, b, 0)),
    ...set(cd, interleave(c, d, 0)),
    ...set(abUpper, interleave(a, b, 2)),
    ...set(cdUpper, interleave(c, d, 2)),
    ...set(a, pair(ab, cd, 0)),
    ...set(b, pair(ab, cd, 2)),
    ...set(c, pair(abUpper, cdUpper, 0)),
    ...set(d, pair(abUpper, cdUpper, 2)),
  ];
}

function multiply(left: Code, right: Code): Code {
  return op('f32x4.mul', left, right);
}

function horner(coefficients: readonly number[], x: number): Code {
  return coefficients
    .map(singles)
    .reduceRight((sum, coefficient) => op('f32x4.add', coefficient, multiply(get(x), sum)));
}
