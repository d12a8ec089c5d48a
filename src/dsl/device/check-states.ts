/** State variables: their ranges, where they start, and how they move. */
import { nearestName } from '../../core/nearest.js';
import type { StateVariable } from '../../devices/device-model.js';
import { describeDimension, siSymbol } from '../../units/describe-dimension.js';
import { isSameDimension, type Dimension } from '../../units/dimension.js';
import { parseUnit, type Unit } from '../../units/unit.js';
import { clausesOf } from '../check/check-clauses.js';
import { checkQuantity, checkRange } from '../check/check-constant.js';
import { checkUnit } from '../check/check-unit.js';
import { DIMENSION } from '../check/dimensions.js';
import type { Scope } from '../check/scope.js';
import { quantityType } from '../check/value-type.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { DeviceClause, StateClause } from '../syntax/device.js';
import type { EvolveClause } from '../syntax/shared.js';
import { displayUnitOf } from './check-parameters.js';
import type { DeviceContext } from './device-context.js';
import { rateDimension, type NamedQuantity } from './device-scope.js';

/** A state by name, dimension and unit. */
export interface StateShape extends NamedQuantity {
  readonly unit: Unit | undefined;
  readonly clause: StateClause;
}

/** Names and dimensions of all states; the first must be a conductance where windows refer to it. */
export function checkStateShapes(
  clauses: readonly DeviceClause[],
  hasWindow: boolean,
  { diagnostics }: Pick<DeviceContext, 'diagnostics'>,
): StateShape[] {
  return clausesOf(clauses, 'state').map((clause, index) => {
    const { name, unit: unitName } = clause;
    const unit = checkUnit(unitName, { diagnostics });
    const isNoConductance = unit !== undefined && !isSameDimension(unit.dimension, DIMENSION.conductance);
    const isMistaken = hasWindow && index === 0 && isNoConductance;
    if (isMistaken) {
      const params = { name: name.name, found: describeDimension(unit.dimension) };
      diagnostics.report(DSL_CATALOGUE, 'conductance-state', params, { span: unitName.span });
    }
    // An unknown or mistaken unit is taken for that of the usual state, the conductance.
    const dimension = (isMistaken && hasConductances(clause) ? undefined : unit?.dimension) ?? DIMENSION.conductance;
    return { name: name.name, dimension, origin: name.span, unit, clause };
  });
}

/** Whether the range of a state is written in siemens, whatever unit the state names. */
function hasConductances({ range: { low, high } }: StateClause): boolean {
  return [low, high].every((end) => {
    const unit = end.kind === 'number' && end.unit ? parseUnit(end.unit.symbol) : undefined;
    return unit !== undefined && isSameDimension(unit.dimension, DIMENSION.conductance);
  });
}

/** What the equations of states are checked in. */
export interface StateScopes {
  /** Parameters only, for ranges. */
  readonly figures: Scope;
  /** Parameters, derived values and the window, for initial values. */
  readonly initial: Scope;
  readonly evolve: Scope;
}

/** The states with their equations; `evolve` of what is no state is reported. */
export function checkStates(
  shapes: readonly StateShape[],
  clauses: readonly DeviceClause[],
  { scopes, device }: { readonly scopes: StateScopes; readonly device: DeviceContext },
): StateVariable[] {
  const rates = ratesByState(shapes, clauses, device);
  return shapes.map((shape) => {
    const { name, dimension, unit, clause } = shape;
    const evolve = rates.get(name);
    const rate = evolve && checkRate(evolve, dimension, device.at(evolve.rate.span, scopes.evolve));
    const range = { what: `range of \`${name}\``, dimension, symbol: siSymbol(dimension) };
    const { low: min, high: max } = checkRange(clause.range, range, device.at(clause.range.span, scopes.figures));
    const initial = { what: `initial \`${name}\``, dimension };
    return {
      name,
      unit: displayUnitOf(unit, quantityType(dimension)),
      min,
      max,
      initial: checkQuantity(clause.initial, initial, device.at(clause.initial.span, scopes.initial)).expression,
      ...(rate && { rate }),
      origin: clause.span,
    };
  });
}

function checkRate({ state, rate }: EvolveClause, dimension: Dimension, context: ReturnType<DeviceContext['at']>) {
  const expected = { what: `rate of \`${state.name}\``, dimension: rateDimension(dimension) };
  return checkQuantity(rate, expected, context).expression;
}

function ratesByState(
  shapes: readonly StateShape[],
  clauses: readonly DeviceClause[],
  { diagnostics }: Pick<DeviceContext, 'diagnostics'>,
): ReadonlyMap<string, EvolveClause> {
  const names = shapes.map(({ name }) => name);
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
