/**
 * Numeric sanity of a device that no program writes: its equations in the initial state, its rates in the whole range
 * of every state, and what a kernel makes of trains of pulses.
 */
import { compileKernel } from './compile-kernel.js';
import type { DeviceFault } from './check-device.js';
import type { ConductanceWindow, DeviceModel } from './device-model.js';
import { displayQuantity } from './display-quantity.js';
import type { Expression } from './expression.js';
import { applyPulseSteps, initialValues, valueOf, type Values } from './interpret-device.js';
import { planKernel } from './kernel-plan.js';

/** Faults of `device` in each of its windows, or without one where it has none. */
export function checkUnprogrammableDevice(device: DeviceModel): readonly DeviceFault[] {
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
  const [first] = infiniteResults(device, values);
  const fault = (what: string, where: string, origin = device.origin): readonly DeviceFault[] => [
    {
      kind: 'not-finite',
      message: `the ${what} of \`${device.name}\` is not a finite number ${where}${place}`,
      origin,
    },
  ];
  if (first) return fault(first.what, 'in its initial state', first.origin);
  const [rate] = infiniteRates(device, values);
  if (rate) return fault(rate.what, rate.where, rate.origin);
  const lost = lostState(device, window);
  return lost ? fault(`state \`${lost}\``, `after ${String(TRAIN)} pulses`) : [];
}

/** Values of a state at which rates are computed, its ends included. */
const SAMPLES = 9;

/** Rates that are not finite somewhere in the range of a state, the other states being in their initial values. */
function infiniteRates(
  { states, pulse }: DeviceModel,
  initial: Values,
): readonly { readonly what: string; readonly where: string; readonly origin: DeviceFault['origin'] }[] {
  const voltages = [pulse.volts, -pulse.volts, pulse.volts / 2, -pulse.volts / 2, 0];
  return states.flatMap(({ name, unit, min, max }) =>
    Array.from({ length: SAMPLES }, (_, sample) => min + ((max - min) * sample) / (SAMPLES - 1)).flatMap((value) => {
      const at = new Map(initial).set(name, value);
      return states.flatMap(({ name: state, rate, origin }) => {
        if (!rate || voltages.every((volts) => Number.isFinite(valueOf(rate, at.set('v', volts))))) return [];
        return [
          { what: `rate of \`${state}\``, where: `where \`${name}\` is ${displayQuantity(value, unit)}`, origin },
        ];
      });
    }),
  );
}

/** Pulses up and down that a kernel tries. */
const TRAIN = 100;

/** A state that is no finite number after trains of nominal pulses, where its motion has a closed form. */
function lostState(device: DeviceModel, window: ConductanceWindow | undefined): string | undefined {
  const { states } = planKernel(device);
  const isClosed = ({ motion }: { readonly motion: { readonly kind: string } }): boolean =>
    motion.kind !== 'general' && motion.kind !== 'coupled';
  if (!states.every(({ driven, resting }) => isClosed(driven) && isClosed(resting))) return undefined;
  const without = device.spreads.map(({ name }) => name);
  const kernel = compileKernel(device, { rows: 1, columns: 1, seed: 0, without, ...(window && { window }) });
  const { volts, seconds } = device.pulse;
  for (const sign of [1, -1]) {
    for (let pulse = 0; pulse < TRAIN; pulse++) kernel.pulseCells(Float64Array.of(sign * volts), seconds);
  }
  return device.states.find(({ name }) => !Number.isFinite(kernel.stateOf(name)[0]))?.name;
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
  const resting = new Map(initial).set('v', 0);
  const result = (what: string, value: number, place = origin): Result => ({ what, value, origin: place });
  const at = (expression: Expression, values: Values): number => valueOf(expression, values);
  return [
    ...states.flatMap(({ name, rate, origin: place }) => [
      ...(rate ? [result(`rate of \`${name}\``, at(rate, during), place)] : []),
      result(`step of \`${name}\``, after.get(name) ?? NaN, place),
    ]),
    result('current', at(current, reading)),
    ...energyTerms.map((term) => result('energy', at(term.value, during), term.origin)),
    ...powerTerms.map((term) => result('power', at(term.value, resting), term.origin)),
  ];
}
