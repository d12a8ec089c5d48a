/** Line ports as sets of lines: for every tile, for every bit of a level, one bit a line. */
import type { SegmentEvent } from '../ir/events.js';
import type { ControllerSizes } from '../ir/legal.js';

type LineShape = Pick<ControllerSizes, 'rows' | 'columns' | 'levelBits' | 'tiles'>;
type ObservedLines = Pick<SegmentEvent, 'rows' | 'columns' | 'levels' | 'tiles'>;
type LineLevels = ReadonlyMap<number, number>;

/**
 * Lines that are not at REST from the bits of both ports that are one, ascending. Tiles of a lockstep run drive the
 * same lines or none; where one drives others, the set of tiles is no number.
 */
export function observeLines(
  rowBits: readonly number[],
  columnBits: readonly number[],
  shape: LineShape,
): ObservedLines {
  const { levelBits, tiles } = shape;
  if (levelBits === 1 && tiles === 1) return { rows: rowBits, columns: columnBits };
  const ofTiles = Array.from({ length: tiles }, (_, tile) => ({
    rows: levelsOf(rowBits, tile, shape.rows, levelBits),
    columns: levelsOf(columnBits, tile, shape.columns, levelBits),
  }));
  const driving = ofTiles.filter(({ rows, columns }) => rows.size + columns.size > 0);
  const none: LineLevels = new Map();
  const { rows, columns } = driving[0] ?? { rows: none, columns: none };
  const isLockstep = driving.every((tile) => isSame(tile.rows, rows) && isSame(tile.columns, columns));
  const mask = ofTiles.reduce((bits, tile, index) => bits + (driving.includes(tile) ? 2 ** index : 0), 0);
  return {
    rows: [...rows.keys()],
    columns: [...columns.keys()],
    ...(levelBits > 1 && { levels: { rows: [...rows.values()], columns: [...columns.values()] } }),
    ...(tiles > 1 && { tiles: isLockstep ? mask : NaN }),
  };
}

/** Line -> level of one tile, ascending. */
function levelsOf(bits: readonly number[], tile: number, lines: number, levelBits: number): LineLevels {
  const levels = new Map<number, number>();
  const first = tile * lines * levelBits;
  for (const bit of bits) {
    if (bit < first || bit >= first + lines * levelBits) continue;
    const line = (bit - first) % lines;
    levels.set(line, (levels.get(line) ?? 0) + 2 ** Math.floor((bit - first) / lines));
  }
  return new Map([...levels].sort(([a], [b]) => a - b));
}

function isSame(found: LineLevels, wanted: LineLevels): boolean {
  return found.size === wanted.size && [...wanted].every(([line, level]) => found.get(line) === level);
}
