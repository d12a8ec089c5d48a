/** From the tree of an HDF5 file to a NIR graph: every field of every node is checked for its kind. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import { nearestName } from '../core/nearest.js';
import type { Hdf5Array, Hdf5Group, Hdf5Item } from '../data/hdf5-tree.js';
import { NIR_CATALOGUE } from './catalogue.js';
import type { NirArray, NirEdge, NirField, NirFile, NirGraph, NirNode } from './graph.js';
import { shapeText } from './shape.js';
import { fieldsOf, isNodeType, NODE_TYPE_NAMES, type FieldRule, type NodeType } from './node-types.js';

/** What a file of NIR may hold. */
export const NIR_LIMITS = { items: 100_000, depth: 32, bytes: 2 ** 28 } as const;

/** The graph of a file; undefined after reporting why there is none. `file` is its name for messages. */
export function readGraph(root: Hdf5Group, file: string, diagnostics: DiagnosticBag): NirFile | undefined {
  const reader = new GraphReader(file, diagnostics);
  const before = diagnostics.all.length;
  const graph = reader.readRoot(root);
  const isFaulty = diagnostics.all.slice(before).some(({ severity }) => severity === 'error');
  return graph && !isFaulty ? { version: textOf(root.items.get('version')), graph } : undefined;
}

/** Names of nodes to the root, for messages. */
type Path = readonly string[];

class GraphReader {
  readonly #file: string;
  readonly #diagnostics: DiagnosticBag;

  constructor(file: string, diagnostics: DiagnosticBag) {
    this.#file = file;
    this.#diagnostics = diagnostics;
  }

  readRoot(root: Hdf5Group): NirGraph | undefined {
    const node = root.items.get('node');
    if (node?.kind === 'group') {
      const type = textOf(node.items.get('type'));
      if (type === 'NIRGraph' || (type === undefined && node.items.has('nodes'))) return this.#readGraph(node, []);
      return this.#refuse(type === undefined ? 'its `node` has no type' : `its \`node\` is of type \`${type}\``);
    }
    if (root.items.has('nodes')) return this.#refuse('it looks like recorded data (`NIRGraphData`)');
    return this.#refuse('it has no group `node`');
  }

  #refuse(reason: string): undefined {
    this.#diagnostics.report(NIR_CATALOGUE, 'not-a-graph', { file: this.#file, reason });
  }

  #readGraph(group: Hdf5Group, path: Path): NirGraph | undefined {
    const [inner, list] = [group.items.get('nodes'), group.items.get('edges')];
    if (inner?.kind !== 'group') return this.#malformed(path, 'a graph needs a group `nodes`');
    const edges = this.#readEdges(list, path);
    this.#tellUnknown(group, ['nodes', 'edges', 'type'], path);
    const nodes = new Map<string, NirNode | NirGraph>();
    for (const [name, item] of inner.items) {
      const node = this.#readNode(item, [...path, name]);
      if (node) nodes.set(name, node);
    }
    return edges && { kind: 'graph', nodes, edges, metadata: this.#metadata(group, path) };
  }

  #readEdges(list: Hdf5Item | undefined, path: Path): readonly NirEdge[] | undefined {
    // A graph without edges is stored as an empty list of numbers
    if (list?.kind === 'array' && list.values.length === 0) return [];
    if (list?.kind !== 'text') return this.#malformed(path, 'a graph needs a list `edges` of names');
    const { shape, values } = list;
    if (values.length > 0 && (shape.length !== 2 || shape[1] !== 2)) {
      return this.#malformed(path, `\`edges\` has the shape ${shapeText(shape)} where pairs are expected`);
    }
    if (values.length > 2 * NIR_LIMITS.items)
      return this.#malformed(path, `it has more than ${NIR_LIMITS.items} edges`);
    return Array.from({ length: values.length / 2 }, (_, edge) => [values[2 * edge] ?? '', values[2 * edge + 1] ?? '']);
  }

  #readNode(item: Hdf5Item, path: Path): NirNode | NirGraph | undefined {
    if (item.kind !== 'group') return this.#malformed(path, 'it is no group');
    const type = textOf(item.items.get('type'));
    if (type === undefined) return this.#malformed(path, 'it has no type');
    if (type === 'NIRGraph') return this.#readGraph(item, path);
    if (isNodeType(type)) return this.#readFields(item, type, path);
    const nearest = nearestName(type, [...NODE_TYPE_NAMES, 'NIRGraph']);
    this.#diagnostics.report(NIR_CATALOGUE, 'unknown-type', { ...this.#place(path), type, nearest });
    return undefined;
  }

  #readFields(group: Hdf5Group, type: NodeType, path: Path): NirNode | undefined {
    const rules = fieldsOf(type);
    this.#tellUnknown(group, ['type', ...Object.keys(rules)], path);
    const fields: Record<string, NirField> = {};
    let isWhole = true;
    for (const [name, rule] of Object.entries(rules)) {
      const item = group.items.get(name);
      const value = item ? fieldValue(item, rule) : undefined;
      if (typeof value === 'object' && 'fault' in value) {
        isWhole = false;
        this.#malformed(path, `\`${name}\` ${value.fault}`);
      } else if (value !== undefined) fields[name] = value;
      else if (!rule.isOptional) {
        isWhole = false;
        this.#malformed(path, `it has no \`${name}\``);
      }
    }
    return isWhole ? { kind: 'node', type, fields, metadata: this.#metadata(group, path) } : undefined;
  }

  #tellUnknown({ items }: Hdf5Group, known: readonly string[], path: Path): void {
    for (const field of items.keys()) {
      if (field === 'metadata' || known.includes(field)) continue;
      const nearest = nearestName(field, known);
      this.#diagnostics.report(NIR_CATALOGUE, 'unknown-field', { ...this.#place(path), field, nearest });
    }
  }

  #metadata({ items }: Hdf5Group, path: Path): Hdf5Group | undefined {
    const found = items.get('metadata');
    if (!found || found.kind === 'group') return found;
    return this.#malformed(path, '`metadata` is no group');
  }

  #place(path: Path) {
    return { file: this.#file, node: path.length === 0 ? 'node' : path.join('/') };
  }

  #malformed(path: Path, reason: string): undefined {
    this.#diagnostics.report(NIR_CATALOGUE, 'malformed-node', { ...this.#place(path), reason });
  }
}

