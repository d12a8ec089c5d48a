/** Lines of tiles that weights may lie on: those that work, spare ones in the place of those that do not. */
import type { TileFault } from '../core/tile-fault.js';
import type { Tile } from './chip.js';
import { groupBy } from './group-by.js';

/** A cell that stays at a conductance [S], by its lines. */
export interface StuckCell {
  readonly row: number;
  readonly column: number;
  readonly siemens: number;
}

export interface TileLines {
  /** Lines that are used, in their order. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Cells that are stuck on them, by places in `rows` and `columns`. */
  readonly stuck: readonly StuckCell[];
  /** Lines that do not work, and others that are left out for their stuck cells. */
  readonly avoided: { readonly dead: number; readonly replaced: number };
}

type LinedTile = Pick<Tile, 'rows' | 'columns' | 'spare' | 'faults'>;

type Side = 'row' | 'column';

/** Lines of a tile that weights may take where nothing is broken. */
export function usableLines({ rows, columns, spare }: LinedTile): { readonly rows: number; readonly columns: number } {
  return { rows: rows - (spare?.rows ?? 0), columns: columns - (spare?.columns ?? 0) };
}

/** The lines of every tile of a chip. */
export class FaultMap {
  readonly #tile: LinedTile;
  readonly #faults: ReadonlyMap<number, readonly TileFault[]>;
  readonly #whole: TileLines;
  readonly #known = new Map<number, TileLines>();

  constructor(tile: LinedTile) {
    const { rows, columns } = usableLines(tile);
    this.#tile = tile;
    this.#faults = groupBy(tile.faults?.all ?? [], (fault) => fault.tile);
    this.#whole = { rows: upTo(rows), columns: upTo(columns), stuck: [], avoided: { dead: 0, replaced: 0 } };
  }

  /** Tiles with faults, by their numbers. */
  get faulty(): readonly number[] {
    return [...this.#faults.keys()].sort((one, other) => one - other);
  }

  /** Lines of the tile with a number; of grids behind the first, which no chip has, nothing is known. */
  linesOf(tile: number): TileLines {
    const faults = this.#faults.get(tile);
    if (!faults) return this.#whole;
    const known = this.#known.get(tile) ?? chooseLines(this.#tile, faults);
    this.#known.set(tile, known);
    return known;
  }

  /** How many lines the tile has. */
  sizeOf(tile: number): { readonly rows: number; readonly columns: number } {
    const { rows, columns } = this.linesOf(tile);
    return { rows: rows.length, columns: columns.length };
  }
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Dead lines go; spares that are left replace the lines with the most stuck cells, one by one. */
function chooseLines(tile: LinedTile, faults: readonly TileFault[]): TileLines {
  const most = usableLines(tile);
  const dead = { row: new Set<number>(), column: new Set<number>() };
  for (const fault of faults) {
    if (fault.kind === 'row') dead.row.add(fault.row);
    if (fault.kind === 'column') dead.column.add(fault.column);
  }
  const out = { row: new Set(dead.row), column: new Set(dead.column) };
  const cells = faults.flatMap((fault) => (fault.kind === 'stuck' ? [fault] : []));
  const left = { row: tile.rows - dead.row.size - most.rows, column: tile.columns - dead.column.size - most.columns };
  let replaced = 0;
  for (let worst = worstLine(cells, out, left); worst; worst = worstLine(cells, out, left)) {
    out[worst.side].add(worst.line);
    left[worst.side]--;
    replaced++;
  }
  const rows = upTo(tile.rows).filter((row) => !out.row.has(row)).slice(0, most.rows); // prettier-ignore
  const columns = upTo(tile.columns).filter((column) => !out.column.has(column)).slice(0, most.columns); // prettier-ignore
  const places = { row: placesOf(rows), column: placesOf(columns) };
  const stuck = cells.flatMap(({ row, column, siemens }) => {
    const [down, across] = [places.row.get(row), places.column.get(column)];
    return down === undefined || across === undefined ? [] : [{ row: down, column: across, siemens }];
  });
  return { rows, columns, stuck, avoided: { dead: dead.row.size + dead.column.size, replaced } };
}

function placesOf(lines: readonly number[]): ReadonlyMap<number, number> {
  return new Map(lines.map((line, place) => [line, place]));
}

/** The line with the most stuck cells of a side that has spares left; undefined where none has a stuck cell. */
function worstLine(
  cells: readonly StuckCell[],
  out: Readonly<Record<Side, ReadonlySet<number>>>,
  left: Readonly<Record<Side, number>>,
): { readonly side: Side; readonly line: number } | undefined {
  const seen = cells.filter(({ row, column }) => !out.row.has(row) && !out.column.has(column));
  const counts = (['row', 'column'] as const).flatMap((side) =>
    left[side] > 0
      ? [...groupBy(seen, (cell) => cell[side])].map(([line, { length }]) => ({ side, line, length }))
      : [],
  );
  return counts.reduce<(typeof counts)[number] | undefined>(
    (worst, each) => (worst && worst.length >= each.length ? worst : each),
    undefined,
  );
}
