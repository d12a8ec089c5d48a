/**
 * The Box-Muller transform of two random words. Logarithm, sine and cosine are polynomials of our own:
 * sums, products, one division and one square root round alike everywhere, so the same words give
 * the same variates bit for bit on every machine, in every JavaScript engine and in WebAssembly.
 */

/** artanh(s) = s * sum of c[k] s^2k, enough for |s| < 0.172. */
export const LOG_SERIES: readonly number[] = [1, 1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13, 1 / 15, 1 / 17];

/** sin(a) = a * sum of c[k] a^2k and cos(a) = sum of c[k] a^2k, enough for |a| <= pi / 4. */
export const SINE_SERIES: readonly number[] = [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800];
/** See {@link SINE_SERIES}. */
export const COSINE_SERIES: readonly number[] = [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600];

/** ln sqrt(1/2), where the logarithm is expanded. */
export const LN_SQRT_HALF = -Math.LN2 / 2;
/** Angle of one count of a 32-bit word that spans the circle [rad]. */
export const RADIANS_PER_COUNT = Math.PI / 2 ** 31;

/**
 * Writes two independent standard normal variates to `out[at]` and `out[at + 1]`.
 *
 *   r = sqrt(-2 ln((w0 + 1/2) / 2^32)),  a = 2 pi w1 / 2^32,  (r cos a, r sin a)
 *
 * Within 1e-10 of the exact transform; the radius ends at 6.76, where a normal variate lies beyond once in 1e10 pairs.
 */
export function boxMuller(w0: number, w1: number, out: Float64Array, at: number): void {
  const radius = Math.sqrt(-2 * logOfWord(w0));
  const quarter = ((w1 >>> 29) + 1) >>> 1;
  // What is left after whole quarter turns, -pi/4 to pi/4; the difference wraps as the angle does.
  const angle = ((w1 - (quarter << 30)) | 0) * RADIANS_PER_COUNT;
  const square = angle * angle;
  const sine = angle * horner(SINE_SERIES, square);
  const cosine = horner(COSINE_SERIES, square);
  const isOdd = (quarter & 1) === 1;
  out[at] = radius * turned(isOdd ? sine : cosine, quarter + 1);
  out[at + 1] = radius * turned(isOdd ? cosine : sine, quarter);
}

/** `value`, negated where bit 1 of `quarters` is set. */
function turned(value: number, quarters: number): number {
  return (quarters & 2) === 0 ? value : -value;
}

/**
 * ln((w + 1/2) / 2^32): the leading zeros give the binary exponent; the rest m in [1/2, 1) is
 * ln sqrt(1/2) + 2 artanh(s) with s = (m - sqrt(1/2)) / (m + sqrt(1/2)), |s| < 0.172.
 */
function logOfWord(w: number): number {
  const zeros = Math.clz32(w);
  const m = ((w >>> 0) + 0.5) * 2 ** (zeros - 32);
  const s = (m - Math.SQRT1_2) / (m + Math.SQRT1_2);
  const artanh = s * horner(LOG_SERIES, s * s);
  return LN_SQRT_HALF + 2 * artanh - zeros * Math.LN2;
}

/** Sum of c[k] x^k, from the last coefficient. */
function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => coefficient + x * sum);
}
