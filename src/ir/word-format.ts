/** Packed words as a table of fields: the one description that encodes, decodes, prints and documents them. */
import { invariant } from '../core/invariant.js';
import type { Lanes } from './legal.js';

export interface WordField<Name extends string> {
  readonly name: Name;
  readonly lsb: number;
  readonly width: number;
  readonly summary: string;
}

export interface WordFormat<Name extends string> {
  readonly width: number;
  /** Least significant first, without gaps. */
  readonly fields: readonly WordField<Name>[];
}

/** Field widths in order, least significant first, become a format. */
export function layOut<Name extends string>(
  fields: readonly { readonly name: Name; readonly width: number; readonly summary: string }[],
): WordFormat<Name> {
  let lsb = 0;
  const placed = fields.map((field) => {
    const at = { ...field, lsb };
    lsb += field.width;
    return at;
  });
  return { width: lsb, fields: placed };
}

/** The word with these field values; every field must be given and fit. */
export function packWord<Name extends string>(format: WordFormat<Name>, values: Readonly<Record<Name, number>>): Lanes {
  let word = 0n;
  for (const field of format.fields) {
    const value = values[field.name];
    invariant(Number.isSafeInteger(value) && value >= 0, `field ${field.name}: ${value} is not an unsigned integer`);
    const bits = BigInt(value);
    invariant(bits >> BigInt(field.width) === 0n, `field ${field.name}: ${value} needs more than ${field.width} bits`);
    word |= bits << BigInt(field.lsb);
  }
  return toLanes(word, format.width);
}

/** Field values of a word; fields are at most 53 bits wide. */
export function unpackWord<Name extends string>(format: WordFormat<Name>, lanes: Lanes): Record<Name, number> {
  const values: Partial<Record<Name, number>> = {};
  for (const field of format.fields) values[field.name] = bitsOf(lanes, field.lsb, field.width);
  // Every name of the format has been assigned by the loop above.
  return values as Record<Name, number>;
}

/** The unsigned number in `width` bits of a word from bit `lsb` on; bits beyond its lanes are zero. */
export function bitsOf(lanes: Lanes, lsb: number, width: number): number {
  let value = 0;
  for (let done = 0; done < width;) {
    const offset = (lsb + done) % 32;
    const taken = Math.min(width - done, 32 - offset);
    const lane = (lanes[Math.floor((lsb + done) / 32)] ?? 0) >>> offset;
    value += (taken === 32 ? lane : lane % 2 ** taken) * 2 ** done;
    done += taken;
  }
  return value;
}

/** Whether an even number of bits of a word are one. */
export function hasEvenParity(lanes: Lanes): boolean {
  let folded = lanes.reduce((bits, lane) => bits ^ lane, 0);
  for (const distance of [16, 8, 4, 2, 1]) folded ^= folded >>> distance;
  return (folded & 1) === 0;
}

/** A word of `width` bits as 32-bit lanes, least significant first. */
export function toLanes(word: bigint, width: number): Lanes {
  return Array.from({ length: Math.ceil(width / 32) }, (_, lane) =>
    Number(BigInt.asUintN(32, word >> BigInt(32 * lane))),
  );
}

/** The inverse of {@link toLanes}. */
export function fromLanes(lanes: Lanes): bigint {
  return lanes.reduceRight((word, lane) => (word << 32n) | BigInt(lane >>> 0), 0n);
}
