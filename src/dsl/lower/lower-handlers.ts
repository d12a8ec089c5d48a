/** Equations of a rule that run: rates of traces, and handlers of events. */
import { nearestName } from '../../core/nearest.js';
import type { Span } from '../../core/span.js';
import type { Expression } from '../../devices/expression.js';
import type { Statement } from '../../devices/statement.js';
import type { Handler, RuleEvent, Trace } from '../../ir/rule.js';
import { divideDimensions, type Dimension } from '../../units/dimension.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { clausesOf } from '../check/check-clauses.js';
import { checkCondition } from '../check/check-condition.js';
import { checkQuantity, checkSigned } from '../check/check-constant.js';
import { checkStatements } from '../check/check-statements.js';
import { DIMENSION } from '../check/dimensions.js';
import type { CheckContext, Scope } from '../check/scope.js';
import { residenceOfExpression, straying, type Residence, type ResidenceOf } from '../rule/residence.js';
import { eventScope, isNaming, kindOfName, residences } from '../rule/rule-scope.js';
import type { EveryClause, OnEventClause, RuleClause } from '../syntax/rule.js';
import { EVENTS } from '../syntax/rule.js';
import type { EvolveClause } from '../syntax/shared.js';

/** What the running equations of a rule are checked in; the scope is that of equations outside handlers. */
export interface RunningContext extends CheckContext {
  /** Scope of numbers that are fixed with the rule. */
  readonly fixed: Scope;
  /** Where everything of the rule lives that equations see. */
  readonly residence: ReadonlyMap<string, Residence>;
  /** What handlers may change: the weight and the traces. */
  readonly assignable: ReadonlyMap<string, Dimension>;
  readonly modulators: readonly string[];
}

// Rates

/** The traces with what they start at and evolve by checked; reports `evolve` of anything else. */
export function lowerRates(
  traces: readonly Trace[],
  clauses: readonly RuleClause[],
  context: RunningContext,
): readonly Trace[] {
  const evolves = evolvesByTrace(traces, clauses, context);
  const residenceOf = residences(context.residence, 'every');
  return traces.map((trace) => {
    requireResidence({ trace: trace.name, per: trace.per, span: trace.origin }, trace.initial, {
      residenceOf,
      context,
    });
    const evolve = evolves.get(trace.name);
    const state = context.assignable.get(trace.name);
    if (!evolve || !state) return trace;
    const dimension = divideDimensions(state, DIMENSION.time);
    const rate = checkQuantity(evolve.rate, { what: `rate of \`${trace.name}\``, dimension }, context).expression;
    const target = { trace: trace.name, per: trace.per, span: evolve.rate.span };
    requireResidence(target, rate, { residenceOf, context });
    return { ...trace, rate };
  });
}

function evolvesByTrace(traces: readonly Trace[], clauses: readonly RuleClause[], { diagnostics }: CheckContext) {
  const names = new Set(traces.map(({ name }) => name));
  const named = new Map(clauses.filter(isNaming).map((clause) => [clause.name.name, clause]));
  const evolves = new Map<string, EvolveClause>();
  for (const clause of clausesOf(clauses, 'evolve')) {
    const { name, span } = clause.state;
    const first = evolves.get(name);
    const other = named.get(name);
    if (first) {
      const related = [{ message: 'first given here', span: first.span }];
      const params = { owner: `trace \`${name}\``, clause: 'evolve' };
      diagnostics.report(DSL_CATALOGUE, 'duplicate-clause', params, { span: clause.span, related });
    } else if (names.has(name)) evolves.set(name, clause);
    else if (other) {
      const related = [{ message: 'declared here', span: other.name.span }];
      const params = { name, found: kindOfName(other), expected: 'trace' };
      diagnostics.report(DSL_CATALOGUE, 'wrong-kind', params, { span, related });
    } else {
      const params = { what: 'trace', name, nearest: nearestName(name, names) };
      diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span });
    }
  }
  return evolves;
}

