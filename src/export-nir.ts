/** A network of a description as a graph of NIR: written out, its weights read and drawn. */
import type { DiagnosticBag } from './core/diagnostic.js';
import type { FileHost } from './core/file-host.js';
import { evaluate } from './devices/evaluate.js';
import { referencesOf } from './devices/symbolic.js';
import type { MappedPopulation, MappedProjection } from './ir/mapped-network.js';
import type { Network } from './ir/graph.js';
import type { NetworkModule } from './ir/network.js';
import { connectivityOf, weightsOf, withLoops } from './ir/passes/map-network.js';
import { UnrolledNetwork } from './ir/passes/unroll-network.js';
import { synapseMatrix } from './ir/synapse-matrix.js';
import { loadWeights, readWeightGraphs } from './load-weights.js';
import { initialWeights } from './networks/layers/initial-weights.js';
import { pairValues } from './networks/layers/pair-values.js';
import { synapseMask } from './networks/layers/synapse-mask.js';
import { NIR_CATALOGUE } from './nir/catalogue.js';
import {
  exportGraph,
  populationFault,
  projectionFault,
  type ExportNetwork,
  type ExportPopulation,
  type ExportProjection,
  type ExportSynapses,
} from './nir/export-graph.js';
import type { NirGraph } from './nir/graph.js';

/** Numbers in one matrix of weights, at most. */
const MAX_WEIGHTS = 2 ** 26;

/** Seed of weights that are drawn and have none of their own: what a run draws with `--seed 1`. */
const SEED = 1;

/** The graph of a network of `module`; undefined after reporting what NIR cannot say. */
export async function exportNir(
  module: NetworkModule,
  network: Network,
  host: FileHost,
  diagnostics: DiagnosticBag,
): Promise<NirGraph | undefined> {
  const before = diagnostics.all.length;
  const isFaulty = (): boolean => diagnostics.all.slice(before).some(({ severity }) => severity === 'error');
  const written = writeOut(module, network, diagnostics);
  if (isFaulty()) return undefined;
  const [loaded] = loadWeights([written], host, diagnostics, await readWeightGraphs([written], host)) ?? [];
  if (!loaded || isFaulty()) return undefined;
  const exported = new Exporter(loaded, diagnostics).export(network.name);
  if (isFaulty()) return undefined;
  for (const projection of exported.projections) {
    const reason = projectionFault(exported, projection);
    if (reason !== undefined) refuse(`projection \`${projection.name}\``, reason, diagnostics);
  }
  return isFaulty() ? undefined : exportGraph(exported);
}

function refuse(what: string, reason: string, diagnostics: DiagnosticBag, span?: MappedProjection['origin']): void {
  diagnostics.report(NIR_CATALOGUE, 'unexportable', { what, reason }, { span });
}

/** Populations and projections with modules and loops written out. */
interface WrittenNetwork {
  readonly populations: readonly MappedPopulation[];
  readonly projections: readonly MappedProjection[];
}

function writeOut(module: NetworkModule, network: Network, diagnostics: DiagnosticBag): WrittenNetwork {
  const unrolled = new UnrolledNetwork(network, module.networks, diagnostics);
  const copies = new Map<unknown, number>();
  const projections = unrolled.projections.flatMap((placed): MappedProjection[] => {
    const { projection, at, values } = placed;
    const copy = copies.get(projection) ?? 0;
    copies.set(projection, copy + 1);
    const [from, to] = [projection.from, projection.to].map((end) => unrolled.resolve(end, at, values));
    if (!from || !to) return [];
    const device = module.devices.find(({ name }) => name === projection.device);
    const rounds = [...values.values()].map((value) => `[${value}]`).join('');
    return [
      {
        name: at.prefix + projection.name + rounds,
        ...{ from, to, connectivity: connectivityOf(projection.connectivity, placed, copy) },
        ...(device && { device }),
        encoding: projection.encoding ?? { scheme: 'single' },
        modulations: [],
        ...(projection.weights && { weights: weightsOf(projection.weights, placed, copy) }),
        ...(projection.delay && { delay: withLoops(projection.delay, placed) }),
        learning: projection.learning.flatMap(({ rule, origin }) => {
          const found = module.rules.find(({ name }) => name === rule);
          return found ? [{ rule: found, modulations: [], origin }] : [];
        }),
        parts: [],
        origin: projection.origin,
      },
    ];
  });
  return { populations: unrolled.populations, projections };
}

class Exporter {
  readonly #network: WrittenNetwork;
  readonly #diagnostics: DiagnosticBag;

  constructor(network: WrittenNetwork, diagnostics: DiagnosticBag) {
    this.#network = network;
    this.#diagnostics = diagnostics;
  }

  export(name: string): ExportNetwork {
    const populations = this.#network.populations.map((population) => this.#population(population));
    const projections = this.#network.projections.flatMap((projection, index) => this.#projection(projection, index));
    return { name, populations, projections };
  }

  #population({ name, model, shape, settings, tables, origin }: MappedPopulation): ExportPopulation {
    const shared = Object.entries(settings).map(([setting, value]) => [setting, [value]] as const);
    const population = { name, model, shape, settings: new Map([...shared, ...Object.entries(tables ?? {})]) };
    const reason = populationFault(population);
    if (reason !== undefined) refuse(`population \`${name}\``, reason, this.#diagnostics, origin);
    return population;
  }

