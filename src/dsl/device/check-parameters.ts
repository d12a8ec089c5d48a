/** Parameters, `let` values and spreads of a device: the names that its equations are built from. */
import type { DerivedValue, DeviceParameter, SpreadOccasion } from '../../devices/device-model.js';
import { siSymbol } from '../../units/describe-dimension.js';
import { quantityText } from '../check/quantity-text.js';
import { parseUnit, unitScale } from '../../units/unit.js';
import type { DeviceClause, SpreadClause } from '../syntax/device.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import type { LetClause, ParameterClause } from '../syntax/shared.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkConstant, constantOf } from '../check/check-constant.js';
import { checkExpression } from '../check/check-expression.js';
import { requireQuantity } from '../check/check-operators.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import { growScope, type Binding, type CheckContext, type Scope } from '../check/scope.js';
import { POISON, type TypedExpression } from '../check/value-type.js';
import { clausesOf } from '../check/check-clauses.js';
import type { CheckedSpread } from './device-scope.js';

/** Declarations with the scope in which they are known. */
export interface Declared<Value> {
  readonly values: readonly Value[];
  readonly scope: Scope;
}

/** Parameters in order; each sees those above it. */
export function checkParameters(clauses: readonly DeviceClause[], context: CheckContext): Declared<DeviceParameter> {
  const parameters = clausesOf(clauses, 'parameter');
  const { scope, declare } = growScope(context.scope, namesOf(parameters));
  const values = parameters.map((clause) => {
    const typed = checkExpression(clause.value, { ...context, scope });
    declare(clause.name.name, bindingOf(clause, typed));
    return parameterOf(clause, typed, context);
  });
  return { values, scope };
}

function parameterOf(clause: ParameterClause, typed: TypedExpression, { diagnostics }: CheckContext): DeviceParameter {
  const { name, span } = clause.name;
  const what = `parameter \`${name}\``;
  requireQuantity(typed.type, what, clause.value.span, { diagnostics });
  const value =
    typed.type.kind === 'quantity' ? constantOf(typed, { what, span: clause.value.span }, { diagnostics }) : NaN;
  const provenance = checkProvenance(clause.provenance, { what, span }, diagnostics);
  return { name, value, unit: displayUnit(clause.value, typed), provenance, origin: clause.span };
}

/** The unit in which the author wrote the number, or the SI unit of a computed one. */
function displayUnit(node: ExpressionNode, { type }: TypedExpression): DeviceParameter['unit'] {
  const unit = node.kind === 'number' && node.unit ? parseUnit(node.unit.symbol) : undefined;
  if (unit) return { symbol: unit.symbol, scale: unitScale(unit) };
  return { symbol: type.kind === 'quantity' ? siSymbol(type.dimension) : '1', scale: 1 };
}

/** Derived values in order; each sees those above it. */
export function checkDerived(clauses: readonly DeviceClause[], context: CheckContext): Declared<DerivedValue> {
  const lets = clausesOf(clauses, 'let');
  const { scope, declare } = growScope(context.scope, namesOf(lets));
  const values = lets.map((clause): DerivedValue => {
    const typed = checkExpression(clause.value, { ...context, scope });
    requireQuantity(typed.type, `\`${clause.name.name}\``, clause.value.span, context);
    declare(clause.name.name, bindingOf(clause, typed));
    return { name: clause.name.name, value: typed.expression, origin: clause.span };
  });
  return { values, scope };
}

function namesOf(clauses: readonly (ParameterClause | LetClause)[]): string[] {
  return clauses.map(({ name }) => name.name);
}

/** A reference to the checked value; conditions become poison. */
function bindingOf({ name, span }: ParameterClause | LetClause, { type, constant }: TypedExpression): Binding {
  const expression = { kind: 'reference', name: name.name } as const;
  return { kind: 'value', type: type.kind === 'quantity' ? type : POISON.type, expression, constant, origin: span };
}

/** Spreads with their dimensions; mean and deviation are constants. */
export function checkSpreads(clauses: readonly DeviceClause[], context: CheckContext): CheckedSpread[] {
  return clausesOf(clauses, 'spread').map((clause) => checkSpread(clause, context));
}

function checkSpread(clause: SpreadClause, context: CheckContext): CheckedSpread {
  const { name, span } = clause.name;
  const [meanNode = clause.distribution, deviationNode = clause.distribution] = clause.distribution.operands;
  const typedMean = checkExpression(meanNode, context);
  const isNumber = requireQuantity(typedMean.type, `mean of \`${name}\``, meanNode.span, context);
  const dimension = isNumber ? typedMean.type.dimension : DIMENSION.none;
  const mean = constantOf(typedMean, { what: `mean of \`${name}\``, span: meanNode.span }, context);
  const deviation = isNumber ? checkDeviation(name, { node: deviationNode, dimension }, context) : NaN;
  const provenance = checkProvenance(clause.provenance, { what: `spread \`${name}\``, span }, context.diagnostics);
  const per: SpreadOccasion = clause.per;
  return { dimension, spread: { name, mean, deviation, per, provenance, origin: clause.span } };
}

function checkDeviation(
  name: string,
  { node, dimension }: Pick<CheckedSpread, 'dimension'> & { readonly node: ExpressionNode },
  context: CheckContext,
): number {
  const what = `deviation of \`${name}\``;
  const deviation = checkConstant(node, { what, dimension }, context);
  if (deviation < 0) {
    const params = { what, expected: 'not negative', found: quantityText(deviation, siSymbol(dimension)) };
    context.diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span: node.span });
  }
  return deviation;
}
