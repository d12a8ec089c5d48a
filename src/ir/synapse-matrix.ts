/** The matrix of weights that a projection has: what lies on tiles, and what runs compute with. */
import type { MappedPopulation, MappedProjection } from './mapped-network.js';

/** Sizes of a matrix of weights. */
export interface MatrixSize {
  /** Neurons before, behind them one of biases for `dense`; what a window of a convolution sees, if it is not unrolled. */
  readonly rows: number;
  /** Neurons behind; channels behind for a convolution, if it is not unrolled. */
  readonly columns: number;
}

/** What decides on the matrix of a projection. */
type Wired = Pick<MappedProjection, 'connectivity' | 'from' | 'to' | 'encoding'>;

/** Whether every place of the window of a convolution has cells of its own. */
export function isUnrolled({ connectivity, encoding }: Pick<Wired, 'connectivity' | 'encoding'>): boolean {
  return connectivity.kind === 'convolution' && encoding.isUnrolled === true;
}

/** Sizes of the matrix of `projection`; none for pooling, which has no weights. */
export function synapseMatrix(projection: Wired, populations: readonly MappedPopulation[]): MatrixSize {
  if (isUnrolled(projection)) return { rows: projection.from.count, columns: projection.to.count };
  return windowMatrix(projection, populations);
}

/** The same for a convolution whose window is moved, whether it is unrolled or not. */
export function windowMatrix(
  { connectivity, from, to }: Pick<Wired, 'connectivity' | 'from' | 'to'>,
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

/** Vectors that a sample sends through the matrix: one, or one for each place of a window. */
export function vectorsOfSample(projection: Wired, populations: readonly MappedPopulation[]): number {
  if (projection.connectivity.kind !== 'convolution' || isUnrolled(projection)) return 1;
  return projection.to.count / synapseMatrix(projection, populations).columns;
}

/** Channels of a grid: the first of three sizes, one for a plain grid. */
export function channelsOf(shape: readonly number[]): number {
  return shape.length === 3 ? (shape[0] ?? 0) : 1;
}
