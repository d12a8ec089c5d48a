/** The 32-bit shift register behind every random decision of the hardware. */

/** One step: left by one bit, feedback from bits 31, 21, 1 and 0. */
export function nextRandomState(state: number): number {
  const bit = (state >>> 31) ^ (state >>> 21) ^ (state >>> 1) ^ state;
  return ((state << 1) | (bit & 1)) >>> 0;
}
