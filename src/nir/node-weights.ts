/** Weights of a single node of a NIR graph, as a table of the language has them. */
import type { NirGraph, NirNode } from './graph.js';
import type { WeightTable } from './plan.js';
import { linearMap } from './weight-tables.js';

/** Which node, and whether the table has a row of biases below its weights. */
export interface NodePlace {
  /** Names from the root with `/` between them; that of the field `weight` may stand behind. Absent: the only one. */
  readonly node?: string;
  readonly hasBiases: boolean;
}

/** The table, or in words why there is none. */
export function nodeWeights(graph: NirGraph, { node: place, hasBiases }: NodePlace): WeightTable | string {
  const named = place === undefined ? onlyNode(graph) : findNode(graph, place);
  if (typeof named === 'string') return named;
  const map = linearMap(named, NO_SHAPES);
  if (typeof map === 'string') return `node \`${place ?? ''}\`: ${map}`;
  const { synapses } = map;
  if (!('weights' in synapses) || synapses.kind === 'one-to-one-table')
    return 'its weights are no matrix; import the graph';
  const isBiased = synapses.kind === 'dense' || map.bias !== undefined;
  if (isBiased && !hasBiases) return 'the node has biases, which connections have that are `dense`';
  return hasBiases && synapses.kind === 'all-to-all' ? withZeros(synapses.weights) : synapses.weights;
}

/** Windows of a kind that asks for the shapes around it are no table. */
const NO_SHAPES = { takes: [], makes: [] };

/** `table` with a row of zeros below. */
function withZeros({ rows, columns, values, isSingle }: WeightTable): WeightTable {
  const more = new Float64Array((rows + 1) * columns);
  more.set(values);
  return { rows: rows + 1, columns, values: more, isSingle };
}

function findNode(graph: NirGraph, place: string): NirNode | string {
  const parts = place.split('/');
  if (parts.length > 1 && parts.at(-1) === 'weight') parts.pop();
  let found: NirNode | NirGraph = graph;
  for (const part of parts) {
    const inner: NirNode | NirGraph | undefined = found.kind === 'graph' ? found.nodes.get(part) : undefined;
    if (!inner) return `there is no node \`${place}\`; with weights are ${weightNodes(graph).join(', ') || 'none'}`;
    found = inner;
  }
  return found.kind === 'graph' ? `\`${place}\` is a graph; with weights are ${weightNodes(graph).join(', ')}` : found;
}

function onlyNode(graph: NirGraph): NirNode | string {
  const names = weightNodes(graph);
  const [name] = names;
  if (names.length !== 1 || name === undefined)
    return `say which node by \`at\`: ${names.join(', ') || 'none has weights'}`;
  return findNode(graph, name.slice(1, -1));
}

/** Places of the nodes with weights, quoted. */
function weightNodes(graph: NirGraph, outer = ''): readonly string[] {
  return [...graph.nodes].flatMap(([name, node]) => {
    if (node.kind === 'graph') return weightNodes(node, `${outer}${name}/`);
    return 'weight' in node.fields ? [`\`${outer}${name}\``] : [];
  });
}