// Handlers

/** The handlers in the order of the text; those of events that do not exist are reported and left out. */
export function lowerHandlers(clauses: readonly RuleClause[], context: RunningContext): Handler[] {
  return clauses.flatMap((clause) =>
    clause.kind === 'on-event' || clause.kind === 'every' ? lowerHandler(clause, context) : [],
  );
}

function lowerHandler(clause: OnEventClause | EveryClause, context: RunningContext): Handler[] {
  const event = clause.kind === 'every' ? lowerInterval(clause, context) : lowerEvent(clause, context);
  if (!event) return [];
  const inner = { ...context, scope: eventScope(context.scope, event.kind) };
  const condition = clause.condition && checkCondition(clause.condition, 'condition of the handler', inner);
  const body = checkStatements(clause.body, inner);
  const residenceOf = residences(context.residence, event.kind);
  requireResidences(body, { residenceOf, conditions: condition ? [condition] : [], context });
  return [{ event, ...(condition && { condition }), body, origin: clause.span }];
}

function lowerInterval({ period }: EveryClause, context: RunningContext): RuleEvent {
  const expected = { what: 'interval', dimension: DIMENSION.time, sign: 'positive', symbol: 's' } as const;
  return { kind: 'every', seconds: checkSigned(period, expected, { ...context, scope: context.fixed }) };
}

function lowerEvent({ event }: OnEventClause, { modulators, diagnostics }: RunningContext): RuleEvent | undefined {
  const kind = EVENTS.find((candidate) => candidate === event.name);
  if (kind) return { kind };
  if (modulators.includes(event.name)) return { kind: 'modulator', name: event.name };
  const known = [...EVENTS, ...modulators];
  const params = { what: 'event', word: event.name, known, nearest: nearestName(event.name, known) };
  diagnostics.report(DSL_CATALOGUE, 'unknown-word', params, { span: event.span });
  return undefined;
}

// Where values live

interface Target {
  readonly trace: string;
  readonly per: Residence;
  readonly span: Span;
}

interface Residing {
  readonly residenceOf: ResidenceOf;
  readonly context: RunningContext;
}

/** Reports a value that differs between the synapses of a neuron, where the neuron has one trace. */
function requireResidence({ trace, per, span }: Target, value: Expression, { residenceOf, context }: Residing): void {
  if (per !== 'pre' && per !== 'post') return;
  const name = straying(value, per, residenceOf);
  if (name === undefined) return;
  context.diagnostics.report(DSL_CATALOGUE, 'trace-residence', { trace, per, name }, { span });
}

/** The same for the statements of a handler, where sums over synapses are allowed. */
function requireResidences(
  statements: readonly Statement[],
  { residenceOf: outer, conditions, context }: Residing & { readonly conditions: readonly Expression[] },
): void {
  const locals = new Map<string, Residence>();
  const residenceOf: ResidenceOf = (name) => locals.get(name) ?? outer(name);
  for (const statement of statements) {
    switch (statement.kind) {
      case 'local':
        locals.set(statement.name, residenceOfExpression(statement.value, residenceOf));
        break;
      case 'if': {
        const inner = { residenceOf, conditions: [...conditions, statement.condition], context };
        requireResidences(statement.whenTrue, inner);
        requireResidences(statement.whenFalse, inner);
        break;
      }
      case 'assign': {
        if (isSum(statement)) break;
        const per = context.residence.get(statement.target) ?? 'synapse';
        const target = { trace: statement.target, per, span: statement.origin };
        for (const value of [statement.value, ...conditions]) requireResidence(target, value, { residenceOf, context });
      }
    }
  }
}

/** `x += …` and `x -= …` as {@link checkStatements} makes them. */
function isSum({ target, value }: Statement & { readonly kind: 'assign' }): boolean {
  if (value.kind !== 'binary' || (value.operator !== '+' && value.operator !== '-')) return false;
  return value.left.kind === 'reference' && value.left.name === target;
}
