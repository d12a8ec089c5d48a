/** Types of expressions: quantities by dimension, conditions, texts, vectors, and the poison that follows a mistake. */
import type { Expression } from '../../devices/expression.js';
import { describeDimension } from '../../units/describe-dimension.js';
import { DIMENSIONLESS, type Dimension } from '../../units/dimension.js';
import type { Rational } from '../../units/rational.js';
import type { CallNode } from '../syntax/nodes.js';
import type { CheckContext } from './scope.js';

/** A number with a dimension. */
export interface QuantityType {
  readonly kind: 'quantity';
  readonly dimension: Dimension;
  /** A point of the Celsius scale: two of them have a difference and no sum. */
  readonly isPoint?: true;
}

/** The types of single elements. */
export type ScalarType = QuantityType | { readonly kind: 'condition' };

/** Elements of one type in a grid; a matrix is a vector of rows, its shape [rows, columns]. */
export interface VectorType {
  readonly kind: 'vector';
  readonly shape: readonly number[];
  readonly element: ScalarType;
}

export type ValueType =
  | ScalarType
  | VectorType
  /** `content` names it in messages. */
  | { readonly kind: 'text'; readonly content: string }
  /** Something in it has been reported; whatever meets it stays silent. */
  | { readonly kind: 'error' };

/** An expression with its meaning. */
export interface TypedExpression {
  readonly type: ValueType;
  /** For run time. Vectors have none as wholes, only their elements. */
  readonly expression: Expression;
  /** Its number in SI units where it depends on literals and parameters only; conditions are 0 or 1. */
  readonly constant?: number | undefined;
  /** The same number without rounding, as long as it is a fraction of moderate length. */
  readonly exact?: Rational | undefined;
  /** The elements of a vector. */
  readonly elements?: Elements;
  /** Where it is a text: what is between the quotes. */
  readonly text?: string;
}

/**
 * The element at as many indices (from 0) as the vector has dimensions. Elements are computed when they are asked for,
 * so that a vector of any size costs nothing; what is wrong with a single element is reported then.
 */
export type Elements = (indices: readonly TypedExpression[], context: CheckContext) => TypedExpression;

/** A function of the text, checked anew for the arguments of each call. */
export interface FunctionValue {
  readonly name: string;
  readonly parameters: readonly string[];
  /** The value of a call with as many arguments as there are parameters; {@link POISON} after reporting. */
  readonly apply: (operands: readonly TypedExpression[], call: CallNode, context: CheckContext) => TypedExpression;
}

/** What is never compiled: the run-time form of mistakes and of whole vectors. */
const NOTHING: Expression = { kind: 'number', value: NaN };

/** What an expression becomes after its mistake has been reported; it is never compiled further. */
export const POISON: TypedExpression = { type: { kind: 'error' }, expression: NOTHING };

export const PLAIN_NUMBER: QuantityType = { kind: 'quantity', dimension: DIMENSIONLESS };
export const CONDITION: ScalarType = { kind: 'condition' };

/** The type of quantities of `dimension`. */
export function quantityType(dimension: Dimension): QuantityType {
  return { kind: 'quantity', dimension };
}

/** A number known at compile time. */
export function constantOfType(type: QuantityType, value: number, exact?: Rational): TypedExpression {
  return { type, expression: { kind: 'number', value }, constant: value, exact };
}

/** A vector of the given type. */
export function vectorOf(shape: readonly number[], element: ScalarType, elements: Elements): TypedExpression {
  return { type: { kind: 'vector', shape, element }, expression: NOTHING, elements };
}

/** A text known at compile time; `content` names it in messages. */
export function textValue(text: string, content: string): TypedExpression {
  return { type: { kind: 'text', content }, expression: NOTHING, text };
}

/** A type in words for messages. */
export function describeType(type: ValueType): string {
  switch (type.kind) {
    case 'quantity':
      return type.isPoint ? 'temperature (degC)' : describeDimension(type.dimension);
    case 'condition':
      return 'a condition';
    case 'text':
      return 'a text';
    case 'vector':
      return describeVector(type);
    case 'error':
      return 'nothing';
  }
}

function describeVector({ shape, element }: VectorType): string {
  const [length = 0] = shape;
  const noun = shape.length === 1 ? `vector of ${length}` : `matrix of ${shape.join(' x ')}`;
  const what = describeType(element).replace(/^a /, '');
  return `a ${noun}, each ${element.kind === 'condition' ? 'a condition' : what}`;
}
