/** How wide sums of converter codes are: of planes of an input, of parts of a matrix, and of both cells of a pair. */
import { INPUT_BITS } from './input-bits.js';
import type { Converter } from './chip.js';
import type { WeightEncoding } from './graph.js';

/** Bits of a sum that the controller's accumulator (hw/ion_accumulate.sv) can be built with, at most. */
export const ACCUMULATOR_BITS = 32;

/** Bits of whole numbers that the host adds exactly: it adds in double precision. */
export const HOST_BITS = 53;

/** What is added up. */
export interface SumTerms {
  readonly adc: Pick<Converter, 'bits'>;
  readonly scheme: WeightEncoding['scheme'];
  /** Parts of a matrix one below the other, whose codes are added column by column. */
  readonly parts: number;
}

/** Bits of a code, and of sums with one sign more for inputs of both signs and for pairs. */
export interface SumWidths {
  readonly code: number;
  /** One plane of an input over all parts. */
  readonly plane: number;
  /** All planes of one part: what an accumulator beside its converters holds. */
  readonly vector: number;
  /** All planes over all parts, both cells of a pair apart from each other: what the host holds. */
  readonly total: number;
}

/** Widths without overflow, from the largest codes. */
export function sumWidths({ adc, scheme, parts }: SumTerms): SumWidths {
  const code = 2n ** BigInt(adc.bits) - 1n;
  const planes = 2n ** BigInt(INPUT_BITS) - 1n;
  const count = BigInt(Math.max(1, parts));
  // A pair is the difference of two sums, each of which has a sign already
  const pair = scheme === 'differential' ? 2n : 1n;
  return {
    code: adc.bits,
    plane: bitsOf(code * count),
    vector: bitsOf(code * planes) + 1,
    total: bitsOf(code * planes * count * pair) + 1,
  };
}

function bitsOf(largest: bigint): number {
  return largest.toString(2).length;
}
