/** State variables of a device and the equations that move them. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { nearestName } from '../../core/nearest.js';
import type { StateVariable } from '../../devices/device-model.js';
import { describeDimension, siSymbol } from '../../units/describe-dimension.js';
import { isSameDimension } from '../../units/dimension.js';
import type { DeviceClause, StateClause } from '../syntax/device.js';
import type { EvolveClause } from '../syntax/shared.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { clausesOf, type ClauseFinder } from '../check/check-clauses.js';
import { checkQuantity, checkRange } from '../check/check-constant.js';
import { checkUnit } from '../check/check-expression.js';
import { DIMENSION } from '../check/dimensions.js';
import type { CheckContext, Scope } from '../check/scope.js';
import { evolveScope, rateDimension, type DeviceVariables, type StateShape } from './device-scope.js';

/** Names and dimensions of all states; the first must be a conductance. */
export function checkStateShapes(clauses: readonly DeviceClause[], diagnostics: DiagnosticBag): StateShape[] {
  return clausesOf(clauses, 'state').map(({ name, unit: unitName }, index) => {
    const unit = checkUnit(unitName, { diagnostics });
    if (index === 0 && unit && !isSameDimension(unit.dimension, DIMENSION.conductance)) {
      const params = { name: name.name, found: describeDimension(unit.dimension) };
      diagnostics.report(DSL_CATALOGUE, 'conductance-state', params, { span: unitName.span });
    }
    // An unknown unit is taken for that of the usual state, the conductance.
    return { name: name.name, dimension: unit?.dimension ?? DIMENSION.conductance };
  });
}

/** What the equations of states are checked in. */
export interface StateContext extends CheckContext {
  readonly finder: ClauseFinder<DeviceClause>;
  readonly variables: DeviceVariables;
  /** Scope of ranges: parameters only. */
  readonly constants: Scope;
}

/** States with ranges, initial values and rates; every state has one `evolve`. */
export function checkStates(clauses: readonly DeviceClause[], context: StateContext): StateVariable[] {
  const states = clausesOf(clauses, 'state');
  const rates = ratesByState(clauses, context);
  return states.map((clause, index) => {
    const shape = context.variables.states[index] ?? { name: clause.name.name, dimension: DIMENSION.conductance };
    return checkState(clause, { shape, evolve: rates.get(shape.name) }, context);
  });
}

interface StateParts {
  readonly shape: StateShape;
  readonly evolve: EvolveClause | undefined;
}

function checkState(clause: StateClause, { shape, evolve }: StateParts, context: StateContext): StateVariable {
  const { name, dimension } = shape;
  const symbol = siSymbol(dimension);
  const constants = { ...context, scope: context.constants };
  const { low: min, high: max } = checkRange(
    clause.range,
    { what: `range of \`${name}\``, dimension, symbol },
    constants,
  );
  const initial = checkQuantity(clause.initial, { what: `initial \`${name}\``, dimension }, context);
  if (!evolve) context.finder.reportMissing(`evolve ${name}`);
  const scope = evolveScope(context.scope, context.variables);
  const what = `rate of \`${name}\``;
  const rate =
    evolve && checkQuantity(evolve.rate, { what, dimension: rateDimension(dimension) }, { ...context, scope });
  return {
    name,
    min,
    max,
    initial: initial.expression,
    rate: rate?.expression ?? { kind: 'number', value: NaN },
    origin: clause.span,
  };
}

function ratesByState(
  clauses: readonly DeviceClause[],
  { variables, diagnostics }: StateContext,
): ReadonlyMap<string, EvolveClause> {
  const names = variables.states.map(({ name }) => name);
  const rates = new Map<string, EvolveClause>();
  for (const clause of clausesOf(clauses, 'evolve')) {
    const { name, span } = clause.state;
    const first = rates.get(name);
    if (!names.includes(name)) {
      const nearest = nearestName(name, names);
      diagnostics.report(DSL_CATALOGUE, 'unknown-name', { what: 'state', name, nearest }, { span });
    } else if (first) {
      const related = [{ message: 'first declared here', span: first.state.span }];
      diagnostics.report(DSL_CATALOGUE, 'duplicate-name', { name: `evolve ${name}` }, { span, related });
    } else rates.set(name, clause);
  }
  return rates;
}
