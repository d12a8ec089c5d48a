/** Projections, connections and loops; loops keep their index, however often they run. */
import type { Connection, Loop, Projection, Wiring } from '../../ir/graph.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkInteger } from '../check/check-constant.js';
import { reportShadowedNames } from '../check/check-names.js';
import { chargeExpansion } from '../check/expansion-budget.js';
import { extendScope, hideNames, lookUp } from '../check/scope.js';
import { PLAIN_NUMBER } from '../check/value-type.js';
import { isSameShape, shapeText } from '../network/grid.js';
import { costOfTrying } from '../network/index-values.js';
import { NEURONS } from '../network/neuron-models.js';
import type { Identifier } from '../syntax/nodes.js';
import type { ConnectClause, ForClause, ModuleClause, ProjectionClause } from '../syntax/network.js';
import { lowerProjection } from './lower-projection.js';
import type { WiringContext } from './network-parts.js';
import { resolvePlace, type Place } from './resolve-place.js';

/** Clauses that wire something. */
export type WiringClause = ProjectionClause | ConnectClause | ForClause;

/** Whether a clause wires something. */
export function isWiring(clause: ModuleClause): clause is WiringClause {
  return clause.kind === 'projection' || clause.kind === 'connect' || clause.kind === 'for';
}

/** What the clauses connect; those with a reported mistake are left out. */
export function lowerWiring(clauses: readonly WiringClause[], context: WiringContext): Wiring {
  const projections: Projection[] = [];
  const connections: Connection[] = [];
  const loops: Loop[] = [];
  for (const clause of clauses) {
    switch (clause.kind) {
      case 'projection':
        projections.push(...present(lowerProjection(clause, context)));
        break;
      case 'connect':
        connections.push(...present(lowerConnection(clause, context)));
        break;
      case 'for':
        loops.push(...present(lowerLoop(clause, context)));
    }
  }
  return { projections, connections, loops };
}

function present<Value>(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value];
}

/** Projections without a name between the same ends are told apart by a number. */
export function withDistinctNames(wiring: Wiring, seen = new Map<string, number>()): Wiring {
  const projections = wiring.projections.map((projection) => {
    const { name } = projection;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 || !name.includes(' -> ') ? projection : { ...projection, name: `${name} #${count}` };
  });
  const loops = wiring.loops.map((loop) => ({ ...loop, body: withDistinctNames(loop.body, seen) }));
  return { ...wiring, projections, loops };
}

/** The names that clauses give to projections, those inside loops included. */
export function projectionNames(clauses: readonly ModuleClause[]): Identifier[] {
  return clauses.flatMap((clause) => {
    if (clause.kind === 'for') return projectionNames(clause.body.clauses);
    return clause.kind === 'projection' && clause.name ? [clause.name] : [];
  });
}

function lowerConnection(clause: ConnectClause, context: WiringContext): Connection | undefined {
  const from = resolvePlace(clause.from, 'source', context);
  const to = resolvePlace(clause.to, 'port', context);
  if (!from || !to) return undefined;
  requireSameSignal(clause, { from, to }, context);
  // Whether its port is driven by another one, too, is found by trying
  if (!chargeExpansion(clause.span, context, costOfTrying(context.loops))) return undefined;
  return { from: from.endpoint, to: to.endpoint, origin: clause.span };
}

function requireSameSignal(
  clause: ConnectClause,
  { from, to }: { readonly from: Place; readonly to: Place },
  { diagnostics }: WiringContext,
): void {
  const isSameSignal = NEURONS[from.model].signal === NEURONS[to.model].signal;
  if (isSameSignal && isSameShape(from.shape, to.shape)) return;
  const [source, port] = [clause.from, clause.to].map(({ path }) => path.map(({ name }) => name.name).join('.'));
  const params = { from: source ?? '', fromType: signalText(from), port: port ?? '', portType: signalText(to) };
  diagnostics.report(DSL_CATALOGUE, 'port-mismatch', params, { span: clause.from.span });
}

function signalText({ model, shape }: Place): string {
  return `${NEURONS[model].signal} of ${shapeText(shape)}`;
}

/** Loops inside one another have indices of different names. */
function checkIndexName(index: Identifier, { loops, scope, diagnostics }: WiringContext): void {
  if (loops.some(({ name }) => name === index.name)) {
    const entry = lookUp(scope, index.name);
    const origin = entry && 'origin' in entry ? entry.origin : undefined;
    const related = origin && [{ message: 'first declared here', span: origin }];
    diagnostics.report(DSL_CATALOGUE, 'duplicate-name', { name: index.name }, { span: index.span, related });
  } else reportShadowedNames([{ name: index, what: 'index' }], scope, diagnostics);
}

/** Ends of a loop: far from where numbers lose their integers. */
const MAX_INDEX = 2 ** 31;

function lowerLoop({ index, range, body, span }: ForClause, context: WiringContext): Loop | undefined {
  const { diagnostics } = context;
  checkIndexName(index, context);
  const constants = { ...context, scope: context.fixed };
  const limits = { min: -MAX_INDEX, max: MAX_INDEX };
  const low = checkInteger(range.low, { what: 'start of the loop', ...limits }, constants);
  const high = checkInteger(range.high, { what: 'end of the loop', ...limits }, constants);
  if (low > high + 1) diagnostics.report(DSL_CATALOGUE, 'empty-loop', { low, high }, { span: range.span });
  // A loop that never runs has no rounds in which anything could be wrong.
  if (Number.isNaN(low) || Number.isNaN(high) || low > high) return undefined;
  const { name } = index;
  const scope = extendScope(context.scope, [
    [name, { kind: 'value', type: PLAIN_NUMBER, expression: { kind: 'reference', name }, origin: index.span }],
  ]);
  const fixed = hideNames(context.fixed, [[name, 'this number is the same in every round of the loop']]);
  const loops = [...context.loops, { name, low, high }];
  return { index: name, low, high, body: lowerWiring(body.clauses, { ...context, scope, fixed, loops }), origin: span };
}
