/** Modules and loops written out: which populations there are, and which neurons an endpoint in a module means. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { invariant } from '../../core/invariant.js';
import type { Span } from '../../core/span.js';
import { evaluate } from '../../devices/evaluate.js';
import { SCHEDULE_CATALOGUE } from '../catalogue.js';
import type { Connection, Endpoint, Network, PathStep, Projection, Wiring } from '../graph.js';
import type { MappedPopulation, NeuronRange } from '../mapped-network.js';
import { partOf } from '../neuron-ranges.js';
import { named } from './set-parameters.js';

/** Populations, projections and connections of a network with all its modules, at most. */
const MAX_PARTS = 100_000;

/** Values of the indices of loops around something. */
export type LoopValues = ReadonlyMap<string, number>;

/** A network, or one instance of a module inside another one. */
export interface Place {
  readonly network: Network;
  /** Name of the instance with a dot behind it; empty for the network itself. */
  readonly prefix: string;
  readonly parent: Place | undefined;
  /** Instances by name, an array of modules as several. */
  readonly instances: ReadonlyMap<string, readonly Place[]>;
  /** What drives the inputs, by name. */
  readonly drivers: Map<string, { readonly connection: Connection; readonly at: Place; readonly values: LoopValues }[]>;
}

/** A projection in one round of the loops around it. */
export interface PlacedProjection {
  readonly projection: Projection;
  readonly at: Place;
  readonly values: LoopValues;
}

/** A network without modules and loops. */
export class UnrolledNetwork {
  readonly root: Place;
  readonly populations: MappedPopulation[] = [];
  readonly projections: PlacedProjection[] = [];
  readonly #networks: readonly Network[];
  readonly #diagnostics: DiagnosticBag;
  readonly #indices = new Map<string, number>();
  #parts = 0;

  /** Reports networks that are too large. */
  constructor(root: Network, networks: readonly Network[], diagnostics: DiagnosticBag) {
    this.#networks = networks;
    this.#diagnostics = diagnostics;
    this.root = this.#open(root, '', undefined);
    this.#wire(this.root);
  }

  /** The neurons that an endpoint of a network or module means; undefined after reporting. */
  resolve(endpoint: Endpoint, at: Place, values: LoopValues): NeuronRange | undefined {
    return this.#resolve(endpoint, { at, values, passed: new Set() });
  }

  #open(network: Network, prefix: string, parent: Place | undefined): Place {
    const instances = new Map<string, readonly Place[]>();
    const place: Place = { network, prefix, parent, instances, drivers: new Map() };
    for (const { name, model, shape, settings, tables, origin } of network.populations) {
      if (!this.#charge(origin)) return place;
      this.#indices.set(prefix + name, this.populations.length);
      const size = shape.reduce((product, side) => product * side, 1);
      const all = Object.fromEntries(settings.map((setting) => [setting.name, setting.value]));
      const each = tables && { tables: Object.fromEntries(tables.map((table) => [table.name, table.values])) };
      this.populations.push({ name: prefix + name, model, shape, size, settings: all, ...each, origin });
    }
    for (const { name, module, count, origin } of network.instances) {
      const places: Place[] = [];
      for (let index = 0; index < (count ?? 1) && this.#charge(origin); index++) {
        const instance = count === undefined ? name : `${name}[${index}]`;
        places.push(this.#open(named(this.#networks, module), `${prefix}${instance}.`, place));
      }
      instances.set(name, places);
    }
    return place;
  }

  #charge(origin: Span): boolean {
    this.#parts++;
    if (this.#parts <= MAX_PARTS) return true;
    if (this.#parts === MAX_PARTS + 1) {
      this.#diagnostics.report(SCHEDULE_CATALOGUE, 'network-too-large', { limit: MAX_PARTS }, { span: origin });
    }
    return false;
  }

  #wire(at: Place): void {
    this.#collect(at.network.wiring, at, new Map());
    for (const places of at.instances.values()) for (const place of places) this.#wire(place);
  }

