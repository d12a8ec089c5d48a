/** Shapes of populations: lists [n], grids [rows, columns], and stacks of grids [channels, rows, columns]. */

/** Sizes of a grid, the slowest index first. */
export type Shape = readonly number[];

/** Neurons of one population, at most: indices stay exact in 32 bits. */
export const MAX_NEURONS = 2 ** 31;

/** Numbers in a shape, at most. */
export const MAX_RANK = 3;

/** Neurons in a grid. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Whether two grids have the same sizes. */
export function isSameShape(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((size, index) => size === right[index]);
}

/** A shape as it is written: `[16, 20, 20]`. */
export function shapeText(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** A window that moves over a grid. */
export interface MovingWindow {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly padding: number;
}

/** A grid with its channels, of which a plain grid has one; undefined for a list. */
export function layersOf(shape: Shape): { channels: number; rows: number; columns: number } | undefined {
  const [first = NaN, second = NaN, third = NaN] = shape;
  if (shape.length === 2) return { channels: 1, rows: first, columns: second };
  return shape.length === 3 ? { channels: first, rows: second, columns: third } : undefined;
}

/** Positions of the window along rows and columns; 0 or less where it does not fit. */
export function positionsOf(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  window: MovingWindow,
): readonly [rows: number, columns: number] {
  const along = (size: number, width: number) => Math.floor((size + 2 * window.padding - width) / window.stride) + 1;
  return [along(rows, window.rows), along(columns, window.columns)];
}
