/** Vectors that are written out, and their elements at indices that change while a system runs. */
import { invariant } from '../../core/invariant.js';
import type { Span } from '../../core/span.js';
import type { Expression } from '../../devices/expression.js';
import type { VectorNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { constantsOf } from './compute.js';
import type { CheckContext } from './scope.js';
import { describeType, POISON, vectorOf, type Elements, type TypedExpression } from './value-type.js';
import { allElements, elementOf, indexOf, isSameType, isScalar, isVector } from './vector.js';

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
  { span: ownSpan, context }: Place,
): TypedExpression {
  if (!isVector(vector)) return POISON;
  const span = context.place ?? ownSpan;
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
