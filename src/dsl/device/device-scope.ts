/** What the names of a device mean in each of its equations. */
import type { Span } from '../../core/span.js';
import type { SpreadOccasion } from '../../devices/device-model.js';
import { binary, reference } from '../../devices/symbolic.js';
import { divideDimensions, type Dimension } from '../../units/dimension.js';
import { DIMENSION } from '../check/dimensions.js';
import { extendScope, hideNames, type Binding, type Scope } from '../check/scope.js';
import { quantityType } from '../check/value-type.js';

/** Names that equations see without declaration, and what they are. */
export const RESERVED_NAMES: ReadonlyMap<string, string> = new Map([
  ['v', 'the voltage across the cell'],
  ['duration', 'the duration of the pulse'],
  ['temperature', 'the temperature of the array'],
]);

/** A reference to something with a value only at run time. */
function referenceTo(name: string, dimension: Dimension, origin?: Span): readonly [string, Binding] {
  return [name, { kind: 'value', type: quantityType(dimension), expression: reference(name), origin }];
}

const WINDOW_ENDS: readonly (readonly [string, Binding])[] = [
  referenceTo('window.low', DIMENSION.conductance),
  referenceTo('window.high', DIMENSION.conductance),
];

const NOMINAL_FIGURES: readonly (readonly [string, Binding])[] = [
  referenceTo('pulse.voltage', DIMENSION.voltage),
  referenceTo('pulse.width', DIMENSION.time),
  referenceTo('read.voltage', DIMENSION.voltage),
];

/** `scope` with what `let` and initial values see beside parameters: the window, where there is one, and the figures. */
export function withFigures(scope: Scope, hasWindow: boolean): Scope {
  if (hasWindow) return extendScope(scope, [...WINDOW_ENDS, ...NOMINAL_FIGURES]);
  const hidden = hideNames(
    scope,
    WINDOW_ENDS.map(([name]) => [name, 'the device has no window']),
  );
  return extendScope(hidden, NOMINAL_FIGURES);
}

/** Equations that are evaluated while a device works. */
export type Equation = 'evolve' | 'on pulse' | 'current' | 'energy' | 'power' | 'invariant';

/** Spreads that have a value when the equation is evaluated. */
const SEES: Readonly<Record<Equation, readonly SpreadOccasion[]>> = {
  evolve: ['device', 'pulse'],
  'on pulse': ['device', 'pulse'],
  current: ['device', 'read'],
  energy: ['device', 'pulse'],
  power: ['device'],
  invariant: ['device'],
};

/** A name that has a value only while a device works. */
export interface RunningName {
  readonly name: string;
  readonly binding: Binding;
  /** Why it cannot be used before. */
  readonly before: string;
  /** Present for what is drawn. */
  readonly per?: SpreadOccasion;
  /** Where it can be used, if not in all equations. */
  readonly only?: readonly Equation[];
}

/** A declared quantity by name and dimension. */
export interface NamedQuantity {
  readonly name: string;
  readonly dimension: Dimension;
  readonly origin: Span;
}

/** A spread by name, or a parameter with a spread, which is drawn around its value. */
export interface DrawnQuantity extends NamedQuantity {
  readonly per: SpreadOccasion;
}

/** What changes while a device works. */
export interface DeviceVariables {
  readonly states: readonly NamedQuantity[];
  readonly modulators: readonly NamedQuantity[];
  readonly spreads: readonly DrawnQuantity[];
  /** Parameters that a spread multiplies, see {@link factorName}. */
  readonly spreadParameters: readonly DrawnQuantity[];
}

/** The spread that multiplies the parameter `name`. */
export function factorName(name: string): string {
  return `${name}.factor`;
}

const DURING_PULSES: readonly Equation[] = ['on pulse', 'energy'];
const WITH_VOLTAGE: readonly Equation[] = ['evolve', 'on pulse', 'current', 'energy', 'power'];

