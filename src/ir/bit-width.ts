/** Widths of unsigned numbers; exact up to 2^53 - 1. */

/** Bits that hold `value`, at least 1. */
export function bitsFor(value: number): number {
  return Math.max(1, BigInt(value).toString(2).length);
}

/** Bits that index `count` things, at least 1. */
export function indexBits(count: number): number {
  return bitsFor(Math.max(0, count - 1));
}

/** log2 of `count` rounded up: address bits that `count` things take, 0 for one. */
export function ceilLog2(count: number): number {
  return count <= 1 ? 0 : indexBits(count);
}

/** The smallest power of two that is at least `count`, and at least 2. */
export function powerOfTwoFor(count: number): number {
  return 2 ** Math.max(1, ceilLog2(count));
}
