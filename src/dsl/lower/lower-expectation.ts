/** `expect` lines: metrics against numbers of the same dimension. */
import { nearestName } from '../../core/nearest.js';
import { METRICS, type Expectation, type ExpectationOperand, type MetricName } from '../../ir/network.js';
import { isSameDimension, type Dimension } from '../../units/dimension.js';
import { DIMENSIONLESS } from '../../units/dimension.js';
import { parseUnit } from '../../units/unit.js';
import type { ExpectClause } from '../syntax/experiment.js';
import { expressionParts } from '../syntax/expression-parts.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { constantOf } from '../check/check-constant.js';
import { checkExpression } from '../check/check-expression.js';
import { requireQuantity } from '../check/require.js';
import { lookUp, nearestInReach, type CheckContext } from '../check/scope.js';
import { describeDimension } from '../../units/describe-dimension.js';
import { printExpression } from '../print/print-expression.js';

interface CheckedOperand {
  readonly operand: ExpectationOperand;
  readonly dimension: Dimension;
}

const METRIC_NAMES = Object.keys(METRICS);
const METRICS_HINT = `metrics are ${METRIC_NAMES.join(', ')}`;

/** The expectation; undefined after reporting. */
export function lowerExpectation(
  { condition: clause, span }: ExpectClause,
  context: CheckContext,
): Expectation | undefined {
  if (clause.kind !== 'compare') {
    const reason = 'it is no comparison';
    context.diagnostics.report(DSL_CATALOGUE, 'expectation-shape', { reason }, { span });
    return undefined;
  }
  const left = lowerOperand(clause.left, context);
  const right = lowerOperand(clause.right, context);
  if (!left || !right) return undefined;
  const { operator } = clause;
  if (left.operand.kind === 'number' && right.operand.kind === 'number') {
    const reason = 'neither side is a metric';
    context.diagnostics.report(DSL_CATALOGUE, 'expectation-shape', { reason }, { span });
    return undefined;
  }
  if (!isSameDimension(left.dimension, right.dimension)) {
    const params = { operator, left: describeDimension(left.dimension), right: describeDimension(right.dimension) };
    const related = [{ message: `this side is ${params.left}`, span: clause.left.span }];
    context.diagnostics.report(DSL_CATALOGUE, 'dimension-mismatch', params, { span: clause.right.span, related });
    return undefined;
  }
  const text = `${printExpression(clause.left)} ${operator} ${printExpression(clause.right)}`;
  return { text, origin: span, left: left.operand, operator, right: right.operand };
}

function lowerOperand(node: ExpressionNode, context: CheckContext): CheckedOperand | undefined {
  if (node.kind === 'reference' && isMetric(node.name)) return metricOperand('metric', node.name);
  if (node.kind === 'call' && node.callee.name === 'mean') return lowerMean(node.operands, { node, context });
  const inner = findMetric(node);
  if (inner) {
    const reason = `metric \`${inner}\` is part of an expression`;
    context.diagnostics.report(DSL_CATALOGUE, 'expectation-shape', { reason }, { span: node.span });
    return undefined;
  }
  return lowerNumber(node, context);
}

function lowerNumber(node: ExpressionNode, context: CheckContext): CheckedOperand | undefined {
  if (node.kind === 'reference' && !lookUp(context.scope, node.name)) {
    const nearest = nearestInReach(context.scope, node.name, METRIC_NAMES);
    context.diagnostics.report(
      DSL_CATALOGUE,
      'unknown-name',
      { what: 'metric', name: node.name, nearest, hint: METRICS_HINT },
      { span: node.span },
    );
    return undefined;
  }
  const typed = checkExpression(node, context);
  if (!requireQuantity(typed.type, 'operand of `expect`', node.span, context)) return undefined;
  const value = constantOf(typed, { what: 'operand of `expect`', span: node.span }, context);
  return Number.isNaN(value) ? undefined : { operand: { kind: 'number', value }, dimension: typed.type.dimension };
}

interface MeanCall {
  readonly node: ExpressionNode;
  readonly context: CheckContext;
}

function lowerMean(operands: readonly ExpressionNode[], { node, context }: MeanCall): CheckedOperand | undefined {
  const [metric, ...others] = operands;
  if (metric?.kind === 'reference' && others.length === 0) {
    if (isMetric(metric.name)) return metricOperand('mean', metric.name);
    const nearest = nearestName(metric.name, METRIC_NAMES);
    const params = { what: 'metric', name: metric.name, nearest, hint: METRICS_HINT };
    context.diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span: metric.span });
    return undefined;
  }
  const reason = '`mean` takes one metric';
  context.diagnostics.report(DSL_CATALOGUE, 'expectation-shape', { reason }, { span: node.span });
  return undefined;
}

function isMetric(name: string): name is MetricName {
  return Object.hasOwn(METRICS, name);
}

function metricOperand(kind: 'metric' | 'mean', name: MetricName): CheckedOperand {
  return { operand: { kind, name }, dimension: parseUnit(METRICS[name].unit)?.dimension ?? DIMENSIONLESS };
}

/** A metric inside a larger expression, which cannot be checked seed by seed. */
function findMetric(node: ExpressionNode): string | undefined {
  if (node.kind === 'reference') return isMetric(node.name) ? node.name : undefined;
  if (node.kind === 'call' && node.callee.name === 'mean') return 'mean';
  return expressionParts(node)
    .map(findMetric)
    .find((name) => name !== undefined);
}
