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
import { COMMON, drawSixteen, SIXTEEN } from './normal-sixteen.js';
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

/** A normal distribution; both in the unit of the variate. */
export interface NormalLaw {
  readonly mean: number;
  readonly deviation: number;
}

/** The Philox key of a seed, an integer from 0 to 2^53 - 1. */
export function keyOfSeed(seed: number): PhiloxKey {
  invariant(Number.isSafeInteger(seed) && seed >= 0, `a seed is a non-negative safe integer, not ${String(seed)}`);
  return Uint32Array.of(seed % 2 ** 32, Math.floor(seed / 2 ** 32));
}

/** The standard normal variate of one cell: the definition that `fillNormals` keeps to. */
export function normalAt(address: NormalAddress, row: number, column: number): number {
  const { key, stream, event, along } = address;
  const [line, place] = along === 'rows' ? [row, column] : [column, row];
  const words = Uint32Array.of(line, place >>> 2, event, tagOf(stream, along));
  philox4x32(words, key, words);
  const pair = new Float64Array(2);
  const [w0, w1, w2, w3] = words;
  if ((place & 2) === 0) boxMuller(w0 ?? 0, w1 ?? 0, pair, 0);
  else boxMuller(w2 ?? 0, w3 ?? 0, pair, 0);
  return pair[place & 1] ?? NaN;
}

/** Writes `mean + deviation * normal` of every cell of `group` to `out`, (rows x columns of the group). */
export function fillNormals(out: Float64Array, law: NormalLaw, address: NormalAddress, group: CellGroup): void {
  const { key, stream, event, along } = address;
  COMMON[0] = event;
  COMMON[1] = tagOf(stream, along);
  COMMON.set(key, 2);
  const alongRows = along === 'rows';
  const lines = alongRows ? group.rows : group.columns;
  const places = alongRows ? group.columns : group.rows;
  const lineStride = alongRows ? group.columns.count : 1;
  const placeStride = alongRows ? 1 : group.columns.count;
  for (let i = 0; i < lines.count; i++) {
    const line = lines.indices[i] ?? 0;
    let drawn = -1;
    for (let j = 0; j < places.count; j++) {
      const place = places.indices[j] ?? 0;
      if (place >>> 4 !== drawn) {
        drawn = place >>> 4;
        drawSixteen(line, drawn);
      }
      out[i * lineStride + j * placeStride] = law.mean + law.deviation * (SIXTEEN[place & 15] ?? NaN);
    }
  }
}

function tagOf(stream: number, along: NormalAddress['along']): number {
  return 2 * stream + (along === 'columns' ? 1 : 0);
}
