/** The matrix of weights that a projection has: what lies on tiles, and what runs compute with. */
import type { MappedPopulation, MappedProjection } from './mapped-network.js';

/** Sizes of a matrix of weights. */
export interface MatrixSize {
  /** Neurons before, behind them one of biases for `dense`; what a window of a convolution sees. */
  readonly rows: number;
  /** Neurons behind; channels behind for a convolution. */
  readonly columns: number;
}

/** Sizes of the matrix of `projection`; none for pooling, which has no weights. */
export function synapseMatrix(
  { connectivity, from, to }: Pick<MappedProjection, 'connectivity' | 'from' | 'to'>,
  populations: readonly MappedPopulation[],
): MatrixSize {
  switch (connectivity.kind) {
    case 'pooling':
      return { rows: 0, columns: 0 };
    case 'dense':
      return { rows: from.count + 1, columns: to.count };
    case 'convolution': {
      const [before, behind] = [from, to].map(({ population }) => channelsOf(populations[population]?.shape ?? []));
      return { rows: (before ?? 0) * connectivity.rows * connectivity.columns, columns: behind ?? 0 };
    }
    default:
      return { rows: from.count, columns: to.count };
  }
}

/** Channels of a grid: the first of three sizes, one for a plain grid. */
export function channelsOf(shape: readonly number[]): number {
  return shape.length === 3 ? (shape[0] ?? 0) : 1;
}
