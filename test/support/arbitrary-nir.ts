/** Random graphs of NIR whose shapes agree: every node type, branches, sums, loops, nested graphs, metadata. */
import fc from 'fast-check';
import { hdf5Group, hdf5Text, type Hdf5Group } from '../../src/data/hdf5-tree.js';
import { countOf, nirArray, type ElementType, type NirArray, type NirEdge, type NirField, type NirGraph, type NirNode } from '../../src/nir/graph.js'; // prettier-ignore
import { fieldsOf, type NodeType } from '../../src/nir/node-types.js';
import { shapeBehind } from '../../src/nir/node-shapes.js';

/** Draws numbers of a graph; fast-check shrinks the list that they come from. */
type Draw = (limit: number) => number;

type Shape = readonly number[];

/** A graph for each list of numbers. */
export const arbitraryNir: fc.Arbitrary<NirGraph> = fc
  .array(fc.nat(0xffff), { minLength: 40, maxLength: 160 })
  .map((numbers) => {
    let at = 0;
    const draw: Draw = (limit) => (numbers[at++ % numbers.length] ?? 0) % limit;
    return randomGraph(draw, [[6], [4], [2, 9], [2, 8, 8]][draw(4)] ?? [6], 2).graph;
  });

function randomGraph(draw: Draw, shape: Shape, depth: number): { readonly graph: NirGraph; readonly shape: Shape } {
  const nodes = new Map<string, NirNode | NirGraph>();
  const edges: NirEdge[] = [];
  const shapes = new Map<string, Shape>();
  const taken = new Map<string, Shape>();
  nodes.set('input', node('Input', { shape: whole(shape) }));
  shapes.set('input', shape);
  let last = 'input';
  const add = (added: NirNode | NirGraph, makes: Shape): void => {
    const name = `${['n', 'layer.', 'ü'][draw(3)] ?? ''}${nodes.size}`;
    nodes.set(name, added);
    edges.push([last, name]);
    taken.set(name, shapes.get(last) ?? []);
    shapes.set(name, makes);
    last = name;
  };
  for (let step = 1 + draw(5); step > 0; step--) {
    const from = shapes.get(last) ?? [];
    if (depth > 0 && draw(6) === 0) {
      const inner = randomGraph(draw, from, depth - 1);
      add(inner.graph, inner.shape);
    } else {
      const { added, makes } = randomNode(draw, from);
      add(added, makes);
    }
    // Another way between nodes that there are: a branch, a sum, or a loop back
    const current = shapes.get(last) ?? [];
    const sources = [...shapes].filter(([, makes]) => makes.join() === current.join());
    const targets = [...taken].filter(([, takes]) => takes.join() === current.join());
    const [source, target] = [sources[draw(sources.length + 1)]?.[0], targets[draw(targets.length + 1)]?.[0]];
    if (source !== undefined && target !== undefined) {
      const lane = `${source}-${nodes.size}`;
      nodes.set(lane, node('Scale', { scale: numbersOf(draw, current) }));
      edges.push([source, lane], [lane, target]);
    }
  }
  const shapeOut = shapes.get(last) ?? [];
  nodes.set('output', node('Output', { shape: whole(shapeOut) }));
  edges.push([last, 'output']);
  return { graph: { kind: 'graph', nodes, edges, metadata: metadataOf(draw) }, shape: shapeOut };

  function node(type: NodeType, fields: Readonly<Record<string, NirField>>): NirNode {
    return { kind: 'node', type, fields, metadata: metadataOf(draw) };
  }
}

function metadataOf(draw: Draw): Hdf5Group | undefined {
  if (draw(4) !== 0) return undefined;
  const scalar = { kind: 'array', shape: [], values: Float64Array.of(draw(1000) / 8) } as const;
  const list = { kind: 'array', shape: [2], values: Float32Array.of(draw(9), -1.5) } as const;
  return hdf5Group({ note: hdf5Text(`made by a draw of ${draw(100)}`), scalar, list });
}

