/** Vectors whose elements are a rule of their index. */
import type { Span } from '../../core/span.js';
import type { Expression } from '../../devices/expression.js';
import type { ComprehensionNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { chargeExpansion } from './expansion-budget.js';
import { requirePlainNumber } from './require.js';
import type { CheckContext } from './scope.js';
import { describeType, PLAIN_NUMBER, POISON, vectorOf, type Elements, type TypedExpression } from './value-type.js';
import { elementOf, indexOf, isSameType, isScalar, isVector, sizeOf, type Vector } from './vector.js';

/** Steps of one index, and elements of one vector, at most; they cost nothing until they are asked for. */
const MAX_STEPS = 2 ** 24;
const MAX_SIZE = 2 ** 32;

/** The checked range of a comprehension, and what one index makes. */
export interface ComprehensionParts {
  readonly low: TypedExpression;
  readonly high: TypedExpression;
  readonly elementAt: (index: TypedExpression, context: CheckContext) => TypedExpression;
}

/** `[for i in low .. high : element]`, which stays a rule: no element is made before it is asked for. */
export function checkComprehension(
  node: ComprehensionNode,
  { low, high, elementAt }: ComprehensionParts,
  context: CheckContext,
): TypedExpression {
  const first = endOf(low, node.range.low, context);
  const last = endOf(high, node.range.high, context);
  if (first === undefined || last === undefined) return POISON;
  const { span } = node;
  if (last < first) {
    const params = { what: `range of \`${node.index.name}\``, low: String(first), high: String(last) };
    context.diagnostics.report(DSL_CATALOGUE, 'empty-range', params, { span: node.range.span });
    return POISON;
  }
  if (!chargeExpansion(span, context)) return POISON;
  const count = last - first + 1;
  const element = elementAt(indexOf(first), context);
  const shape = isVector(element) ? [count, ...element.type.shape] : [count];
  if (count > MAX_STEPS || sizeOf(shape) > MAX_SIZE) {
    const params = { what: 'a vector', found: sizeOf(shape), limit: count > MAX_STEPS ? MAX_STEPS : MAX_SIZE };
    context.diagnostics.report(DSL_CATALOGUE, 'vector-too-long', params, { span });
    return POISON;
  }
  // The last element shows what the first cannot: an index that runs out of another vector
  if (element.type.kind === 'error' || (count > 1 && elementAt(indexOf(last), context).type.kind === 'error')) {
    return POISON;
  }
  const parts = { span, elementAt, first };
  if (isVector(element)) return vectorOf(shape, element.type.element, rowElements(element, parts));
  if (!isScalar(element.type)) return POISON;
  return vectorOf(shape, element.type, ([index = POISON], inner) => elementAt(shifted(index, first), quietly(inner)));
}

interface RowParts extends Pick<ComprehensionParts, 'elementAt'> {
  readonly span: Span;
  readonly first: number;
}

function rowElements(sample: Vector, { span, elementAt, first }: RowParts): Elements {
  // Elements are asked for row by row
  let last: { readonly index: number; readonly row: TypedExpression } | undefined;
  const rowAt = (index: TypedExpression, context: CheckContext): TypedExpression => {
    const { constant } = index;
    if (last && last.index === constant) return last.row;
    const row = elementAt(shifted(index, first), quietly(context));
    if (constant !== undefined) last = { index: constant, row };
    return row;
  };
  return ([index = POISON, ...rest], context) => {
    const row = rowAt(index, context);
    if (row.type.kind === 'error') return POISON;
    if (isVector(row) && isSameType(row.type, sample.type)) return elementOf(row, rest, { span, context });
    const params = { first: describeType(sample.type), found: describeType(row.type) };
    context.diagnostics.report(DSL_CATALOGUE, 'vector-elements', params, { span });
    return POISON;
  };
}

/** Elements are told once, with the first index. */
function quietly(context: CheckContext): CheckContext {
  return { ...context, observe: undefined };
}

/** The loop's index for the element at `index`, which counts from 0. */
function shifted(index: TypedExpression, first: number): TypedExpression {
  if (index.constant !== undefined) return indexOf(index.constant + first);
  if (first === 0) return index;
  const right: Expression = { kind: 'number', value: first };
  return { type: PLAIN_NUMBER, expression: { kind: 'binary', operator: '+', left: index.expression, right } };
}

function endOf(
  { type, constant }: TypedExpression,
  node: ComprehensionNode['range']['low'],
  context: CheckContext,
): number | undefined {
  const what = 'end of a range';
  if (!requirePlainNumber(type, what, node, context)) return undefined;
  if (constant === undefined) {
    context.diagnostics.report(DSL_CATALOGUE, 'constant-expected', { what }, { span: node.span });
    return undefined;
  }
  if (Number.isSafeInteger(constant)) return constant;
  const params = { what, min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, found: String(constant) };
  context.diagnostics.report(DSL_CATALOGUE, 'integer-range', params, { span: node.span });
  return undefined;
}
