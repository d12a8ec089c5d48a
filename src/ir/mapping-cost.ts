/**
 * What reading matrices on tiles costs: codes of converters, and words on the bus. A plane of an input goes to the
 * tiles of a lockstep group at once: those of one row of the grid that hold the same rows of a matrix. A scan turns the
 * currents of all columns of a tile into codes, and the host reads those that belong to weights, a word each.
 */
import { INPUT_BITS } from './input-bits.js';
import type { Tile } from './chip.js';
import type { WeightEncoding } from './graph.js';
import type { TilePart } from './mapped-network.js';
import { expandParts, tileNumber } from './tile-parts.js';

/** Lines that a word of the bus sets. */
const LINES_OF_WORD = 32;

/** A matrix and where it lies. */
export interface PlacedMatrix {
  readonly scheme: WeightEncoding['scheme'];
  /** Vectors that a sample sends through it. */
  readonly vectors: number;
  readonly parts: readonly TilePart[];
}

/** Of one sample through all matrices, inputs of {@link INPUT_BITS} bits of one sign. */
export interface MappingCost {
  /** Parts of matrices. */
  readonly parts: number;
  /** Groups of tiles that get the same inputs at the same time. */
  readonly groups: number;
  /** Scans of a tile's converters. */
  readonly scans: number;
  /** Codes of converters. */
  readonly conversions: number;
  /** Words on the bus: inputs of every group, and codes of weights. */
  readonly words: number;
  /** Input words if every tile had to be told by itself. */
  readonly wordsAlone: number;
}

/** The cost of all `matrices` together. */
export function costOfPlacement(matrices: readonly PlacedMatrix[], tile: Pick<Tile, 'columns' | 'grid'>): MappingCost {
  const costs = matrices.map((matrix) => costOfMatrix(matrix, tile));
  const sum = (of: (cost: MappingCost) => number): number => costs.reduce((total, cost) => total + of(cost), 0);
  return {
    parts: sum(({ parts }) => parts),
    groups: sum(({ groups }) => groups),
    scans: sum(({ scans }) => scans),
    conversions: sum(({ conversions }) => conversions),
    words: sum(({ words }) => words),
    wordsAlone: sum(({ wordsAlone }) => wordsAlone),
  };
}

/** The cost of one matrix. */
export function costOfMatrix(
  { scheme, vectors, parts }: PlacedMatrix,
  { columns, grid }: Pick<Tile, 'columns' | 'grid'>,
): MappingCost {
  const lines = scheme === 'differential' ? 2 : 1;
  const groups = new Map<string, number>();
  const scans = new Set<string>();
  const all = expandParts(parts, grid);
  let [codes, alone] = [0, 0];
  for (const part of all) {
    const planeWords = Math.ceil(part.rows.count / LINES_OF_WORD);
    groups.set(groupOf(part), planeWords);
    scans.add(`${String(tileNumber(part.tile, grid))},${String(part.rows.first)},${String(part.at.row)}`);
    codes += part.columns.count * lines;
    alone += planeWords;
  }
  const planes = vectors * INPUT_BITS;
  const shared = [...groups.values()].reduce((sum, words) => sum + words, 0);
  return {
    parts: all.length,
    groups: groups.size,
    scans: planes * scans.size,
    conversions: planes * scans.size * columns,
    words: planes * (shared + codes),
    wordsAlone: planes * (alone + codes),
  };
}

/** Parts with the same rows of a matrix on one row of the grid are in step. */
export function groupOf({ tile, rows }: Pick<TilePart, 'tile' | 'rows'>): string {
  return `${String(tile.grid)},${String(tile.row)},${String(rows.first)}`;
}
