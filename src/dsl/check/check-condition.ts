/** Conditions: of handlers, `if` and invariants. */
import type { Expression } from '../../devices/expression.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkExpression } from './check-expression.js';
import type { CheckContext } from './scope.js';

/** The condition that `node` is; undefined after reporting. `what` names it in messages: `condition of `if``. */
export function checkCondition(node: ExpressionNode, what: string, context: CheckContext): Expression | undefined {
  const { type, expression } = checkExpression(node, context);
  if (type.kind === 'condition') return expression;
  if (type.kind !== 'error') {
    const params = { what, expected: 'a condition' } as const;
    context.diagnostics.report(DSL_CATALOGUE, 'truth-value', params, { span: node.span });
  }
  return undefined;
}
