/** Sums of converter codes, bit for bit as hw/ion_accumulate.sv forms them. */
import { saturate } from './saturate.js';
import type { SampleMode } from './scheduled.js';

export interface AccumulatorShape {
  readonly converters: number;
  readonly shares: number;
  /** Bits of a sum, at most 32. */
  readonly resultBits: number;
  /** Taken from every code, or from the sum of the codes of all tiles. */
  readonly offset: number;
}

/** Sample modes that change a sum. */
export type AccumulateMode = Extract<SampleMode, 'first' | 'double' | 'add'>;

/** One sum for every column. */
export class Accumulator {
  readonly #shape: AccumulatorShape;
  readonly #sums: Int32Array;
  #isSaturated = false;

  constructor(shape: AccumulatorShape) {
    this.#shape = shape;
    this.#sums = new Int32Array(shape.shares * shape.converters);
  }

  /** Whether a sum has met an end of its range since the flag was cleared. */
  get isSaturated(): boolean {
    return this.#isSaturated;
  }

  /** All sums become zero; the flag stays. */
  clear(): void {
    this.#sums.fill(0);
  }

  clearFlag(): void {
    this.#isSaturated = false;
  }

  /** The sum of a converter's column. */
  sum(step: number, converter: number): number {
    return this.#sums[step * this.#shape.converters + converter] ?? 0;
  }

  /**
   * Codes of one step arrive.
   * @param codes  of each converter, summed over the tiles
   */
  take(
    step: number,
    { mode, negate }: { readonly mode: AccumulateMode; readonly negate: boolean },
    codes: readonly number[],
  ): void {
    const { converters, offset, resultBits } = this.#shape;
    for (const [converter, code] of codes.entries()) {
      const at = step * converters + converter;
      const exact = weighed(mode, this.#sums[at] ?? 0) + (negate ? offset - code : code - offset);
      const sum = saturate(exact, resultBits);
      if (sum !== exact) this.#isSaturated = true;
      this.#sums[at] = sum;
    }
  }
}

function weighed(mode: AccumulateMode, sum: number): number {
  if (mode === 'first') return 0;
  return mode === 'double' ? 2 * sum : sum;
}
