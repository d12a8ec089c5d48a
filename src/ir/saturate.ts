/** Signed numbers of limited width. */

/** The number of `bits` bits in two's complement that is nearest to `value`. */
export function saturate(value: number, bits: number): number {
  const limit = 2 ** (bits - 1);
  return Math.max(-limit, Math.min(limit - 1, value));
}
