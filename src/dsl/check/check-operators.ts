/** Dimensions of operators but sums, and their values where the operands are constant. */
import { unreachable } from '../../core/invariant.js';
import type { RelatedPlace } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import {
  divideDimensions,
  isDimensionless,
  isSameDimension,
  multiplyDimensions,
  raiseDimension,
} from '../../units/dimension.js';
import type { BinaryNode, CompareNode, ConditionalNode, LogicalNode, NegateNode, NotNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { arithmetic, choice, comparison, negation, type Sides } from './compute.js';
import { percentageHelp, warnOfPercentage } from './percentage.js';
import { requireCondition, requirePlainNumber, requireQuantity } from './require.js';
import type { CheckContext } from './scope.js';
import { requireDifference } from './temperature.js';
import {
  CONDITION,
  describeType,
  POISON,
  quantityType,
  type QuantityType,
  type TypedExpression,
} from './value-type.js';
import { elementwise } from './vector.js';

type Checker = (operands: readonly TypedExpression[], context: CheckContext) => TypedExpression;

function eachElement(span: Span, operands: readonly TypedExpression[], context: CheckContext, apply: Checker) {
  return elementwise(operands, { span, apply }, context);
}

/** `-x` has the dimension of `x`. */
export function checkNegate(node: NegateNode, operand: TypedExpression, context: CheckContext): TypedExpression {
  return eachElement(node.span, [operand], context, ([element = POISON], inner) => {
    const isNumber = requireQuantity(element.type, 'what is negated', node.operand.span, inner);
    if (!isNumber || !requireDifference(element.type, { action: 'negating', node: node.operand }, inner)) return POISON;
    return negation(element);
  });
}

/** `*` and `/` combine dimensions, `%` keeps that of both sides, `^` raises one to a constant. */
export function checkBinary(node: BinaryNode, { left, right }: Sides, context: CheckContext): TypedExpression {
  return eachElement(node.span, [left, right], context, ([first = POISON, second = POISON], inner) =>
    binaryOf(node, { left: first, right: second }, inner),
  );
}

function binaryOf(node: BinaryNode, sides: Sides, context: CheckContext): TypedExpression {
  const types = requireQuantities(node, sides, context);
  if (!types || !requireDifferences(node, types, context)) return POISON;
  const type = typeOfBinary(node, sides, types, context);
  return type ? arithmetic(node.operator, sides, type) : POISON;
}

/** The types of two sides that are both numbers. */
interface Quantities {
  readonly left: QuantityType;
  readonly right: QuantityType;
}

interface Infix {
  readonly operator: string;
  readonly left: BinaryNode['left'];
  readonly right: BinaryNode['right'];
}

function requireQuantities(node: Infix, { left, right }: Sides, context: CheckContext): Quantities | undefined {
  const isLeftNumber = requireQuantity(left.type, `left side of \`${node.operator}\``, node.left.span, context);
  const isRightNumber = requireQuantity(right.type, `right side of \`${node.operator}\``, node.right.span, context);
  return isLeftNumber && isRightNumber ? { left: left.type, right: right.type } : undefined;
}

const SCALING: Readonly<Record<BinaryNode['operator'], string>> = {
  '+': 'adding',
  '-': 'subtracting',
  '*': 'multiplying',
  '/': 'dividing',
  '%': 'taking the remainder of',
  '^': 'raising',
};

function requireDifferences(node: BinaryNode, { left, right }: Quantities, context: CheckContext): boolean {
  const action = SCALING[node.operator];
  return (
    requireDifference(left, { action, node: node.left }, context) &&
    requireDifference(right, { action, node: node.right }, context)
  );
}

function typeOfBinary(
  node: BinaryNode,
  { right }: Sides,
  types: Quantities,
  context: CheckContext,
): QuantityType | undefined {
  switch (node.operator) {
    case '*':
      return quantityType(multiplyDimensions(types.left.dimension, types.right.dimension));
    case '/':
      return quantityType(divideDimensions(types.left.dimension, types.right.dimension));
    case '+':
    case '-':
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
  { left, right }: Quantities,
  context: CheckContext,
): QuantityType | undefined {
  if (!requirePlainNumber(right, 'exponent', node.right, context)) return undefined;
  if (isDimensionless(left.dimension)) return left;
  if (exponent === undefined) {
    const params = { base: describeType(left) };
    context.diagnostics.report(DSL_CATALOGUE, 'exponent-not-constant', params, { span: node.right.span });
    return undefined;
  }
  return quantityType(raiseDimension(left.dimension, exponent));
}

/** Comparisons need one dimension and yield a condition. */
export function checkCompare(node: CompareNode, { left, right }: Sides, context: CheckContext): TypedExpression {
  warnOfPercentage([node.left, node.right], context);
  return eachElement(node.span, [left, right], context, ([first = POISON, second = POISON], inner) => {
    const sides = { left: first, right: second };
    const types = requireQuantities(node, sides, inner);
    return types && requireSame(node, types, inner) ? comparison(node.operator, sides) : POISON;
  });
}

/** `and` and `or` join conditions. */
export function checkLogical(node: LogicalNode, { left, right }: Sides, context: CheckContext): TypedExpression {
  return eachElement(node.span, [left, right], context, ([first = POISON, second = POISON], inner) => {
    const { operator } = node;
    const isLeft = requireCondition(first.type, `left side of \`${operator}\``, node.left.span, inner);
    const isRight = requireCondition(second.type, `right side of \`${operator}\``, node.right.span, inner);
    if (!isLeft || !isRight) return POISON;
    const isConstant = first.constant !== undefined && second.constant !== undefined;
    const decided = operator === 'and' ? first.constant && second.constant : first.constant || second.constant;
    return {
      type: CONDITION,
      expression: { kind: 'logical', operator, left: first.expression, right: second.expression },
      constant: isConstant ? decided : undefined,
    };
  });
}

/** `not condition`. */
export function checkNot(node: NotNode, operand: TypedExpression, context: CheckContext): TypedExpression {
  return eachElement(node.span, [operand], context, ([element = POISON], inner) => {
    if (!requireCondition(element.type, 'what stands behind `not`', node.operand.span, inner)) return POISON;
    return {
      type: CONDITION,
      expression: { kind: 'not', operand: element.expression },
      constant: element.constant === undefined ? undefined : 1 - element.constant,
    };
  });
}

/** `c ? a : b`: a condition, and two branches of one dimension. */
export function checkConditional(
  node: ConditionalNode,
  { condition, left, right }: Sides & { readonly condition: TypedExpression },
  context: CheckContext,
): TypedExpression {
  const operands = [condition, left, right];
  return eachElement(node.span, operands, context, ([test = POISON, yes = POISON, no = POISON], inner) => {
    const isCondition = requireCondition(test.type, 'what stands before `?`', node.condition.span, inner);
    const isLeftNumber = requireQuantity(yes.type, 'branch of a condition', node.whenTrue.span, inner);
    const isRightNumber = requireQuantity(no.type, 'branch of a condition', node.whenFalse.span, inner);
    if (!isCondition || !isLeftNumber || !isRightNumber) return POISON;
    const types = { left: yes.type, right: no.type };
    if (!requireSame({ operator: ':', left: node.whenTrue, right: node.whenFalse }, types, inner)) return POISON;
    return choice(test, { left: yes, right: no }, no.type.isPoint ? no.type : yes.type);
  });
}

/** Whether both sides of an operator have one dimension; what is reported marks the right one. */
function requireSame(node: Infix, types: Quantities, { diagnostics }: Pick<CheckContext, 'diagnostics'>): boolean {
  if (isSameDimension(types.left.dimension, types.right.dimension)) return true;
  const found = { left: describeType(types.left), right: describeType(types.right) };
  const related: RelatedPlace[] = [{ message: `this side is ${found.left}`, span: node.left.span }];
  const params = { operator: node.operator, ...found, help: percentageHelp([node.left, node.right]) };
  diagnostics.report(DSL_CATALOGUE, 'dimension-mismatch', params, { span: node.right.span, related });
  return false;
}
