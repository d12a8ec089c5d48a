/** Windows that move over grids: where the elements of each are. */
import type { MappedPopulation } from '../../ir/mapped-network.js';

/** A grid of channels, rows and columns. */
export interface Grid {
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
}

/** The grid of a population; fewer sizes are one channel. */
export function gridOf({ shape }: Pick<MappedPopulation, 'shape'>): Grid {
  const [columns = 1, rows = 1, channels = 1] = shape.toReversed();
  return { channels, rows, columns };
}

/** A window and how it moves. */
export interface Window {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly padding: number;
}

/**
 * For each place of the window on `behind` (row by row) the indices of its elements in one channel of `before`, row by
 * row; -1 in the padding.
 */
export function windowPlaces(before: Grid, behind: Grid, { rows, columns, stride, padding }: Window): Int32Array {
  const places = new Int32Array(behind.rows * behind.columns * rows * columns);
  let at = 0;
  for (let top = 0; top < behind.rows; top++) {
    for (let left = 0; left < behind.columns; left++) {
      for (let row = top * stride - padding; row < top * stride - padding + rows; row++) {
        for (let column = left * stride - padding; column < left * stride - padding + columns; column++) {
          const isInside = row >= 0 && row < before.rows && column >= 0 && column < before.columns;
          places[at++] = isInside ? row * before.columns + column : -1;
        }
      }
    }
  }
  return places;
}
