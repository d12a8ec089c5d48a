/** Parameters of a device: numbers with unit, range, origin, and perhaps a spread around them. */
import { DiagnosticBag } from '../../core/diagnostic.js';
import type { Bounds, DeviceParameter, DisplayUnit, Spread } from '../../devices/device-model.js';
import { siSymbol } from '../../units/describe-dimension.js';
import type { Dimension } from '../../units/dimension.js';
import { displayUnit, parseUnit, type Unit } from '../../units/unit.js';
import { checkQuantity, checkRange, constantOf } from '../check/check-constant.js';
import { checkExpression } from '../check/check-expression.js';
import { requireQuantity } from '../check/require.js';
import { checkProvenance } from '../check/check-provenance.js';
import { checkUnit } from '../check/check-unit.js';
import { quantityText } from '../check/quantity-text.js';
import { growScope, type CheckContext, type Scope } from '../check/scope.js';
import { POISON, type TypedExpression } from '../check/value-type.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import type { ParameterClause } from '../syntax/shared.js';
import { checkParameterSpread } from './check-spreads.js';
import type { DeviceContext } from './device-context.js';
import type { DrawnQuantity } from './device-scope.js';

/** Parameters with the scope in which they are known. */
export interface CheckedParameters {
  readonly parameters: readonly DeviceParameter[];
  /** Spreads that multiply parameters, and those parameters. */
  readonly spreads: readonly Spread[];
  readonly spreadParameters: readonly DrawnQuantity[];
  readonly scope: Scope;
}

/** Parameters to check, and those that they replace in the device that is extended. */
export interface ParameterClauses {
  readonly clauses: readonly ParameterClause[];
  readonly replaced: ReadonlyMap<ParameterClause, ParameterClause>;
}

/** Parameters in order; each sees those above it. */
export function checkParameters({ clauses, replaced }: ParameterClauses, context: DeviceContext): CheckedParameters {
  const { scope, declare } = growScope(
    context.ground,
    clauses.map(({ name }) => name.name),
  );
  const spreads: Spread[] = [];
  const spreadParameters: DrawnQuantity[] = [];
  const parameters = clauses.map((clause) => {
    const { name, span: origin } = clause.name;
    const typed = checkValue(clause, replaced.get(clause), { device: context, scope });
    const expression = { kind: 'reference', name } as const;
    declare(name, { kind: 'value', ...typed, expression, origin });
    const spread = checkParameterSpread(clause, context.at(clause.distribution?.span ?? clause.span, scope));
    if (spread) spreads.push(spread);
    if (spread && typed.type.kind === 'quantity') {
      spreadParameters.push({ name, dimension: typed.type.dimension, origin, per: spread.per });
    }
    return parameterOf(clause, typed, { device: context, scope });
  });
  return { parameters, spreads, spreadParameters, scope };
}

interface ParameterContext {
  readonly device: DeviceContext;
  readonly scope: Scope;
}

/** The value, in the dimension of the declared unit, or else of the parameter that it replaces. */
function checkValue(
  clause: ParameterClause,
  replaced: ParameterClause | undefined,
  { device, scope }: ParameterContext,
): TypedExpression {
  const { value, unit: unitName } = clause;
  const what = `parameter \`${clause.name.name}\``;
  const context = device.at(value.span, scope);
  const unit = unitName && checkUnit(unitName, context);
  if (unitName && !unit) return POISON;
  const dimension = unit?.dimension ?? (replaced && dimensionOf(replaced.value, device.at(replaced.value.span, scope)));
  if (dimension) return checkQuantity(value, { what, dimension }, context);
  const typed = checkExpression(value, context);
  return requireQuantity(typed.type, what, value.span, context) ? typed : POISON;
}

/** The dimension of a value whose mistakes are reported elsewhere. */
function dimensionOf(value: ExpressionNode, context: CheckContext): Dimension | undefined {
  const { type } = checkExpression(value, { ...context, diagnostics: new DiagnosticBag() });
  return type.kind === 'quantity' ? type.dimension : undefined;
}

function parameterOf(
  clause: ParameterClause,
  typed: TypedExpression,
  { device, scope }: ParameterContext,
): DeviceParameter {
  const { name, span } = clause.name;
  const what = `parameter \`${name}\``;
  const { diagnostics } = device;
  const value =
    typed.type.kind === 'quantity' ? constantOf(typed, { what, span: clause.value.span }, { diagnostics }) : NaN;
  const bounds = checkBounds(clause, { value, typed }, { device, scope });
  return {
    name,
    value,
    unit: unitOf(clause, typed),
    ...(bounds && { bounds }),
    provenance: checkProvenance(clause.provenance, { what, span }, diagnostics),
    origin: clause.span,
  };
}

function checkBounds(
  { name: { name }, range, value: node }: ParameterClause,
  { value, typed }: { readonly value: number; readonly typed: TypedExpression },
  { device, scope }: ParameterContext,
): Bounds | undefined {
  if (!range || typed.type.kind !== 'quantity') return undefined;
  const { dimension } = typed.type;
  const symbol = siSymbol(dimension);
  const bounds = checkRange(range, { what: `range of \`${name}\``, dimension, symbol }, device.at(range.span, scope));
  checkInside({ what: `parameter \`${name}\``, value, symbol, bounds }, device.at(node.span, scope), node);
  return bounds;
}

/** A number and where it may lie. */
export interface BoundedNumber {
  readonly what: string;
  /** In SI units. */
  readonly value: number;
  /** The SI unit. */
  readonly symbol: string;
  readonly bounds: Bounds;
}

/** Reports a number that lies outside its range. */
export function checkInside(
  { what, value, symbol, bounds: { low, high } }: BoundedNumber,
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
  { span }: ExpressionNode,
): void {
  if (!(value < low || value > high)) return;
  const expected = `from ${quantityText(low, symbol)} to ${quantityText(high, symbol)}`;
  diagnostics.report(DSL_CATALOGUE, 'out-of-range', { what, expected, found: quantityText(value, symbol) }, { span });
}

/** The declared unit, that in which the author wrote the number, or the SI unit of a computed one. */
function unitOf({ unit, value }: ParameterClause, { type }: TypedExpression): DisplayUnit {
  const written = unit ?? (value.kind === 'number' ? value.unit : undefined);
  return displayUnitOf(written && parseUnit(written.symbol), type);
}

/** `unit` for display, or the SI unit of quantities of that type. */
export function displayUnitOf(unit: Unit | undefined, type: TypedExpression['type']): DisplayUnit {
  if (unit) return displayUnit(unit);
  return { symbol: type.kind === 'quantity' ? siSymbol(type.dimension) : '1', scale: 1 };
}
