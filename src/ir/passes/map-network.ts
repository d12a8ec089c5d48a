/** network -> mapped of an experiment on a network: structure written out, parameters set, synapses placed on tiles. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Expression } from '../../devices/expression.js';
import { referencesOf } from '../../devices/symbolic.js';
import { substitute } from '../../devices/substitute.js';
import type { Connectivity, Endpoint, Modulation, Projection, WeightSource } from '../graph.js';
import type { MappedLearning, MappedNetwork, MappedProjection, NeuronRange } from '../mapped-network.js';
import type { NetworkModule } from '../network.js';
import type { NamedNumber } from '../rule.js';
import type { SampleChoice, ScheduleStep, Study } from '../study.js';
import { synapseMatrix, vectorsOfSample } from '../synapse-matrix.js';
import { copySeed } from './copy-seed.js';
import { placeMatrices, type MatrixRequest } from './place-projections.js';
import { named, ParameterValues } from './set-parameters.js';
import { UnrolledNetwork, type PlacedProjection } from './unroll-network.js';

/**
 * Maps `study` at one point of its sweeps, on as many grids of the chip as it takes; undefined after reporting. `network` has been compiled with
 * the values that the point and the settings give to parameters of the file and of the network; those of rules and
 * devices are set here.
 */
export function mapNetwork(
  network: NetworkModule,
  study: Study,
  point: readonly NamedNumber[],
  diagnostics: DiagnosticBag,
): MappedNetwork | undefined {
  const before = diagnostics.all.length;
  const mapped = new NetworkMapping(network, { study, point }, diagnostics).map();
  const isFaulty = diagnostics.all.slice(before).some(({ severity }) => severity === 'error');
  return isFaulty ? undefined : mapped;
}

/** What is mapped. */
interface Assignment {
  readonly study: Study;
  readonly point: readonly NamedNumber[];
}

type Unplaced = Omit<MappedProjection, 'parts'>;

class NetworkMapping {
  readonly #network: NetworkModule;
  readonly #assignment: Assignment;
  readonly #values: ParameterValues;
  readonly #unrolled: UnrolledNetwork;
  /** How often a projection has been written out. */
  readonly #copies = new Map<Projection, number>();

  constructor(network: NetworkModule, assignment: Assignment, diagnostics: DiagnosticBag) {
    const { study, point } = assignment;
    this.#network = network;
    this.#assignment = assignment;
    this.#values = new ParameterValues(study.settings, point);
    this.#unrolled = new UnrolledNetwork(named(network.networks, study.network), network.networks, diagnostics);
  }

