/** Ranges of cells and the cells in them. */
import type { CellRange, LineRange } from './observation.js';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

interface TileSize {
  readonly rows: number;
  readonly columns: number;
}

/** The cells of all `ranges`, each once, row by row; what lies outside of the tile is left out. */
export function cellsOf(ranges: readonly CellRange[], { rows, columns }: TileSize): readonly Cell[] {
  const cells = new Set<number>();
  for (const range of ranges) {
    for (const row of linesOf(range.rows, rows))
      for (const column of linesOf(range.columns, columns)) cells.add(row * columns + column);
  }
  return [...cells]
    .sort((one, other) => one - other)
    .map((cell) => ({ row: Math.floor(cell / columns), column: cell % columns }));
}

/** Whether all of `range` lies on the tile. */
export function fits(range: CellRange, { rows, columns }: TileSize): boolean {
  return isWithin(range.rows, rows) && isWithin(range.columns, columns);
}

function isWithin({ first, last = first }: LineRange, count: number): boolean {
  return first < count && last < count;
}

function linesOf({ first, last }: LineRange, count: number): readonly number[] {
  const end = Math.min(count - 1, last ?? count - 1);
  return Array.from({ length: Math.max(0, end - first + 1) }, (_, index) => first + index);
}
