/** Random numbers as wide as a port: what adders, comparators and counters of hardware find hard comes up often. */
import type { RandomNumbers } from './random-numbers.js';

/** Draws a number from 0 to `most`. */
export type WideNumbers = (most: bigint) => bigint;

/** Where values come from: anywhere, one of all widths, around a power of two, near zero, near the most. */
const KINDS = 5;

/** Values that are near an end are at most so far from it. */
const NEAR = 4;

const CHUNK_BITS = 16;

/** Wide numbers out of plain ones. */
export function wideNumbers(random: RandomNumbers): WideNumbers {
  const uniform = (bits: number): bigint => {
    let value = 0n;
    for (let drawn = 0; drawn < bits; drawn += CHUNK_BITS)
      value = (value << BigInt(CHUNK_BITS)) | BigInt(random(2 ** CHUNK_BITS));
    return BigInt.asUintN(bits, value);
  };
  return (most) => {
    const bits = most === 0n ? 0 : most.toString(2).length;
    const draws = [
      () => uniform(bits),
      () => uniform(random(bits + 1)),
      () => (1n << BigInt(random(bits + 1))) + BigInt(random(2 * NEAR) - NEAR),
      () => BigInt(random(NEAR)),
      () => most - BigInt(random(NEAR)),
    ];
    const value = draws[random(KINDS)]!();
    if (value < 0n) return 0n;
    return value > most ? most : value;
  };
}

/** The largest number of `bits`. */
export function mostOf(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n;
}
