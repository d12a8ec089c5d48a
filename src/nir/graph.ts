/** NIR graphs as data: what a file says, whether or not it keeps the rules of the format. */
import type { Hdf5Group } from '../data/hdf5-tree.js';
import type { NodeType } from './node-types.js';

/** Element types that are told apart; all others are read as `float64` or `int64`. */
export type ElementType = 'float32' | 'float64' | 'int64';

/** Numbers of a field; a scalar has an empty shape. */
export interface NirArray {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float64Array;
  readonly type: ElementType;
}

/** A field is a word only where a padding is `same` or `valid`. */
export type NirField = NirArray | string;

export interface NirNode {
  readonly kind: 'node';
  readonly type: NodeType;
  readonly fields: Readonly<Record<string, NirField>>;
  /** As stored; back ends may put anything here, and nobody may rely on it. */
  readonly metadata: Hdf5Group | undefined;
}

export type NirEdge = readonly [from: string, to: string];

export interface NirGraph {
  readonly kind: 'graph';
  readonly nodes: ReadonlyMap<string, NirNode | NirGraph>;
  /** In the order of the file, which means nothing. */
  readonly edges: readonly NirEdge[];
  readonly metadata: Hdf5Group | undefined;
}

/** A graph with what its file says of itself. */
export interface NirFile {
  /** Version of the package that wrote it; absent where the file names none. */
  readonly version: string | undefined;
  readonly graph: NirGraph;
}

/** The numbers of a field; undefined where it is absent or a word. */
export function arrayOf(node: NirNode, field: string): NirArray | undefined {
  const found = node.fields[field];
  return typeof found === 'object' ? found : undefined;
}

/** An array of the given numbers, a list where no shape is given. */
export function nirArray(
  values: ArrayLike<number>,
  shape: readonly number[] = [values.length],
  type: ElementType = 'float64',
): NirArray {
  return { values: Float64Array.from(values), shape, type };
}

/** Numbers in an array of that shape. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}
