/** Parts of matrices on tiles: regular regions as single entries, and written out. */
import type { Tile } from './chip.js';
import { groupBy } from './group-by.js';
import type { TilePart } from './mapped-network.js';

/** Tiles along both sides of a grid. */
export type TileGrid = Tile['grid'];

/** A part that stands for itself. */
export type SinglePart = Omit<TilePart, 'repeat'>;

/** Number of a tile, row by row of a grid and grid by grid. */
export function tileNumber({ grid, row, column }: TilePart['tile'], tiles: TileGrid): number {
  return (grid * tiles.rows + row) * tiles.columns + column;
}

/** The tile with a number. */
export function tileOfNumber(number: number, { rows, columns }: TileGrid): TilePart['tile'] {
  const line = Math.floor(number / columns);
  return { grid: Math.floor(line / rows), row: line % rows, column: number % columns };
}

/** How many parts there are. */
export function countParts(parts: readonly TilePart[]): number {
  return parts.reduce((count, { repeat }) => count + (repeat ? repeat.rows * repeat.columns : 1), 0);
}

/** Every part by itself, row by row of the blocks of the matrix. */
export function expandParts(parts: readonly TilePart[], tiles: TileGrid): readonly SinglePart[] {
  const all = parts.flatMap((part) => (part.repeat ? expandOne(part, part.repeat, tiles) : [part]));
  return parts.length === 1 ? all : all.sort(byBlock);
}

function byBlock(one: SinglePart, other: SinglePart): number {
  return one.rows.first - other.rows.first || one.columns.first - other.columns.first;
}

function expandOne(part: TilePart, repeat: NonNullable<TilePart['repeat']>, tiles: TileGrid): SinglePart[] {
  const { tile, rows, columns, at } = part;
  const first = tileNumber(tile, tiles);
  return Array.from({ length: repeat.rows * repeat.columns }, (_, index) => {
    const [down, across] = [Math.floor(index / repeat.columns), index % repeat.columns];
    return {
      tile: tileOfNumber(first + down * repeat.stride + across, tiles),
      rows: { first: rows.first + down * rows.count, count: rows.count },
      columns: { first: columns.first + across * columns.count, count: columns.count },
      at,
    };
  });
}

/** The same parts with every regular region as one entry; irregular ones stay as they are. */
export function joinParts(parts: readonly SinglePart[], tiles: TileGrid): readonly TilePart[] {
  const alike = groupBy(parts, ({ rows, columns, at }) => [rows.count, columns.count, at.row, at.column].join());
  return [...alike.values()].flatMap((group) => regionOf(group, tiles) ?? group).sort(byBlock);
}

/** Parts of one size as a region; undefined where they are none. */
function regionOf(parts: readonly SinglePart[], tiles: TileGrid): readonly TilePart[] | undefined {
  const [first] = parts;
  if (!first || parts.length === 1) return undefined;
  const columns = parts.filter(({ rows }) => rows.first === first.rows.first).length;
  const rows = parts.length / columns;
  const start = tileNumber(first.tile, tiles);
  const below = parts[columns];
  const stride = below ? tileNumber(below.tile, tiles) - start : columns;
  const isRegular = parts.every((part, index) => {
    const [down, across] = [Math.floor(index / columns), index % columns];
    return (
      tileNumber(part.tile, tiles) === start + down * stride + across &&
      part.rows.first === first.rows.first + down * first.rows.count &&
      part.columns.first === first.columns.first + across * first.columns.count
    );
  });
  if (!isRegular || !Number.isInteger(rows) || stride < 0) return undefined;
  return [{ ...first, repeat: { rows, columns, stride } }];
}
