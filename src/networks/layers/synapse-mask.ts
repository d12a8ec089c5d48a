/** Which pairs of a matrix have a synapse. */
import { unreachable } from '../../core/invariant.js';
import { evaluate } from '../../devices/evaluate.js';
import type { Connectivity } from '../../ir/graph.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { keyOfSeed } from '../../numerics/normal.js';
import { philox4x32 } from '../../numerics/philox.js';
import { pairValues } from './pair-values.js';

/** Third word of the counters of draws of connectivity. */
const DRAW_TAG = 0x636f_6e6e;

/** 1 for each pair that is connected, (rows x columns); undefined where all are. */
export function synapseMask(
  projection: Pick<MappedProjection, 'from' | 'to' | 'connectivity'>,
  network: Pick<MappedNetwork, 'populations'>,
): Uint8Array | undefined {
  const { from, to, connectivity } = projection;
  const [rows, columns] = [from.count, to.count];
  const fill = (isConnected: (row: number, column: number) => boolean): Uint8Array => {
    const mask = new Uint8Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) mask[row * columns + column] = Number(isConnected(row, column));
    }
    return mask;
  };
  switch (connectivity.kind) {
    case 'all-to-all':
    case 'dense':
    case 'convolution':
    case 'pooling':
      return undefined;
    case 'one-to-one':
      return fill((row, column) => row === column);
    case 'list':
      return listed(connectivity, columns, new Uint8Array(rows * columns));
    case 'probability': {
      const draw = drawing(connectivity.seed);
      return fill((row, column) => draw(row, column) < connectivity.probability);
    }
    case 'in-degree':
      return withDegree(connectivity, { rows, columns });
    case 'where': {
      const sides = pairValues(projection, network);
      return fill((row, column) => {
        const [pre, post] = [sides.pre(row), sides.post(column)];
        return evaluate(connectivity.condition, (name) => pre.get(name) ?? post.get(name) ?? NaN) !== 0;
      });
    }
    default:
      return unreachable(connectivity);
  }
}

function listed(
  { pre, post }: Connectivity & { readonly kind: 'list' },
  columns: number,
  mask: Uint8Array,
): Uint8Array {
  pre.forEach((row, index) => {
    mask[row * columns + (post[index] ?? NaN)] = 1;
  });
  return mask;
}

/** A number from 0 up to 1 for each pair. */
function drawing(seed: number): (row: number, column: number) => number {
  const key = keyOfSeed(seed);
  const counter = new Uint32Array(4);
  const words = new Uint32Array(4);
  return (row, column) => {
    counter.set([row, column, DRAW_TAG, 0]);
    philox4x32(counter, key, words);
    return (words[0] ?? 0) / 2 ** 32;
  };
}

/** The inputs of a neuron are those with the least of its draws. */
function withDegree(
  { degree, seed }: Connectivity & { readonly kind: 'in-degree' },
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Uint8Array {
  const draw = drawing(seed);
  const mask = new Uint8Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    const draws = Array.from({ length: rows }, (_, row) => ({ row, value: draw(row, column) }));
    draws.sort((left, right) => left.value - right.value || left.row - right.row);
    for (const { row } of draws.slice(0, degree)) mask[row * columns + column] = 1;
  }
  return mask;
}
