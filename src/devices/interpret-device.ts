/**
 * Single cells of any device without noise, by interpretation: slow, and for everything that a device may say.
 * Kernels are for tiles and for the devices that they can run.
 */
import type { ConductanceWindow, DeviceModel } from './device-model.js';
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
  const { parameters, modulators, spreads, pulse, readVoltage } = device;
  const values = new Map<string, number>([
    ...parameters.map(({ name, value }) => [name, value] as const),
    ...modulators.map(({ name, initial }) => [name, initial] as const),
    ...spreads.map(({ name, mean }) => [name, mean] as const),
    ['pulse.voltage', pulse.volts],
    ['pulse.width', pulse.seconds],
    ['read.voltage', readVoltage.volts],
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
