/**
 * Points of the Celsius scale. They are kept in kelvin like any temperature, so only what their zero would decide is
 * refused: their sum, and every kind of scaling. A difference of two is a difference; kelvin serve as both.
 */
import type { ExpressionNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { CheckContext } from './scope.js';
import { quantityType, type QuantityType } from './value-type.js';

/** Whether a quantity may be scaled, and is not a point of a scale. `action` is a participle for the message. */
export function requireDifference(
  type: QuantityType,
  { action, node }: { readonly action: string; readonly node: ExpressionNode },
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): boolean {
  if (!type.isPoint) return true;
  const params = { action: `${action} a temperature in degC depends on where its scale has its zero` };
  diagnostics.report(DSL_CATALOGUE, 'temperature-point', params, { span: node.span });
  return false;
}

/** The type of a sum or difference of two quantities of one dimension; undefined for the sum of two points. */
export function typeOfSum(operator: '+' | '-', left: QuantityType, right: QuantityType): QuantityType | undefined {
  if (operator === '-') return right.isPoint ? quantityType(left.dimension) : left;
  if (left.isPoint && right.isPoint) return undefined;
  return right.isPoint ? right : left;
}
