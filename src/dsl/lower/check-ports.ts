/** Every port of an instance is driven once; what nothing drives or connects is worth a warning. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import type { Connection, Wiring } from '../../ir/graph.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { MAX_TRIED, valuesOf, type LoopIndex } from '../network/index-values.js';
import type { ModuleClause, ProjectionClause } from '../syntax/network.js';
import type { EndpointNode } from '../syntax/shared.js';
import { usesInExpression } from '../syntax/uses.js';
import type { ElaboratedNetwork, NetworkParts, PlacedInstance } from './network-parts.js';

/** Reports ports that are driven twice, and warns of ports that nothing drives. */
export function checkPorts({ network, parts }: ElaboratedNetwork, diagnostics: DiagnosticBag): void {
  const drivers = driversOf(network.wiring, [], diagnostics);
  for (const [name, placed] of parts.instances) {
    if (!placed) continue;
    const { count = 1, origin } = placed.instance;
    for (const port of placed.module.parts.inputs.keys()) {
      const driven = drivers.get(`${name}.${port}`);
      if (driven === 'unknown' || count > MAX_TRIED) continue;
      const missing = Array.from({ length: count }, (_, index) => index).filter((index) => !driven?.has(index));
      const [first] = missing;
      if (first === undefined) continue;
      const element = placed.instance.count === undefined ? name : `${name}[${first}]`;
      const params = { port: `${element}.${port}`, others: missing.length - 1 };
      diagnostics.report(DSL_CATALOGUE, 'undriven-port', params, { span: origin });
    }
  }
}

/** Elements of an array whose port is driven, with the first driver; unknown where rounds are too many to try. */
type Driven = Map<number, Span> | 'unknown';

function driversOf(wiring: Wiring, loops: readonly LoopIndex[], diagnostics: DiagnosticBag): Map<string, Driven> {
  const drivers = new Map<string, Driven>();
  const visit = ({ connections, loops: inner }: Wiring, around: readonly LoopIndex[]): void => {
    for (const connection of connections) addDriver(drivers, { connection, loops: around }, diagnostics);
    for (const { index, low, high, body } of inner) visit(body, [...around, { name: index, low, high }]);
  };
  visit(wiring, loops);
  return drivers;
}

interface PlacedConnection {
  readonly connection: Connection;
  readonly loops: readonly LoopIndex[];
}

function addDriver(
  drivers: Map<string, Driven>,
  { connection: { to, origin }, loops }: PlacedConnection,
  diagnostics: DiagnosticBag,
): void {
  const [instance, port] = to.path;
  if (!instance || !port) return;
  const key = `${instance.name}.${port.name}`;
  const driven = drivers.get(key) ?? new Map<number, Span>();
  const index = instance.index?.kind === 'single' ? instance.index.value : ({ kind: 'number', value: 0 } as const);
  // Parts of a port may be driven one by one.
  const values = port.index ? undefined : valuesOf(index, loops);
  if (driven === 'unknown' || !values) {
    drivers.set(key, 'unknown');
    return;
  }
  drivers.set(key, driven);
  for (const { value } of values) {
    const first = driven.get(value);
    if (first) {
      const name = instance.index ? `${instance.name}[${value}].${port.name}` : key;
      const related = [{ message: 'first driven here', span: first }];
      diagnostics.report(DSL_CATALOGUE, 'port-driven-twice', { port: name }, { span: origin, related });
      return;
    }
    driven.set(value, origin);
  }
}

/** Warns of populations, ports and instances that no clause refers to; right or wrong, a clause is a use. */
export function warnUnconnected(
  clauses: readonly ModuleClause[],
  { instances }: NetworkParts,
  diagnostics: DiagnosticBag,
): void {
  // A misspelt end leaves the population that was meant without a connection
  if (diagnostics.hasErrors) return;
  const used = new Set(clauses.flatMap((clause) => [...namesIn(clause)]));
  for (const clause of clauses) {
    if (clause.kind !== 'population' && clause.kind !== 'input' && clause.kind !== 'use') continue;
    const { name } = clause.name;
    if (used.has(name) || (clause.kind === 'use' && !hasPorts(instances.get(name)))) continue;
    const what = clause.kind === 'use' ? 'instance' : clause.kind;
    diagnostics.report(DSL_CATALOGUE, 'unconnected', { what, name }, { span: clause.name.span });
  }
}

/** A module without ports is a network of its own; one with a reported mistake may have any. */
function hasPorts(placed: PlacedInstance | undefined): boolean {
  return placed !== undefined && placed.module.parts.inputs.size + placed.module.outputs.size > 0;
}

function* namesIn(clause: ModuleClause): Generator<string> {
  switch (clause.kind) {
    case 'output':
      yield* firstName(clause.source);
      break;
    case 'connect':
      yield* firstName(clause.from);
      yield* firstName(clause.to);
      break;
    case 'projection':
      yield* firstName(clause.from);
      yield* firstName(clause.to);
      yield* namesInBody(clause);
      break;
    case 'for':
      for (const inner of clause.body.clauses) yield* namesIn(inner);
      break;
    default:
      break;
  }
}

function* firstName({ path: [first] }: EndpointNode): Generator<string> {
  if (first) yield first.name.name;
}

/** Populations that drive third factors. */
function* namesInBody({ body }: ProjectionClause): Generator<string> {
  for (const part of body?.clauses ?? []) {
    if (part.kind !== 'learn') continue;
    for (const { value } of part.settings?.clauses ?? []) {
      for (const { name } of usesInExpression(value)) yield name.replace(/\..*/, '');
    }
  }
}
