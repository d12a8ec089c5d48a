/** Expressions made anew from their operands. */
import { unreachable } from '../core/invariant.js';
import type { Expression } from './expression.js';

/** The same expression with `map` of every operand; numbers and names have none. */
export function mapOperands(expression: Expression, map: (operand: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'number':
    case 'reference':
      return expression;
    case 'negate':
    case 'not':
      return { ...expression, operand: map(expression.operand) };
    case 'binary':
    case 'compare':
    case 'logical':
      return { ...expression, left: map(expression.left), right: map(expression.right) };
    case 'conditional': {
      const { condition, whenTrue, whenFalse } = expression;
      return { ...expression, condition: map(condition), whenTrue: map(whenTrue), whenFalse: map(whenFalse) };
    }
    case 'call':
      return { ...expression, operands: expression.operands.map(map) };
    case 'interpolate':
      return { ...expression, at: map(expression.at) };
    case 'interpolate-grid':
      return { ...expression, x: map(expression.x), y: map(expression.y) };
    case 'element':
      return { ...expression, index: map(expression.index) };
    default:
      return unreachable(expression);
  }
}
