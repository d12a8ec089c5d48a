/** Numbers by which counts of pulses are rounded at random; pair-strip.ts draws the same in vectors. */
import { philox4x32, type PhiloxKey } from '../../numerics/philox.js';

/** Last word of the counters of draws. */
export const ROUNDING_TAG = 0x7075_6c73;

/**
 * Writes a number from 0 up to 1 for each of `out.length` pairs: 24 bits of Philox at the counter
 * (place, 0, step, tag), where rows of pairs are `stride` places apart.
 */
export function drawRoundings(
  key: PhiloxKey,
  step: number,
  { columns, stride }: { readonly columns: number; readonly stride: number },
  out: Float32Array,
): void {
  const words = new Uint32Array(4);
  for (let pair = 0; pair < out.length; pair++) {
    words[0] = Math.floor(pair / columns) * stride + (pair % columns);
    words[1] = 0;
    words[2] = step;
    words[3] = ROUNDING_TAG;
    philox4x32(words, key, words);
    out[pair] = ((words[0] ?? 0) >>> 8) * 2 ** -24;
  }
}
