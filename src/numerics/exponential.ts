/** The closed form of x' = r + b (x - x0) for constant b: change after a time, and time to a change. */

/** x - x0 after `seconds`, with `rate` r = x'(x0) and `slope` b [1/s]. */
export function exponentialChange(rate: number, slope: number, seconds: number): number {
  const exponent = slope * seconds;
  return exponent === 0 ? rate * seconds : (rate * Math.expm1(exponent)) / slope;
}

/** Seconds until x - x0 = `change`; NaN where it is never reached. */
export function exponentialTime(rate: number, slope: number, change: number): number {
  const growth = (slope * change) / rate;
  return growth === 0 ? change / rate : Math.log1p(growth) / slope;
}
