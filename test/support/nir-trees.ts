/** Trees of small NIR files, as HDF5 would give them. */
import { hdf5Group, hdf5Text, type Hdf5Array, type Hdf5Group, type Hdf5Item } from '../../src/data/hdf5-tree.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { importGraph, type ImportedNetwork } from '../../src/nir/import-graph.js';
import type { RepairName } from '../../src/nir/repairs.js';
import type { TimeChoice } from '../../src/nir/time-scale.js';

/** Numbers of the given shape, a list where none is given. */
export function numbers(values: readonly number[], shape: readonly number[] = [values.length]): Hdf5Array {
  return { kind: 'array', shape, values: Float64Array.from(values) };
}

/** Whole numbers. */
export function sizes(...values: readonly number[]): Hdf5Array {
  return { kind: 'array', shape: [values.length], values: BigInt64Array.from(values, BigInt) };
}

/** One whole number. */
export function size(value: number): Hdf5Array {
  return { kind: 'array', shape: [], values: BigInt64Array.of(BigInt(value)) };
}

export function node(type: string, fields: Readonly<Record<string, Hdf5Item>> = {}): Hdf5Group {
  return hdf5Group({ type: hdf5Text(type), ...fields });
}

export function graph(
  nodes: Readonly<Record<string, Hdf5Item>>,
  edges: readonly (readonly [string, string])[],
): Hdf5Group {
  const list: Hdf5Item = { kind: 'text', shape: [edges.length, 2], values: edges.flat() };
  return hdf5Group({ type: hdf5Text('NIRGraph'), nodes: hdf5Group(nodes), edges: list });
}

export function file(root: Hdf5Item): Hdf5Group {
  return hdf5Group({ node: root, version: hdf5Text('1.0.8') });
}

/** A chain of nodes, each before the next; names are keys. */
export function chain(nodes: Readonly<Record<string, Hdf5Item>>): Hdf5Group {
  const names = Object.keys(nodes);
  return graph(
    nodes,
    names.slice(1).map((name, index) => [names[index] ?? '', name]),
  );
}

export const input = (...shape: readonly number[]): Hdf5Group => node('Input', { shape: sizes(...shape) });
export const output = (...shape: readonly number[]): Hdf5Group => node('Output', { shape: sizes(...shape) });

/** Leaky integrate and fire neurons; `fields` replace or add. */
export function lif(count: number, fields: Readonly<Record<string, Hdf5Item>> = {}): Hdf5Group {
  const all = (value: number): Hdf5Array => numbers(Array<number>(count).fill(value));
  const usual = { tau: all(0.02), r: all(1), v_leak: all(0), v_threshold: all(1), v_reset: all(0) };
  return node('LIF', { ...usual, ...fields });
}

export interface ImportEnd {
  readonly network: ImportedNetwork | undefined;
  readonly codes: readonly string[];
  readonly messages: readonly string[];
}

/** What the import of a tree ends in. */
export function importTree(
  root: Hdf5Group,
  { refused = [], time = {} }: { readonly refused?: readonly RepairName[]; readonly time?: TimeChoice } = {},
): ImportEnd {
  const diagnostics = new DiagnosticBag();
  const request = { file: 'net.nir', name: 'Net', stem: 'net', time, refused: new Set(refused) };
  const network = importGraph(root, request, diagnostics);
  return {
    network,
    codes: diagnostics.all.map(({ code }) => code),
    messages: diagnostics.all.map(({ message }) => message),
  };
}
