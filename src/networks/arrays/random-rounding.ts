/** Rounding to whole numbers at random, to the right mean: 2.3 becomes 3 in three of ten cases. */
import { keyOfSeed } from '../../numerics/normal.js';
import { philox4x32 } from '../../numerics/philox.js';

/** In word 3 of the counters: beside the two sides of trains, which begin at 0x4000_0000. */
const ROUNDING_DRAWS = 0x4000_0002;

export class RandomRounding {
  readonly #key: Uint32Array;
  readonly #words = new Uint32Array(4);

  constructor(seed: number) {
    this.#key = keyOfSeed(seed);
  }

  /** The whole number below `value` or the one above; `event` and `place` number the draw. */
  round(value: number, event: number, place: number): number {
    this.#words.set([place, 0, event, ROUNDING_DRAWS]);
    philox4x32(this.#words, this.#key, this.#words);
    return Math.floor(value + (this.#words[0] ?? 0) / 2 ** 32);
  }
}
