/** Variates of all distributions at the addresses of normal.ts: transforms of normals, and uniforms of their own. */
import { unreachable } from '../core/invariant.js';
import type { CentredDistribution } from './distribution.js';
import { fillNormals, type CellGroup, type NormalAddress } from './normal.js';
import { philox4x32 } from './philox.js';

/** Writes a variate for every cell of `group` to `out`, (rows x columns of the group). */
export function fillVariates(
  out: Float64Array,
  law: CentredDistribution,
  address: NormalAddress,
  group: CellGroup,
): void {
  const { distribution, mean, deviation } = law;
  const count = group.rows.count * group.columns.count;
  switch (distribution) {
    case 'normal':
      fillNormals(out, law, address, group);
      break;
    case 'foldedNormal':
      fillNormals(out, law, address, group);
      for (let index = 0; index < count; index++) out[index] = Math.abs(out[index] ?? NaN);
      break;
    case 'logNormal':
      fillNormals(out, { mean: 0, deviation: logDeviation(deviation) }, address, group);
      for (let index = 0; index < count; index++) out[index] = mean * Math.exp(out[index] ?? NaN);
      break;
    case 'uniform':
      fillUniforms(out, law, address, group);
      break;
    default:
      unreachable(distribution);
  }
}

/** Deviation of the logarithm of a log-normal variate: its square is ln(1 + relative ^ 2). */
function logDeviation(relative: number): number {
  return Math.sqrt(Math.log1p(relative ** 2));
}

/** A word of Philox counts as the middle of one of 2^32 equal parts of the range. */
const WORD_RANGE = 2 ** 32;

/** Like `fillNormals`, with one word of a Philox call for each of four neighbours on a line. */
function fillUniforms(
  out: Float64Array,
  { mean, deviation }: CentredDistribution,
  { key, stream, event, along }: NormalAddress,
  { rows, columns }: CellGroup,
): void {
  const counter = new Uint32Array(4);
  const drawn = new Uint32Array(4);
  const tag = 2 * stream + (along === 'columns' ? 1 : 0);
  for (let i = 0; i < rows.count; i++) {
    for (let j = 0; j < columns.count; j++) {
      const [row, column] = [rows.indices[i] ?? 0, columns.indices[j] ?? 0];
      const [line, place] = along === 'rows' ? [row, column] : [column, row];
      counter.set([line, place >>> 2, event, tag]);
      philox4x32(counter, key, drawn);
      const fraction = ((drawn[place & 3] ?? NaN) + 0.5) / WORD_RANGE;
      out[i * columns.count + j] = mean + deviation * (2 * fraction - 1);
    }
  }
}
