/** Placing weight matrices on the tiles of a chip's grid. */
import type { Tile } from '../chip.js';
import type { WeightEncoding } from '../graph.js';
import type { TilePart } from '../mapped-network.js';
import type { MatrixSize } from '../synapse-matrix.js';

type Scheme = WeightEncoding['scheme'];

/** Columns of a tile that a column of weights takes. */
const LINES: Readonly<Record<Scheme, number>> = { single: 1, differential: 2 };

/** A rectangle of a tile in which parts stand side by side, each beginning at its first line. */
interface Shelf {
  readonly tile: TilePart['tile'];
  readonly firstRow: number;
  readonly rows: number;
  usedColumns: number;
}

interface OpenTile {
  readonly tile: TilePart['tile'];
  usedRows: number;
}

/**
 * Hands out tiles one behind the other, row by row of the grid; behind the last tile of a grid begins the next grid.
 * A part that leaves lines of its tile free shares them with later ones: parts of a tile stand side by side on shelves.
 * A matrix that fits into one grid is not divided between two.
 */
export class TilePlacer {
  readonly #tile: Tile;
  #shelves: Shelf[] = [];
  #open: OpenTile[] = [];
  #tiles = 0;

  constructor(tile: Tile) {
    this.#tile = tile;
  }

  /**
   * The parts of a matrix, row by row of its blocks; with a `differential` weight every column takes two lines. None
   * where a tile is too narrow for a pair of cells.
   */
  place(size: MatrixSize, scheme: Scheme): readonly TilePart[] {
    if (this.#tile.columns < LINES[scheme]) return [];
    const tilesBefore = this.#tiles;
    const parts = this.#parts(size, scheme);
    if (gridsOf(parts) <= 1 || tilesBefore === 0) return parts;
    // It may fit into a grid of its own
    this.#tiles = Math.ceil(tilesBefore / this.#tilesOfGrid) * this.#tilesOfGrid;
    this.#shelves = [];
    this.#open = [];
    return this.#parts(size, scheme);
  }

  #parts(size: MatrixSize, scheme: Scheme): readonly TilePart[] {
    const lines = LINES[scheme];
    const most = { rows: this.#tile.rows, columns: Math.floor(this.#tile.columns / lines) };
    const parts: TilePart[] = [];
    for (let row = 0; row < size.rows; row += most.rows) {
      for (let column = 0; column < size.columns; column += most.columns) {
        const rows = { first: row, count: Math.min(most.rows, size.rows - row) };
        const columns = { first: column, count: Math.min(most.columns, size.columns - column) };
        parts.push({ ...this.#find(rows.count, columns.count * lines), rows, columns });
      }
    }
    return parts;
  }

  #find(rows: number, columns: number): Pick<TilePart, 'tile' | 'at'> {
    const fits = (each: Shelf) => each.rows >= rows && each.usedColumns + columns <= this.#tile.columns;
    const shelf = this.#shelves.find(fits) ?? this.#newShelf(rows);
    const column = shelf.usedColumns;
    shelf.usedColumns += columns;
    return { tile: shelf.tile, at: { row: shelf.firstRow, column } };
  }

  #newShelf(rows: number): Shelf {
    const open = this.#open.find((each) => each.usedRows + rows <= this.#tile.rows) ?? this.#newTile();
    const shelf = { tile: open.tile, firstRow: open.usedRows, rows, usedColumns: 0 };
    open.usedRows += rows;
    this.#shelves.push(shelf);
    return shelf;
  }

  #newTile(): OpenTile {
    const place = this.#tiles % this.#tilesOfGrid;
    const tile = {
      grid: Math.floor(this.#tiles / this.#tilesOfGrid),
      row: Math.floor(place / this.#tile.grid.columns),
      column: place % this.#tile.grid.columns,
    };
    this.#tiles++;
    const open = { tile, usedRows: 0 };
    this.#open.push(open);
    return open;
  }

  get #tilesOfGrid(): number {
    return this.#tile.grid.rows * this.#tile.grid.columns;
  }
}

/** Grids over which parts are spread. */
export function gridsOf(parts: readonly TilePart[]): number {
  return new Set(parts.map(({ tile }) => tile.grid)).size;
}

/** Tiles on which parts lie. */
export function tilesOf(parts: readonly TilePart[]): number {
  return new Set(parts.map(({ tile: { grid, row, column } }) => `${grid},${row},${column}`)).size;
}
