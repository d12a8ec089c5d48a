/** Types of expressions: quantities by dimension, conditions, and the poison that follows a reported mistake. */
import { describeDimension } from '../../units/describe-dimension.js';
import { DIMENSIONLESS, type Dimension } from '../../units/dimension.js';
import type { Expression } from '../../devices/expression.js';

export type ValueType =
  | { readonly kind: 'quantity'; readonly dimension: Dimension }
  | { readonly kind: 'condition' }
  /** Something in it has been reported; whatever meets it stays silent. */
  | { readonly kind: 'error' };

/** An expression with its meaning. */
export interface TypedExpression {
  readonly type: ValueType;
  readonly expression: Expression;
  /** Its number in SI units where it depends on literals and parameters only. */
  readonly constant?: number | undefined;
}

/** What an expression becomes after its mistake has been reported; it is never compiled further. */
export const POISON: TypedExpression = { type: { kind: 'error' }, expression: { kind: 'number', value: NaN } };

export const PLAIN_NUMBER: ValueType = { kind: 'quantity', dimension: DIMENSIONLESS };

/** The type of quantities of `dimension`. */
export function quantityType(dimension: Dimension): ValueType {
  return { kind: 'quantity', dimension };
}

/** A type in words for messages. */
export function describeType(type: ValueType): string {
  switch (type.kind) {
    case 'quantity':
      return describeDimension(type.dimension);
    case 'condition':
      return 'a condition';
    case 'error':
      return 'nothing';
  }
}
