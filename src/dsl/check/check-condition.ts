/** Conditions: of handlers, `if` and invariants. */
import type { Expression } from '../../devices/expression.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import { checkExpression } from './check-expression.js';
import { requireCondition } from './require.js';
import type { CheckContext } from './scope.js';

/** The condition that `node` is; undefined after reporting. `what` names it in messages: `condition of `if``. */
export function checkCondition(node: ExpressionNode, what: string, context: CheckContext): Expression | undefined {
  const { type, expression } = checkExpression(node, context);
  return requireCondition(type, what, node.span, context) ? expression : undefined;
}
