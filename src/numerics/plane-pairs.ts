/**
 * Which bit of a row value meets which bit of a column value in each slot of a pulse train, so that the coincidences
 * of a cell count the product of the two: a first-order sigma-delta modulator with one integrator for each pair.
 *
 * Bit k of a value is its plane k and weighs 2^k. A train of BL slots should let pair (k, l) appear
 * BL 2^k 2^l / ((2^x - 1)(2^d - 1)) times; every slot then has a pair, and two full values coincide in every slot.
 * The integrators keep what was left over, so that the errors of one train are made good by the next.
 */
import { invariant } from '../core/invariant.js';

/** One slot of a train: planes of rows and columns by weight, 0 the least significant. */
export interface PlanePair {
  readonly row: number;
  readonly column: number;
}

/** Integers of this size stay exact: weights and the period need the bits of both values. */
const MAX_BITS = 24;

/** An endless sequence of pairs, the same for the same bits; it repeats after (2^x - 1)(2^d - 1) slots. */
export class PlanePairSchedule {
  readonly #columnBits: number;
  /** Weight of each pair, the rows' bits outside; their sum is {@link period}. */
  readonly #weights: readonly number[];
  readonly #owed: number[];
  /** Slots after which every pair has appeared exactly as often as its weight. */
  readonly period: number;

  constructor(rowBits: number, columnBits: number) {
    invariant(rowBits >= 1 && columnBits >= 1 && rowBits + columnBits <= MAX_BITS, 'values have bits, not too many');
    this.#columnBits = columnBits;
    this.#weights = Array.from({ length: rowBits * columnBits }, (_, pair) => {
      return 2 ** (Math.floor(pair / columnBits) + (pair % columnBits));
    });
    this.#owed = this.#weights.map(() => 0);
    this.period = (2 ** rowBits - 1) * (2 ** columnBits - 1);
  }

  /** The next `slots` slots. */
  take(slots: number): readonly PlanePair[] {
    return Array.from({ length: slots }, () => this.#next());
  }

  /** The pair that is owed most; of equals the one of greatest weight. */
  #next(): PlanePair {
    let chosen = 0;
    for (let pair = 0; pair < this.#owed.length; pair++) {
      this.#owed[pair] = this.#at(pair) + (this.#weights[pair] ?? 0);
      if (this.#at(pair) >= this.#at(chosen)) chosen = pair;
    }
    this.#owed[chosen] = this.#at(chosen) - this.period;
    return { row: Math.floor(chosen / this.#columnBits), column: chosen % this.#columnBits };
  }

  #at(pair: number): number {
    return this.#owed[pair] ?? 0;
  }
}
