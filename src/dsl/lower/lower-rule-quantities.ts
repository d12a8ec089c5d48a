/** Parameters, weight, traces and modulators of a rule, with the dimensions that its equations see. */
import type { LearnedWeight, RuleModulator, RuleParameter, Trace } from '../../ir/rule.js';
import { siSymbol } from '../../units/describe-dimension.js';
import { displayUnit, parseUnit, type Unit } from '../../units/unit.js';
import type { Dimension } from '../../units/dimension.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkConstant, checkQuantity, checkRange, constantOf } from '../check/check-constant.js';
import { checkDeclared } from '../check/check-declared.js';
import { checkUnit } from '../check/check-unit.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import { quantityText } from '../check/quantity-text.js';
import type { CheckContext } from '../check/scope.js';
import type { RuleQuantity } from '../rule/rule-scope.js';
import type { ExpressionNode, RangeNode } from '../syntax/nodes.js';
import type { RuleParameterClause, TraceClause, WeightClause } from '../syntax/rule.js';
import type { ModulatorClause } from '../syntax/shared.js';

/** Something of a rule, and what equations see of it. */
export interface Quantified<Value> {
  readonly value: Value;
  readonly quantity: RuleQuantity;
}

/** A parameter; `context` holds what is fixed with the rule. */
export function lowerParameter(clause: RuleParameterClause, context: CheckContext): Quantified<RuleParameter> {
  const { name, per = 'shared' } = clause;
  const what = `parameter \`${name.name}\``;
  const typed = checkDeclared(clause.value, { what, unit: clause.unit }, context);
  const value = constantOf(typed, { what, span: clause.value.span }, context);
  const dimension = typed.type.kind === 'quantity' ? typed.type.dimension : DIMENSION.none;
  const unit = clause.unit ? parseUnit(clause.unit.symbol) : unitOf(clause.value);
  const bounds = boundsOf(clause.range, { what, dimension }, context);
  if (bounds) reportOutside({ what, value, node: clause.value }, { ...bounds, dimension }, context);
  const provenance =
    clause.provenance && checkProvenance(clause.provenance, { what, span: name.span }, context.diagnostics);
  return {
    value: {
      name: name.name,
      value,
      unit: shown(unit, dimension),
      per,
      ...(bounds && { bounds }),
      ...(provenance && { provenance }),
      origin: clause.span,
    },
    quantity: { name: name.name, dimension, per, ...(typed.type.kind === 'error' && { isPoison: true }) },
  };
}

/** The unit in which the author wrote the number. */
function unitOf(node: ExpressionNode): Unit | undefined {
  return node.kind === 'number' && node.unit ? parseUnit(node.unit.symbol) : undefined;
}

function shown(unit: Unit | undefined, dimension: Dimension): RuleParameter['unit'] {
  return unit ? displayUnit(unit) : { symbol: siSymbol(dimension), scale: 1 };
}

interface Named {
  readonly what: string;
  readonly dimension: Dimension;
}

function boundsOf(range: RangeNode | undefined, { what, dimension }: Named, context: CheckContext) {
  const symbol = siSymbol(dimension);
  return range && checkRange(range, { what: `range of ${what}`, dimension, symbol }, context);
}

function reportOutside(
  { what, value, node }: { readonly what: string; readonly value: number; readonly node: ExpressionNode },
  { low, high, dimension }: { readonly low: number; readonly high: number; readonly dimension: Dimension },
  { diagnostics }: CheckContext,
): void {
  if (!(value < low || value > high)) return;
  const [from, to, found] = [low, high, value].map((end) => quantityText(end, siSymbol(dimension)));
  const params = { what, expected: `from ${from ?? ''} to ${to ?? ''}`, found: found ?? '' };
  diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span: node.span });
}

/** The weight; an unknown unit is taken for that of the usual weight, the conductance. */
export function lowerWeight(clause: WeightClause, context: CheckContext): Quantified<LearnedWeight> {
  const { name, range, span } = clause;
  const unit = checkUnit(clause.unit, context);
  const dimension = unit?.dimension ?? DIMENSION.conductance;
  const bounds = boundsOf(range, { what: `weight \`${name.name}\``, dimension }, context);
  return {
    value: { name: name.name, unit: shown(unit, dimension), ...(bounds && { bounds }), origin: span },
    quantity: { name: name.name, dimension, per: 'synapse' },
  };
}

/** What equations see of a trace; an unknown unit is taken for a plain number. */
export function traceQuantity({ name, unit, per }: TraceClause, context: CheckContext): RuleQuantity {
  return { name: name.name, dimension: checkUnit(unit, context)?.dimension ?? DIMENSION.none, per };
}

/** A trace of the given dimension without its rate; `context` holds what equations see. */
export function lowerTrace(clause: TraceClause, dimension: Dimension, context: CheckContext): Trace {
  const { name, per, initial, span } = clause;
  const what = `initial \`${name.name}\``;
  return {
    name: name.name,
    unit: shown(parseUnit(clause.unit.symbol), dimension),
    per,
    initial: initial ? checkQuantity(initial, { what, dimension }, context).expression : { kind: 'number', value: 0 },
    origin: span,
  };
}

/** A third factor; `context` holds what is fixed with the rule. */
export function lowerModulator(clause: ModulatorClause, context: CheckContext): Quantified<RuleModulator> {
  const { name, span } = clause;
  const what = `modulator \`${name.name}\``;
  const unit = checkUnit(clause.unit, context);
  const dimension = unit?.dimension ?? DIMENSION.none;
  const initial = checkConstant(clause.initial, { what: `initial ${what}`, dimension }, context);
  const bounds = boundsOf(clause.range, { what, dimension }, context);
  if (bounds) reportOutside({ what, value: initial, node: clause.initial }, { ...bounds, dimension }, context);
  return {
    value: { name: name.name, unit: shown(unit, dimension), initial, ...(bounds && { bounds }), origin: span },
    quantity: { name: name.name, dimension, per: 'shared' },
  };
}
