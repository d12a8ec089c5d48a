/**
 * Normal variates with an address instead of a sequence: what a cell draws in an event depends on
 * (seed, stream, event, cell) only, never on the order of work, the number of threads or the split of an array.
 *
 * One Philox call serves four neighbours on a line. With `line` the index of the line and `place` the
 * index along it (row and column `along` rows, column and row `along` columns):
 *
 *   counter = (line, place >> 2, event, 2 * stream + (along === 'columns')),  key = (seed mod 2^32, seed / 2^32)
 *   places 0 and 1 of the four: Box-Muller cosine and sine of output words 0, 1; places 2 and 3: of words 2, 3
 */
import { invariant } from '../core/invariant.js';
import { boxMuller } from './box-muller.js';
import { philox4x32, type PhiloxKey } from './philox.js';

/** The first `count` entries of `indices`, ascending. */
export interface LineList {
  readonly indices: Int32Array;
  readonly count: number;
}

/** The cells where the listed rows cross the listed columns; taken row by row. */
export interface CellGroup {
  readonly rows: LineList;
  readonly columns: LineList;
}

/** Which variates are meant; each spread of a device is one stream. */
export interface NormalAddress {
  readonly key: PhiloxKey;
  /** 0 .. 2^31 - 1. */
  readonly stream: number;
  /** 0 .. 2^32 - 1. */
  readonly event: number;
  /** Whether neighbours on a row or on a column share a Philox call; part of the address. */
  readonly along: 'rows' | 'columns';
}

export interface NormalLaw {
  readonly mean: number;
  readonly deviation: number;
}

/** The Philox key of a seed, an integer from 0 to 2^53 - 1. */
export function keyOfSeed(seed: number): PhiloxKey {
  invariant(Number.isSafeInteger(seed) && seed >= 0, `a seed is a non-negative safe integer, not ${String(seed)}`);
  return Uint32Array.of(seed % 2 ** 32, Math.floor(seed / 2 ** 32));
}

// Scratch of one call; nothing outlives it.
const block = new Uint32Array(4);
const quartet = new Float64Array(4);

/** The standard normal variate of one cell. */
export function normalAt(address: NormalAddress, row: number, column: number): number {
  const [line, place] = address.along === 'rows' ? [row, column] : [column, row];
  drawQuartet(address, line, place >>> 2);
  return quartet[place & 3] ?? NaN;
}

/** Writes `mean + deviation * normal` of every cell of `group` to `out`, (rows x columns of the group). */
export function fillNormals(out: Float64Array, law: NormalLaw, address: NormalAddress, group: CellGroup): void {
  const alongRows = address.along === 'rows';
  const lines = alongRows ? group.rows : group.columns;
  const places = alongRows ? group.columns : group.rows;
  const lineStride = alongRows ? group.columns.count : 1;
  const placeStride = alongRows ? 1 : group.columns.count;
  const { mean, deviation } = law;
  for (let i = 0; i < lines.count; i++) {
    const line = lines.indices[i] ?? 0;
    let drawn = -1;
    for (let j = 0; j < places.count; j++) {
      const place = places.indices[j] ?? 0;
      if (place >>> 2 !== drawn) {
        drawn = place >>> 2;
        drawQuartet(address, line, drawn);
      }
      out[i * lineStride + j * placeStride] = mean + deviation * (quartet[place & 3] ?? NaN);
    }
  }
}

/** The four standard normal variates of places 4 x `four` to 4 x `four` + 3, into `quartet`. */
function drawQuartet({ key, stream, event, along }: NormalAddress, line: number, four: number): void {
  block[0] = line;
  block[1] = four;
  block[2] = event;
  block[3] = 2 * stream + (along === 'columns' ? 1 : 0);
  philox4x32(block, key, block);
  boxMuller(block[0], block[1], quartet, 0);
  boxMuller(block[2], block[3], quartet, 2);
}
