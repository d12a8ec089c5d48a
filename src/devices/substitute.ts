/** Expressions with other expressions in place of names. */
import type { Expression } from './expression.js';
import { mapOperands } from './map-operands.js';

/** `expression` with every name of `values` replaced; names that are not in it stay. */
export function substitute(expression: Expression, values: ReadonlyMap<string, Expression>): Expression {
  if (expression.kind === 'reference') return values.get(expression.name) ?? expression;
  return mapOperands(expression, (operand) => substitute(operand, values));
}
