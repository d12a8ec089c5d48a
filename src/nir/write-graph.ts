/** A NIR graph as the tree of an HDF5 file, laid out as the package `nir` does. */
import { hdf5Text, type Hdf5Array, type Hdf5Group, type Hdf5Item } from '../data/hdf5-tree.js';
import type { NirArray, NirField, NirGraph, NirNode } from './graph.js';
import { fieldsOf } from './node-types.js';

/** The version of the format that is written. */
const VERSION = '1.0.8';

/** The tree of a file that holds `graph`. */
export function graphTree(graph: NirGraph): Hdf5Group {
  return group([
    ['node', graphItem(graph)],
    ['version', hdf5Text(VERSION)],
  ]);
}

function group(items: Iterable<readonly [string, Hdf5Item]>): Hdf5Group {
  return { kind: 'group', items: new Map(items) };
}

function graphItem({ nodes, edges, metadata }: NirGraph): Hdf5Group {
  const inner = [...nodes].map(
    ([name, node]) => [name, node.kind === 'graph' ? graphItem(node) : nodeItem(node)] as const,
  );
  return group([
    ['edges', { kind: 'text', shape: [edges.length, 2], values: edges.flat() }],
    ['nodes', group(inner)],
    ['type', hdf5Text('NIRGraph')],
    ...metadataItems(metadata),
  ]);
}

function nodeItem({ type, fields, metadata }: NirNode): Hdf5Group {
  const items = Object.keys(fieldsOf(type)).flatMap((name): (readonly [string, Hdf5Item])[] => {
    const field = fields[name];
    return field === undefined ? [] : [[name, fieldItem(field)]];
  });
  return group([...items, ['type', hdf5Text(type)], ...metadataItems(metadata)]);
}

function metadataItems(metadata: Hdf5Group | undefined): readonly (readonly [string, Hdf5Item])[] {
  return metadata && metadata.items.size > 0 ? [['metadata', metadata]] : [];
}

function fieldItem(field: NirField): Hdf5Item {
  return typeof field === 'string' ? hdf5Text(field) : arrayItem(field);
}

function arrayItem({ shape, values, type }: NirArray): Hdf5Array {
  switch (type) {
    case 'float32':
      return { kind: 'array', shape, values: Float32Array.from(values) };
    case 'float64':
      return { kind: 'array', shape, values };
    case 'int64':
      return { kind: 'array', shape, values: BigInt64Array.from(values, (value) => BigInt(value)) };
  }
}
