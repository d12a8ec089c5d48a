/** Weights that a projection begins with. */
import { evaluate } from '../../devices/evaluate.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { centred } from '../../numerics/distribution.js';
import { keyOfSeed } from '../../numerics/normal.js';
import { fillVariates } from '../../numerics/variates.js';
import { isUnrolled, windowMatrix, type MatrixSize } from '../../ir/synapse-matrix.js';
import { spreadTable } from '../../ir/weight-table.js';
import { notRunnable } from '../study-fault.js';
import { unrollWindow } from './unroll-window.js';
import { pairValues } from './pair-values.js';

/** Stream of random numbers of weights, behind those that devices use. */
const WEIGHT_STREAM = 2 ** 20;

/** Where a projection stands and what its draws come from. */
export interface WeightPlace {
  readonly network: Pick<MappedNetwork, 'populations'>;
  readonly projection: MappedProjection;
  /** Index of the projection in the network. */
  readonly index: number;
  readonly size: MatrixSize;
  /** Seed of the run, for weights without a seed of their own. */
  readonly seed: number;
}

/**
 * The weights (rows x columns) as `weights` says. Without it, synapses that learn as numbers of the host begin as
 * PyTorch's linear layers do, uniform within 1 / sqrt(inputs); pairs on devices begin at 0, and what does not learn is 1.
 * Throws a `StudyFault` for weights in a file that nobody has read.
 */
export function initialWeights(place: WeightPlace): Float32Array {
  return isUnrolled(place.projection) ? unrolledWeights(place) : weightsOfMatrix(place);
}

/** Every weight of a window at all places of it. */
function unrolledWeights(place: WeightPlace): Float32Array {
  const { projection, network } = place;
  const { isUnrolled: _, ...encoding } = projection.encoding;
  const rolled = { ...projection, encoding };
  const size = windowMatrix(projection, network.populations);
  return unrollWindow(weightsOfMatrix({ ...place, projection: rolled, size }), projection, network.populations);
}

function weightsOfMatrix(place: WeightPlace): Float32Array {
  const { projection, size, network } = place;
  const { weights, device, learning } = projection;
  const out = new Float32Array(size.rows * size.columns);
  if (!weights) {
    if (learning.length === 0) return out.fill(1);
    const bound = 1 / Math.sqrt(size.rows);
    if (!device) drawInto(out, { mean: 0, deviation: bound, distribution: 'uniform' }, place);
    return out;
  }
  if (weights.kind === 'drawn') {
    drawInto(out, centred(weights.distribution), place, weights.seed);
  } else if (weights.kind === 'file') {
    if (!projection.weightTable) return unread(projection);
    spreadTable(projection.weightTable, projection, size, out);
  } else {
    const sides = pairValues(projection, network);
    for (let row = 0; row < size.rows; row++) {
      const pre = sides.pre(row);
      for (let column = 0; column < size.columns; column++) {
        const post = sides.post(column);
        out[row * size.columns + column] = evaluate(weights.value, (name) => pre.get(name) ?? post.get(name) ?? NaN);
      }
    }
  }
  return out;
}

function unread({ name, origin }: MappedProjection): never {
  return notRunnable(`projection \`${name}\``, 'nobody has read its weights', origin);
}

function drawInto(
  out: Float32Array,
  law: Parameters<typeof fillVariates>[1],
  { size, index, seed }: WeightPlace,
  own?: number,
): void {
  const lines = (count: number) => ({ indices: Int32Array.from({ length: count }, (_, each) => each), count });
  const drawn = new Float64Array(out.length);
  // Weights with a seed of their own are the same in every run
  const address = { key: keyOfSeed(own ?? seed), stream: WEIGHT_STREAM + index, event: 0, along: 'rows' } as const;
  fillVariates(drawn, law, address, { rows: lines(size.rows), columns: lines(size.columns) });
  out.set(drawn);
}