/** All names of running equations; `only` and `per` say which of them each equation sees. */
export function runningNames(variables: DeviceVariables): readonly RunningName[] {
  const named = ([name, binding]: readonly [string, Binding], before: string): RunningName => ({
    name,
    binding,
    before,
  });
  const duration = referenceTo('duration', DIMENSION.time)[1];
  const ofPulse = { before: 'the duration of the pulse is known only in running equations', only: DURING_PULSES };
  return [
    {
      ...named(referenceTo('v', DIMENSION.voltage), 'the voltage across the cell is known only in running equations'),
      only: WITH_VOLTAGE,
    },
    { name: 'duration', binding: duration, ...ofPulse },
    { name: 'pulse.duration', binding: duration, ...ofPulse },
    ...variables.states.flatMap(({ name, dimension, origin }): RunningName[] => [
      named(referenceTo(name, dimension, origin), 'states have values only in running equations'),
      {
        ...named(referenceTo(`change.${name}`, dimension), 'states change only in running equations'),
        only: ['energy'],
      },
    ]),
    ...variables.modulators.map(({ name, dimension, origin }) =>
      named(referenceTo(name, dimension, origin), 'modulators have values only in running equations'),
    ),
    ...variables.spreads.map(({ name, dimension, origin, per }) => ({
      ...named(referenceTo(name, dimension, origin), 'spreads are drawn only for running equations'),
      per,
    })),
    ...variables.spreadParameters.map(drawnParameter),
  ];
}

function drawnParameter({ name, dimension, origin, per }: DrawnQuantity): RunningName {
  const expression = binary(reference(name), '*', reference(factorName(name)));
  const binding: Binding = { kind: 'value', type: quantityType(dimension), expression, origin };
  return { name, binding, before: 'it has a spread, which is drawn only for running equations', per };
}

/** `scope` in which the names of running equations are known, but have no value yet. */
export function scopeBeforeRunning(scope: Scope, running: readonly RunningName[]): Scope {
  return hideNames(
    scope,
    running.map(({ name, before }) => [name, before]),
  );
}

/** `scope` in which figures are computed: from literals and parameters, those with a spread at their nominal value. */
export function scopeOfFigures(scope: Scope, variables: DeviceVariables): Scope {
  const running = runningNames({ ...variables, spreadParameters: [] });
  return hideNames(
    scopeBeforeRunning(scope, running),
    [...WINDOW_ENDS, ...NOMINAL_FIGURES].map(([name]) => [name, 'figures are computed from literals and parameters']),
  );
}

/** `scope` in which every running name has a value: what single equations do not see is found later. */
export function scopeOfAllEquations(scope: Scope, running: readonly RunningName[]): Scope {
  return extendScope(
    scope,
    running.map(({ name, binding }) => [name, binding]),
  );
}

/** `scope` as one equation sees it. */
export function scopeOfEquation(scope: Scope, running: readonly RunningName[], equation: Equation): Scope {
  const hidden = running.flatMap((name): (readonly [string, string])[] => {
    const reason = reasonAgainst(name, equation);
    return reason === undefined ? [] : [[name.name, reason]];
  });
  const seen = running.filter((name) => reasonAgainst(name, equation) === undefined);
  return scopeOfAllEquations(hideNames(scope, hidden), seen);
}

function reasonAgainst({ per, only, before }: RunningName, equation: Equation): string | undefined {
  if (per !== undefined && !SEES[equation].includes(per)) {
    return `it is drawn per ${per}, which \`${equation}\` does not see`;
  }
  return only && !only.includes(equation) ? before.replace('running equations', listOf(only)) : undefined;
}

function listOf(equations: readonly Equation[]): string {
  return equations.map((equation) => `\`${equation}\``).join(', ');
}

/** The dimension of a state's time derivative. */
export function rateDimension(state: Dimension): Dimension {
  return divideDimensions(state, DIMENSION.time);
}
