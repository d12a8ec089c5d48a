/** Calls of the functions that equations may use. */
import { nearestName } from '../../core/nearest.js';
import { callFunction } from '../../devices/evaluate.js';
import { FUNCTION_ARITY, type FunctionName } from '../../devices/expression.js';
import { isDimensionless, isSameDimension, raiseDimension } from '../../units/dimension.js';
import type { CallNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { requireQuantity } from './check-operators.js';
import type { CheckContext } from './scope.js';
import {
  describeType,
  PLAIN_NUMBER,
  POISON,
  quantityType,
  type TypedExpression,
  type ValueType,
} from './value-type.js';

/** The meaning of a call whose operands have been checked. */
export function checkCall(
  node: CallNode,
  operands: readonly TypedExpression[],
  context: CheckContext,
): TypedExpression {
  const name = checkFunctionName(node, context);
  if (!name || !checkOperandCount(node, FUNCTION_ARITY[name], context)) return POISON;
  const areQuantities = operands.map((operand, index) =>
    requireQuantity(operand.type, `argument of \`${name}\``, node.operands[index]?.span ?? node.span, context),
  );
  if (areQuantities.includes(false)) return POISON;
  const type = typeOfCall(name, node, operands, context);
  if (!type) return POISON;
  const constants = operands.flatMap(({ constant }) => (constant === undefined ? [] : [constant]));
  return {
    type,
    expression: { kind: 'call', name, operands: operands.map(({ expression }) => expression) },
    constant: constants.length === operands.length ? callFunction(name, constants) : undefined,
  };
}

function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTION_ARITY, name);
}

function checkFunctionName(
  { callee: { name, span } }: CallNode,
  { diagnostics }: CheckContext,
): FunctionName | undefined {
  if (isFunctionName(name)) return name;
  const nearest = nearestName(name, Object.keys(FUNCTION_ARITY));
  diagnostics.report(DSL_CATALOGUE, 'unknown-name', { what: 'function', name, nearest }, { span });
  return undefined;
}

function checkOperandCount(
  { callee, operands, span }: CallNode,
  expected: number,
  { diagnostics }: CheckContext,
): boolean {
  if (operands.length === expected) return true;
  const params = { name: callee.name, expected, found: operands.length };
  diagnostics.report(DSL_CATALOGUE, 'argument-count', params, { span });
  return false;
}

/** `sqrt` halves the dimension, `abs`, `min` and `max` keep it, the others map plain numbers to plain numbers. */
function typeOfCall(
  name: FunctionName,
  node: CallNode,
  operands: readonly TypedExpression[],
  context: CheckContext,
): ValueType | undefined {
  const [type, other] = operands.map((operand) => operand.type);
  if (type?.kind !== 'quantity') return undefined;
  if (name === 'abs') return type;
  if (name === 'sqrt') return quantityType(raiseDimension(type.dimension, 0.5));
  if (name === 'min' || name === 'max') {
    if (other?.kind === 'quantity' && isSameDimension(type.dimension, other.dimension)) return type;
    const params = { operator: name, left: describeType(type), right: describeType(other ?? type) };
    context.diagnostics.report(DSL_CATALOGUE, 'dimension-mismatch', params, { span: node.operands[1]?.span });
    return undefined;
  }
  if (isDimensionless(type.dimension)) return PLAIN_NUMBER;
  const params = { what: `argument of \`${name}\``, expected: 'a plain number', found: describeType(type) };
  context.diagnostics.report(DSL_CATALOGUE, 'unexpected-dimension', params, { span: node.operands[0]?.span });
  return undefined;
}
