/** From populations and weight matrices to a graph of NIR: each population a node, each projection one of weights. */
import type { Hdf5Group } from '../data/hdf5-tree.js';
import { nirArray, countOf, type NirArray, type NirEdge, type NirField, type NirGraph, type NirNode } from './graph.js';
import { NEURON_MODEL_RULES, type NeuronType } from './neuron-settings.js';
import { fieldsOf } from './node-types.js';
import { MODEL_NOTE, NETWORK_NOTE, notes, TIME_NOTE } from './notes.js';
import { isSameShape, type Shape } from './shape.js';

/** A population as the language has it. */
export interface ExportPopulation {
  readonly name: string;
  readonly model: string;
  readonly shape: readonly number[];
  /** All settings, one number or one a neuron [SI]. */
  readonly settings: ReadonlyMap<string, readonly number[]>;
}

/** What a projection computes. */
export type ExportSynapses =
  /** A matrix (behind x before), row-major, with biases of those behind. */
  | { readonly kind: 'matrix'; readonly weights: Float32Array; readonly bias?: Float32Array }
  | { readonly kind: 'scale'; readonly weights: Float32Array }
  | {
      readonly kind: 'convolution';
      /** (channels behind, channels before, rows, columns), row-major. */
      readonly weights: Float32Array;
      readonly shape: readonly [number, number, number, number];
      readonly stride: number;
      readonly padding: number;
    }
  | { readonly kind: 'average'; readonly rows: number; readonly columns: number; readonly stride: number };

export interface ExportProjection {
  readonly name: string;
  /** Indices of populations. */
  readonly from: number;
  readonly to: number;
  readonly synapses: ExportSynapses;
  /** Delays of the neurons before [s]. */
  readonly delays?: readonly number[];
  /** What NIR has no word for; goes into the metadata. */
  readonly notes: Readonly<Record<string, string>>;
}

export interface ExportNetwork {
  readonly name: string;
  readonly populations: readonly ExportPopulation[];
  readonly projections: readonly ExportProjection[];
}

/** Models that hand on the sum of their inputs, times a gain. */
const SUMS: ReadonlySet<string> = new Set(['linear']);

/** Models that are driven from outside. */
const SOURCES: ReadonlySet<string> = new Set(['spikes', 'rates']);

/** Why a population cannot be said; undefined where it can. */
export function populationFault({ model, settings }: ExportPopulation): string | undefined {
  if (!SOURCES.has(model) && !SUMS.has(model) && !nodeTypeOf(model)) return `NIR has no node for \`${model}\``;
  for (const name of UNSAYABLE) {
    if (settings.get(name)?.some((value) => value !== 0)) return `NIR has no word for its \`${name}\``;
  }
  return undefined;
}

/** Settings of which only 0 can be said; `spacing` says where neurons are and nothing about what they do. */
const UNSAYABLE = ['refractory', 'subtract', 'noise', 'batchNorm', 'normalize'];

function nodeTypeOf(model: string): NeuronType | undefined {
  const types = Object.keys(NEURON_MODEL_RULES) as readonly NeuronType[];
  return types.find((type) => NEURON_MODEL_RULES[type].model === model);
}

/** The graph; times are seconds. Populations must have no fault. */
export function exportGraph(network: ExportNetwork): NirGraph {
  return new GraphBuilder(network).build();
}

class GraphBuilder {
  readonly #network: ExportNetwork;
  readonly #nodes = new Map<string, NirNode>();
  readonly #edges: NirEdge[] = [];

  constructor(network: ExportNetwork) {
    this.#network = network;
  }

  build(): NirGraph {
    const { name, populations, projections } = this.#network;
    for (const [index, population] of populations.entries()) {
      this.#nodes.set(nodeName(population.name), populationNode(population, this.#shapeOf(index)));
    }
    for (const projection of projections) this.#addProjection(projection);
    const sources = new Set(projections.filter(({ from, to }) => from !== to).map(({ from }) => from));
    const shown = [...populations.keys()].filter((index) => !sources.has(index));
    for (const index of shown) {
      const place = nodeName(populations[index]?.name ?? '');
      const output = this.#free(shown.length === 1 ? 'output' : `output_${place}`);
      this.#nodes.set(output, node('Output', { shape: nirArray(this.#shapeOf(index), undefined, 'int64') }));
      this.#edges.push([place, output]);
    }
    const metadata = notes({ [NETWORK_NOTE]: name, [TIME_NOTE]: 's' });
    return { kind: 'graph', nodes: this.#nodes, edges: this.#edges, metadata };
  }

  /** Neurons are a list, but for inputs and those that windows move over. */
  #shapeOf(index: number): Shape {
    const { shape = [], model = '' } = this.#network.populations[index] ?? {};
    return SOURCES.has(model) || isGrid(this.#network, index) ? shape : [countOf(shape)];
  }

  #free(name: string): string {
    return this.#nodes.has(name) ? this.#free(`${name}_`) : name;
  }

