/** Values with many elements, computed one by one when they are asked for. */
import type { Span } from '../../core/span.js';
import { isSameDimension } from '../../units/dimension.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { deepen } from './depth.js';
import { chargeExpansion } from './expansion-budget.js';
import type { CheckContext } from './scope.js';
import {
  constantOfType,
  describeType,
  PLAIN_NUMBER,
  POISON,
  vectorOf,
  type Elements,
  type ScalarType,
  type TypedExpression,
  type VectorType,
} from './value-type.js';

/** A checked expression that is a vector. */
export type Vector = TypedExpression & { readonly type: VectorType; readonly elements: Elements };

/** Whether the expression is a vector or matrix. */
export function isVector(typed: TypedExpression): typed is Vector {
  return typed.type.kind === 'vector' && typed.elements !== undefined;
}

/** An index known at compile time. */
export function indexOf(value: number): TypedExpression {
  return constantOfType(PLAIN_NUMBER, value, { numerator: BigInt(value), denominator: 1n, exponent: 0 });
}

/** The indices of the first element. */
function firstIndices(shape: readonly number[]): TypedExpression[] {
  return shape.map(() => indexOf(0));
}

/** Elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** What asking for an element takes of the stack, as levels of expressions. */
const LEVELS_OF_ELEMENT = 2;

/** The element at `indices`, which must be of the type of all; what is wrong with it is reported at `span`. */
export function elementOf(
  { elements, type }: Vector,
  indices: readonly TypedExpression[],
  { span, context }: { readonly span: Span; readonly context: CheckContext },
): TypedExpression {
  const deeper = deepen(context, LEVELS_OF_ELEMENT, { what: 'this vector', span });
  if (!deeper || !chargeExpansion(span, context)) return POISON;
  const element = elements(indices, deeper);
  if (element.type.kind === 'error' || isSameType(element.type, type.element)) return element;
  const params = { first: describeType(type.element), found: describeType(element.type) };
  context.diagnostics.report(DSL_CATALOGUE, 'vector-elements', params, { span });
  return POISON;
}

/** Whether two elements may stand in one vector. */
export function isSameType(left: TypedExpression['type'], right: TypedExpression['type']): boolean {
  if (left.kind === 'quantity' && right.kind === 'quantity') return isSameDimension(left.dimension, right.dimension);
  if (left.kind === 'vector' && right.kind === 'vector') {
    return isSameShape(left.shape, right.shape) && isSameType(left.element, right.element);
  }
  return left.kind === right.kind;
}

function isSameShape(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((size, index) => size === right[index]);
}

/** An operation on single elements, done for all elements of its operands; operands without elements serve for all. */
export interface ElementwiseOperation {
  readonly span: Span;
  readonly apply: (operands: readonly TypedExpression[], context: CheckContext) => TypedExpression;
}

/** The result of an operation whose operands may be vectors of one shape; {@link POISON} after reporting. */
export function elementwise(
  operands: readonly TypedExpression[],
  { span, apply }: ElementwiseOperation,
  context: CheckContext,
): TypedExpression {
  const [vector, ...others] = operands.filter(isVector);
  if (!vector) return apply(operands, context);
  if (operands.some(({ type }) => type.kind === 'error')) return POISON;
  const { shape } = vector.type;
  for (const other of others) {
    if (isSameShape(other.type.shape, shape)) continue;
    const params = { left: describeType(vector.type), right: describeType(other.type) };
    context.diagnostics.report(DSL_CATALOGUE, 'vector-shapes', params, { span });
    return POISON;
  }
  const elements: Elements = (indices, inner) =>
    apply(
      operands.map((operand) => (isVector(operand) ? elementOf(operand, indices, { span, context: inner }) : operand)),
      inner,
    );
  const { type } = elements(firstIndices(shape), context);
  return isScalar(type) ? vectorOf(shape, type, elements) : POISON;
}

/** Whether a type is that of a single element. */
export function isScalar(type: TypedExpression['type']): type is ScalarType {
  return type.kind === 'quantity' || type.kind === 'condition';
}

/** Elements that are computed one after the other, at most. */
const MAX_ELEMENTS = 65_536;

/** All elements, rows after rows; undefined after reporting. */
export function allElements(vector: Vector, span: Span, context: CheckContext): TypedExpression[] | undefined {
  const { shape } = vector.type;
  const size = sizeOf(shape);
  if (size > MAX_ELEMENTS) {
    const what = 'a vector whose elements are added or looked up';
    context.diagnostics.report(DSL_CATALOGUE, 'vector-too-long', { what, found: size, limit: MAX_ELEMENTS }, { span });
    return undefined;
  }
  const elements: TypedExpression[] = [];
  for (let position = 0; position < size; position++) {
    const element = elementOf(vector, indicesAt(position, shape), { span, context });
    if (element.type.kind === 'error') return undefined;
    elements.push(element);
  }
  return elements;
}

function indicesAt(position: number, shape: readonly number[]): TypedExpression[] {
  const indices: TypedExpression[] = [];
  let rest = position;
  for (const size of shape.toReversed()) {
    indices.unshift(indexOf(rest % size));
    rest = Math.floor(rest / size);
  }
  return indices;
}
