/** Sums between two arrays and the pulses that they ask for, bit for bit as hw/ion_transfer.sv. */
import type { Mark } from './marks.js';
import { saturate } from './saturate.js';

export interface TransferRule {
  /** Bits of a sum. */
  readonly sumBits: number;
  /** Code of no current. */
  readonly zero: number;
  /** What a mark stands for; 0 never marks. */
  readonly threshold: number;
}

/** One sum H for every cell. */
export class TransferSums {
  readonly #rule: TransferRule;
  readonly #sums = new Map<number, number>();
  #isSaturated = false;

  constructor(rule: TransferRule) {
    this.#rule = rule;
  }

  /** Whether a sum has met an end of its range. */
  get isSaturated(): boolean {
    return this.#isSaturated;
  }

  /** H of a cell. */
  sum(cell: number): number {
    return this.#sums.get(cell) ?? 0;
  }

  /** The host writes H. */
  write(cell: number, sum: number): void {
    this.#sums.set(cell, sum);
  }

  /** A code arrives; the sign turns where exactly one of segment and chopper negates. */
  take(cell: number, code: number, isNegated: boolean): Mark {
    const { sumBits, threshold, zero } = this.#rule;
    const moved = this.sum(cell) + (isNegated ? zero - code : code - zero);
    const isReached = threshold > 0 && Math.abs(moved) >= threshold;
    const exact = isReached ? moved - Math.sign(moved) * threshold : moved;
    const sum = saturate(exact, sumBits);
    if (sum !== exact) this.#isSaturated = true;
    this.#sums.set(cell, sum);
    if (!isReached) return 'none';
    return moved > 0 ? 'up' : 'down';
  }
}
