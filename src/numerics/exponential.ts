/** The closed form of x' = r + b (x - x0) for constant b: change after a time, time to a change, area under it. */

/** x - x0 after `seconds`, with `rate` r = x'(x0) and `slope` b [1/s]. */
export function exponentialChange(rate: number, slope: number, seconds: number): number {
  const exponent = slope * seconds;
  // Where nothing moves, an exponential that overflows must not make it 0 times infinity
  return exponent === 0 || rate === 0 ? rate * seconds : (rate * Math.expm1(exponent)) / slope;
}

/** Seconds until x - x0 = `change`; NaN where it is never reached. */
export function exponentialTime(rate: number, slope: number, change: number): number {
  const growth = (slope * change) / rate;
  return growth === 0 ? change / rate : Math.log1p(growth) / slope;
}

/**
 * Integral of x - x0 over `seconds` [unit of x times s], where x stops at x0 + `limit`, a bound that lies in the
 * direction of `rate`.
 */
export function exponentialArea(rate: number, slope: number, seconds: number, limit: number): number {
  const change = exponentialChange(rate, slope, seconds);
  if (Math.abs(change) <= Math.abs(limit)) return freeArea(rate, slope, seconds);
  const arrival = exponentialTime(rate, slope, limit);
  return freeArea(rate, slope, arrival) + limit * (seconds - arrival);
}

/** Below this exponent, e^z - 1 - z would lose digits and is summed as a series. */
const SERIES_BELOW = 0.5;
/** Terms z^k / (k + 2)! after which nothing is added at {@link SERIES_BELOW}. */
const SERIES_TERMS = 13;

/** r (e^z - 1 - z) / b^2 with z = b t. */
function freeArea(rate: number, slope: number, seconds: number): number {
  if (rate === 0) return 0;
  const z = slope * seconds;
  if (Math.abs(z) >= SERIES_BELOW) return (rate * (Math.expm1(z) - z)) / slope ** 2;
  let sum = 0;
  for (let k = SERIES_TERMS; k >= 0; k--) sum = (1 + z * sum) / (k + 2);
  return rate * seconds ** 2 * sum;
}