  map(): MappedNetwork {
    const { study, point } = this.#assignment;
    const projections = this.#place(this.#unrolled.projections.flatMap((placed) => this.#mapProjection(placed) ?? []));
    const schedule = study.schedule.flatMap((step) => this.#mapStep(step) ?? []);
    const used = new Set(schedule.flatMap((step) => [...samplesOf(step)].map(({ data }) => data)));
    const games = (this.#network.games ?? []).filter(({ name }) => used.has(name));
    return {
      phase: 'mapped',
      source: this.#network.source,
      study: { ...study, schedule },
      point,
      chip: named(this.#network.chips, study.chip),
      populations: this.#unrolled.populations,
      projections,
      data: this.#network.data.filter(({ name }) => used.has(name)),
      ...(games.length > 0 && { games }),
    };
  }

  #mapProjection(placed: PlacedProjection): Unplaced | undefined {
    const { projection, at, values } = placed;
    const from = this.#unrolled.resolve(projection.from, at, values);
    const to = this.#unrolled.resolve(projection.to, at, values);
    const copy = this.#copies.get(projection) ?? 0;
    this.#copies.set(projection, copy + 1);
    if (!from || !to) return undefined;
    const { device, encoding, weights, delay, modulations, origin } = projection;
    const connectivity = connectivityOf(projection.connectivity, placed, copy);
    const rounds = [...values.values()].map((value) => `[${value}]`).join('');
    return {
      name: at.prefix + projection.name + rounds,
      from,
      to,
      connectivity,
      ...(device !== undefined && { device: this.#values.ofDevice(named(this.#network.devices, device)) }),
      encoding: encoding ?? { scheme: 'single' },
      modulations,
      ...(weights && { weights: weightsOf(weights, placed, copy) }),
      ...(delay && { delay: withLoops(delay, placed) }),
      learning: projection.learning.map((each) => this.#mapLearning(each, placed)),
      origin,
    };
  }

  #mapLearning(learning: Projection['learning'][number], placed: PlacedProjection): MappedLearning {
    const { rule, condition, modulations, origin } = learning;
    return {
      rule: this.#values.ofRule(named(this.#network.rules, rule), learning),
      ...(condition && { condition: withLoops(condition, placed) }),
      modulations: modulations.map((each) => this.#mapModulation(each, placed)),
      origin,
    };
  }

  /** Means over populations of the module become means over those of the network. */
  #mapModulation(modulation: Modulation, { at }: PlacedProjection): Modulation {
    const names = new Map<string, Expression>();
    for (const signal of referencesOf(modulation.value)) {
      const dot = signal.lastIndexOf('.');
      const range = this.#unrolled.resolve(endpointOf(signal.slice(0, dot), modulation), at, new Map());
      if (range) names.set(signal, { kind: 'reference', name: this.#nameOf(range) + signal.slice(dot) });
    }
    return { ...modulation, value: substitute(modulation.value, names) };
  }

  #nameOf({ population, first, count }: NeuronRange): string {
    const { name = '', size = 0 } = this.#unrolled.populations[population] ?? {};
    return count === size ? name : `${name}[${first} .. ${first + count - 1}]`;
  }

  #place(projections: readonly Unplaced[]): readonly MappedProjection[] {
    const { tile } = named(this.#network.chips, this.#assignment.study.chip);
    const onDevices = projections.filter(({ device }) => device !== undefined);
    const { parts } = placeMatrices(requestsOf(onDevices, this.#unrolled.populations), tile);
    const placed = new Map(onDevices.map((projection, index) => [projection, parts[index] ?? []]));
    return projections.map((projection) => ({ ...projection, parts: placed.get(projection) ?? [] }));
  }

  #mapStep(step: ScheduleStep): ScheduleStep | undefined {
    switch (step.kind) {
      case 'stimulate': {
        const target = this.#mapEndpoint(step.target);
        return target && { ...step, target };
      }
      case 'pair': {
        const [pre, post] = [this.#mapEndpoint(step.pre), this.#mapEndpoint(step.post)];
        return pre && post && { ...step, pre, post };
      }
      case 'phase':
        return { ...step, steps: step.steps.flatMap((inner) => this.#mapStep(inner) ?? []) };
      default:
        return step;
    }
  }

  #mapEndpoint(endpoint: Endpoint): Endpoint | undefined {
    const range = this.#unrolled.resolve(endpoint, this.#unrolled.root, new Map());
    if (!range) return undefined;
    const { name = '', size } = this.#unrolled.populations[range.population] ?? {};
    const { first, count } = range;
    const [low, high] = [first, first + count - 1].map((value): Expression => ({ kind: 'number', value }));
    const isPart = count !== size && low && high;
    return { ...endpoint, path: [{ name, ...(isPart && { index: { kind: 'range', low, high } }) }] };
  }
}

/** What projections on devices want of the tiles. */
export function requestsOf(
  projections: readonly Unplaced[],
  populations: MappedNetwork['populations'],
): readonly MatrixRequest[] {
  return projections.map((projection) => {
    const size = synapseMatrix(projection, populations);
    return { size, scheme: projection.encoding.scheme, vectors: vectorsOfSample(projection, populations) };
  });
}

function endpointOf(path: string, { origin }: Modulation): Endpoint {
  return { path: path.split('.').map((name) => ({ name })), origin };
}

/** The expression in one round of the loops around its projection. */
export function withLoops(expression: Expression, { values }: Pick<PlacedProjection, 'values'>): Expression {
  if (values.size === 0) return expression;
  return substitute(expression, new Map([...values].map(([name, value]) => [name, { kind: 'number', value }])));
}

/** Pairs as they are in one copy of a projection: drawn anew in each. */
export function connectivityOf(connectivity: Connectivity, placed: PlacedProjection, copy: number): Connectivity {
  if (connectivity.kind === 'where') return { ...connectivity, condition: withLoops(connectivity.condition, placed) };
  return 'seed' in connectivity ? { ...connectivity, seed: copySeed(connectivity.seed, copy) } : connectivity;
}

/** Weights as they are in one copy of a projection. */
export function weightsOf(weights: WeightSource, placed: PlacedProjection, copy: number): WeightSource {
  if (weights.kind === 'expression') return { ...weights, value: withLoops(weights.value, placed) };
  if (weights.kind === 'file' || weights.seed === undefined) return weights;
  return { ...weights, seed: copySeed(weights.seed, copy) };
}

/** Samples that a step presents. */
export function* samplesOf(step: ScheduleStep): Generator<SampleChoice> {
  if (step.kind === 'phase') for (const inner of step.steps) yield* samplesOf(inner);
  else if (step.kind === 'train' || step.kind === 'test') yield step.samples;
  else if (step.kind === 'stimulate' && step.pattern.kind === 'samples') yield step.pattern.samples;
}
