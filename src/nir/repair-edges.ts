/** Repairs of the structure: edges to nodes that were renamed, edges twice, graphs without inputs or outputs. */
import { nearestName } from '../core/nearest.js';
import { NIR_CATALOGUE } from './catalogue.js';
import type { Doctor } from './doctor.js';
import { arrayOf, type NirEdge, type NirGraph, type NirNode } from './graph.js';
import { isNeuronType } from './node-types.js';

/** `graph`, nested ones included, with edges between nodes that there are, each once, and with ports. */
export function repairEdges(graph: NirGraph, doctor: Doctor, path = ''): NirGraph {
  const nodes = new Map(
    [...graph.nodes].map(([name, node]): [string, NirNode | NirGraph] => [
      name,
      node.kind === 'graph' ? repairEdges(node, doctor, `${path}${name}/`) : node,
    ]),
  );
  const inner = { ...graph, nodes };
  return addPorts({ ...inner, edges: onceEach(renamed(inner, doctor, path), doctor, path) }, doctor, path);
}

/** Names that are looked for among the nodes: a file that is all wrong is not repaired. */
const MAX_RENAMED = 100;

/** Edges whose ends are nodes; those that lead nowhere are reported and left out. */
function renamed({ nodes, edges }: NirGraph, doctor: Doctor, path: string): readonly NirEdge[] {
  const missing = new Set(edges.flat().filter((end) => !nodes.has(end)));
  const used = new Set(edges.flat());
  const orphans = [...nodes.keys()].filter((name) => !used.has(name));
  const names = new Map<string, string>();
  for (const end of [...missing].slice(0, MAX_RENAMED)) {
    const name = missing.size === 1 && orphans.length === 1 ? orphans[0] : nearestName(end, orphans);
    if (name === undefined || [...names.values()].includes(name)) continue;
    names.set(end, name);
    doctor.tell('dangling-edge', path + name, `edges lead to \`${end}\`, which there is not, and are led here`);
  }
  const nameOf = (end: string): string | undefined => (nodes.has(end) ? end : names.get(end));
  return edges.flatMap(([from, to]): NirEdge[] => {
    const [newFrom, newTo] = [nameOf(from), nameOf(to)];
    if (newFrom !== undefined && newTo !== undefined) return [[newFrom, newTo]];
    const place = { file: doctor.file, from: path + from, to: path + to, end: newFrom === undefined ? from : to };
    doctor.diagnostics.report(NIR_CATALOGUE, 'dangling-edge', place);
    return [];
  });
}

function onceEach(edges: readonly NirEdge[], doctor: Doctor, path: string): readonly NirEdge[] {
  const seen = new Set<string>();
  return edges.filter(([from, to]) => {
    const key = JSON.stringify([from, to]);
    if (!seen.has(key)) return seen.add(key);
    doctor.tell('duplicate-edge', path + to, `the edge from \`${from}\` is listed twice and counts once`);
    return false;
  });
}

// Ports

function addPorts(graph: NirGraph, doctor: Doctor, path: string): NirGraph {
  return addPort(addPort(graph, 'Input', { doctor, path }), 'Output', { doctor, path });
}

/** A port for every node at that end, where the graph has none of the kind. */
function addPort(
  graph: NirGraph,
  type: 'Input' | 'Output',
  { doctor, path }: { readonly doctor: Doctor; readonly path: string },
): NirGraph {
  const isPort = (node: NirNode | NirGraph): boolean => node.kind === 'node' && node.type === type;
  if ([...graph.nodes.values()].some(isPort)) return graph;
  const taken = new Set(graph.edges.map(([from, to]) => (type === 'Input' ? to : from)));
  const nodes = new Map(graph.nodes);
  const edges = [...graph.edges];
  for (const [name, node] of graph.nodes) {
    const shape = taken.has(name) ? undefined : portShape(node, type);
    if (!shape) continue;
    const port = freeName(`${type.toLowerCase()}_${name}`, nodes);
    nodes.set(port, { kind: 'node', type, fields: { shape }, metadata: undefined });
    edges.push(type === 'Input' ? [port, name] : [name, port]);
    doctor.tell(type === 'Input' ? 'missing-input' : 'missing-output', path + name, `\`${port}\` is added for it`);
  }
  return { ...graph, nodes, edges };
}

/** The shape of a port of a node that has a shape of its own. */
function portShape(node: NirNode | NirGraph, type: 'Input' | 'Output') {
  if (node.kind === 'graph') return undefined;
  const own = isNeuronType(node.type)
    ? Object.values(node.fields)[0]
    : (arrayOf(node, 'scale') ?? node.fields['delay']);
  const weight = node.type === 'Linear' || node.type === 'Affine' ? arrayOf(node, 'weight') : undefined;
  const axis = weight && weight.shape.at(type === 'Input' ? -1 : -2);
  const shape = axis === undefined ? (typeof own === 'object' ? own.shape : undefined) : [axis];
  return shape && { shape: [shape.length], values: Float64Array.from(shape), type: 'int64' as const };
}

function freeName(name: string, nodes: ReadonlyMap<string, unknown>): string {
  return nodes.has(name) ? freeName(`${name}_`, nodes) : name;
}
