/** Functions that are given by points. */

/**
 * The value at `x` of the line through the points (xs[i], ys[i]); constant beyond the ends.
 * `xs` ascends, and both have the same length of at least one.
 */
export function interpolate(x: number, xs: readonly number[], ys: readonly number[]): number {
  const last = xs.length - 1;
  if (!(x > (xs[0] ?? NaN))) return Number.isNaN(x) ? NaN : (ys[0] ?? NaN);
  if (x >= (xs[last] ?? NaN)) return ys[last] ?? NaN;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? NaN) <= x) low = middle;
    else high = middle;
  }
  return onLine(x, [xs[low] ?? NaN, ys[low] ?? NaN], [xs[high] ?? NaN, ys[high] ?? NaN]);
}

type Point = readonly [x: number, y: number];

function onLine(x: number, [x0, y0]: Point, [x1, y1]: Point): number {
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
