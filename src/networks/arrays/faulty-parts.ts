/** Parts of a projection on tiles with broken cells. */
import type { Chip } from '../../ir/chip.js';
import { windowOf } from '../../ir/encoding-window.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { FaultMap, type TileLines } from '../../ir/tile-lines.js';
import { expandParts, tileNumber, type SinglePart } from '../../ir/tile-parts.js';
import { notRunnable } from '../study-fault.js';
import { settingOf } from './realization.js';
import { fitPart, stuckUnder, type FittedPart } from './stuck-parts.js';
import { partOfMatrix } from './tiled-array.js';
import { WeightCells } from './weight-cells.js';

/** A part with stuck cells. */
export interface FaultyPart {
  readonly part: SinglePart;
  readonly lines: TileLines;
  readonly fitted: FittedPart;
}

interface Weights {
  /** Of the whole matrix (rows x `columns`). */
  readonly weights: Float32Array;
  readonly columns: number;
}

/** Parts of `projection` with stuck cells under them, by their number, with the lines that `weights` are given. */
export function faultyParts(
  projection: MappedProjection,
  { tile }: Chip,
  { weights, columns }: Weights,
): ReadonlyMap<number, FaultyPart> {
  const found = new Map<number, FaultyPart>();
  const { device, encoding, learning } = projection;
  if (!tile.faults || !device) return found;
  const faults = new FaultMap(tile);
  const perWeight = encoding.scheme === 'differential' ? 2 : 1;
  const levels = settingOf(learning, 'levels');
  for (const [number, part] of expandParts(projection.parts, tile.grid).entries()) {
    const lines = faults.linesOf(tileNumber(part.tile, tile.grid));
    const stuck = stuckUnder(part, lines, perWeight);
    if (stuck.length === 0) continue;
    const cells = new WeightCells({
      ...{ rows: part.rows.count, columns: part.columns.count, encoding, window: windowOf(encoding, device) },
      ...(levels !== undefined && { levels }),
    });
    const fitted = fitPart(stuck, partOfMatrix(weights, columns, part), cells);
    found.set(number, { part, lines, fitted });
  }
  return found;
}

/** Whether cells are stuck that hold weights of `projection`. */
export function hasStuckCells({ parts, encoding }: MappedProjection, { tile }: Chip): boolean {
  if (!tile.faults) return false;
  const faults = new FaultMap(tile);
  const perWeight = encoding.scheme === 'differential' ? 2 : 1;
  return expandParts(parts, tile.grid).some(
    (part) => stuckUnder(part, faults.linesOf(tileNumber(part.tile, tile.grid)), perWeight).length > 0,
  );
}

/** Refuses a chip with broken cells, or spare lines, where a run would not follow them. */
export function requireWholeTiles({ chip }: MappedNetwork, what: string): void {
  const { faults, spare } = chip.tile;
  const clause = faults ?? spare;
  if (!clause) return;
  notRunnable(what, `\`${faults ? 'faults' : 'spare'}\` of chip \`${chip.name}\` is followed by layers that samples are shown to`, clause.origin); // prettier-ignore
}
