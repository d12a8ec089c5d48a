/** Expressions with other expressions in place of names. */
import { unreachable } from '../core/invariant.js';
import type { Expression } from './expression.js';

/** `expression` with every name of `values` replaced; names that are not in it stay. */
export function substitute(expression: Expression, values: ReadonlyMap<string, Expression>): Expression {
  const inside = (operand: Expression): Expression => substitute(operand, values);
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'reference':
      return values.get(expression.name) ?? expression;
    case 'negate':
    case 'not':
      return { ...expression, operand: inside(expression.operand) };
    case 'binary':
    case 'compare':
    case 'logical':
      return { ...expression, left: inside(expression.left), right: inside(expression.right) };
    case 'conditional':
      return {
        ...expression,
        condition: inside(expression.condition),
        whenTrue: inside(expression.whenTrue),
        whenFalse: inside(expression.whenFalse),
      };
    case 'call':
      return { ...expression, operands: expression.operands.map(inside) };
    case 'interpolate':
      return { ...expression, at: inside(expression.at) };
    case 'interpolate-grid':
      return { ...expression, x: inside(expression.x), y: inside(expression.y) };
    case 'element':
      return { ...expression, index: inside(expression.index) };
    default:
      return unreachable(expression);
  }
}
