/** Seeds of copies: what loops and modules repeat is drawn anew every time. */
import { philox4x32 } from '../../numerics/philox.js';

/** The seed of copy number `copy`, which is `seed` itself for the first; 32 bits, from Philox under the seed. */
export function copySeed(seed: number, copy: number): number {
  if (copy === 0) return seed;
  const block = Uint32Array.of(copy, 0, 0, 0);
  philox4x32(block, Uint32Array.of(seed >>> 0, Math.floor(seed / 2 ** 32)), block);
  return block[0] ?? 0;
}