  /** Nodes from one population to the other: delay, change of shape, weights. */
  #addProjection({ name, from, to, synapses, delays, notes: texts }: ExportProjection): void {
    const [before, behind] = [this.#network.populations[from], this.#network.populations[to]];
    if (!before || !behind) return;
    let at = nodeName(before.name);
    const step = (text: string, added: NirNode): void => {
      const place = this.#free(nodeName(text));
      this.#nodes.set(place, added);
      this.#edges.push([at, place]);
      at = place;
    };
    const [shape, takes] = [this.#shapeOf(from), isWindow(synapses) ? this.#shapeOf(from) : [countOf(before.shape)]];
    const isKept = synapses.kind === 'scale' && isSameShape(shape, this.#shapeOf(to));
    if (delays) step(`${name}_delay`, node('Delay', { delay: nirArray(delays, shape) }));
    if (!isKept && !isSameShape(shape, takes)) step(`${name}_flatten`, flatten(shape));
    step(name, synapseNode(synapses, isKept ? shape : takes, notes(texts)));
    this.#edges.push([at, nodeName(behind.name)]);
  }
}

function isWindow({ kind }: ExportSynapses): boolean {
  return kind === 'convolution' || kind === 'average';
}

/** Whether a window moves over the population, or makes it. */
function isGrid({ projections }: ExportNetwork, index: number): boolean {
  return projections.some(({ from, to, synapses }) => isWindow(synapses) && (from === index || to === index));
}

/** Why a projection cannot be said; undefined where it can. */
export function projectionFault(network: ExportNetwork, { from, to, synapses }: ExportProjection): string | undefined {
  const [before, behind] = [network.populations[from], network.populations[to]];
  if (!behind || isWindow(synapses) || behind.shape.length === 1 || !isGrid(network, to)) return undefined;
  const isKept = synapses.kind === 'scale' && isSameShape(before?.shape ?? [], behind.shape);
  return isKept ? undefined : `windows move over \`${behind.name}\`, and no node makes a grid of a list`;
}

function synapseNode(synapses: ExportSynapses, takes: Shape, metadata: Hdf5Group | undefined): NirNode {
  switch (synapses.kind) {
    case 'matrix': {
      const { weights, bias } = synapses;
      const columns = countOf(takes);
      const weight = nirArray(weights, [weights.length / columns, columns], 'float32');
      if (!bias) return node('Linear', { weight }, metadata);
      return node('Affine', { weight, bias: nirArray(bias, undefined, 'float32') }, metadata);
    }
    case 'scale':
      return node('Scale', { scale: nirArray(synapses.weights, takes, 'float32') }, metadata);
    case 'convolution': {
      const { weights, shape, stride, padding } = synapses;
      return node(
        'Conv2d',
        {
          input_shape: nirArray(takes.length === 3 ? takes.slice(1) : takes, undefined, 'int64'),
          weight: nirArray(weights, shape, 'float32'),
          ...{ stride: pair(stride), padding: pair(padding), dilation: pair(1) },
          groups: nirArray([1], [], 'int64'),
          bias: nirArray(new Float32Array(shape[0]), undefined, 'float32'),
        },
        metadata,
      );
    }
    case 'average': {
      const { rows, columns, stride } = synapses;
      const kernel = nirArray([rows, columns], undefined, 'int64');
      return node('AvgPool2d', { kernel_size: kernel, stride: pair(stride), padding: pair(0) }, metadata);
    }
  }
}

function pair(size: number): NirArray {
  return nirArray([size, size], undefined, 'int64');
}

/** Slashes part the groups of HDF5. */
function nodeName(name: string): string {
  return name.replaceAll('/', '_');
}

function node(type: NirNode['type'], fields: Readonly<Record<string, NirField>>, metadata?: Hdf5Group): NirNode {
  return { kind: 'node', type, fields, metadata };
}

function flatten(shape: readonly number[]): NirNode {
  return node('Flatten', {
    start_dim: nirArray([0], [], 'int64'),
    end_dim: nirArray([-1], [], 'int64'),
    input_type: nirArray(shape, undefined, 'int64'),
  });
}

/** The node of a population of the given shape. */
function populationNode({ model, settings }: ExportPopulation, shape: Shape): NirNode {
  const metadata = notes({ [MODEL_NOTE]: model });
  if (SOURCES.has(model)) return node('Input', { shape: nirArray(shape, undefined, 'int64') }, metadata);
  const count = countOf(shape);
  const values = (setting: string, fallback: number): NirArray => {
    const given = settings.get(setting) ?? [fallback];
    const all = given.length === count ? given : Array<number>(count).fill(given[0] ?? fallback);
    return nirArray(all, shape);
  };
  if (SUMS.has(model)) return node('Scale', { scale: values('gain', 1) }, metadata);
  const type = nodeTypeOf(model);
  if (!type) return node('Scale', { scale: values('gain', 1) }, metadata);
  const rules: Readonly<Record<string, readonly [setting: string, scaling: string]>> = NEURON_MODEL_RULES[type].fields;
  const fields = Object.keys(fieldsOf(type)).map((field): readonly [string, NirField] => {
    const [setting = ''] = rules[field] ?? [];
    return [field, values(setting, setting === 'rest' || setting === 'reset' ? 0 : 1)];
  });
  return node(type, Object.fromEntries(fields), metadata);
}
