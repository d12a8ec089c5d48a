/** Which weights lie on which lines of which tile: the grids of a chip with what each projection takes of them. */
import type { Chip } from '../../ir/chip.js';
import type { MappedProjection, TilePart } from '../../ir/mapped-network.js';
import { formatCount } from '../../units/format-quantity.js';
import { expandParts } from '../../ir/tile-parts.js';
import { shortText } from './short-text.js';
import { FIGURE_WIDTH, sizedSpec, type Plot } from './plot-spec.js';

/** Tiles that are drawn, at most. */
const MAX_TILES = 256;

/** Projections with an entry of their own in the legend; all others share one. */
const MAX_NAMES = 8;

const WIDTH = FIGURE_WIDTH - 16;

/** Space between tiles as a fraction of one. */
const GAP = 0.12;

type PlacedProjection = Pick<MappedProjection, 'name' | 'parts'>;
type TileGrid = Pick<Chip['tile'], 'rows' | 'columns' | 'grid'>;

/** Tiles as frames in which the parts of matrices are areas; undefined where nothing lies on tiles. */
export function tileMapPlot(projections: readonly PlacedProjection[], tile: TileGrid): Plot | undefined {
  const onTiles = projections.filter(({ parts }) => parts.length > 0);
  const placed = onTiles.map(({ name, parts }) => ({ name, parts: expandParts(parts, tile.grid) }));
  if (placed.length === 0) return undefined;
  const { all, drawn } = tilesOf(placed, tile);
  const perRow = Math.min(drawn.length, Math.max(tile.grid.columns > 1 ? tile.grid.columns : 1, Math.ceil(Math.sqrt(drawn.length)))); // prettier-ignore
  const shown = new Map(drawn.map((key, index) => [key, index]));
  const side = Math.min(120, WIDTH / perRow / (1 + GAP));
  const ratio = Math.min(2, Math.max(0.5, tile.rows / tile.columns));
  const place: Placing = {
    tile,
    width: side,
    height: side * ratio,
    left: (index) => (index % perRow) * side * (1 + GAP) + 2,
    top: (index) => Math.floor(index / perRow) * side * ratio * (1 + GAP) + 2,
  };
  const names = placed.map(({ name }) => name);
  const label = (name: string): string => {
    const known = names.length <= MAX_NAMES || names.indexOf(name) < MAX_NAMES - 1;
    return known ? shortText(name, 40) : `${String(names.length - MAX_NAMES + 1)} more`;
  };
  const areas = placed.flatMap(({ name, parts }) =>
    parts.flatMap((part) => {
      const index = shown.get(keyOf(part.tile));
      return index === undefined ? [] : [{ ...areaOf(part, index, place), name: label(name), say: wordsOf(name, part) }];
    }),
  );
  const frames = drawn.map((key, index) => ({ ...frameOf(index, place), say: `tile ${key.replaceAll('/', ', ')}` }));
  const cut = all > drawn.length ? `, drawn are ${String(drawn.length)}` : '';
  const grids = tile.grid.rows * tile.grid.columns;
  const height = Math.ceil(drawn.length / perRow) * place.height * (1 + GAP) + 4;
  const title = 'Tiles';
  const note = `${formatCount(all)} ${all === 1 ? 'tile' : 'tiles'} of ${tile.rows} rows x ${tile.columns} columns in use${cut}; the chip has ${formatCount(grids)}`;
  return { title, description: `${title}: ${note}`, note, spec: specOf(frames, areas, [...new Set(names.map(label))], height) };
} // prettier-ignore

function specOf(
  frames: readonly object[],
  areas: readonly object[],
  names: readonly string[],
  height: number,
): Plot['spec'] {
  // prettier-ignore
  const axis = (length: number) => ({ type: 'quantitative', axis: null, scale: { domain: [0, length], nice: false } });
  const y = { ...axis(height), scale: { domain: [0, height], nice: false, reverse: true } };
  const box = { x: { ...axis(WIDTH), field: 'x' }, x2: { field: 'right' }, y: { ...y, field: 'y' }, y2: { field: 'bottom' }, description: { field: 'say' } }; // prettier-ignore
  const legend = { symbolType: 'square', columns: 1 };
  return sizedSpec(
    {
      data: { values: [] },
      layer: [
        { data: { values: frames }, mark: { type: 'rect', fill: 'var(--card)', stroke: 'var(--muted)', strokeWidth: 1 }, encoding: box }, // prettier-ignore
        {
          data: { values: areas },
          mark: { type: 'rect', fillOpacity: 0.3, strokeWidth: 1 },
          encoding: {
            ...box,
            fill: { field: 'name', type: 'nominal', scale: { domain: names }, legend },
            stroke: { field: 'name', type: 'nominal', scale: { domain: names }, legend },
          },
        },
      ],
    },
    { width: WIDTH, height },
  );
}

interface Placing {
  readonly tile: TileGrid;
  readonly width: number;
  readonly height: number;
  readonly left: (index: number) => number;
  readonly top: (index: number) => number;
}

function keyOf({ grid, row, column }: TilePart['tile']): string {
  return `${String(row)}/${String(column)}${grid > 0 ? `/grid ${String(grid)}` : ''}`;
}

function tilesOf(
  placed: readonly PlacedProjection[],
  { grid }: TileGrid,
): { readonly all: number; readonly drawn: readonly string[] } {
  // prettier-ignore
  const places = placed.flatMap(({ parts }) => parts.map((part) => part.tile));
  const order = ({ grid: at, row, column }: TilePart['tile']): number => (at * grid.rows + row) * grid.columns + column;
  const sorted = [...places].sort((one, other) => order(one) - order(other));
  const keys = [...new Set(sorted.map(keyOf))];
  return { all: keys.length, drawn: keys.slice(0, MAX_TILES) };
}

function frameOf(index: number, { left, top, width, height }: Placing): object {
  return { x: left(index), right: left(index) + width, y: top(index), bottom: top(index) + height };
}

function areaOf({ at, rows, columns }: TilePart, index: number, { tile, left, top, width, height }: Placing): object {
  const across = (column: number): number => left(index) + (width * column) / tile.columns;
  const down = (row: number): number => top(index) + (height * row) / tile.rows;
  return {
    ...{ x: across(at.column), right: across(at.column + columns.count) },
    ...{ y: down(at.row), bottom: down(at.row + rows.count) },
  };
}

function wordsOf(name: string, { tile, at, rows, columns }: TilePart): string {
  const lines = `rows ${at.row} to ${at.row + rows.count - 1}, columns ${at.column} to ${at.column + columns.count - 1}`;
  return `${name} on tile ${keyOf(tile).replaceAll('/', ', ')}: ${lines}`;
}
