/** Functions of two variables that are given by a grid of points. */

/** What is asked of a surface: 0 its value, 1 the slope along x, 2 that along y, 3 the slope along y of that along x. */
export type GridOrder = 0 | 1 | 2 | 3;

/** A grid of points: `values` are (xs, ys), row-major; both axes ascend and have at least two points. */
export interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly values: readonly number[];
}

/**
 * The bilinear surface through the points of a grid, constant beyond its edges; at the lines of the grid, slopes are
 * those of the piece behind them.
 */
export function interpolateGrid(x: number, y: number, { xs, ys, values }: Grid, order: GridOrder): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const [across, along] = [placeIn(xs, x), placeIn(ys, y)];
  const corner = across.index * ys.length + along.index;
  const near = weigh(values[corner] ?? NaN, values[corner + 1] ?? NaN, along, order >= 2);
  const far = weigh(values[corner + ys.length] ?? NaN, values[corner + ys.length + 1] ?? NaN, along, order >= 2);
  return weigh(near, far, across, order % 2 === 1);
}

interface Place {
  /** The piece between this point and the next. */
  readonly index: number;
  /** How far into the piece, 0 to 1. */
  readonly part: number;
  /** Length of the piece; infinite beyond the ends, where nothing changes. */
  readonly length: number;
}

function placeIn(axis: readonly number[], at: number): Place {
  const last = axis.length - 1;
  if (at < (axis[0] ?? NaN)) return { index: 0, part: 0, length: Infinity };
  if (at >= (axis[last] ?? NaN)) return { index: last - 1, part: 1, length: Infinity };
  let index = 0;
  let end = last;
  while (end - index > 1) {
    const middle = (index + end) >> 1;
    if ((axis[middle] ?? NaN) <= at) index = middle;
    else end = middle;
  }
  const start = axis[index] ?? NaN;
  const length = (axis[end] ?? NaN) - start;
  return { index, part: (at - start) / length, length };
}

function weigh(start: number, end: number, { part, length }: Place, isSlope: boolean): number {
  if (isSlope) return (end - start) / length;
  return part === 1 ? end : start + (end - start) * part;
}
