/** Numeric sanity of a device that kernels cannot run: the same questions, asked of its initial state only. */
import type { DeviceFault } from './check-device.js';
import type { ConductanceWindow, DeviceModel } from './device-model.js';
import { displayQuantity } from './display-quantity.js';
import type { Expression } from './expression.js';
import { applyPulseSteps, initialValues, valueOf, type Values } from './interpret-device.js';

/** Faults of `device` in each of its windows, or without one where it has none. */
export function checkUnrunDevice(device: DeviceModel): readonly DeviceFault[] {
  if (device.windows.length === 0) return checkIn(device, undefined);
  return device.windows.flatMap((window) => checkIn(device, window));
}

function checkIn(device: DeviceModel, window: ConductanceWindow | undefined): readonly DeviceFault[] {
  const place = window ? ` in window \`${window.name}\`` : '';
  const values = initialValues(device, window);
  const misplaced = device.states.flatMap(({ name, unit, min, max, origin }): readonly DeviceFault[] => {
    const initial = values.get(name) ?? NaN;
    if (initial >= min && initial <= max) return [];
    const [start = '', from = '', to = ''] = [initial, min, max].map((value) => displayQuantity(value, unit));
    const message = `\`${name}\` starts at ${start}${place}, outside ${from} to ${to}`;
    return [{ kind: 'initial', message, origin }];
  });
  if (misplaced.length > 0) return misplaced;
  return infiniteResults(device, values)
    .slice(0, 1)
    .map(({ what, origin }) => ({
      kind: 'not-finite',
      message: `the ${what} of \`${device.name}\` is not a finite number in its initial state${place}`,
      origin,
    }));
}

interface Result {
  readonly what: string;
  readonly value: number;
  readonly origin: DeviceFault['origin'];
}

function infiniteResults(device: DeviceModel, initial: Values): readonly Result[] {
  const results = [1, -1].flatMap((sign) => resultsOf(device, initial, sign * device.pulse.volts));
  return results.filter(({ value }) => !Number.isFinite(value));
}

/** Everything that the device computes at a pulse of `volts` and its nominal width. */
function resultsOf(device: DeviceModel, initial: Values, volts: number): readonly Result[] {
  const { pulse, readVoltage, states, current, energyTerms, powerTerms, origin } = device;
  const after = applyPulseSteps(device, initial, { volts, seconds: pulse.seconds });
  const during = new Map(initial).set('v', volts).set('duration', pulse.seconds);
  for (const { name } of states) during.set(`change.${name}`, (after.get(name) ?? NaN) - (initial.get(name) ?? NaN));
  const reading = new Map(initial).set('v', readVoltage.volts);
  const result = (what: string, value: number, place = origin): Result => ({ what, value, origin: place });
  const at = (expression: Expression, values: Values): number => valueOf(expression, values);
  return [
    ...states.flatMap(({ name, rate, origin: place }) => [
      ...(rate ? [result(`rate of \`${name}\``, at(rate, during), place)] : []),
      result(`step of \`${name}\``, after.get(name) ?? NaN, place),
    ]),
    result('current', at(current, reading)),
    ...energyTerms.map((term) => result('energy', at(term.value, during), term.origin)),
    ...powerTerms.map((term) => result('power', at(term.value, reading), term.origin)),
  ];
}
