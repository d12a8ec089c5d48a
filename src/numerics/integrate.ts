/** Initial value problems of one bounded, autonomous state: x' = f(x) on [min, max]. */
import { invariant } from '../core/invariant.js';

/** A state's time derivative and bounds. */
export interface RateLaw {
  /** f(x); asked only for x in [min, max]. */
  readonly rate: (x: number) => number;
  readonly min: number;
  readonly max: number;
}

/** Local error allowed per step, as a fraction of |x| plus a fraction of max - min. */
const RELATIVE_TOLERANCE = 1e-10;
const RANGE_TOLERANCE = 1e-13;

/** Attempts, rejected ones included, after which a problem counts as broken. */
const MAX_ATTEMPTS = 100_000;

/**
 * x after `seconds` of x' = f(x), by Dormand-Prince 5(4) with local extrapolation and step-size control.
 * A bound or equilibrium that is reached is kept: the state cannot turn, because f depends on x alone.
 * Throws InternalError when 100,000 attempts do not suffice or f is not a number.
 *
 * @see Dormand, Prince, J. Comput. Appl. Math. 6 (1980) 19-26; coefficients as in Hairer, Norsett, Wanner, table II.5.2
 */
export function integrate(law: RateLaw, start: number, seconds: number): number {
  let x = start;
  let slope = law.rate(x);
  let left = seconds;
  let step = seconds;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (left <= 0 || slope === 0) return x;
    const h = Math.min(step, left);
    const error = tryStep(law, x, slope, h);
    if (error <= 1) {
      if (trial.x <= law.min) return law.min;
      if (trial.x >= law.max) return law.max;
      x = trial.x;
      slope = trial.slope;
      left = h === left ? 0 : left - h;
      if (left > 0 && restsNear(law, x, slope)) return x;
    }
    step = h * growth(error);
  }
  invariant(false, `integration from ${String(start)} over ${String(seconds)} s does not end`);
}

// Result of the last `tryStep`; an object of its own for every step would be garbage.
const trial = { x: 0, slope: 0 };

/** One step of size `h` into `trial`; returns the error estimate in units of the tolerance, Infinity for NaN. */
function tryStep(law: RateLaw, x: number, k1: number, h: number): number {
  const k2 = bounded(law, x + h * (k1 / 5));
  const k3 = bounded(law, x + h * ((3 / 40) * k1 + (9 / 40) * k2));
  const k4 = bounded(law, x + h * ((44 / 45) * k1 - (56 / 15) * k2 + (32 / 9) * k3));
  const k5 = bounded(law, x + h * ((19372 / 6561) * k1 - (25360 / 2187) * k2 + (64448 / 6561) * k3 - (212 / 729) * k4));
  const k6 = bounded(
    law,
    x + h * ((9017 / 3168) * k1 - (355 / 33) * k2 + (46732 / 5247) * k3 + (49 / 176) * k4 - (5103 / 18656) * k5),
  );
  trial.x = x + h * ((35 / 384) * k1 + (500 / 1113) * k3 + (125 / 192) * k4 - (2187 / 6784) * k5 + (11 / 84) * k6);
  const k7 = bounded(law, trial.x);
  trial.slope = k7;
  const error =
    h * ((71 / 57600) * k1 - (71 / 16695) * k3 + (71 / 1920) * k4 - (17253 / 339200) * k5 + (22 / 525) * k6 - k7 / 40);
  const scale = Math.max(Math.abs(x), Math.abs(trial.x));
  const relative = Math.abs(error) / tolerance(law, scale);
  return Number.isNaN(relative) ? Infinity : relative;
}

/**
 * Whether there is an equilibrium within ten tolerances ahead. The solution cannot cross it, so it has
 * arrived; an explicit method would go on at the limit of its stability for as long as time is left.
 */
function restsNear(law: RateLaw, x: number, slope: number): boolean {
  const ahead = x + 10 * Math.sign(slope) * tolerance(law, Math.abs(x));
  return bounded(law, ahead) * slope <= 0;
}

function tolerance({ min, max }: RateLaw, scale: number): number {
  return RELATIVE_TOLERANCE * scale + RANGE_TOLERANCE * (max - min);
}

/** f, continued beyond the bounds by its value there. */
function bounded(law: RateLaw, x: number): number {
  return law.rate(Math.min(law.max, Math.max(law.min, x)));
}

/** Factor for the next step: aims at 0.9 of the tolerance with a fifth-order error, within [0.2, 5]. */
function growth(error: number): number {
  return error > 0 ? Math.min(5, Math.max(0.2, 0.9 * error ** -0.2)) : 5;
}
