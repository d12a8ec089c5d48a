/**
 * Stiff problems of a few states: the linearly implicit Euler method, extrapolated. Its cost does not grow with the
 * ratio of the longest to the shortest time constant, where explicit steps have to follow the shortest.
 */
import { invariant } from '../core/invariant.js';
import { boundedRates, clamp, type FlowLaw } from './flow-law.js';
import { solveDense } from './solve-dense.js';

/** Local error allowed per step, as a fraction of the state plus a fraction of its range. */
const RELATIVE_TOLERANCE = 1e-11;
const RANGE_TOLERANCE = 1e-13;

/** A step is done with 1, 2, … substeps, and extrapolated to infinitely many. */
const COLUMNS = 8;

/** Attempts, rejected ones included, after which a problem counts as broken. */
const MAX_ATTEMPTS = 20_000;

/** Relative distance of the second point of a difference quotient. */
const DIFFERENCE = 1e-7;

/** @see Deuflhard, SIAM Review 27 (1985) 505-535, 10.1137/1027140; Hairer, Wanner, Solving ODEs II, IV.9 */
export class StiffFlow {
  readonly #law: FlowLaw;
  readonly #size: number;
  readonly #jacobian: Float64Array;
  readonly #matrix: Float64Array;
  readonly #rates: Float64Array;
  readonly #shifted: Float64Array;
  /** The extrapolation tableau, one column at a time: entry j is the result of column j so far. */
  readonly #results: readonly Float64Array[];
  readonly #previous: Float64Array;

  constructor(law: FlowLaw) {
    const size = law.min.length;
    this.#law = law;
    this.#size = size;
    this.#jacobian = new Float64Array(size * size);
    this.#matrix = new Float64Array(size * size);
    this.#rates = new Float64Array(size);
    this.#shifted = new Float64Array(size);
    this.#results = Array.from({ length: COLUMNS }, () => new Float64Array(size));
    this.#previous = new Float64Array(size);
  }

  /** Moves `x` from the time `start` to the time `end`; throws InternalError where that does not end. */
  advance(x: Float64Array, start: number, end: number): void {
    let elapsed = start;
    let step = (end - start) / COLUMNS;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const left = end - elapsed;
      const h = Math.min(step, left);
      const error = this.#tryStep(x, elapsed, h);
      if (error <= 1) {
        x.set(this.#results[0] ?? x);
        if (h === left) return;
        elapsed += h;
      }
      step = h * growth(error);
    }
    invariant(false, `a stiff flow from ${String(start)} s to ${String(end)} s does not end`);
  }

  /** One step into `#results[0]`; returns the error estimate in units of the tolerance, Infinity for NaN. */
  #tryStep(x: Float64Array, t: number, h: number): number {
    this.#differentiate(x, t);
    for (let column = 0; column < COLUMNS; column++) {
      const result = this.#results[column];
      invariant(result, 'every column has a result');
      this.#previous.set(this.#results[0] ?? result);
      result.set(x);
      for (let part = 0; part <= column; part++) this.#euler(result, t + (part * h) / (column + 1), h / (column + 1));
      this.#extrapolate(column);
    }
    return this.#error();
  }

  /** The substep x + (I - h J)^-1 h f(t + h, x), in place. */
  #euler(x: Float64Array, t: number, h: number): void {
    const size = this.#size;
    boundedRates(this.#law, t + h, x, this.#rates);
    for (let i = 0; i < size; i++) {
      this.#rates[i] = h * (this.#rates[i] ?? NaN);
      for (let j = 0; j < size; j++) {
        this.#matrix[i * size + j] = (i === j ? 1 : 0) - h * (this.#jacobian[i * size + j] ?? NaN);
      }
    }
    solveDense(this.#matrix, this.#rates);
    for (let i = 0; i < size; i++) x[i] = clamp(this.#law, i, (x[i] ?? NaN) + (this.#rates[i] ?? NaN));
  }

  /** Aitken and Neville: replaces results of 1 … `column` + 1 substeps by the values of one order more. */
  #extrapolate(column: number): void {
    for (let row = column - 1; row >= 0; row--) {
      const [finer, coarser] = [this.#results[row + 1], this.#results[row]];
      invariant(finer && coarser, 'neighbours in the tableau exist');
      const ratio = (column + 1) / (row + 1) - 1;
      for (let i = 0; i < this.#size; i++) {
        const fine = finer[i] ?? NaN;
        coarser[i] = clamp(this.#law, i, fine + (fine - (coarser[i] ?? NaN)) / ratio);
      }
    }
  }

  #error(): number {
    const { min, max } = this.#law;
    const [best] = this.#results;
    let worst = 0;
    for (let i = 0; i < this.#size; i++) {
      const [value, before] = [best?.[i] ?? NaN, this.#previous[i] ?? NaN];
      const range = (max[i] ?? 0) - (min[i] ?? 0);
      const floor = Number.isFinite(range) ? RANGE_TOLERANCE * range : 0;
      const error = Math.abs(value - before);
      const relative = error === 0 ? 0 : error / (RELATIVE_TOLERANCE * Math.abs(value) + floor);
      if (Number.isNaN(relative)) return Infinity;
      worst = Math.max(worst, relative);
    }
    return worst;
  }

  /** The Jacobian by difference quotients, whose second points stay within the bounds; it need not be exact. */
  #differentiate(x: Float64Array, t: number): void {
    const { min, max } = this.#law;
    const size = this.#size;
    const { [0]: base = this.#previous } = this.#results;
    boundedRates(this.#law, t, x, base);
    for (let j = 0; j < size; j++) {
      const at = x[j] ?? NaN;
      const range = (max[j] ?? 0) - (min[j] ?? 0);
      const distance = DIFFERENCE * Math.max(Math.abs(at), Number.isFinite(range) ? range : 0, Number.MIN_VALUE);
      const other = at + distance <= (max[j] ?? NaN) ? at + distance : at - distance;
      this.#shifted.set(x);
      this.#shifted[j] = other;
      boundedRates(this.#law, t, this.#shifted, this.#rates);
      for (let i = 0; i < size; i++) {
        const quotient = ((this.#rates[i] ?? NaN) - (base[i] ?? NaN)) / (other - at);
        this.#jacobian[i * size + j] = Number.isFinite(quotient) ? quotient : 0;
      }
    }
  }
}

/** Factor for the next step: aims at a fifth of the tolerance with an error of the order of the columns. */
function growth(error: number): number {
  return error > 0 ? Math.min(4, Math.max(0.1, 0.8 * error ** (-1 / COLUMNS))) : 4;
}
