/** Whole numbers below a limit, the same for the same seed. */
import { philox4x32 } from '../../src/numerics/philox.js';

/** A source of numbers for each seed. */
export function randomNumbers(seed: number): (limit: number) => number {
  const [counter, words] = [new Uint32Array(4), new Uint32Array(4)];
  const key = Uint32Array.of(seed, 0x6e69_7201);
  return (limit) => {
    counter[0] = (counter[0] ?? 0) + 1;
    philox4x32(counter, key, words);
    return (words[0] ?? 0) % Math.max(1, limit);
  };
}
