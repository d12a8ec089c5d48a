/** Vectors: written out, as comprehensions, and their elements. */
import { invariant } from '../../core/invariant.js';
import type { Span } from '../../core/span.js';
import type { Expression } from '../../devices/expression.js';
import type { ComprehensionNode, IndexNode, VectorNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { constantsOf } from './compute.js';
import { requirePlainNumber } from './require.js';
import type { CheckContext } from './scope.js';
import { describeType, PLAIN_NUMBER, POISON, vectorOf, type Elements, type TypedExpression } from './value-type.js';
import { allElements, elementOf, indexOf, isSameType, isScalar, isVector, sizeOf, type Vector } from './vector.js';

/** `[a, b, c]` whose elements have been checked: numbers of one dimension, or rows of one length. */
export function checkVector(
  node: VectorNode,
  operands: readonly TypedExpression[],
  context: CheckContext,
): TypedExpression {
  const [first = POISON] = operands;
  if (operands.some(({ type }) => type.kind === 'error')) return POISON;
  const oddIndex = operands.findIndex(({ type }) => !isSameType(type, first.type));
  const odd = operands[oddIndex];
  if (odd) {
    const params = { first: describeType(first.type), found: describeType(odd.type) };
    const related = [{ message: `this element is ${params.first}`, span: node.elements[0]?.span ?? node.span }];
    context.diagnostics.report(DSL_CATALOGUE, 'vector-elements', params, {
      span: node.elements[oddIndex]?.span ?? node.span,
      related,
    });
    return POISON;
  }
  return stackOf(operands, node.span, context);
}

/** A vector of elements, or a matrix of rows. */
function stackOf(operands: readonly TypedExpression[], span: Span, context: CheckContext): TypedExpression {
  const [first = POISON] = operands;
  const { type } = first;
  if (type.kind === 'text') {
    context.diagnostics.report(DSL_CATALOGUE, 'number-expected', { name: type.content }, { span });
    return POISON;
  }
  if (isVector(first)) {
    const shape = [operands.length, ...first.type.shape];
    return vectorOf(shape, first.type.element, ([row = POISON, ...rest], inner) => {
      const operand = row.constant === undefined ? undefined : operands[row.constant];
      if (operand && isVector(operand)) return elementOf(operand, rest, { span, context: inner });
      return tableElement(stackedRows(operands, shape), [row, ...rest], { span, context: inner });
    });
  }
  if (!isScalar(type)) return POISON;
  const elements: Elements = ([index = POISON], inner) =>
    index.constant === undefined
      ? tableElement(vectorOf([operands.length], type, elements), [index], { span, context: inner })
      : (operands[index.constant] ?? POISON);
  return vectorOf([operands.length], type, elements);
}

/** A matrix whose indices are all known, for making a table of it. */
function stackedRows(operands: readonly TypedExpression[], shape: readonly number[]): TypedExpression {
  const [first = POISON] = operands;
  invariant(isVector(first), 'a matrix has rows');
  return vectorOf(shape, first.type.element, ([row = POISON, ...rest], context) => {
    const operand = operands[row.constant ?? 0];
    return operand?.elements?.(rest, context) ?? POISON;
  });
}

interface Place {
  readonly span: Span;
  readonly context: CheckContext;
}

/** The element at an index that is known at run time only: looked up among constants. */
function tableElement(
  vector: TypedExpression,
  indices: readonly TypedExpression[],
  { span, context }: Place,
): TypedExpression {
  if (!isVector(vector)) return POISON;
  const elements = allElements(vector, span, context);
  if (!elements) return POISON;
  const values = constantsOf(elements);
  if (values && !values.every(Number.isFinite)) {
    context.diagnostics.report(DSL_CATALOGUE, 'not-finite', { what: 'an element of this vector' }, { span });
    return POISON;
  }
  if (!values) {
    context.diagnostics.report(DSL_CATALOGUE, 'index-not-constant', {}, { span });
    return POISON;
  }
  const index = positionOf(indices, vector.type.shape);
  return { type: vector.type.element, expression: { kind: 'element', values, index } };
}

/** The place in a list of all elements, rows after rows. */
function positionOf(indices: readonly TypedExpression[], shape: readonly number[]): Expression {
  const [first = indexOf(0), ...others] = indices;
  return others.reduce<Expression>(
    (left, { expression: right }, index) => ({
      kind: 'binary',
      operator: '+',
      left: {
        kind: 'binary',
        operator: '*',
        left,
        right: { kind: 'number', value: shape[index + 1] ?? 1 },
      },
      right,
    }),
    first.expression,
  );
}

/** `a[i]`, `m[i, j]`, or the row `m[i]`; indices count from 0. */
export function checkIndex(
  node: IndexNode,
  { target, indices }: { readonly target: TypedExpression; readonly indices: readonly TypedExpression[] },
  context: CheckContext,
): TypedExpression {
  if (target.type.kind === 'error' || indices.some(({ type }) => type.kind === 'error')) return POISON;
  if (!isVector(target)) {
    const params = { what: `\`${node.target.name}\``, expected: 'a vector', found: describeType(target.type) };
    context.diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span: node.target.span });
    return POISON;
  }
  const { shape } = target.type;
  if (indices.length > shape.length) {
    const params = { name: node.target.name, found: indices.length, limit: shape.length };
    context.diagnostics.report(DSL_CATALOGUE, 'index-count', params, { span: node.span });
    return POISON;
  }
  const areValid = indices.map((index, position) =>
    isIndex(index, { node, position, size: shape[position] ?? 0 }, context),
  );
  if (areValid.includes(false)) return POISON;
  const rest = shape.slice(indices.length);
  const elements: Elements = (others, inner) =>
    elementOf(target, [...indices, ...others], { span: node.span, context: inner });
  return rest.length === 0 ? elements([], context) : vectorOf(rest, target.type.element, elements);
}

interface IndexPlace {
  readonly node: IndexNode;
  readonly position: number;
  readonly size: number;
}

function isIndex(
  { type, constant }: TypedExpression,
  { node, position, size }: IndexPlace,
  context: CheckContext,
): boolean {
  const indexNode = node.indices[position] ?? node;
  if (!requirePlainNumber(type, `index of \`${node.target.name}\``, indexNode, context)) return false;
  if (constant === undefined || (Number.isInteger(constant) && constant >= 0 && constant < size)) return true;
  const params = { name: node.target.name, found: String(constant), last: size - 1 };
  context.diagnostics.report(DSL_CATALOGUE, 'index-range', params, { span: indexNode.span });
  return false;
}

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
