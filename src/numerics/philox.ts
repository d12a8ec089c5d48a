/**
 * Philox4x32-10: a counter-based random generator. The output is a pure function of counter and key,
 * so a variate can be addressed instead of being drawn in order.
 */

/** Constants of the generator. */
export const MULTIPLIER_0 = 0xd2511f53;
export const MULTIPLIER_1 = 0xcd9e8d57;
export const WEYL_0 = 0x9e3779b9;
export const WEYL_1 = 0xbb67ae85;
export const ROUNDS = 10;

/** Four 32-bit words. */
export type PhiloxBlock = Uint32Array;

/** Two 32-bit words. */
export type PhiloxKey = Uint32Array;

/**
 * Ten rounds of Philox4x32 over `counter` (4 words) under `key` (2 words) into `out` (4 words);
 * `out` may be `counter`.
 *
 * @see Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11, 10.1145/2063384.2063405
 */
export function philox4x32(counter: PhiloxBlock, key: PhiloxKey, out: PhiloxBlock): void {
  let x0 = word(counter, 0);
  let x1 = word(counter, 1);
  let x2 = word(counter, 2);
  let x3 = word(counter, 3);
  let k0 = word(key, 0);
  let k1 = word(key, 1);
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, x0);
    const high1 = multiplyHigh(MULTIPLIER_1, x2);
    const low0 = Math.imul(MULTIPLIER_0, x0);
    const low1 = Math.imul(MULTIPLIER_1, x2);
    x0 = high1 ^ x1 ^ k0;
    x1 = low1;
    x2 = high0 ^ x3 ^ k1;
    x3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

function word(words: Uint32Array, index: number): number {
  return (words[index] ?? 0) | 0;
}

/** Upper half of the 64-bit product of two unsigned words, from four 16 x 16 products; no sum exceeds 32 bits. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}
