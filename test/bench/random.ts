/** Random numbers with an address, the same in every run. */
import { philox4x32 } from '../../src/numerics/philox.js';

const KEY = Uint32Array.of(1, 77);
const words = new Uint32Array(4);

/** Number `index` of `stream`, from 0 to 1. */
export function uniform(index: number, stream: number): number {
  words[0] = index;
  words[1] = stream;
  words[2] = 0;
  words[3] = 0;
  philox4x32(words, KEY, words);
  return (words[0] ?? 0) / 2 ** 32;
}
