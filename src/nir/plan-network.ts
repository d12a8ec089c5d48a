/** From a graph of NIR to populations and projections: neurons and ports become populations, weights projections. */
import type { Doctor } from './doctor.js';
import type { FlatGraph, FlatNode } from './flat-graph.js';
import { countOf, arrayOf, type NirNode } from './graph.js';
import type { NodeShapes } from './infer-shapes.js';
import { settingsOf, ruleOf } from './neuron-settings.js';
import { NodeNames } from './node-names.js';
import { MODEL_NOTE, noteOf } from './notes.js';
import { isNeuronType } from './node-types.js';
import type { NetworkPlan, PlannedPopulation, PlannedProjection, PlannedSynapses } from './plan.js';
import { isSameShape, type Shape } from './shape.js';
import { linearMap, type LinearMap } from './weight-tables.js';

/** What is known about the graph. */
export interface UnderstoodGraph {
  readonly graph: FlatGraph;
  readonly shapes: ReadonlyMap<string, NodeShapes>;
  /** One unit of time of the file [s]. */
  readonly seconds: number;
}

/** The plan; undefined after reporting nodes that the language cannot say. */
export function planNetwork(understood: UnderstoodGraph, doctor: Doctor): NetworkPlan | undefined {
  const before = doctor.diagnostics.all.length;
  const plan = new Planner(understood, doctor).plan();
  const isFaulty = doctor.diagnostics.all.slice(before).some(({ severity }) => severity === 'error');
  return isFaulty ? undefined : plan;
}

/** The two sides of a projection. */
interface Ends {
  readonly from: PlannedPopulation;
  readonly to: PlannedPopulation;
}

/** Distinct delays of one node, at most: each is a projection of its own. */
const MAX_DELAYS = 16;

class Planner {
  readonly #graph: FlatGraph;
  readonly #shapes: ReadonlyMap<string, NodeShapes>;
  readonly #seconds: number;
  readonly #doctor: Doctor;
  readonly #names = new NodeNames();
  readonly #populations: PlannedPopulation[] = [];
  readonly #projections: PlannedProjection[] = [];
  /** Population that holds what a node makes, by place. */
  readonly #signals = new Map<string, PlannedPopulation>();
  /** Population that holds the sum of what a node takes. */
  readonly #sums = new Map<string, PlannedPopulation>();
  readonly #maps = new Map<string, LinearMap | string>();
  readonly #hasLists: boolean;
  #silent: PlannedPopulation | undefined;

  constructor({ graph, shapes, seconds }: UnderstoodGraph, doctor: Doctor) {
    this.#graph = graph;
    this.#shapes = shapes;
    this.#seconds = seconds;
    this.#doctor = doctor;
    this.#hasLists = [...graph.values()].some(({ node }) => node?.type === 'Conv1d');
  }

  plan(): NetworkPlan {
    const nodes = fromInputs(this.#graph);
    // Inputs and neurons first: everything else hangs between them
    for (const flat of nodes.filter(({ node }) => node && isPopulation(node))) this.#addPopulation(flat);
    for (const flat of nodes.filter(({ node }) => node && isNeuronType(node.type)))
      this.#feedAll(flat, this.#signal(flat.place));
    for (const flat of nodes.filter(({ node }) => node?.type === 'Output')) this.#addOutput(flat);
    return { populations: this.#populations, projections: this.#projections };
  }

  #addPopulation({ place, node }: FlatNode): void {
    if (!node) return;
    const { makes } = this.#shapesOf(place);
    const source = noteOf(node.metadata, MODEL_NOTE) === 'rates' ? 'rates' : 'spikes';
    const model = ruleOf(node.type)?.model ?? source;
    const settings = settingsOf(node, this.#seconds);
    this.#signals.set(place, this.#make(place, { model, shape: makes, settings, remark: '' }));
  }

  /** An output shows a population; what no population holds gets one. */
  #addOutput(flat: FlatNode): void {
    const [only] = flat.before;
    const source = only === undefined ? undefined : this.#origin(only);
    const isShown = flat.before.length === 1 && source?.node !== undefined && isNeuronType(source.node.type);
    if (isShown || flat.before.length === 0) return;
    this.#feedAll(flat, this.#makeLinear(flat.place, this.#shapesOf(flat.place).takes));
  }

  #shapesOf(place: string): NodeShapes {
    return this.#shapes.get(place) ?? { takes: [], makes: [] };
  }

