/**
 * Numbers that must be known at compile time. After a report the result is NaN, which no later comparison
 * finds out of range, so that one mistake makes one message; errors stop the compilation after its stage.
 */
import { roundHalfAwayFromZero } from '../../numerics/rounding.js';
import type { Span } from '../../core/span.js';
import { quantityText } from './quantity-text.js';
import type { Dimension } from '../../units/dimension.js';
import { isInteger, numberFromRational, roundRational, type Rational } from '../../units/rational.js';
import type { ExpressionNode, RangeNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkExpression } from './check-expression.js';
import type { CheckContext } from './scope.js';
import { DIMENSION } from './dimensions.js';
import { requireDimension, requireQuantity, type Expected } from './require.js';
import { POISON, type TypedExpression } from './value-type.js';

/** The meaning of `node`, which must have the expected dimension; {@link POISON} after reporting. */
export function checkQuantity(node: ExpressionNode, expected: Expected, context: CheckContext): TypedExpression {
  const typed = checkExpression(node, context, expected.dimension);
  if (!requireQuantity(typed.type, expected.what, node.span, context)) return POISON;
  return requireDimension(typed.type, node, expected, context) ? typed : POISON;
}

/** The number of `node` in SI units; NaN after reporting. */
export function checkConstant(node: ExpressionNode, expected: Expected, context: CheckContext): number {
  return constantOf(checkQuantity(node, expected, context), { what: expected.what, span: node.span }, context);
}

/** The number of a checked expression, which must not depend on anything that runs; NaN after reporting. */
export function constantOf(
  { type, constant, exact }: TypedExpression,
  { what, span }: { readonly what: string; readonly span: Span },
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): number {
  if (type.kind === 'error') return NaN;
  if (constant === undefined) {
    diagnostics.report(DSL_CATALOGUE, 'constant-expected', { what }, { span });
    return NaN;
  }
  // Rounded once, where the constant has the rounding of every operation in it
  if (Number.isFinite(constant)) return exact ? numberFromRational(exact) : constant;
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

/** Relative distance at which a result that is not known exactly, such as a root, still is the integer that it means. */
const INTEGER_TOLERANCE = 1e-12;

/** The integer that `node` is; NaN after reporting. */
export function checkInteger(
  node: ExpressionNode,
  { what, min, max, dimension = DIMENSION.none }: IntegerLimits,
  context: CheckContext,
): number {
  const typed = checkQuantity(node, { what, dimension }, context);
  const value = constantOf(typed, { what, span: node.span }, context);
  if (Number.isNaN(value)) return NaN;
  const integer = typed.exact ? exactInteger(typed.exact) : nearbyInteger(value);
  if (integer !== undefined && integer >= min && integer <= max) return integer;
  const params = { what, min, max, found: quantityText(value, '1') };
  context.diagnostics.report(DSL_CATALOGUE, 'integer-range', params, { span: node.span });
  return NaN;
}

/** The integer that an exact number is; beyond what doubles count, it is none. */
function exactInteger(value: Rational): number | undefined {
  const integer = isInteger(value) ? Number(roundRational(value)) : NaN;
  return Number.isSafeInteger(integer) ? integer : undefined;
}

function nearbyInteger(value: number): number | undefined {
  const integer = roundHalfAwayFromZero(value);
  return Math.abs(value - integer) <= INTEGER_TOLERANCE * Math.abs(integer) ? integer : undefined;
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
