/** Placing weight matrices on the tiles of a chip's grid: in their order, or so that little is read and sent. */
import type { Tile } from '../chip.js';
import type { WeightEncoding } from '../graph.js';
import type { TilePart } from '../mapped-network.js';
import { costOfPlacement, type PlacedMatrix } from '../mapping-cost.js';
import type { MatrixSize } from '../synapse-matrix.js';
import { FaultMap, usableLines } from '../tile-lines.js';
import { joinParts, tileNumber, type SinglePart } from '../tile-parts.js';
import { TileShelves } from './tile-shelves.js';

type Scheme = WeightEncoding['scheme'];

/** Columns of a tile that a column of weights takes. */
export const LINES: Readonly<Record<Scheme, number>> = { single: 1, differential: 2 };

/** A matrix that wants a place. */
export interface MatrixRequest {
  readonly size: MatrixSize;
  readonly scheme: Scheme;
  /** Vectors that a sample sends through it. */
  readonly vectors: number;
}

/** How matrices are laid out. */
export type PlacementOrder = 'order' | 'rectangles' | 'whole rectangles';

/** Where matrices lie, each as its parts, and in which manner. */
export interface Placement {
  readonly order: PlacementOrder;
  readonly parts: readonly (readonly TilePart[])[];
}

const ORDERS: readonly PlacementOrder[] = ['order', 'rectangles', 'whole rectangles'];

/** The placement that costs least among those that take the fewest grids; of equal ones the one in order. */
export function placeMatrices(requests: readonly MatrixRequest[], tile: Tile): Placement {
  const placements = ORDERS.map((order) => placeInOrder(requests, tile, order));
  const rated = placements.map((placement) => {
    const placed = requests.map((request, index): PlacedMatrix => ({
      ...request,
      parts: placement.parts[index] ?? [],
    }));
    const { conversions, words } = costOfPlacement(placed, tile);
    return { placement, grids: lastGrid(placement), cost: conversions + words };
  });
  const best = rated.reduce((one, other) => {
    const isBetter = other.grids < one.grids || (other.grids === one.grids && other.cost < one.cost);
    return isBetter ? other : one;
  });
  return best.placement;
}

/** All matrices in one manner. */
export function placeInOrder(requests: readonly MatrixRequest[], tile: Tile, order: PlacementOrder): Placement {
  const placer = new TilePlacer(tile, order);
  return { order, parts: requests.map(({ size, scheme }) => placer.place(size, scheme)) };
}

function lastGrid({ parts }: Placement): number {
  return parts.flat().reduce((last, part) => Math.max(last, part.tile.grid), 0);
}

/** A matrix cut into blocks. */
interface Blocks {
  readonly lines: number;
  /** Weights of a whole block along each side. */
  readonly most: { readonly rows: number; readonly columns: number };
  /** Blocks along each side, the last of which may be smaller. */
  readonly rows: number;
  readonly columns: number;
  readonly size: MatrixSize;
}

/**
 * Hands out tiles. In their order: one behind the other, row by row of the grid; behind the last tile of a grid begins
 * the next grid, and a matrix that fits into one grid is not divided between two. As rectangles: blocks side by side
 * in the matrix side by side in the grid, if there is such a place. A part that leaves lines of its tile free shares
 * them with later ones.
 */
export class TilePlacer {
  readonly #tile: Tile;
  readonly #order: PlacementOrder;
  readonly #shelves: TileShelves;

  constructor(tile: Tile, order: PlacementOrder = 'order') {
    this.#tile = tile;
    this.#order = order;
    this.#shelves = new TileShelves(tile, new FaultMap(tile));
  }

  /**
   * The parts of a matrix, row by row of its blocks; with a `differential` weight every column takes two lines. None
   * where a tile is too narrow for a pair of cells.
   */
  place(size: MatrixSize, scheme: Scheme): readonly TilePart[] {
    const lines = LINES[scheme];
    const usable = usableLines(this.#tile);
    const most = { rows: usable.rows, columns: Math.floor(usable.columns / lines) };
    if (most.columns < 1 || most.rows < 1) return [];
    const [rows, columns] = [Math.ceil(size.rows / most.rows), Math.ceil(size.columns / most.columns)];
    return joinParts(this.#placeBlocks({ lines, most, rows, columns, size }), this.#tile.grid);
  }

  #placeBlocks(blocks: Blocks): readonly SinglePart[] {
    const before = this.#shelves.tiles;
    if (this.#order !== 'order') {
      const placed = this.#inRectangle(blocks);
      if (placed) return placed;
    }
    const parts = this.#inOrder(blocks, new Map());
    if (gridsOf(parts) <= 1 || before === 0) return parts;
    // It may fit into a grid of its own
    this.#shelves.startGrid(before);
    return this.#inOrder(blocks, new Map());
  }

  /** Blocks that take whole tiles as a rectangle of the grid, the others on shelves; undefined without room for it. */
  #inRectangle(blocks: Blocks): readonly SinglePart[] | undefined {
    const isAll = this.#order === 'whole rectangles';
    const count = (side: 'rows' | 'columns'): number => (isAll ? blocks[side] : Math.floor(blocks.size[side] / blocks.most[side])); // prettier-ignore
    const [rows, columns] = [count('rows'), count('columns')];
    if (rows * columns <= 1) return undefined;
    const corner = this.#shelves.findRectangle(rows, columns);
    if (corner === undefined) return undefined;
    const taken = new Map<number, SinglePart['tile']>();
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const { rows: high, columns: wide } = sizeOfBlock(blocks, row, column);
        const tile = this.#shelves.takeTile(corner + row * this.#tile.grid.columns + column, high.count, wide.count * blocks.lines); // prettier-ignore
        taken.set(row * blocks.columns + column, tile);
      }
    }
    return this.#inOrder(blocks, taken);
  }

  /** Every block that has no tile yet on the next free place. */
  #inOrder(blocks: Blocks, taken: ReadonlyMap<number, SinglePart['tile']>): readonly SinglePart[] {
    const parts: SinglePart[] = [];
    for (let row = 0; row < blocks.rows; row++) {
      for (let column = 0; column < blocks.columns; column++) {
        const { rows, columns } = sizeOfBlock(blocks, row, column);
        const tile = taken.get(row * blocks.columns + column);
        const place = tile ? { tile, at: { row: 0, column: 0 } } : this.#shelves.find(rows.count, columns.count * blocks.lines); // prettier-ignore
        parts.push({ ...place, rows, columns });
      }
    }
    return parts;
  }
}

function sizeOfBlock({ most, size }: Blocks, row: number, column: number): Pick<SinglePart, 'rows' | 'columns'> {
  const range = (index: number, side: 'rows' | 'columns') => {
    const first = index * most[side];
    return { first, count: Math.min(most[side], size[side] - first) };
  };
  return { rows: range(row, 'rows'), columns: range(column, 'columns') };
}

/** Grids over which parts are spread. */
function gridsOf(parts: readonly SinglePart[]): number {
  return new Set(parts.map(({ tile }) => tile.grid)).size;
}

/** Tiles on which parts lie. */
export function tilesOf(parts: readonly SinglePart[], grid: Tile['grid']): number {
  return new Set(parts.map(({ tile }) => tileNumber(tile, grid))).size;
}
