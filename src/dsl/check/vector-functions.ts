/** Functions of vectors: sums over their elements, and their shape. */
import { invariant } from '../../core/invariant.js';
import { multiplyDimensions, raiseDimension } from '../../units/dimension.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { argumentOf, vectorArgument, type CheckedCall, type VectorArgument } from './checked-call.js';
import { arithmetic, functionCall } from './compute.js';
import { requireQuantity } from './require.js';
import type { CheckContext } from './scope.js';
import { requireDifference } from './temperature.js';
import {
  constantOfType,
  describeType,
  POISON,
  quantityType,
  vectorOf,
  type QuantityType,
  type TypedExpression,
} from './value-type.js';
import { allElements, elementOf, indexOf, sizeOf } from './vector.js';

/** Elements that are known at run time only and still are written out one by one, at most. */
const MAX_UNROLLED = 256;

/** How elements become one. */
export interface Aggregation {
  readonly reduce: (left: TypedExpression, right: TypedExpression) => TypedExpression;
  /** Whether points of a scale may be among the elements: `max` takes them, `sum` does not. */
  readonly takesPoints: boolean;
}

/** Sum of two elements of one type. */
function addElements(left: TypedExpression, right: TypedExpression): TypedExpression {
  return arithmetic('+', { left, right }, left.type);
}

/** `sum(xs)`, `max(xs)`: all elements as one. */
export function checkAggregate(call: CheckedCall, aggregation: Aggregation, context: CheckContext): TypedExpression {
  const argument = vectorArgument(call, 0, context);
  return argument ? aggregate(argument, call, aggregation, context) : POISON;
}

function aggregate(
  { vector, span }: VectorArgument,
  { node }: CheckedCall,
  { reduce, takesPoints }: Aggregation,
  context: CheckContext,
): TypedExpression {
  const { name } = node.callee;
  const { element } = vector.type;
  if (!requireQuantity(element, `element in \`${name}\``, span, context)) return POISON;
  const action = `\`${name}\` of`;
  if (!takesPoints && !requireDifference(element, { action, node: argumentOf(node, 0) }, context)) return POISON;
  const elements = allElements(vector, span, context);
  if (!elements) return POISON;
  if (elements.length > MAX_UNROLLED && elements.some(({ constant }) => constant === undefined)) {
    const what = `a vector in \`${name}\` whose elements change`;
    const params = { what, found: elements.length, limit: MAX_UNROLLED };
    context.diagnostics.report(DSL_CATALOGUE, 'vector-too-long', params, { span });
    return POISON;
  }
  const total = inPairs(elements, reduce);
  const { type, constant, exact } = total;
  // What is known is one number, not a long sum of the numbers that it comes from.
  const isLong = elements.length > MAX_UNROLLED && type.kind === 'quantity' && constant !== undefined;
  return isLong ? constantOfType(type, constant, exact) : total;
}

/** Halves before wholes: expressions stay flat, and rounding errors small. */
function inPairs(elements: readonly TypedExpression[], reduce: Aggregation['reduce']): TypedExpression {
  const [first] = elements;
  invariant(first, 'vectors have elements');
  if (elements.length === 1) return first;
  const middle = Math.ceil(elements.length / 2);
  return reduce(inPairs(elements.slice(0, middle), reduce), inPairs(elements.slice(middle), reduce));
}

const SUM: Aggregation = { reduce: addElements, takesPoints: false };

/** `sum(xs)`. */
export function checkSumOf(call: CheckedCall, context: CheckContext): TypedExpression {
  return checkAggregate(call, SUM, context);
}

/** `mean(xs)`: the sum divided by the number of elements. */
export function checkMean(call: CheckedCall, context: CheckContext): TypedExpression {
  const argument = vectorArgument(call, 0, context);
  if (!argument) return POISON;
  const sum = aggregate(argument, call, SUM, context);
  const count = indexOf(sizeOf(argument.vector.type.shape));
  return sum.type.kind === 'error' ? POISON : arithmetic('/', { left: sum, right: count }, sum.type);
}

/** `dot(a, b)`: the sum of the products of elements. */
export function checkDot(call: CheckedCall, context: CheckContext): TypedExpression {
  const left = vectorArgument(call, 0, context, 1);
  const right = vectorArgument(call, 1, context, 1);
  if (!left || !right) return POISON;
  const { span } = call.node;
  const [leftType, rightType] = [left.vector.type, right.vector.type];
  if (leftType.shape[0] !== rightType.shape[0]) {
    const params = { left: describeType(leftType), right: describeType(rightType) };
    context.diagnostics.report(DSL_CATALOGUE, 'vector-shapes', params, { span });
    return POISON;
  }
  const types = [left, right].flatMap(({ vector, span: place }) => {
    const { element } = vector.type;
    return requireQuantity(element, 'element in `dot`', place, context) ? [element] : [];
  });
  const [leftElement, rightElement] = types;
  if (!leftElement || !rightElement) return POISON;
  const type = quantityType(multiplyDimensions(leftElement.dimension, rightElement.dimension));
  return sumOfProducts(left, right, { call, type }, context);
}

function sumOfProducts(
  left: VectorArgument,
  right: VectorArgument,
  { call, type }: { readonly call: CheckedCall; readonly type: QuantityType },
  context: CheckContext,
): TypedExpression {
  const products = vectorOf(left.vector.type.shape, type, (indices, inner) => {
    const [a, b] = [left, right].map(({ vector, span }) => elementOf(vector, indices, { span, context: inner }));
    return a && b && a.type.kind !== 'error' && b.type.kind !== 'error'
      ? arithmetic('*', { left: a, right: b }, type)
      : POISON;
  });
  return checkAggregate({ node: call.node, operands: [products] }, SUM, context);
}

/** `norm(xs)`: the root of the sum of squares. */
export function checkNorm(call: CheckedCall, context: CheckContext): TypedExpression {
  const argument = vectorArgument(call, 0, context, 1);
  if (!argument) return POISON;
  const { element } = argument.vector.type;
  if (!requireQuantity(element, 'element in `norm`', argument.span, context)) return POISON;
  const type = quantityType(raiseDimension(element.dimension, 2));
  const squares = sumOfProducts(argument, argument, { call, type }, context);
  return squares.type.kind === 'error' ? POISON : functionCall('sqrt', [squares], quantityType(element.dimension));
}

/** `length(xs)`: the number of elements, of rows for a matrix. */
export function checkLength(call: CheckedCall, context: CheckContext): TypedExpression {
  const argument = vectorArgument(call, 0, context);
  return argument ? indexOf(argument.vector.type.shape[0] ?? 0) : POISON;
}

/** `transpose(m)`: rows become columns. */
export function checkTranspose(call: CheckedCall, context: CheckContext): TypedExpression {
  const argument = vectorArgument(call, 0, context, 2);
  if (!argument) return POISON;
  const { vector, span } = argument;
  return vectorOf(vector.type.shape.toReversed(), vector.type.element, (indices, inner) =>
    elementOf(vector, indices.toReversed(), { span, context: inner }),
  );
}
