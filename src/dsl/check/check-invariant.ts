/** Invariants of devices, rules and networks. */
import type { Invariant } from '../../devices/statement.js';
import { printExpression } from '../print/print-expression.js';
import type { InvariantClause } from '../syntax/shared.js';
import { checkCondition } from './check-condition.js';
import type { CheckContext } from './scope.js';

/** The invariant in the scope of `context`; empty after reporting. */
export function checkInvariant({ condition: node, span }: InvariantClause, context: CheckContext): Invariant[] {
  const condition = checkCondition(node, '`invariant`', context);
  return condition ? [{ text: printExpression(node), condition, origin: span }] : [];
}
