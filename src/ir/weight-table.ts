/** The tables from which weights are read: their sizes, and where their numbers lie in the matrix of a projection. */
import type { Connectivity } from './graph.js';
import type { MappedNetwork, MappedProjection } from './mapped-network.js';
import { channelsOf, type MatrixSize } from './synapse-matrix.js';

/** One end of a projection. */
export interface TableEnd {
  /** Neurons. */
  readonly count: number;
  /** Sizes of its population, of which a convolution sees the channels. */
  readonly shape: readonly number[];
}

/**
 * Rows and columns of the table of a projection: its matrix, but one number a row where every neuron before, or every
 * listed pair, has one weight of its own. None for pooling, which has no weights.
 */
export function weightTable(connectivity: Connectivity, from: TableEnd, to: TableEnd): MatrixSize | undefined {
  switch (connectivity.kind) {
    case 'pooling':
      return undefined;
    case 'dense':
      // The last row holds the biases
      return { rows: from.count + 1, columns: to.count };
    case 'convolution': {
      const { rows, columns } = connectivity;
      return { rows: channelsOf(from.shape) * rows * columns, columns: channelsOf(to.shape) };
    }
    case 'one-to-one':
      return { rows: from.count, columns: 1 };
    case 'list':
      return { rows: connectivity.pre.length, columns: 1 };
    default:
      return { rows: from.count, columns: to.count };
  }
}

/** A file of weights that a run of the network reads. */
export interface WeightFile {
  /** Index of the projection. */
  readonly projection: number;
  readonly file: string;
  /** The file is a NIR graph: which node of it, and whether the last row of the table is one of biases. */
  readonly graph?: { readonly node?: string; readonly hasBiases: boolean };
  readonly size: MatrixSize;
  readonly origin: MappedProjection['origin'];
}

/** The part of a network that has weights. */
export type WeightedNetwork = Pick<MappedNetwork, 'projections' | 'populations'>;

/** The tables of weights of a network, in the order of its projections. */
export function weightFilesOf({ projections, populations }: WeightedNetwork): readonly WeightFile[] {
  return projections.flatMap(({ weights, connectivity, from, to, origin }, projection): WeightFile[] => {
    if (weights?.kind !== 'file') return [];
    const [before, behind] = [from, to].map(({ population, count }) => {
      return { count, shape: populations[population]?.shape ?? [] };
    });
    const size = before && behind && weightTable(connectivity, before, behind);
    const node = weights.node === undefined ? {} : { node: weights.node };
    const graph = weights.format === 'nir' && { graph: { ...node, hasBiases: connectivity.kind === 'dense' } };
    return size ? [{ projection, file: weights.file, ...graph, size, origin }] : [];
  });
}

/** The network with the numbers of its tables, by the index of their projection, at hand. */
export function withWeights<Mapped extends WeightedNetwork>(
  mapped: Mapped,
  tables: ReadonlyMap<number, Float32Array>,
): Mapped {
  if (tables.size === 0) return mapped;
  const projections = mapped.projections.map((projection, index) => {
    const table = tables.get(index);
    return table ? { ...projection, weightTable: table } : projection;
  });
  return { ...mapped, projections };
}

/** Numbers of the table of a projection to their places in its matrix, `out` (rows x columns), which is 0 elsewhere. */
export function spreadTable(
  table: Float32Array,
  { connectivity }: Pick<MappedProjection, 'connectivity'>,
  { columns }: MatrixSize,
  out: Float32Array,
): void {
  if (connectivity.kind === 'one-to-one') {
    table.forEach((weight, row) => {
      out[row * columns + row] = weight;
    });
  } else if (connectivity.kind === 'list') {
    const { pre, post } = connectivity;
    table.forEach((weight, pair) => {
      out[(pre[pair] ?? NaN) * columns + (post[pair] ?? NaN)] = weight;
    });
  } else {
    out.set(table);
  }
}
