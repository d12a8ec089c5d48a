/** Conditions of experiments on networks: expectations over measures, invariants over signals. */
import type { Baseline, Measure, StudyExpectation } from '../../../ir/study.js';
import type { Invariant } from '../../../devices/statement.js';
import { siSymbol } from '../../../units/describe-dimension.js';
import type { Dimension } from '../../../units/dimension.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { checkCondition } from '../../check/check-condition.js';
import { extendScope, lookUp, type Binding, type CheckContext, type Scope } from '../../check/scope.js';
import { PLAIN_NUMBER, POISON, quantityType, type ValueType } from '../../check/value-type.js';
import { MEASURES } from '../../../ir/study.js';
import { pairScope } from '../../network/pair-scope.js';
import { printExpression } from '../../print/print-expression.js';
import type { ExpectClause } from '../../syntax/experiment.js';
import type { CallNode, ExpressionNode, ReferenceNode } from '../../syntax/nodes.js';
import { rewriteExpression } from '../../syntax/rewrite-expression.js';
import type { InvariantClause } from '../../syntax/shared.js';
import { checkMeasure, isMeasureCall, loneMeasure, type CheckedMeasure } from './measures.js';
import { isLeftOut } from './left-out.js';
import { findSignal, lookUpSignal, type Signal } from './signals.js';
import type { StudyContext } from './studied-network.js';

/** A published figure and its dimension. */
export interface KnownBaseline {
  readonly baseline: Baseline;
  readonly dimension: Dimension;
}

/** Collects what the names and calls of one condition stand for, each under its text. */
class ConditionReader {
  readonly measures: Measure[] = [];
  readonly signals: Signal[] = [];
  readonly bindings = new Map<string, Binding>();

  /** Stands for `node` from now on; without a dimension it is poison. */
  bind(node: ExpressionNode, dimension: Dimension | undefined): ReferenceNode {
    const name = node.kind === 'reference' ? node.name : printExpression(node);
    const type = dimension ? quantityType(dimension) : POISON.type;
    this.bindings.set(name, { kind: 'value', type, expression: { kind: 'reference', name } });
    return { kind: 'reference', name, span: node.span };
  }

  bindMeasure(node: ExpressionNode, checked: CheckedMeasure | undefined): ReferenceNode {
    const isNew = checked && !this.measures.some(({ name }) => name === checked.measure.name);
    if (isNew) this.measures.push(checked.measure);
    if (checked) this.signals.push(...checked.signals);
    return this.bind(node, checked?.dimension);
  }
}

/** The expectation; undefined after reporting. */
export function lowerStudyExpectation(
  { condition, selection, span }: ExpectClause,
  baselines: ReadonlyMap<string, KnownBaseline>,
  context: StudyContext,
): StudyExpectation | undefined {
  const reader = new ConditionReader();
  const rewritten = rewriteExpression(condition, (node) => replaceInExpectation(node, { reader, baselines, context }));
  const scope = extendScope(context.scope, reader.bindings);
  const sides = new SideUnits(scope);
  const checked = checkCondition(rewritten, 'expectation', { ...context, scope, observe: sides.observe });
  const where = selection && lowerSelection(selection, reader, context);
  if (!checked || (selection && !where)) return undefined;
  if (reader.measures.length === 0) {
    const params = { what: 'this expectation', hint: `measures are ${Object.keys(MEASURES).join(', ')}` };
    context.diagnostics.report(DSL_CATALOGUE, 'measures-nothing', params, { span: condition.span });
    return undefined;
  }
  const text = printExpression(condition) + (selection ? ` where ${printExpression(selection)}` : '');
  const { unit } = sides;
  return {
    ...{ text, condition: checked, measures: reader.measures, origin: span },
    ...(where && { selection: where }),
    ...(unit !== undefined && { unit }),
  };
}

/** Units of what the comparisons of a condition compare; whoever watches the scope goes on watching. */
class SideUnits {
  readonly #units = new Set<string>();
  readonly #types = new Map<ExpressionNode, ValueType>();
  readonly observe: NonNullable<Scope['observe']>;

