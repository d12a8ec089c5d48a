/**
 * Numbers that must be known at compile time. After a report the result is NaN, which no later comparison
 * finds out of range, so that one mistake makes one message; errors stop the compilation after its stage.
 */
import { roundHalfAwayFromZero } from '../../numerics/rounding.js';
import { invariant } from '../../core/invariant.js';
import type { Span } from '../../core/span.js';
import { quantityText } from './quantity-text.js';
import { isSameDimension, type Dimension } from '../../units/dimension.js';
import type { ExpressionNode, RangeNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkExpression } from './check-expression.js';
import type { CheckContext } from './scope.js';
import { requireQuantity } from './check-operators.js';
import { DIMENSION } from './dimensions.js';
import { describeType, POISON, quantityType, type TypedExpression } from './value-type.js';

/** What a number is for: words for messages, and its dimension. */
export interface Expected {
  readonly what: string;
  readonly dimension: Dimension;
}

/** The meaning of `node`, which must have the expected dimension; {@link POISON} after reporting. */
export function checkQuantity(
  node: ExpressionNode,
  { what, dimension }: Expected,
  context: CheckContext,
): TypedExpression {
  const typed = checkExpression(node, context);
  if (!requireQuantity(typed.type, what, node.span, context)) return POISON;
  if (isSameDimension(typed.type.dimension, dimension)) return typed;
  const params = { what, expected: describeType(quantityType(dimension)), found: describeType(typed.type) };
  context.diagnostics.report(DSL_CATALOGUE, 'unexpected-dimension', params, { span: node.span });
  return POISON;
}

/** The number of `node` in SI units; NaN after reporting. */
export function checkConstant(node: ExpressionNode, expected: Expected, context: CheckContext): number {
  return constantOf(checkQuantity(node, expected, context), { what: expected.what, span: node.span }, context);
}

/** The number of an expression that was checked in a scope of constants; NaN after reporting. */
export function constantOf(
  { type, constant }: TypedExpression,
  { what, span }: { readonly what: string; readonly span: Span },
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): number {
  if (type.kind === 'error') return NaN;
  invariant(constant !== undefined, `the scope of ${what} holds constants only`);
  if (Number.isFinite(constant)) return constant;
  diagnostics.report(DSL_CATALOGUE, 'not-finite', { what }, { span });
  return NaN;
}

/** Bounds of an integer, both included. */
export interface IntegerLimits {
  readonly what: string;
  readonly min: number;
  readonly max: number;
  /** What is counted; a plain number where it is absent. */
  readonly dimension?: Dimension;
}

/** Relative distance at which a product such as `10 us * 10 MHz` still is the integer that it means. */
const INTEGER_TOLERANCE = 1e-12;

/** The integer that `node` is; NaN after reporting. */
export function checkInteger(
  node: ExpressionNode,
  { what, min, max, dimension = DIMENSION.none }: IntegerLimits,
  context: CheckContext,
): number {
  const value = checkConstant(node, { what, dimension }, context);
  if (Number.isNaN(value)) return NaN;
  const integer = roundHalfAwayFromZero(value);
  const isInteger = Math.abs(value - integer) <= INTEGER_TOLERANCE * Math.abs(integer);
  if (isInteger && integer >= min && integer <= max) return integer;
  const params = { what, min, max, found: quantityText(value, '1') };
  context.diagnostics.report(DSL_CATALOGUE, 'integer-range', params, { span: node.span });
  return NaN;
}

/** What a number must be beside its dimension. */
export type Sign = 'positive' | 'not negative';

/** A number of the given sign in SI units; NaN after reporting. `symbol` is the SI unit for the message. */
export function checkSigned(
  node: ExpressionNode,
  { sign, symbol, ...expected }: Expected & { readonly sign: Sign; readonly symbol: string },
  context: CheckContext,
): number {
  const value = checkConstant(node, expected, context);
  if (value < 0 || (value === 0 && sign === 'positive')) {
    const params = { what: expected.what, expected: sign, found: quantityText(value, symbol) };
    context.diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span: node.span });
    return NaN;
  }
  return value;
}

/** Both ends of a range in SI units, the low one first; NaN after reporting. */
export function checkRange(
  { low: lowNode, high: highNode, span }: RangeNode,
  { symbol, ...expected }: Expected & { readonly symbol: string },
  context: CheckContext,
): { readonly low: number; readonly high: number } {
  const low = checkConstant(lowNode, expected, context);
  const high = checkConstant(highNode, expected, context);
  if (low >= high) {
    const params = { what: expected.what, low: quantityText(low, symbol), high: quantityText(high, symbol) };
    context.diagnostics.report(DSL_CATALOGUE, 'empty-range', params, { span });
  }
  return { low, high };
}
