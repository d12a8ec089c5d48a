/**
 * philox4x32 for the four counters (row, first + lane, event, tag) of a block of neighbors, as JavaScript is fast at it:
 * what the lanes have in common is computed once, and two lanes go side by side, so that neither waits for the other.
 */
import { MULTIPLIER_0, MULTIPLIER_1, ROUNDS, WEYL_0, WEYL_1, type PhiloxKey } from '../philox.js';

/** What the counters of a block have in common. */
export interface BlockAddress {
  readonly row: number;
  /** Word 1 of lane 0. */
  readonly first: number;
  readonly event: number;
  readonly tag: number;
}

// As 32-bit integers, and constants of this file: the engine reads imported ones from memory each time.
const [M0, M1] = [MULTIPLIER_0 | 0, MULTIPLIER_1 | 0];
const [W0, W1] = [WEYL_0 | 0, WEYL_1 | 0];
const [M0_LOW, M0_HIGH] = [MULTIPLIER_0 & 0xffff, MULTIPLIER_0 >>> 16];
const [M1_LOW, M1_HIGH] = [MULTIPLIER_1 & 0xffff, MULTIPLIER_1 >>> 16];

/** The high word of MULTIPLIER_0 times `x`. */
function high0(x: number): number {
  const low = x & 0xffff;
  const top = x >>> 16;
  const middle = (Math.imul(M0_HIGH, low) + (Math.imul(M0_LOW, low) >>> 16)) | 0;
  const carry = (Math.imul(M0_LOW, top) + (middle & 0xffff)) | 0;
  return (Math.imul(M0_HIGH, top) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** The high word of MULTIPLIER_1 times `x`. */
function high1(x: number): number {
  const low = x & 0xffff;
  const top = x >>> 16;
  const middle = (Math.imul(M1_HIGH, low) + (Math.imul(M1_LOW, low) >>> 16)) | 0;
  const carry = (Math.imul(M1_LOW, top) + (middle & 0xffff)) | 0;
  return (Math.imul(M1_HIGH, top) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** Rounds in which only some of the words depend on the lane. */
const COMMON_ROUNDS = 3;

/** Draws the sixteen words of four counters under `key`; those of lane l from 4 l on. */
export function drawBlockWords(address: BlockAddress, key: PhiloxKey, words: Int32Array): void {
  drawPair(address, 0, key, words);
  drawPair(address, 1, key, words);
}

function drawPair({ row, first, event, tag }: BlockAddress, pair: 0 | 1, key: PhiloxKey, words: Int32Array): void {
  const lane = first + 2 * pair;
  const at = 8 * pair;
  // First round: word 1 alone depends on the lane, and becomes part of word 0.
  let k0 = (key[0] ?? 0) | 0;
  let k1 = (key[1] ?? 0) | 0;
  const first0 = high1(event) ^ k0;
  const first1 = Math.imul(M1, event);
  const first2 = high0(row) ^ tag ^ k1;
  const first3 = Math.imul(M0, row);
  // Second: words 2 and 3 depend on word 0.
  k0 = (k0 + W0) | 0;
  k1 = (k1 + W1) | 0;
  const second0 = high1(first2) ^ first1 ^ k0;
  const second1 = Math.imul(M1, first2);
  const a0 = first0 ^ lane;
  const b0 = first0 ^ (lane + 1);
  const a2 = high0(a0) ^ first3 ^ k1;
  const b2 = high0(b0) ^ first3 ^ k1;
  // Third: word 3 is the last that they have in common.
  k0 = (k0 + W0) | 0;
  k1 = (k1 + W1) | 0;
  const third2 = high0(second0) ^ k1;
  const third0 = second1 ^ k0;
  let x0 = high1(a2) ^ third0;
  let x1 = Math.imul(M1, a2);
  let x2 = third2 ^ Math.imul(M0, a0);
  let x3 = Math.imul(M0, second0);
  let y0 = high1(b2) ^ third0;
  let y1 = Math.imul(M1, b2);
  let y2 = third2 ^ Math.imul(M0, b0);
  let y3 = x3;
  for (let round = COMMON_ROUNDS; round < ROUNDS; round++) {
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
    const nextX1 = Math.imul(M1, x2);
    const nextX3 = Math.imul(M0, x0);
    const nextY1 = Math.imul(M1, y2);
    const nextY3 = Math.imul(M0, y0);
    const nextX0 = high1(x2) ^ x1 ^ k0;
    const nextX2 = high0(x0) ^ x3 ^ k1;
    const nextY0 = high1(y2) ^ y1 ^ k0;
    const nextY2 = high0(y0) ^ y3 ^ k1;
    x0 = nextX0;
    x1 = nextX1;
    x2 = nextX2;
    x3 = nextX3;
    y0 = nextY0;
    y1 = nextY1;
    y2 = nextY2;
    y3 = nextY3;
  }
  words[at] = x0;
  words[at + 1] = x1;
  words[at + 2] = x2;
  words[at + 3] = x3;
  words[at + 4] = y0;
  words[at + 5] = y1;
  words[at + 6] = y2;
  words[at + 7] = y3;
}
