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
import { philox4x32, type PhiloxKey } from '../philox.js';
import { drawBlockWords } from './philox-block.js';

/** In word 3 of every counter of this file, which keeps them apart from those of normal.ts. */
export const TRAIN_BIT = 0x8000_0000;
/** In word 3 where the tail is drawn. */
export const TAIL_BIT = 0x4000_0000;
/** In word 3: blocks of eight pulses begin with this one. */
export const PULSE_BLOCK = 2 ** 12;

/** Draws of one seed; results stay until the next call. */
export interface LaneNormals {
  /** Columns 32 b to 32 b + 31 of the last block. */
  readonly block: Float32Array;
  /** The last eight pulses. */
  readonly pulses: Float32Array;
  /** Event and tag of the draws that follow. */
  setEvent(event: number, tag: number): void;
  /** Variates of thirty-two neighbors in a row. */
  drawBlock(row: number, block: number): void;
  /** Variates of the pulses 8 `eighth` to 8 `eighth` + 7 of a train in one cell. */
  drawPulses(row: number, column: number, eighth: number): void;
}

const FIRST_TAIL = QUANTILE_COUNT - TAIL_PARTS;

/** Draws under `key`. */
export function createLaneNormals(key: PhiloxKey): LaneNormals {
  return new Draws(key);
}

class Draws implements LaneNormals {
  readonly block = new Float32Array(32);
  readonly pulses = new Float32Array(8);
  readonly #variates = signedQuantiles();
  readonly #key: PhiloxKey;
  readonly #counter = new Uint32Array(4);
  readonly #words = new Uint32Array(4);
  readonly #blockWords = new Int32Array(16);
  #event = 0;
  #tag = 0;

  constructor(key: PhiloxKey) {
    this.#key = key;
  }

  setEvent(event: number, tag: number): void {
    // The engine keeps 32-bit integers in registers, other numbers not.
    this.#event = event | 0;
    this.#tag = tag | 0;
  }

  drawBlock(row: number, index: number): void {
    const words = this.#blockWords;
    const variates = this.#variates;
    const block = this.block;
    drawBlockWords({ row, first: 4 * index, event: this.#event, tag: this.#tag }, this.#key, words);
    let zeros = 0;
    for (let place = 0; place < 16; place++) {
      const word = words[place] ?? 0;
      const lane = place >> 2;
      const low = variates[word & 0xffff] ?? 0;
      const high = variates[word >>> 16] ?? 0;
      block[((place & 3) << 3) + lane] = low;
      block[((place & 3) << 3) + lane + 4] = high;
      if (low === 0 || high === 0) zeros |= 1 << lane;
    }
    // Parts of the tail are rare: their lanes are drawn again.
    for (let lane = 0; zeros !== 0; lane++, zeros >>= 1) {
      if ((zeros & 1) === 1) this.#draw(block, row, 4 * index + lane, this.#tag);
    }
  }

  drawPulses(row: number, column: number, eighth: number): void {
    this.#draw(this.pulses, row, column, this.#tag + (1 + eighth) * PULSE_BLOCK);
  }

  #draw(out: Float32Array, c0: number, c1: number, c3: number): void {
    this.#drawWords(c0, c1, c3);
    const words = this.#words;
    const variates = this.#variates;
    const stride = out === this.block ? 4 : 1;
    let place = stride === 4 ? c1 & 3 : 0;
    let isWhole = true;
    for (let index = 0; index < 4; index++) {
      const word = words[index] ?? 0;
      const low = variates[word & 0xffff] ?? 0;
      const high = variates[word >>> 16] ?? 0;
      out[place] = low;
      out[place + stride] = high;
      place += 2 * stride;
      if (low === 0 || high === 0) isWhole = false;
    }
    if (!isWhole) this.#drawTails(out, c0, c1, c3);
  }

  /** Draws those again that are 0, which stands for a part of the tail. */
  #drawTails(out: Float32Array, c0: number, c1: number, c3: number): void {
    const stride = out === this.block ? 4 : 1;
    const start = out === this.block ? c1 & 3 : 0;
    const bits = this.#words.slice();
    this.#drawWords(c0, c1, c3 | TAIL_BIT);
    for (let half = 0; half < 8; half++) {
      if (out[start + half * stride] !== 0) continue;
      const [own, tail] = [bits, this.#words].map((words) => ((words[half >> 1] ?? 0) >>> (16 * (half & 1))) & 0xffff);
      const size = normalQuantiles()[FIRST_TAIL + ((tail ?? 0) & (TAIL_PARTS - 1))] ?? NaN;
      out[start + half * stride] = (own ?? 0) >= 0x8000 ? -size : size;
    }
  }

  #drawWords(c0: number, c1: number, c3: number): void {
    const counter = this.#counter;
    counter[0] = c0;
    counter[1] = c1;
    counter[2] = this.#event;
    counter[3] = c3;
    philox4x32(counter, this.#key, this.#words);
  }
}

let signed: Float32Array | undefined;

/** Variates by half word, so that a random sign is no branch; 0 for parts of the tail. */
function signedQuantiles(): Float32Array {
  signed ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => {
    const part = bits & 0x7fff;
    const size = part < TAIL_START ? (normalQuantiles()[part] ?? NaN) : 0;
    return bits === part ? size : -size;
  });
  return signed;
}
