/** `set` and `sweep`: other values for parameters. */
import type { Sweep } from '../../../ir/study.js';
import type { NamedNumber } from '../../../ir/rule.js';
import { siSymbol } from '../../../units/describe-dimension.js';
import { isSameDimension } from '../../../units/dimension.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { constantOf, checkConstant, checkRange, checkSigned } from '../../check/check-constant.js';
import { checkExpression } from '../../check/check-expression.js';
import { allElements, isVector } from '../../check/vector.js';
import { describeType, quantityType, type TypedExpression } from '../../check/value-type.js';
import type { SetClause, SweepClause } from '../../syntax/experiment.js';
import type { ExpressionNode, RangeNode } from '../../syntax/nodes.js';
import { checkSeries } from './lower-stimulus.js';
import { checkBounds, findSettable, type Settable } from './settable.js';
import type { StudyContext } from './studied-network.js';

/** A parameter with its value in this experiment; undefined after reporting. */
export function lowerSet({ parameter, value, span }: SetClause, context: StudyContext): NamedNumber | undefined {
  const settable = findSettable(parameter, context);
  if (!settable) return undefined;
  const { name, dimension } = settable;
  const number = checkConstant(value, { what: `\`${name}\``, dimension }, context);
  checkBounds(number, settable, value.span, context);
  return { name, value: number, origin: span };
}

/** The sweep; undefined after reporting. */
export function lowerSweep(clause: SweepClause, context: StudyContext): Sweep | undefined {
  const settable = findSettable(clause.parameter, context);
  if (!settable) return undefined;
  const { values, step, span } = clause;
  const series =
    values.kind === 'range'
      ? lowerRange({ ...clause, values }, settable, context)
      : lowerList(values.value, settable, context);
  if (values.kind === 'single' && step) {
    const text = 'a list of values has no step';
    context.diagnostics.report(DSL_CATALOGUE, 'sweep-step', { text }, { span: step.span });
  }
  return series && { parameter: settable.name, values: series, origin: span };
}

function lowerRange(
  { values, step, span }: Pick<SweepClause, 'step' | 'span'> & { readonly values: RangeNode },
  settable: Settable,
  context: StudyContext,
): Sweep['values'] | undefined {
  const { name, dimension } = settable;
  const symbol = siSymbol(dimension);
  const { low, high } = checkRange(values, { what: `range of \`${name}\``, dimension, symbol }, context);
  checkBounds(low, settable, values.low.span, context);
  checkBounds(high, settable, values.high.span, context);
  if (!step) {
    const text = `the range of \`${name}\` has no step`;
    context.diagnostics.report(DSL_CATALOGUE, 'sweep-step', { text }, { span: values.span });
    return undefined;
  }
  const expected = { what: `step of \`${name}\``, dimension, sign: 'positive', symbol } as const;
  const size = checkSigned(step, expected, context);
  checkSeries((high - low) / size, { span }, context);
  return { kind: 'range', low, high, step: size };
}

function lowerList(node: ExpressionNode, settable: Settable, context: StudyContext): Sweep['values'] | undefined {
  const what = `values of \`${settable.name}\``;
  const vector = checkExpression(node, context);
  if (vector.type.kind === 'error') return undefined;
  if (!isVector(vector) || vector.type.shape.length !== 1) {
    const params = { what, expected: 'a list `[…]` or a range', found: describeType(vector.type) };
    context.diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span: node.span });
    return undefined;
  }
  checkSeries((vector.type.shape[0] ?? 0) - 1, node, context);
  const elements = allElements(vector, node.span, context);
  const places = node.kind === 'vector' ? node.elements : [];
  const values = elements?.map((element, index) =>
    lowerValue(element, places[index] ?? node, { settable, what, context }),
  );
  return values && { kind: 'list', values };
}

function lowerValue(
  element: TypedExpression,
  { span }: ExpressionNode,
  { settable, what, context }: { readonly settable: Settable; readonly what: string; readonly context: StudyContext },
): number {
  const { dimension } = settable;
  if (element.type.kind !== 'quantity' || !isSameDimension(element.type.dimension, dimension)) {
    const params = { what, expected: describeType(quantityType(dimension)), found: describeType(element.type) };
    context.diagnostics.report(DSL_CATALOGUE, 'unexpected-dimension', params, { span });
    return NaN;
  }
  const value = constantOf(element, { what, span }, context);
  checkBounds(value, settable, span, context);
  return value;
}
