/** Which samples belong to which named part of a data set. */
import { philox4x32 } from '../numerics/philox.js';
import type { DataSet } from './study.js';

/**
 * Indices of the samples of each part, in the order in which they are presented: that of the file, or with a seed in one
 * shuffled order that is the same for all parts. A part ends where the shares up to it do, rounded to whole samples.
 */
export function splitSamples(
  { splits, seed }: Pick<DataSet, 'splits' | 'seed'>,
  count: number,
): ReadonlyMap<string, Uint32Array> {
  const order = seed === undefined ? inOrder(count) : shuffled(count, seed);
  const parts = new Map<string, Uint32Array>();
  let share = 0;
  let first = 0;
  for (const split of splits) {
    share += split.share;
    const end = Math.min(count, Math.round(share * count));
    parts.set(split.name, order.slice(first, end));
    first = end;
  }
  return parts;
}

/** The numbers from 0 to `count - 1`. */
function inOrder(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => index);
}

/** The same in a random order: Fisher and Yates' method with numbers from Philox under `seed`. */
export function shuffled(count: number, seed: number): Uint32Array {
  const order = inOrder(count);
  const key = Uint32Array.of(seed >>> 0, Math.floor(seed / 2 ** 32));
  const block = new Uint32Array(4);
  for (let last = count - 1; last > 0; last--) {
    philox4x32(Uint32Array.of(last, 0, 0, SHUFFLE), key, block);
    // 53 random bits: every place is as likely as any other to within one part in 2^21 of the largest files
    const place = Math.floor(((block[0] ?? 0) + ((block[1] ?? 0) >>> 11) * 2 ** 32) * 2 ** -53 * (last + 1));
    const moved = order[last] ?? 0;
    order[last] = order[place] ?? 0;
    order[place] = moved;
  }
  return order;
}

/** Tells these random numbers from others under the same seed. */
const SHUFFLE = 0x73_68_75_66;
