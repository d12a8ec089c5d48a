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
const [M0_LOW, M0_HIGH] = [MULTIPLIER_0 & 0xffff, MULTIPLIER_0 >>> 16];
const [M1_LOW, M1_HIGH] = [MULTIPLIER_1 & 0xffff, MULTIPLIER_1 >>> 16];

/** Draws under `key`. */
export function createLaneNormals(key: PhiloxKey): LaneNormals {
  const table = normalQuantiles();
  const [key0 = 0, key1 = 0] = key;
  const block = new Float32Array(32);
  const pulses = new Float32Array(8);
  const tail = new Uint32Array(4);
  let [event, tag] = [0, 0];

  /** philox4x32 on scalars, which the engine keeps in registers; the variates of its eight half words. */
  function draw(c0: number, c1: number, c3: number, stride: number): void {
    let x0 = c0 | 0;
    let x1 = c1 | 0;
    let x2 = event | 0;
    let x3 = c3 | 0;
    let k0 = key0 | 0;
    let k1 = key1 | 0;
    for (let round = 0; round < ROUNDS; round++) {
      const low0 = x0 & 0xffff;
      const high0 = x0 >>> 16;
      const middle0 = (Math.imul(M0_HIGH, low0) + (Math.imul(M0_LOW, low0) >>> 16)) | 0;
      const carry0 = (Math.imul(M0_LOW, high0) + (middle0 & 0xffff)) | 0;
      const low1 = x2 & 0xffff;
      const high1 = x2 >>> 16;
      const middle1 = (Math.imul(M1_HIGH, low1) + (Math.imul(M1_LOW, low1) >>> 16)) | 0;
      const carry1 = (Math.imul(M1_LOW, high1) + (middle1 & 0xffff)) | 0;
      const next1 = Math.imul(MULTIPLIER_1, x2);
      const next3 = Math.imul(MULTIPLIER_0, x0);
      x0 = ((Math.imul(M1_HIGH, high1) + (middle1 >>> 16) + (carry1 >>> 16)) | 0) ^ x1 ^ k0;
      x2 = ((Math.imul(M0_HIGH, high0) + (middle0 >>> 16) + (carry0 >>> 16)) | 0) ^ x3 ^ k1;
      x1 = next1;
      x3 = next3;
      k0 = (k0 + WEYL_0) | 0;
      k1 = (k1 + WEYL_1) | 0;
    }
    const out = stride === 1 ? pulses : block;
    const start = stride === 1 ? 0 : c1 & 3;
    const address = { c0, c1, c3 };
    out[start] = variate(x0 & 0xffff, 0, address);
    out[start + stride] = variate(x0 >>> 16, 1, address);
    out[start + 2 * stride] = variate(x1 & 0xffff, 2, address);
    out[start + 3 * stride] = variate(x1 >>> 16, 3, address);
    out[start + 4 * stride] = variate(x2 & 0xffff, 4, address);
    out[start + 5 * stride] = variate(x2 >>> 16, 5, address);
    out[start + 6 * stride] = variate(x3 & 0xffff, 6, address);
    out[start + 7 * stride] = variate(x3 >>> 16, 7, address);
  }

  function variate(bits: number, half: number, address: Address): number {
    const part = bits & 0x7fff;
    const size = table[part < TAIL_START ? part : tailPart(half, address)] ?? NaN;
    return bits === part ? size : -size;
  }

  function tailPart(half: number, { c0, c1, c3 }: Address): number {
    tail[0] = c0;
    tail[1] = c1;
    tail[2] = event;
    tail[3] = c3 | TAIL_BIT;
    philox4x32(tail, key, tail);
    const word = tail[half >> 1] ?? 0;
    return FIRST_TAIL + (((half & 1) === 0 ? word : word >>> 16) & (TAIL_PARTS - 1));
  }

  return {
    block,
    pulses,
    setEvent: (nextEvent, nextTag) => {
      event = nextEvent;
      tag = nextTag;
    },
    drawBlock: (row, index) => {
      for (let lane = 0; lane < 4; lane++) draw(row, 4 * index + lane, tag, 4);
    },
    drawPulses: (row, column, eighth) => {
      draw(row, column, tag + (1 + eighth) * PULSE_BLOCK, 1);
    },
  };
}

/** Counter words beside the event. */
interface Address {
  readonly c0: number;
  readonly c1: number;
  readonly c3: number;
}
