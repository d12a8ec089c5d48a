/**
 * Single cells of any device without noise, by interpretation: slow, straightforward, and for everything that a device
 * may say. Kernels compute the same for tiles, in other ways.
 */
import type { ConductanceWindow, DeviceModel } from './device-model.js';
import { numbersOf } from './device-numbers.js';
import { evaluate } from './evaluate.js';
import type { Expression } from './expression.js';
import type { Statement } from './statement.js';

/** Values of names in SI units. */
export type Values = ReadonlyMap<string, number>;

/**
 * What the equations of a cell in its initial state see, except for `v` and the pulse: numbers, derived values,
 * modulators at their initial values, spreads at their means, and states.
 */
export function initialValues(
  device: DeviceModel,
  window?: Pick<ConductanceWindow, 'low' | 'high'>,
): Map<string, number> {
  const { modulators, spreads } = device;
  const values = new Map<string, number>([
    ...numbersOf(device).map(({ name, value }) => [name, value] as const),
    ...modulators.map(({ name, initial }) => [name, initial] as const),
    ...spreads.map(({ name, mean }) => [name, mean] as const),
  ]);
  if (window) values.set('window.low', window.low).set('window.high', window.high);
  for (const { name, value } of device.derived) values.set(name, valueOf(value, values));
  for (const { name, initial } of device.states) values.set(name, valueOf(initial, values));
  return values;
}

/** The number that an equation yields; NaN where it names what `values` lacks. */
export function valueOf(expression: Expression, values: Values): number {
  return evaluate(expression, (name) => values.get(name) ?? NaN);
}

/** The voltage across the cell [V] and how long it lasts [s]. */
export interface AppliedPulse {
  readonly volts: number;
  readonly seconds: number;
}

/** The values after one counted pulse: every step of the device whose condition holds, states kept in bounds. */
export function applyPulseSteps(
  { pulseSteps, states }: DeviceModel,
  before: Values,
  { volts, seconds }: AppliedPulse,
): Map<string, number> {
  const values = new Map(before).set('v', volts).set('duration', seconds);
  for (const { condition, body } of pulseSteps) {
    if (!condition || valueOf(condition, values) !== 0) runStatements(body, values);
  }
  for (const { name, min, max } of states) {
    values.set(name, Math.min(max, Math.max(min, values.get(name) ?? NaN)));
  }
  return values;
}

function runStatements(statements: readonly Statement[], values: Map<string, number>): void {
  for (const statement of statements) {
    if (statement.kind === 'assign') values.set(statement.target, valueOf(statement.value, values));
    else if (statement.kind === 'local') values.set(statement.name, valueOf(statement.value, values));
    else runStatements(valueOf(statement.condition, values) === 0 ? statement.whenFalse : statement.whenTrue, values);
  }
}

/** The voltage of a cell over a time [V]; `t` counts from the start [s]. */
export interface AppliedVoltage {
  readonly voltsAt: (t: number) => number;
  readonly seconds: number;
}

/** States after an exposure, and the energy that the power of the device came to meanwhile [J]. */
export interface Exposed {
  readonly values: Map<string, number>;
  readonly powerEnergy: number;
}

/**
 * What `evolve` does to a cell, by `steps` equal steps of the classical Runge-Kutta method; states stop at their bounds.
 * No pulse is counted.
 */
export function exposeCell(
  device: DeviceModel,
  before: Values,
  { voltsAt, seconds }: AppliedVoltage,
  steps: number,
): Exposed {
  const moving = device.states.filter(({ rate }) => rate);
  const values = new Map(before);
  const h = seconds / steps;
  let powerEnergy = 0;
  /** Slopes of all moving states and the power, `along` a step of size `h` from `values`. */
  const slopesAt = (t: number, along: readonly number[], share: number): readonly number[] => {
    const there = new Map(values).set('v', voltsAt(t));
    moving.forEach(({ name, min, max }, index) => {
      const moved = (values.get(name) ?? NaN) + share * h * (along[index] ?? 0);
      there.set(name, Math.min(max, Math.max(min, moved)));
    });
    const power = device.powerTerms.reduce((sum, { value }) => sum + valueOf(value, there), 0);
    return [...moving.map(({ rate }) => (rate ? valueOf(rate, there) : 0)), power];
  };
  for (let step = 0; step < steps; step++) {
    const t = step * h;
    const k1 = slopesAt(t, [], 0);
    const k2 = slopesAt(t + h / 2, k1, 0.5);
    const k3 = slopesAt(t + h / 2, k2, 0.5);
    const k4 = slopesAt(t + h, k3, 1);
    const mean = k1.map((k, index) => (k + 2 * (k2[index] ?? 0) + 2 * (k3[index] ?? 0) + (k4[index] ?? 0)) / 6);
    moving.forEach(({ name, min, max }, index) => {
      values.set(name, Math.min(max, Math.max(min, (values.get(name) ?? NaN) + h * (mean[index] ?? 0))));
    });
    powerEnergy += h * (mean[moving.length] ?? 0);
  }
  return { values, powerEnergy };
}