const NEURONS: readonly NodeType[] = ['I', 'IF', 'LI', 'LIF', 'CubaLI', 'CubaLIF', 'Threshold', 'Scale', 'Delay'];

function randomNode(draw: Draw, from: Shape): { readonly added: NirNode; readonly makes: Shape } {
  const made = (type: NodeType, fields: Readonly<Record<string, NirField>>) => {
    const added: NirNode = { kind: 'node', type, fields, metadata: metadataOf(draw) };
    return { added, makes: shapeBehind(added, from) as Shape };
  };
  const kind = draw(3);
  if (kind === 0) {
    const type = NEURONS[draw(NEURONS.length)] ?? 'LIF';
    const element: ElementType = draw(2) === 0 ? 'float32' : 'float64';
    const fields = Object.entries(fieldsOf(type)).map(([name, { isPositive }]) => [name, numbersOf(draw, from, element, isPositive ? 1 : 0)]); // prettier-ignore
    return { added: made(type, Object.fromEntries(fields) as Record<string, NirArray>).added, makes: from };
  }
  if (from.length === 1) {
    const columns = 1 + draw(6);
    const weight = numbersOf(draw, [columns, from[0] ?? 1], 'float32');
    const isAffine = kind === 1;
    const { added } = made(isAffine ? 'Affine' : 'Linear', { weight, ...(isAffine && { bias: numbersOf(draw, [columns], 'float32') }) }); // prettier-ignore
    return { added, makes: [columns] };
  }
  if (draw(4) === 0) {
    return made('Flatten', { start_dim: scalar(0), end_dim: scalar(-1), input_type: whole(from) });
  }
  const channels = 1 + draw(3);
  const isRoomy = from.slice(1).every((size) => size >= 4);
  const window = isRoomy ? 1 + draw(3) : 1;
  const padding = ['same', 'valid', 'sizes'][draw(3)] ?? 'valid';
  const step = padding === 'same' ? 1 : 1 + draw(2);
  if (from.length === 2) {
    return made('Conv1d', {
      input_shape: scalar(from[1] ?? 1),
      weight: numbersOf(draw, [channels, from[0] ?? 1, window], 'float32'),
      ...{ stride: scalar(step), dilation: scalar(1), groups: scalar(1) },
      padding: padding === 'sizes' ? scalar(draw(2)) : padding,
      bias: numbersOf(draw, [channels], 'float32'),
    });
  }
  if (kind === 1 && isRoomy) {
    return made(draw(2) === 0 ? 'SumPool2d' : 'AvgPool2d', {
      kernel_size: whole([window, window]),
      ...{ stride: whole([step, step]), padding: whole([0, 0]) },
    });
  }
  return made('Conv2d', {
    input_shape: whole(from.slice(1)),
    weight: numbersOf(draw, [channels, from[0] ?? 1, window, window], 'float32'),
    ...{ stride: whole([step, step]), dilation: whole([1, 1]), groups: scalar(1) },
    padding: padding === 'sizes' ? whole([draw(2), draw(2)]) : padding,
    bias: numbersOf(draw, [channels], 'float32'),
  });
}

/** Numbers that both precisions hold, above `low`. */
function numbersOf(draw: Draw, shape: Shape, type: ElementType = 'float64', low = -8): NirArray {
  return nirArray(
    Float64Array.from({ length: countOf(shape) }, () => low + (1 + draw(1000)) / 64),
    shape,
    type,
  );
}

function whole(values: Shape): NirArray {
  return nirArray(values, [values.length], 'int64');
}

function scalar(value: number): NirArray {
  return nirArray([value], [], 'int64');
}

/** A graph in an order of its own, so that equal graphs are equal values. */
export function sorted(graph: NirGraph): NirGraph {
  const nodes = [...graph.nodes].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    ...graph,
    nodes: new Map(nodes.map(([name, each]) => [name, each.kind === 'graph' ? sorted(each) : each])),
    edges: graph.edges.toSorted((left, right) => (left.join('\n') < right.join('\n') ? -1 : 1)),
  };
}
