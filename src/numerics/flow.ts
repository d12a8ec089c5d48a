/**
 * Initial value problems of several bounded states that depend on each other and on time. Explicit steps first;
 * what turns out to be stiff is handed to stiff-flow.ts. Rates of time alone are integrals, see time-quadrature.ts.
 */
import { invariant } from '../core/invariant.js';
import { boundedRates, clamp, type FlowLaw } from './flow-law.js';
import { StiffFlow } from './stiff-flow.js';
import { TimeQuadrature } from './time-quadrature.js';

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
  const quadrature = law.isOfTime ? new TimeQuadrature(law) : undefined;
  return (x, seconds) => {
    if (quadrature?.advance(x, seconds)) return;
    const elapsed = explicit.advance(x, seconds);
    if (elapsed < seconds) stiff.advance(x, elapsed, seconds);
  };
}

const STAGES = 7;

/** Weights of the stages before each stage, six a row; the last row is the step itself. */
// prettier-ignore
const TABLEAU = Float64Array.of(
  1 / 5, 0, 0, 0, 0, 0,
  3 / 40, 9 / 40, 0, 0, 0, 0,
  44 / 45, -56 / 15, 32 / 9, 0, 0, 0,
  19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729, 0, 0,
  9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656, 0,
  35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84,
);
const NODES = Float64Array.of(1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1);
// prettier-ignore
const ERROR_WEIGHTS = Float64Array.of(71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40);

class ExplicitFlow {
  readonly #law: FlowLaw;
  readonly #size: number;
  /** Rates of the stages, (stages x states); the first are those at the start of the step. */
  readonly #slopes: Float64Array;
  readonly #slopesOf: readonly Float64Array[];
  /** Where a stage looks, after the last stage the end of the step. */
  readonly #stage: Float64Array;
  /** The way that each state has covered so far. */
  readonly #path: Float64Array;
  /** Tolerance of a state that has not moved. */
  readonly #floor: Float64Array;

  constructor(law: FlowLaw) {
    const size = law.min.length;
    this.#law = law;
    this.#size = size;
    const slopes = new Float64Array(STAGES * size);
    this.#slopes = slopes;
    this.#slopesOf = Array.from({ length: STAGES }, (_, stage) => slopes.subarray(stage * size, (stage + 1) * size));
    this.#stage = new Float64Array(size);
    this.#path = new Float64Array(size);
    this.#floor = Float64Array.from(law.min, (min, state) => {
      const range = (law.max[state] ?? 0) - min;
      return Number.isFinite(range) ? RANGE_TOLERANCE * range : 0;
    });
  }

  /** Moves `x` as far as explicit steps go in reasonable number; returns the time that this covers. */
  advance(x: Float64Array, seconds: number): number {
    const [first] = this.#slopesOf;
    invariant(first, 'the method has stages');
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
        elapsed = h === left ? seconds : elapsed + h;
      }
      step = h * growth(error);
    }
    return elapsed;
  }

  /** One step of size `h`; returns the error estimate in units of the tolerance, Infinity for NaN. */
  #tryStep(x: Float64Array, elapsed: number, h: number): number {
    const [law, size, slopes, place] = [this.#law, this.#size, this.#slopes, this.#stage];
    for (let stage = 1; stage < STAGES; stage++) {
      const row = 6 * (stage - 1);
      for (let i = 0; i < size; i++) {
        let slope = 0;
        for (let k = 0; k < stage; k++) slope += (TABLEAU[row + k] ?? NaN) * (slopes[k * size + i] ?? NaN);
        place[i] = clamp(law, i, (x[i] ?? NaN) + h * slope);
      }
      boundedRates(law, elapsed + (NODES[stage - 1] ?? NaN) * h, place, this.#slopesOf[stage] ?? place);
    }
    return this.#error(h);
  }

  #error(h: number): number {
    const [size, slopes] = [this.#size, this.#slopes];
    let worst = 0;
    for (let i = 0; i < size; i++) {
      let error = 0;
      let fastest = 0;
      for (let k = 0; k < STAGES; k++) {
        const slope = slopes[k * size + i] ?? NaN;
        error += (ERROR_WEIGHTS[k] ?? NaN) * slope;
        fastest = Math.max(fastest, Math.abs(slope));
      }
      const path = (this.#path[i] ?? 0) + h * fastest;
      // A state that does not move has neither error nor tolerance.
      const relative = error === 0 ? 0 : Math.abs(h * error) / (RELATIVE_TOLERANCE * path + (this.#floor[i] ?? 0));
      if (Number.isNaN(relative)) return Infinity;
      worst = Math.max(worst, relative);
    }
    return worst;
  }

  /** Takes the step; its last rates are the first of the next one. */
  #accept(x: Float64Array): void {
    for (let i = 0; i < this.#size; i++) {
      const [before, after] = [x[i] ?? NaN, this.#stage[i] ?? NaN];
      this.#path[i] = (this.#path[i] ?? 0) + Math.abs(after - before);
      x[i] = after;
    }
    this.#slopes.copyWithin(0, (STAGES - 1) * this.#size);
  }
}

/** Factor for the next step: aims at 0.9 of the tolerance with a fifth-order error, within [0.1, 5]. */
function growth(error: number): number {
  return error > 0 ? Math.min(5, Math.max(0.1, 0.9 * error ** -0.2)) : 5;
}