  #collect({ projections, connections, loops }: Wiring, at: Place, values: LoopValues): void {
    for (const projection of projections) {
      if (!this.#charge(projection.origin)) return;
      this.projections.push({ projection, at, values });
    }
    for (const connection of connections) {
      if (!this.#charge(connection.origin)) return;
      this.#connect(connection, at, values);
    }
    for (const { index, low, high, body } of loops) {
      for (let value = low; value <= high && this.#parts <= MAX_PARTS; value++) {
        this.#collect(body, at, new Map([...values, [index, value]]));
      }
    }
  }

  #connect(connection: Connection, at: Place, values: LoopValues): void {
    const [step, port] = connection.to.path;
    const target = step && instanceAt(step, at, values);
    invariant(target && port, 'connections drive a port of an instance');
    const known = target.drivers.get(port.name) ?? [];
    target.drivers.set(port.name, [...known, { connection, at, values }]);
  }

  #resolve(endpoint: Endpoint, way: Way): NeuronRange | undefined {
    const { at, values } = way;
    const [step, ...rest] = endpoint.path;
    invariant(step, 'an endpoint has a name');
    const next = instanceAt(step, at, values);
    if (next) return this.#resolve({ ...endpoint, path: rest }, { ...way, at: next });
    const population = this.#indices.get(at.prefix + step.name);
    if (population !== undefined) {
      const size = this.populations[population]?.size ?? 0;
      return { population, ...partOf(step, size, values) };
    }
    const whole = this.#resolvePort(step.name, endpoint.origin, way);
    if (!whole) return undefined;
    const { first, count } = partOf(step, whole.count, values);
    return { ...whole, first: whole.first + first, count };
  }

  /** A port is what drives it or what it shows. */
  #resolvePort(name: string, origin: Span, { at, passed }: Way): NeuronRange | undefined {
    const key = at.prefix + name;
    if (passed.has(key)) {
      this.#diagnostics.report(SCHEDULE_CATALOGUE, 'port-circle', { port: key }, { span: origin });
      return undefined;
    }
    const on = new Set([...passed, key]);
    const output = at.network.outputs.find((each) => each.name === name);
    if (output) return this.#resolve(output.source, { at, values: new Map(), passed: on });
    const drivers = (at.drivers.get(name) ?? []).map(({ connection, at: outer, values }) => {
      const range = this.#resolve(connection.from, { at: outer, values, passed: on });
      return range && { range, at: partOf(connection.to.path[1] ?? { name }, range.count, values).first, connection };
    });
    const present = drivers.filter((driver) => driver !== undefined);
    if (present.length < drivers.length) return undefined;
    const joined = joinRanges(present);
    const [first] = present;
    if (joined || !first) return joined;
    const { origin: span } = first.connection;
    this.#diagnostics.report(SCHEDULE_CATALOGUE, 'port-in-parts', { port: key }, { span });
    return undefined;
  }
}

/** Where an endpoint is read, and the ports on the way to it. */
interface Way {
  readonly at: Place;
  readonly values: LoopValues;
  readonly passed: ReadonlySet<string>;
}

function instanceAt({ name, index }: PathStep, { instances }: Place, values: LoopValues): Place | undefined {
  const places = instances.get(name);
  if (!places) return undefined;
  if (!index) return places[0];
  invariant(index.kind === 'single', 'one instance of an array is chosen');
  return places[evaluate(index.value, (variable) => values.get(variable) ?? NaN)];
}

/** One range of all parts of a port in their order; undefined where they are not neighbours in one population. */
function joinRanges(parts: readonly { readonly range: NeuronRange; readonly at: number }[]): NeuronRange | undefined {
  const [head, ...tail] = [...parts].sort((left, right) => left.at - right.at).map(({ range }) => range);
  if (!head) return undefined;
  let { count } = head;
  for (const range of tail) {
    if (range.population !== head.population || range.first !== head.first + count) return undefined;
    count += range.count;
  }
  return { ...head, count };
}
