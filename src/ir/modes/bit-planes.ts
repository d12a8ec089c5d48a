/**
 * Signed vectors as planes of lines. Plane p of a set holds the lines whose magnitude has bit `bits - 1 - p`, so that
 * plane 0 is the most significant; lines of positive and of negative values have a set each, at bases that leave room
 * for the index below them.
 */
import { invariant } from '../../core/invariant.js';
import { ceilLog2 } from '../bit-width.js';
import { linesWhere } from './mode-program.js';

/** One side of an outer product or the inputs of a read. */
export interface SignedVector {
  readonly values: readonly number[];
  /** Bits of a magnitude. */
  readonly bits: number;
}

/** Where the plane sets of a vector lie. */
export interface PlaneBases {
  readonly positive: number;
  readonly negative: number;
}

/** Bases of the two sets of a vector with magnitudes of `bits`. */
export function planeBases(bits: number): PlaneBases {
  return { positive: 0, negative: 2 ** ceilLog2(bits) };
}

/** Planes of `vector` by index; what lies between the sets selects no line. */
export function signedPlanes({ values, bits }: SignedVector): readonly (readonly number[])[] {
  const { negative } = planeBases(bits);
  checkVector({ values, bits });
  const planeOf = (sign: 1 | -1, plane: number): readonly number[] =>
    linesWhere(values.length, (line) => hasBit(sign * (values[line] ?? 0), bits - 1 - plane));
  return [
    ...Array.from({ length: negative }, (_, plane) => (plane < bits ? planeOf(1, plane) : [])),
    ...Array.from({ length: bits }, (_, plane) => planeOf(-1, plane)),
  ];
}

/** Whole numbers that their bits can hold. */
export function checkVector({ values, bits }: SignedVector): void {
  invariant(bits >= 1 && bits <= 30, 'magnitudes have 1 to 30 bits');
  const fit = values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** bits);
  invariant(fit, `values are whole and have at most ${bits} bits and a sign`);
}

function hasBit(value: number, bit: number): boolean {
  return value > 0 && ((value >>> bit) & 1) === 1;
}
