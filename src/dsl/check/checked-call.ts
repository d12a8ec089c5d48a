/** Calls on their way through the rules of functions. */
import type { Span } from '../../core/span.js';
import type { CallNode, ExpressionNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { CheckContext } from './scope.js';
import { describeType, type TypedExpression } from './value-type.js';
import { isVector, type Vector } from './vector.js';

/** A call whose arguments have been checked; none of them is poison, and there are as many as the function takes. */
export interface CheckedCall {
  readonly node: CallNode;
  readonly operands: readonly TypedExpression[];
}

/** The argument at `index` of a call. */
export function argumentOf(node: CallNode, index: number): ExpressionNode {
  return node.operands[index] ?? node;
}

/** An argument that is a vector of numbers. */
export interface VectorArgument {
  readonly vector: Vector;
  readonly span: Span;
}

/** The argument at `index`, a vector of `rank` dimensions (any, where absent); undefined after reporting. */
export function vectorArgument(
  { node, operands }: CheckedCall,
  index: number,
  { diagnostics }: CheckContext,
  rank?: number,
): VectorArgument | undefined {
  const operand = operands[index];
  const { span } = argumentOf(node, index);
  if (!operand) return undefined;
  if (isVector(operand) && (rank === undefined || operand.type.shape.length === rank)) return { vector: operand, span };
  const what = `argument of \`${node.callee.name}\``;
  const params = { what, expected: rank === 2 ? 'a matrix' : 'a vector', found: describeType(operand.type) };
  diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span });
  return undefined;
}