  #make(text: string, parts: Omit<PlannedPopulation, 'name'>): PlannedPopulation {
    const population = { ...parts, name: this.#names.take(text), shape: this.#gridOf(parts.shape) };
    this.#populations.push(population);
    return population;
  }

  #makeLinear(text: string, shape: Shape, gain = 1): PlannedPopulation {
    const setting = { name: 'gain', unit: '1', values: Float64Array.of(gain), isShared: true } as const;
    return this.#make(text, { model: 'linear', shape, settings: gain === 1 ? [] : [setting], remark: '' });
  }

  /** A shape as the language has it: three sizes at most; channels of lists are grids of one row. */
  #gridOf(shape: Shape): Shape {
    if (shape.length === 2 && this.#hasLists) return [shape[0] ?? 1, 1, shape[1] ?? 1];
    if (shape.length === 0) return [1];
    return shape.length <= 3 ? shape : [countOf(shape)];
  }

  /** The node whose numbers arrive over wires and nodes that only change shapes; undefined in an endless loop of them. */
  #origin(place: string): FlatNode | undefined {
    const seen = new Set<string>();
    for (let flat = this.#graph.get(place); flat && !seen.has(flat.place);) {
      seen.add(flat.place);
      const isWire = flat.node === undefined || flat.node.type === 'Flatten';
      const [only] = flat.before;
      if (!isWire || flat.before.length !== 1 || only === undefined) return flat;
      flat = this.#graph.get(only);
    }
    return undefined;
  }

  /** The population that holds what the node at `place` makes. */
  #signal(place: string): PlannedPopulation {
    const flat = this.#origin(place);
    const known = flat && this.#signals.get(flat.place);
    if (known) return known;
    if (!flat) return this.#loop(place);
    const map = this.#mapOf(flat);
    const population = this.#makeLinear(flat.place, this.#shapesOf(flat.place).makes, map?.gain);
    this.#signals.set(flat.place, population);
    if (isLinear(flat.node)) this.#project(flat, population, `to_${flat.place}`);
    else this.#feedAll(flat, population);
    return population;
  }

  #loop(place: string): PlannedPopulation {
    this.#doctor.unsayable(place, 'Flatten', 'it stands in a loop in which nothing is computed');
    const population = this.#makeLinear(place, [1]);
    this.#signals.set(place, population);
    return population;
  }

  /** Leads everything that the node takes to `target`. */
  #feedAll({ before }: FlatNode, target: PlannedPopulation): void {
    for (const place of before) {
      const source = this.#origin(place);
      if (source && this.#isFolded(source, target)) this.#project(source, target);
      else {
        const from = this.#signal(place);
        this.#connect(`${from.name}_${target.name}`, { from, to: target }, ONE);
      }
    }
  }

  /** Whether a node of weights is a projection right to `target`, without a population for what it makes. */
  #isFolded(source: FlatNode, target: PlannedPopulation): boolean {
    if (!isLinear(source.node) || this.#signals.has(source.place) || this.#mapOf(source)?.gain !== undefined)
      return false;
    return !isWindow(source.node) || isSameShape(target.shape, this.#gridOf(this.#shapesOf(source.place).makes));
  }

  /** What a node of weights takes, as one population; windows go over one of their own shape. */
  #input(flat: FlatNode): PlannedPopulation {
    const { takes } = this.#shapesOf(flat.place);
    const [only] = flat.before;
    if (flat.before.length === 1 && only !== undefined) {
      const source = this.#signal(only);
      if (!isWindow(flat.node) || isSameShape(source.shape, this.#gridOf(takes))) return source;
    }
    const known = this.#sums.get(flat.place);
    if (known) return known;
    const population = this.#makeLinear(`${flat.place}_sum`, takes);
    this.#sums.set(flat.place, population);
    this.#feedAll(flat, population);
    return population;
  }

  /** The projection that a node of weights or delays is. */
  #project(flat: FlatNode, target: PlannedPopulation, name = flat.place): void {
    const source = this.#input(flat);
    if (flat.node?.type === 'Delay') {
      this.#delay(flat, name, { from: source, to: target });
      return;
    }
    const map = this.#mapOf(flat);
    if (!map) return;
    this.#connect(name, { from: source, to: target }, map.synapses);
    if (map.bias) this.#addBias(`${flat.place}_bias`, target, map.bias);
  }

  #mapOf(flat: FlatNode): LinearMap | undefined {
    const { node, place } = flat;
    if (!node || node.type === 'Delay' || !isLinear(node)) return undefined;
    const map = this.#maps.get(place) ?? linearMap(node, this.#shapesOf(place));
    this.#maps.set(place, map);
    if (typeof map !== 'string') return map;
    this.#doctor.unsayable(place, node.type, map);
    return undefined;
  }

  #connect(text: string, { from, to }: Ends, synapses: PlannedSynapses, delay?: number): void {
    const name = this.#names.take(text);
    this.#projections.push({ name, from: from.name, to: to.name, synapses, ...(delay !== undefined && { delay }) });
  }

  /** Biases come from a population that is always 0, with biases of its own. */
  #addBias(text: string, to: PlannedPopulation, bias: Float64Array): void {
    this.#silent ??= this.#makeLinear('silent', [1]);
    const values = new Float64Array(2 * bias.length);
    values.set(bias, bias.length);
    const weights = { rows: 2, columns: bias.length, values, isSingle: true };
    this.#connect(text, { from: this.#silent, to }, { kind: 'dense', weights });
  }

  #delay({ place, node }: FlatNode, name: string, { from, to }: Ends): void {
    const values = (node && arrayOf(node, 'delay')?.values) ?? new Float64Array();
    const delays = [...new Set(values)];
    const inSeconds = (delay: number) => Number((delay * this.#seconds).toPrecision(15));
    const [only = 0] = delays;
    if (delays.length <= 1) this.#connect(name, { from, to }, ONE, inSeconds(only));
    else if (delays.length > MAX_DELAYS) {
      this.#doctor.unsayable(place, 'Delay', `it has ${delays.length} different delays, more than ${MAX_DELAYS}`);
    } else {
      for (const delay of delays) {
        const pairs = Uint32Array.from([...values.keys()].filter((index) => values[index] === delay));
        const weights = {
          rows: pairs.length,
          columns: 1,
          values: new Float64Array(pairs.length).fill(1),
          isSingle: true,
        };
        this.#connect(name, { from, to }, { kind: 'pairs', pre: pairs, post: pairs, weights }, inSeconds(delay));
      }
    }
  }
}

/** Nodes in the order in which spikes reach them, those of no input last. */
function fromInputs(graph: FlatGraph): readonly FlatNode[] {
  const places = [...graph.values()].filter(({ node }) => node?.type === 'Input').map(({ place }) => place);
  const reached = new Set(places);
  // A set is gone through in the order in which it grows
  for (const place of reached) for (const next of graph.get(place)?.behind ?? []) reached.add(next);
  for (const place of graph.keys()) reached.add(place);
  return [...reached].flatMap((place) => graph.get(place) ?? []);
}

const ONE: PlannedSynapses = { kind: 'one-to-one', weight: 1 };

function isPopulation({ type }: NirNode): boolean {
  return type === 'Input' || isNeuronType(type);
}

/** Whether the node becomes a projection. */
function isLinear(node: NirNode | undefined): node is NirNode {
  if (!node) return false;
  return !isPopulation(node) && node.type !== 'Output' && node.type !== 'Flatten';
}

/** Whether the node is a window that moves over a grid. */
function isWindow(node: NirNode | undefined): boolean {
  return node !== undefined && /^Conv|Pool/.test(node.type);
}
