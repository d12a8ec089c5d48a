/**
 * Normal variates in single precision with an address, thirty-two to four calls of Philox: what pulse trains draw.
 * lane-normals-code.ts draws the same bits in vectors.
 *
 *   block:  counter = (row, 4 b + lane, event, tag), b = column >> 5, lane = column & 3
 *           half word (column >> 2) & 7 of the four output words, low half first
 *   pulses: counter = (row, column, event, tag + (1 + pulse >> 3) * 2^12), half word pulse & 7
 *
 * A half word is a sign (its top bit) and a part of {@link normalQuantiles}. Where the part is one of the tail, the same
 * half word of the call with {@link TAIL_BIT} in word 3 chooses the part of the tail.
 */
import { normalQuantiles, QUANTILE_COUNT, TAIL_PARTS, TAIL_START } from '../normal-quantiles.js';
import { MULTIPLIER_0, MULTIPLIER_1, philox4x32, ROUNDS, WEYL_0, WEYL_1, type PhiloxKey } from '../philox.js';

/** In word 3 of every counter of this file, which keeps them apart from those of normal.ts. */
export const TRAIN_BIT = 0x8000_0000;
/** In word 3 where the tail is drawn. */
export const TAIL_BIT = 0x4000_0000;
/** In word 3: blocks of eight pulses begin with this one. */
export const PULSE_BLOCK = 2 ** 12;

const FIRST_TAIL = QUANTILE_COUNT - TAIL_PARTS;

/** Draws of one seed; results stay in `block` and `pulses` until the next call. */
export class LaneNormals {
  /** Columns 32 b to 32 b + 31 of the last block. */
  readonly block = new Float32Array(32);
  /** The last eight pulses. */
  readonly pulses = new Float32Array(8);
  readonly #table = normalQuantiles();
  readonly #key: PhiloxKey;
  readonly #words = new Int32Array(4);
  readonly #tail = new Uint32Array(4);

  constructor(key: PhiloxKey) {
    this.#key = key;
  }

  /** Variates of thirty-two neighbors in a row. */
  drawBlock(row: number, block: number, event: number, tag: number): void {
    for (let lane = 0; lane < 4; lane++) {
      this.#draw([row, 4 * block + lane, event, tag], this.block, lane, 4);
    }
  }

  /** Variates of eight pulses of a train in one cell, which begin with pulse 8 `eighth`. */
  drawPulses(address: readonly [row: number, column: number, event: number, tag: number], eighth: number): void {
    const [row, column, event, tag] = address;
    this.#draw([row, column, event, tag + (1 + eighth) * PULSE_BLOCK], this.pulses, 0, 1);
  }

  #draw(counter: readonly [number, number, number, number], out: Float32Array, start: number, stride: number): void {
    const words = this.#words;
    const table = this.#table;
    philox(counter[0], counter[1], counter[2], counter[3], this.#key[0] ?? 0, this.#key[1] ?? 0, words);
    for (let half = 0; half < 8; half++) {
      const word = words[half >> 1] ?? 0;
      const bits = (half & 1) === 0 ? word & 0xffff : word >>> 16;
      const part = bits & 0x7fff;
      const size = table[part < TAIL_START ? part : this.#tailPart(counter, half)] ?? NaN;
      out[start + half * stride] = bits === part ? size : -size;
    }
  }

  #tailPart(counter: readonly [number, number, number, number], half: number): number {
    const tail = this.#tail;
    tail.set(counter);
    tail[3] = ((tail[3] ?? 0) | TAIL_BIT) >>> 0;
    philox4x32(tail, this.#key, tail);
    const word = tail[half >> 1] ?? 0;
    return FIRST_TAIL + (((half & 1) === 0 ? word : word >>> 16) & (TAIL_PARTS - 1));
  }
}

const [M0_LOW, M0_HIGH] = [MULTIPLIER_0 & 0xffff, MULTIPLIER_0 >>> 16];
const [M1_LOW, M1_HIGH] = [MULTIPLIER_1 & 0xffff, MULTIPLIER_1 >>> 16];

/**
 * philox4x32 on scalars, which the engine keeps in registers: this is most of what a draw costs.
 */
// eslint-disable-next-line max-params -- an array of words would cost as much as the rounds
function philox(c0: number, c1: number, c2: number, c3: number, key0: number, key1: number, out: Int32Array): void {
  let [x0, x1, x2, x3, k0, k1] = [c0 | 0, c1 | 0, c2 | 0, c3 | 0, key0 | 0, key1 | 0];
  for (let round = 0; round < ROUNDS; round++) {
    const [low0, high0] = [x0 & 0xffff, x0 >>> 16];
    const middle0 = (Math.imul(M0_HIGH, low0) + (Math.imul(M0_LOW, low0) >>> 16)) | 0;
    const carry0 = (Math.imul(M0_LOW, high0) + (middle0 & 0xffff)) | 0;
    const upper0 = (Math.imul(M0_HIGH, high0) + (middle0 >>> 16) + (carry0 >>> 16)) | 0;
    const [low1, high1] = [x2 & 0xffff, x2 >>> 16];
    const middle1 = (Math.imul(M1_HIGH, low1) + (Math.imul(M1_LOW, low1) >>> 16)) | 0;
    const carry1 = (Math.imul(M1_LOW, high1) + (middle1 & 0xffff)) | 0;
    const upper1 = (Math.imul(M1_HIGH, high1) + (middle1 >>> 16) + (carry1 >>> 16)) | 0;
    const [next1, next3] = [Math.imul(MULTIPLIER_1, x2), Math.imul(MULTIPLIER_0, x0)];
    x0 = upper1 ^ x1 ^ k0;
    x2 = upper0 ^ x3 ^ k1;
    x1 = next1;
    x3 = next3;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}
