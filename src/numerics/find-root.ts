/** Roots of continuous functions of one variable inside a bracket. */
import { invariant } from '../core/invariant.js';

const MAX_ITERATIONS = 200;

/**
 * A root of `f` between `low` and `high`, where f has opposite signs, to the last bits of x.
 * Inverse quadratic interpolation where it is safe, else bisection.
 *
 * @see Chandrupatla, Adv. Eng. Softw. 28 (1997) 145-149
 */
export function findRoot(f: (x: number) => number, low: number, high: number): number {
  let [a, fa] = [high, f(high)];
  let [b, fb] = [low, f(low)];
  let [c, fc] = [a, fa];
  if (fa === 0) return a;
  invariant(fa * fb <= 0, 'a bracket has a change of sign');
  let fraction = 0.5;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (fb === 0) return b;
    const x = a + fraction * (b - a);
    const fx = f(x);
    if (Math.sign(fx) === Math.sign(fa)) [c, fc] = [a, fa];
    else [c, fc, b, fb] = [b, fb, a, fa];
    [a, fa] = [x, fx];
    const [best, fBest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb];
    const tolerance = (2 * Number.EPSILON * Math.abs(best)) / Math.abs(b - a);
    if (fBest === 0 || !(tolerance <= 0.5)) return best;
    fraction = Math.min(1 - tolerance, Math.max(tolerance, nextFraction([a, b, c], [fa, fb, fc])));
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}

/** Where to look next, as a fraction of the way from a to b. */
function nextFraction(
  [a, b, c]: readonly [number, number, number],
  [fa, fb, fc]: readonly [number, number, number],
): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  // Chandrupatla's test that the inverse parabola through the three points is monotonic in the bracket.
  if (!(phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5;
  return (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
}
