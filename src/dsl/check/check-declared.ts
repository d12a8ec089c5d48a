/** Values of parameters whose declaration may name a unit: `param tau : ms = 20 ms`. */
import { isDimensionless, type Dimension } from '../../units/dimension.js';
import type { ExpressionNode, UnitName } from '../syntax/nodes.js';
import { printExpression } from '../print/print-expression.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkExpression } from './check-expression.js';
import { checkUnit } from './check-unit.js';
import { requireDimension, requireQuantity } from './require.js';
import type { CheckContext } from './scope.js';
import { describeType, POISON, quantityType, type QuantityType, type TypedExpression } from './value-type.js';

/** A declaration in words for messages, and the unit that it names. */
export interface DeclaredUnit {
  readonly what: string;
  readonly unit?: UnitName | undefined;
}

/**
 * The quantity that `node` is; where a unit is declared it has that dimension, and a temperature in degC becomes one in
 * kelvin unless degC is declared. {@link POISON} after reporting.
 */
export function checkDeclared(
  node: ExpressionNode,
  { what, unit: name }: DeclaredUnit,
  context: CheckContext,
): TypedExpression {
  const unit = name && checkUnit(name, context);
  const typed = checkExpression(node, context, unit?.dimension);
  if (!requireQuantity(typed.type, what, node.span, context) || (name && !unit)) return POISON;
  if (!name || !unit) return typed;
  const { dimension } = unit;
  if (isDimensionless(typed.type.dimension) && !isDimensionless(dimension)) {
    reportMissingUnit(node, { what, symbol: name.symbol, type: typed.type, dimension }, context);
    return POISON;
  }
  if (!requireDimension(typed.type, node, { what, dimension }, context)) return POISON;
  const isPoint = unit.zeroCentikelvin !== undefined;
  return { ...typed, type: isPoint ? { ...quantityType(dimension), isPoint: true } : quantityType(dimension) };
}

interface MissingUnit {
  readonly what: string;
  readonly symbol: string;
  readonly type: QuantityType;
  readonly dimension: Dimension;
}

function reportMissingUnit(
  node: ExpressionNode,
  { what, symbol, type, dimension }: MissingUnit,
  { diagnostics }: CheckContext,
): void {
  const isBare = node.kind === 'number' && !node.unit;
  const help = isBare ? `write \`${printExpression(node)} ${symbol}\`` : undefined;
  const params = { what, expected: describeType(quantityType(dimension)), found: describeType(type), help };
  diagnostics.report(DSL_CATALOGUE, 'unexpected-dimension', params, { span: node.span });
}