  #projection(projection: MappedProjection, index: number): ExportProjection[] {
    const { name, from, to, origin } = projection;
    const fault = (reason: string): ExportProjection[] => {
      refuse(`projection \`${name}\``, reason, this.#diagnostics, origin);
      return [];
    };
    if (this.#network.populations[to.population]?.model === 'rates') return fault('it drives an input');
    const synapses = this.#synapses(projection, index);
    if (typeof synapses === 'string') return fault(synapses);
    const delays = this.#delays(projection);
    if (typeof delays === 'string') return fault(delays);
    const notes = this.#notes(projection);
    return [{ name, from: from.population, to: to.population, synapses, ...(delays && { delays }), notes }];
  }

  #size(index: number): number {
    return this.#network.populations[index]?.size ?? 0;
  }

  /** What the projection computes; in words why that cannot be said. */
  #synapses(projection: MappedProjection, index: number): ExportSynapses | string {
    const { connectivity, from, to } = projection;
    const isWhole = from.count === this.#size(from.population) && to.count === this.#size(to.population);
    if (connectivity.kind === 'pooling') {
      if (connectivity.operation !== 'average') return 'NIR has no maximum';
      const { rows, columns, stride } = connectivity;
      return isWhole ? { kind: 'average', rows, columns, stride } : 'its window moves over a part of a population';
    }
    const size = synapseMatrix(projection, this.#network.populations);
    if (Math.max(size.rows * size.columns, this.#size(from.population) * this.#size(to.population)) > MAX_WEIGHTS) {
      return `it has more than ${MAX_WEIGHTS} weights`;
    }
    const place = { network: this.#network, projection, index, size, seed: SEED };
    const weights = initialWeights(place);
    if (connectivity.kind === 'convolution') {
      return isWhole ? this.#convolution(projection, weights) : 'its window moves over a part of a population';
    }
    const mask = synapseMask(projection, this.#network);
    if (connectivity.kind === 'one-to-one' && isWhole) {
      return {
        kind: 'scale',
        weights: Float32Array.from({ length: from.count }, (_, row) => weights[row * (size.columns + 1)] ?? 0),
      };
    }
    return this.#matrix(projection, weights, mask);
  }

  #convolution({ connectivity, from, to }: MappedProjection, weights: Float32Array): ExportSynapses | string {
    if (connectivity.kind !== 'convolution') return 'it is no convolution';
    const [before, behind] = [from, to].map(({ population }) => this.#network.populations[population]?.shape ?? []);
    if (before?.length !== 3 || behind?.length !== 3) return 'its grids have no channels';
    const { rows, columns, stride, padding } = connectivity;
    const [channels = 1, inner = 1] = [behind[0], before[0]];
    const elements = inner * rows * columns;
    const turned = new Float32Array(weights.length);
    for (let channel = 0; channel < channels; channel++) {
      for (let element = 0; element < elements; element++) {
        turned[channel * elements + element] = weights[element * channels + channel] ?? 0;
      }
    }
    return { kind: 'convolution', weights: turned, shape: [channels, inner, rows, columns], stride, padding };
  }

  /** The matrix between whole populations, behind x before; parts stand in zeros. */
  #matrix(
    { connectivity, from, to }: MappedProjection,
    weights: Float32Array,
    mask: Uint8Array | undefined,
  ): ExportSynapses {
    const [before, behind] = [this.#size(from.population), this.#size(to.population)];
    const out = new Float32Array(before * behind);
    for (let row = 0; row < from.count; row++) {
      for (let column = 0; column < to.count; column++) {
        const at = row * to.count + column;
        if (mask?.[at] === 0) continue;
        out[(to.first + column) * before + from.first + row] = weights[at] ?? 0;
      }
    }
    if (connectivity.kind !== 'dense') return { kind: 'matrix', weights: out };
    const bias = new Float32Array(behind);
    bias.set(weights.subarray(from.count * to.count), to.first);
    return { kind: 'matrix', weights: out, bias };
  }

  /** Delays of the neurons before; in words why there are none of them alone. */
  #delays(projection: MappedProjection): readonly number[] | string | undefined {
    const { delay, from } = projection;
    if (!delay) return undefined;
    if ([...referencesOf(delay)].some((name) => !name.startsWith('pre.')))
      return 'its delays depend on the neuron behind';
    const { pre } = pairValues(projection, this.#network);
    const delays = Array<number>(this.#size(from.population)).fill(0);
    for (let row = 0; row < from.count; row++) {
      const values = pre(row);
      delays[from.first + row] = evaluate(delay, (name) => values.get(name) ?? NaN);
    }
    return delays.every((each) => each === 0) ? undefined : delays;
  }

  /** What NIR has no word for, told and kept as notes. */
  #notes({ name, device, learning, encoding }: MappedProjection): Readonly<Record<string, string>> {
    const notes = {
      ...(device && { ionloom_device: device.name, ionloom_encoding: encoding.scheme }),
      ...(learning.length > 0 && { ionloom_rules: learning.map(({ rule }) => rule.name).join(' ') }),
    };
    const what = [
      ...(device ? [`device \`${device.name}\``] : []),
      ...learning.map(({ rule }) => `rule \`${rule.name}\``),
    ];
    for (const each of what) {
      this.#diagnostics.report(NIR_CATALOGUE, 'left-out', { projection: name, what: each });
    }
    return notes;
  }
}