  constructor(scope: Scope) {
    this.observe = (node, typed) => {
      scope.observe?.(node, typed);
      this.#types.set(node, typed.type);
      const left = node.kind === 'compare' ? this.#types.get(node.left) : undefined;
      if (left?.kind === 'quantity') this.#units.add(siSymbol(left.dimension));
    };
  }

  /** Of all comparisons; undefined where they differ. */
  get unit(): string | undefined {
    const [unit, ...others] = this.#units;
    return others.length === 0 ? unit : undefined;
  }
}

interface ExpectationReading {
  readonly reader: ConditionReader;
  readonly baselines: ReadonlyMap<string, KnownBaseline>;
  readonly context: StudyContext;
}

function replaceInExpectation(node: ExpressionNode, { reader, baselines, context }: ExpectationReading) {
  if (node.kind === 'call' && isMeasureCall(node)) return reader.bindMeasure(node, checkMeasure(node, context));
  if (node.kind !== 'reference') return undefined;
  const baseline = baselines.get(node.name);
  if (baseline) return reader.bind(node, baseline.dimension);
  if (lookUp(context.scope, node.name)) return undefined;
  const lone = loneMeasure(node.name);
  if (lone) return reader.bindMeasure(node, lone);
  const asCall: CallNode = {
    kind: 'call',
    callee: { name: node.name, span: node.span },
    operands: [],
    span: node.span,
  };
  if (isMeasureCall(asCall)) return reader.bindMeasure(node, checkMeasure(asCall, context));
  if (isLeftOut(node.name, context.network)) return reader.bind(node, undefined);
  if (!lookUpSignal(node.name, context.network).signal) return undefined;
  context.diagnostics.report(DSL_CATALOGUE, 'signal-not-reduced', { name: node.name }, { span: node.span });
  return reader.bind(node, undefined);
}

/** The condition behind `where`, on the neurons of the signals that are measured. */
function lowerSelection(node: ExpressionNode, { signals, measures }: ConditionReader, context: StudyContext) {
  const sides = signals.find((signal) => signal.sides)?.sides;
  const index: Binding = { kind: 'value', type: PLAIN_NUMBER, expression: { kind: 'reference', name: 'index' } };
  if (signals.length === 0) {
    const params = {
      what: 'this selection of neurons',
      hint: 'select neurons of `correlation`, `error`, `variation`, `drift`, `mean`, `min` or `max`',
    };
    // Poison has been reported
    if (measures.length > 0) context.diagnostics.report(DSL_CATALOGUE, 'measures-nothing', params, { span: node.span });
    return undefined;
  }
  const scope = sides ? pairScope(context.scope, sides) : extendScope(context.scope, [['index', index]]);
  return checkCondition(node, 'condition of `where`', { ...context, scope });
}

/** The invariant, which holds for every value of its signals; undefined after reporting. */
export function lowerStudyInvariant(
  { condition, span }: InvariantClause,
  context: StudyContext,
): Invariant | undefined {
  const reader = new ConditionReader();
  const rewritten = rewriteExpression(condition, (node) => {
    if (node.kind !== 'reference' || lookUp(context.scope, node.name)) return undefined;
    const signal = findSignal(node, context);
    if (signal) reader.signals.push(signal);
    return reader.bind(node, signal?.dimension);
  });
  const inner: CheckContext = { ...context, scope: extendScope(context.scope, reader.bindings) };
  const checked = checkCondition(rewritten, 'invariant', inner);
  if (!checked) return undefined;
  if (reader.signals.length === 0) {
    const params = { what: 'this invariant', hint: 'name a signal, for example `projection.w`' };
    context.diagnostics.report(DSL_CATALOGUE, 'measures-nothing', params, { span: condition.span });
    return undefined;
  }
  return { text: printExpression(condition), condition: checked, origin: span };
}
