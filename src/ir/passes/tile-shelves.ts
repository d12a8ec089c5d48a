/** Which lines of which tiles are taken: parts of matrices stand side by side on shelves of tiles. */
import type { Tile } from '../chip.js';
import type { FaultMap } from '../tile-lines.js';
import { tileOfNumber, type SinglePart } from '../tile-parts.js';

/** A rectangle of a tile in which parts stand side by side, each beginning at its first line. */
interface Shelf {
  readonly tile: number;
  readonly firstRow: number;
  readonly rows: number;
  readonly columns: number;
  usedColumns: number;
}

interface OpenTile {
  readonly tile: number;
  readonly rows: number;
  readonly columns: number;
  usedRows: number;
}

/** Tiles are taken in the order of their numbers, but for rectangles of them. */
export class TileShelves {
  readonly #grid: Tile['grid'];
  readonly #faults: FaultMap;
  /** Those with room left. */
  #shelves: Shelf[] = [];
  #open: OpenTile[] = [];
  /** Tiles that rectangles have taken ahead of their turn. */
  readonly #taken = new Set<number>();
  /** The first tile that nothing has asked for. */
  #next = 0;

  constructor({ grid }: Pick<Tile, 'grid'>, faults: FaultMap) {
    this.#grid = grid;
    this.#faults = faults;
  }

  /** Tiles that have had their turn. */
  get tiles(): number {
    return this.#next;
  }

  /** Leaves what is free of the grids that the first `tiles` tiles lie in. */
  startGrid(tiles: number): void {
    const perGrid = this.#grid.rows * this.#grid.columns;
    this.#next = Math.ceil(tiles / perGrid) * perGrid;
    this.#shelves = [];
    this.#open = [];
  }

  /** A place for a part of so many lines. */
  find(rows: number, columns: number): Pick<SinglePart, 'tile' | 'at'> {
    const fits = (each: Shelf) => each.rows >= rows && each.usedColumns + columns <= each.columns;
    const shelf = this.#shelves.find(fits) ?? this.#newShelf(rows, columns);
    const column = shelf.usedColumns;
    shelf.usedColumns += columns;
    if (shelf.usedColumns >= shelf.columns) this.#shelves = this.#shelves.filter((each) => each !== shelf);
    return { tile: tileOfNumber(shelf.tile, this.#grid), at: { row: shelf.firstRow, column } };
  }

  /** Number of the first tile of a free rectangle of whole tiles in the first grid; undefined where there is none. */
  findRectangle(rows: number, columns: number): number | undefined {
    const { rows: high, columns: wide } = this.#grid;
    if (rows > high || columns > wide) return undefined;
    // Rows, up to and with the one at hand, in which the tiles that end at a column are free
    const depths = new Int32Array(wide);
    for (let row = 0; row < high; row++) {
      let run = 0;
      for (let column = 0; column < wide; column++) {
        run = this.#isFree(row * wide + column) ? run + 1 : 0;
        depths[column] = run >= columns ? (depths[column] ?? 0) + 1 : 0;
        if ((depths[column] ?? 0) >= rows) return (row - rows + 1) * wide + column - columns + 1;
      }
    }
    return undefined;
  }

  /** Takes the tile with a number for a part of so many lines; what it leaves free is there for others. */
  takeTile(tile: number, rows: number, columns: number): SinglePart['tile'] {
    const size = this.#faults.sizeOf(tile);
    this.#taken.add(tile);
    while (this.#taken.has(this.#next)) this.#next++;
    this.#addShelf({ tile, firstRow: 0, rows, columns: size.columns, usedColumns: columns });
    if (rows < size.rows) keepLast(this.#open, { tile, ...size, usedRows: rows });
    return tileOfNumber(tile, this.#grid);
  }

  #isFree(tile: number): boolean {
    const { rows, columns } = this.#faults.sizeOf(tile);
    const most = this.#faults.sizeOf(-1);
    return tile >= this.#next && !this.#taken.has(tile) && rows === most.rows && columns === most.columns;
  }

  #newShelf(rows: number, columns: number): Shelf {
    const fits = (each: OpenTile) => each.usedRows + rows <= each.rows && columns <= each.columns;
    let open = this.#open.find(fits);
    // A tile that has lost too many lines waits for smaller parts
    while (!open) {
      const next = this.#newTile();
      if (fits(next)) open = next;
    }
    const shelf = { tile: open.tile, firstRow: open.usedRows, rows, columns: open.columns, usedColumns: 0 };
    open.usedRows += rows;
    if (open.usedRows >= open.rows) this.#open = this.#open.filter((each) => each !== open);
    return this.#addShelf(shelf);
  }

  #addShelf(shelf: Shelf): Shelf {
    if (shelf.usedColumns < shelf.columns) keepLast(this.#shelves, shelf);
    return shelf;
  }

  #newTile(): OpenTile {
    while (this.#taken.has(this.#next)) this.#next++;
    const tile = this.#next++;
    const open = { tile, ...this.#faults.sizeOf(tile), usedRows: 0 };
    keepLast(this.#open, open);
    return open;
  }
}

/** Places with room that are looked through, so that every part takes the same time to place. */
const MAX_OPEN = 256;

function keepLast<Each>(all: Each[], each: Each): void {
  all.push(each);
  if (all.length > MAX_OPEN) all.shift();
}
