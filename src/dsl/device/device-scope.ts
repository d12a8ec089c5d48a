/** What the names of a device mean in each of its equations. */
import { divideDimensions } from '../../units/dimension.js';
import type { Dimension } from '../../units/dimension.js';
import type { Spread, SpreadOccasion } from '../../devices/device-model.js';
import { DIMENSION } from '../check/dimensions.js';
import { extendScope, type Binding, type Scope } from '../check/scope.js';
import { quantityType } from '../check/value-type.js';

/** Names that equations see without declaration, and what they are. */
export const RESERVED_NAMES: ReadonlyMap<string, string> = new Map([
  ['v', 'the voltage across the cell'],
  ['duration', 'the duration of the pulse'],
]);

/** A reference to something with a value only at run time. */
export function referenceTo(name: string, dimension: Dimension): readonly [string, Binding] {
  return [name, { kind: 'value', type: quantityType(dimension), expression: { kind: 'reference', name } }];
}

/** What `let` and initial values see beside parameters. */
export const SURROUNDINGS: readonly (readonly [string, Binding])[] = [
  referenceTo('window.low', DIMENSION.conductance),
  referenceTo('window.high', DIMENSION.conductance),
  referenceTo('pulse.voltage', DIMENSION.voltage),
  referenceTo('pulse.width', DIMENSION.time),
  referenceTo('read.voltage', DIMENSION.voltage),
];

/** A spread with the dimension of its mean. */
export interface CheckedSpread {
  readonly spread: Spread;
  readonly dimension: Dimension;
}

/** A state by name and dimension. */
export interface StateShape {
  readonly name: string;
  readonly dimension: Dimension;
}

/** What changes while a device works. */
export interface DeviceVariables {
  readonly states: readonly StateShape[];
  readonly spreads: readonly CheckedSpread[];
}

/** `scope` in which the names of equations are known, but figures cannot depend on them. */
export function scopeOfFigures(scope: Scope, variables: DeviceVariables): Scope {
  const { unavailable, ...before } = scopeBeforeRunning(scope, variables);
  const surroundings = SURROUNDINGS.map(
    ([name]) => [name, 'figures are computed from literals and parameters'] as const,
  );
  return { ...before, unavailable: new Map([...unavailable, ...surroundings]) };
}

/** `scope` in which the names of running equations are known, but have no value yet. */
export function scopeBeforeRunning(scope: Scope, { states, spreads }: DeviceVariables): Scope {
  const unavailable = new Map(scope.unavailable);
  for (const [name, meaning] of RESERVED_NAMES) unavailable.set(name, `${meaning} is known only in running equations`);
  for (const { name } of states) unavailable.set(name, 'states have values only in running equations');
  for (const { name } of states) unavailable.set(`change.${name}`, 'states change only in running equations');
  for (const { spread } of spreads) unavailable.set(spread.name, 'spreads are drawn only for running equations');
  // Names of the device hide parameters of the file, also where they have no value yet.
  const bindings = new Map([...scope.bindings].filter(([name]) => !unavailable.has(name)));
  return { ...scope, bindings, unavailable };
}

/** The scope of `evolve`: voltage, states, spreads per device and per pulse. */
export function evolveScope(scope: Scope, variables: DeviceVariables): Scope {
  return runningScope(scope, variables, { equation: 'evolve', sees: ['device', 'pulse'] });
}

/** The scope of `current`: voltage, states, spreads per device and per read. */
export function currentScope(scope: Scope, variables: DeviceVariables): Scope {
  return runningScope(scope, variables, { equation: 'current', sees: ['device', 'read'] });
}

/** The scope of `energy`: voltage and duration of the pulse, states before it, and their changes. */
export function energyScope(scope: Scope, variables: DeviceVariables): Scope {
  const running = runningScope(scope, variables, { equation: 'energy', sees: [] });
  return extendScope(running, [
    referenceTo('duration', DIMENSION.time),
    ...variables.states.map(({ name, dimension }) => referenceTo(`change.${name}`, dimension)),
  ]);
}

interface Equation {
  readonly equation: string;
  readonly sees: readonly SpreadOccasion[];
}

function runningScope(scope: Scope, variables: DeviceVariables, { equation, sees }: Equation): Scope {
  const { states, spreads } = variables;
  const seen = spreads.filter(({ spread }) => sees.includes(spread.per));
  const before = scopeBeforeRunning(scope, variables);
  const unavailable = new Map(before.unavailable);
  for (const { spread } of spreads) {
    unavailable.set(spread.name, `it is drawn per ${spread.per}, which \`${equation}\` does not see`);
  }
  return extendScope({ ...before, unavailable }, [
    referenceTo('v', DIMENSION.voltage),
    ...states.map(({ name, dimension }) => referenceTo(name, dimension)),
    ...seen.map(({ spread, dimension }) => referenceTo(spread.name, dimension)),
  ]);
}

/** The dimension of a state's time derivative. */
export function rateDimension(state: Dimension): Dimension {
  return divideDimensions(state, DIMENSION.time);
}
