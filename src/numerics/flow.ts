/**
 * Initial value problems of several bounded states that depend on each other and on time. Explicit steps first;
 * what turns out to be stiff is handed to stiff-flow.ts.
 */
import { invariant } from '../core/invariant.js';
import { boundedRates, clamp, type FlowLaw } from './flow-law.js';
import { StiffFlow } from './stiff-flow.js';

/** Moves the states `x` in place by `seconds`. */
export type Flow = (x: Float64Array, seconds: number) => void;

/** Local error allowed per step, as a fraction of the way that a state has covered, plus a fraction of its range. */
const RELATIVE_TOLERANCE = 1e-10;
const RANGE_TOLERANCE = 1e-16;

/** Attempts, rejected ones included, after which a problem counts as stiff. */
const MAX_EXPLICIT_ATTEMPTS = 150;

/**
 * The flow of `law`, by Dormand-Prince 5(4) with local extrapolation and step-size control. A state at a bound stays
 * there as long as its rate points outwards. The flow keeps its working memory, so that moving a cell allocates nothing.
 * Throws InternalError where a rate is not a number.
 *
 * @see Dormand, Prince, J. Comput. Appl. Math. 6 (1980) 19-26; coefficients as in Hairer, Norsett, Wanner, table II.5.2
 */
export function createFlow(law: FlowLaw): Flow {
  const explicit = new ExplicitFlow(law);
  const stiff = new StiffFlow(law);
  return (x, seconds) => {
    const elapsed = explicit.advance(x, seconds);
    if (elapsed < seconds) stiff.advance(x, elapsed, seconds);
  };
}

/** Rows of the tableau below the diagonal, the last of them the weights of the step itself. */
const TABLEAU: readonly (readonly number[])[] = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const NODES: readonly number[] = [1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const ERROR_WEIGHTS: readonly number[] = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

class ExplicitFlow {
  readonly #law: FlowLaw;
  readonly #size: number;
  /** Rates of the seven stages; the first are those at the start of the step. */
  readonly #slopes: readonly Float64Array[];
  /** Where a stage looks, after the last stage the end of the step. */
  readonly #stage: Float64Array;
  /** The way that each state has covered so far. */
  readonly #path: Float64Array;

  constructor(law: FlowLaw) {
    this.#law = law;
    this.#size = law.min.length;
    this.#slopes = ERROR_WEIGHTS.map(() => new Float64Array(this.#size));
    this.#stage = new Float64Array(this.#size);
    this.#path = new Float64Array(this.#size);
  }

  /** Moves `x` as far as explicit steps go in reasonable number; returns the time that this covers. */
  advance(x: Float64Array, seconds: number): number {
    const [first, last] = [this.#slopes[0], this.#slopes.at(-1)];
    invariant(first && last, 'the method has stages');
    this.#path.fill(0);
    boundedRates(this.#law, 0, x, first);
    let elapsed = 0;
    let step = seconds;
    for (let attempt = 0; attempt < MAX_EXPLICIT_ATTEMPTS && elapsed < seconds; attempt++) {
      const left = seconds - elapsed;
      const h = Math.min(step, left);
      const error = this.#tryStep(x, elapsed, h);
      if (error <= 1) {
        this.#accept(x);
        first.set(last);
        elapsed = h === left ? seconds : elapsed + h;
      }
      step = h * growth(error);
    }
    return elapsed;
  }

  /** One step of size `h`; returns the error estimate in units of the tolerance, Infinity for NaN. */
  #tryStep(x: Float64Array, elapsed: number, h: number): number {
    for (let stage = 0; stage < TABLEAU.length; stage++) {
      const weights = TABLEAU[stage] ?? [];
      for (let i = 0; i < this.#size; i++) {
        const moved = (x[i] ?? NaN) + h * this.#weighted(weights, i);
        this.#stage[i] = clamp(this.#law, i, moved);
      }
      const slopes = this.#slopes[stage + 1];
      if (slopes) boundedRates(this.#law, elapsed + (NODES[stage] ?? 1) * h, this.#stage, slopes);
    }
    let worst = 0;
    for (let i = 0; i < this.#size; i++) {
      const error = Math.abs(h * this.#weighted(ERROR_WEIGHTS, i));
      // A state that does not move has neither error nor tolerance.
      const relative = error === 0 ? 0 : error / this.#tolerance(i, h);
      if (Number.isNaN(relative)) return Infinity;
      worst = Math.max(worst, relative);
    }
    return worst;
  }

  #weighted(weights: readonly number[], state: number): number {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += (weights[k] ?? 0) * (this.#slopes[k]?.[state] ?? NaN);
    return sum;
  }

  #tolerance(state: number, h: number): number {
    const { min, max } = this.#law;
    const range = (max[state] ?? 0) - (min[state] ?? 0);
    let fastest = 0;
    for (const slopes of this.#slopes) fastest = Math.max(fastest, Math.abs(slopes[state] ?? NaN));
    const path = (this.#path[state] ?? 0) + h * fastest;
    return RELATIVE_TOLERANCE * path + (Number.isFinite(range) ? RANGE_TOLERANCE * range : 0);
  }

  #accept(x: Float64Array): void {
    for (let i = 0; i < this.#size; i++) {
      const [before, after] = [x[i] ?? NaN, this.#stage[i] ?? NaN];
      this.#path[i] = (this.#path[i] ?? 0) + Math.abs(after - before);
      x[i] = after;
    }
  }
}

/** Factor for the next step: aims at 0.9 of the tolerance with a fifth-order error, within [0.1, 5]. */
function growth(error: number): number {
  return error > 0 ? Math.min(5, Math.max(0.1, 0.9 * error ** -0.2)) : 5;
}