interface FieldFault {
  readonly fault: string;
}

function fieldValue(item: Hdf5Item, rule: FieldRule): NirField | FieldFault {
  if (rule.kind === 'padding' && item.kind === 'text') {
    const word = textOf(item);
    return word === 'same' || word === 'valid' ? word : { fault: 'is neither `same`, `valid` nor a size' };
  }
  if (item.kind === 'unread') return { fault: `cannot be read: ${item.reason}` };
  if (item.kind !== 'array') return { fault: 'is no array of numbers' };
  const array = nirArrayOf(item);
  const fault = rankFault(array, rule) ?? numberFault(array, rule);
  return fault === undefined ? array : { fault };
}

function rankFault({ shape }: NirArray, { rank }: FieldRule): string | undefined {
  if (!rank || (shape.length >= rank[0] && shape.length <= rank[1])) return undefined;
  const expected = rank[0] === rank[1] ? String(rank[0]) : `${rank[0]} to ${rank[1]}`;
  return `has ${shape.length} axes where ${expected} are expected`;
}

function numberFault({ values, shape }: NirArray, { kind, isPositive, isTime }: FieldRule): string | undefined {
  if (!values.every((value) => Number.isFinite(value))) return 'holds numbers that are not finite';
  if (isPositive && !values.every((value) => value > 0)) return 'holds time constants that are not positive';
  if (isTime && !values.every((value) => value >= 0)) return 'holds negative times';
  if (kind === 'neurons' || kind === 'weights') return undefined;
  if (!values.every((value) => Number.isInteger(value) && Math.abs(value) < MAX_SIZE)) return 'holds no sizes';
  if (kind === 'count' && values.length !== 1) return `has the shape ${shapeText(shape)} where one number is expected`;
  return undefined;
}

/** Sizes are below this. */
const MAX_SIZE = 2 ** 31;

function nirArrayOf({ shape, values }: Hdf5Array): NirArray {
  if (values instanceof Float32Array) return { shape, values: Float64Array.from(values), type: 'float32' };
  if (values instanceof Float64Array) return { shape, values, type: 'float64' };
  return { shape, values: Float64Array.from(values as ArrayLike<number | bigint>, Number), type: 'int64' };
}

/** The one string of a dataset. */
function textOf(item: Hdf5Item | undefined): string | undefined {
  return item?.kind === 'text' && item.values.length === 1 ? item.values[0] : undefined;
}
