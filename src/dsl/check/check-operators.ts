/** Dimensions of operators, and their values where both sides are constant. */
import { unreachable } from '../../core/invariant.js';
import type { Span } from '../../core/span.js';
import { ARITHMETIC, COMPARISON } from '../../devices/evaluate.js';
import {
  divideDimensions,
  isDimensionless,
  isSameDimension,
  multiplyDimensions,
  raiseDimension,
} from '../../units/dimension.js';
import type { BinaryNode, CompareNode, ConditionalNode, NegateNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { CheckContext } from './scope.js';
import { describeType, POISON, quantityType, type TypedExpression, type ValueType } from './value-type.js';

/** The two sides of an operator after checking. */
export interface Sides {
  readonly left: TypedExpression;
  readonly right: TypedExpression;
}

type Quantity = ValueType & { readonly kind: 'quantity' };

/** `-x` has the dimension of `x`. */
export function checkNegate(
  { operand: node }: NegateNode,
  operand: TypedExpression,
  context: CheckContext,
): TypedExpression {
  if (!requireQuantity(operand.type, 'what is negated', node.span, context)) return POISON;
  const constant = operand.constant === undefined ? undefined : -operand.constant;
  return { type: operand.type, expression: { kind: 'negate', operand: operand.expression }, constant };
}

/** `+` and `-` keep the dimension, `*` and `/` combine them, `^` raises one to a constant. */
export function checkBinary(node: BinaryNode, { left, right }: Sides, context: CheckContext): TypedExpression {
  const { operator } = node;
  const isLeftNumber = requireQuantity(left.type, `left side of \`${operator}\``, node.left.span, context);
  const isRightNumber = requireQuantity(right.type, `right side of \`${operator}\``, node.right.span, context);
  if (!isLeftNumber || !isRightNumber || !isQuantity(left.type) || !isQuantity(right.type)) return POISON;
  const type = typeOfBinary(node, { left, right }, { left: left.type, right: right.type }, context);
  if (!type) return POISON;
  const constant =
    left.constant === undefined || right.constant === undefined
      ? undefined
      : ARITHMETIC[operator](left.constant, right.constant);
  return { type, expression: { kind: 'binary', operator, left: left.expression, right: right.expression }, constant };
}

function typeOfBinary(
  node: BinaryNode,
  { right }: Sides,
  types: { readonly left: Quantity; readonly right: Quantity },
  context: CheckContext,
): ValueType | undefined {
  switch (node.operator) {
    case '+':
    case '-':
      return requireSame(node, types, context) ? types.left : undefined;
    case '*':
      return quantityType(multiplyDimensions(types.left.dimension, types.right.dimension));
    case '/':
      return quantityType(divideDimensions(types.left.dimension, types.right.dimension));
    case '%':
      return requireSame(node, types, context) ? types.left : undefined;
    case '^':
      return typeOfPower(node, right.constant, types, context);
    default:
      return unreachable(node.operator);
  }
}

function typeOfPower(
  node: BinaryNode,
  exponent: number | undefined,
  { left, right }: { readonly left: Quantity; readonly right: Quantity },
  { diagnostics }: CheckContext,
): ValueType | undefined {
  if (!isDimensionless(right.dimension)) {
    const params = { what: 'exponent', expected: 'a plain number', found: describeType(right) };
    diagnostics.report(DSL_CATALOGUE, 'unexpected-dimension', params, { span: node.right.span });
    return undefined;
  }
  if (isDimensionless(left.dimension)) return left;
  if (exponent === undefined) {
    diagnostics.report(DSL_CATALOGUE, 'exponent-not-constant', { base: describeType(left) }, { span: node.right.span });
    return undefined;
  }
  return quantityType(raiseDimension(left.dimension, exponent));
}

/** Comparisons need one dimension and yield a condition. */
export function checkCompare(node: CompareNode, { left, right }: Sides, context: CheckContext): TypedExpression {
  const { operator } = node;
  const isLeftNumber = requireQuantity(left.type, `left side of \`${operator}\``, node.left.span, context);
  const isRightNumber = requireQuantity(right.type, `right side of \`${operator}\``, node.right.span, context);
  if (!isLeftNumber || !isRightNumber || !requireSame(node, { left: left.type, right: right.type }, context))
    return POISON;
  const constant =
    left.constant === undefined || right.constant === undefined
      ? undefined
      : Number(COMPARISON[operator](left.constant, right.constant));
  const expression = { kind: 'compare', operator, left: left.expression, right: right.expression } as const;
  return { type: { kind: 'condition' }, expression, constant };
}

/** `c ? a : b`: a condition, and two branches of one dimension. */
export function checkConditional(
  node: ConditionalNode,
  { condition, left, right }: Sides & { readonly condition: TypedExpression },
  context: CheckContext,
): TypedExpression {
  const isCondition = requireCondition(condition.type, node.condition.span, context);
  const isLeftNumber = requireQuantity(left.type, 'branch of a condition', node.whenTrue.span, context);
  const isRightNumber = requireQuantity(right.type, 'branch of a condition', node.whenFalse.span, context);
  if (!isCondition || !isLeftNumber || !isRightNumber) return POISON;
  const branches = { operator: ':', left: node.whenTrue, right: node.whenFalse, span: node.span };
  if (!requireSame(branches, { left: left.type, right: right.type }, context)) return POISON;
  const chosen = condition.constant === 0 ? right.constant : left.constant;
  return {
    type: left.type,
    expression: {
      kind: 'conditional',
      condition: condition.expression,
      whenTrue: left.expression,
      whenFalse: right.expression,
    },
    constant: condition.constant === undefined ? undefined : chosen,
  };
}

/** Whether `type` is a number; conditions are reported, poison is not. */
export function requireQuantity(
  type: ValueType,
  what: string,
  span: Span,
  { diagnostics }: Reporting,
): type is Quantity {
  if (type.kind === 'condition') {
    diagnostics.report(DSL_CATALOGUE, 'truth-value', { what, expected: 'a number' }, { span });
  }
  return type.kind === 'quantity';
}

type Reporting = Pick<CheckContext, 'diagnostics'>;

function requireCondition(type: ValueType, span: Span, { diagnostics }: Reporting): boolean {
  if (type.kind === 'quantity') {
    const params = { what: 'what stands before `?`', expected: 'a condition' } as const;
    diagnostics.report(DSL_CATALOGUE, 'truth-value', params, { span });
  }
  return type.kind === 'condition';
}

interface Operation {
  readonly operator: string;
  readonly left: { readonly span: Span };
  readonly right: { readonly span: Span };
}

function requireSame(
  { operator, left, right }: Operation,
  types: { readonly left: ValueType; readonly right: ValueType },
  { diagnostics }: Reporting,
): boolean {
  if (!isQuantity(types.left) || !isQuantity(types.right)) return false;
  if (isSameDimension(types.left.dimension, types.right.dimension)) return true;
  const found = { left: describeType(types.left), right: describeType(types.right) };
  const related = [{ message: `this side is ${found.left}`, span: left.span }];
  diagnostics.report(DSL_CATALOGUE, 'dimension-mismatch', { operator, ...found }, { span: right.span, related });
  return false;
}

function isQuantity(type: ValueType): type is Quantity {
  return type.kind === 'quantity';
}
