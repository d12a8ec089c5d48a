/** Numeric sanity of a device whose names and dimensions are right: does it work as a device at all? */
import type { Span } from '../core/span.js';
import { formatQuantity } from '../units/format-quantity.js';
import { createCell, type Cell } from './advance.js';
import type { ConductanceWindow, DeviceModel, StateVariable } from './device-model.js';
import { checkUnprogrammableDevice } from './check-unprogrammable-device.js';
import { displayQuantity } from './display-quantity.js';
import { kernelObstacles } from './kernel-limits.js';

/** What is wrong; `step` alone leaves a device that works, but not as published. */
export type DeviceFaultKind = 'range' | 'rating' | 'read' | 'window' | 'initial' | 'not-finite' | 'polarity' | 'step';

/** A fault as plain data; messages are lower case, without full stop, names in backquotes. */
export interface DeviceFault {
  readonly kind: DeviceFaultKind;
  readonly message: string;
  readonly origin: Span;
}

/** Largest deviation of a nominal step from the published one, as a fraction of it. */
const STEP_TOLERANCE = 0.5;

/** Faults of `device` in the order of its text; empty for a sane device. */
export function checkDevice(device: DeviceModel): readonly DeviceFault[] {
  const [conductance] = device.states;
  if (!conductance) return [{ kind: 'range', message: `\`${device.name}\` has no state`, origin: device.origin }];
  // Without these, nothing can be computed.
  const structural = [
    ...infiniteNumbers(device),
    ...device.states.flatMap(ranges),
    ...ratingFaults(device),
    ...readFaults(device),
  ];
  if (structural.length > 0) return structural;
  if (kernelObstacles(device).length > 0) {
    const misplaced = device.windows.flatMap((window) => windowBounds(window, conductance, 0));
    return misplaced.length > 0 ? misplaced : checkUnprogrammableDevice(device);
  }
  return device.windows.flatMap((window) => {
    const misplaced = windowBounds(window, conductance, Number.MIN_VALUE);
    return misplaced.length > 0 ? misplaced : checkWindow(device, conductance, window);
  });
}

function infiniteNumbers(device: DeviceModel): readonly DeviceFault[] {
  const { pulse, readVoltage, origin } = device;
  const numbers = [
    ...device.parameters,
    ...device.modulators.map(({ name, initial, origin }) => ({ name, value: initial, origin })),
    ...device.spreads.flatMap(({ name, mean, deviation, origin }) => [
      { name, value: mean, origin },
      { name, value: deviation, origin },
    ]),
    ...[pulse.volts, pulse.seconds].map((value) => ({ name: 'pulse', value, origin })),
    { name: 'read', value: readVoltage.volts, origin },
  ];
  return numbers
    .filter(({ value }) => !Number.isFinite(value))
    .map(({ name, origin }) => ({ kind: 'not-finite', message: `\`${name}\` is not a finite number`, origin }));
}

/** The pulse at which a device is characterised must not destroy it. */
function ratingFaults({ pulse, ratings }: DeviceModel): readonly DeviceFault[] {
  const applied = { voltage: Math.abs(pulse.volts), duration: pulse.seconds, current: 0, temperature: 0 };
  return ratings
    .filter(({ quantity, max }) => applied[quantity] > max)
    .map(({ quantity, origin }) => ({
      kind: 'rating',
      message: `the nominal pulse exceeds the maximum ${quantity}`,
      origin,
    }));
}

function readFaults({ readVoltage, origin }: DeviceModel): readonly DeviceFault[] {
  if (readVoltage.volts !== 0) return [];
  return [{ kind: 'read', message: 'reading at 0 V tells nothing about a conductance', origin }];
}

function ranges({ name, min, max, origin }: StateVariable): readonly DeviceFault[] {
  if (Number.isFinite(min) && Number.isFinite(max) && min < max) return [];
  return [{ kind: 'range', message: `the range of \`${name}\` is empty: ${String(min)} to ${String(max)}`, origin }];
}

/** Programs take the geometric centre of a window, which therefore begins above 0; others may begin at 0. */
function windowBounds(
  { name, low, high, origin }: ConductanceWindow,
  state: StateVariable,
  least: number,
): readonly DeviceFault[] {
  const fault = (text: string): DeviceFault[] => [{ kind: 'window', message: `window \`${name}\` ${text}`, origin }];
  if (!(low >= least && high > low)) return fault(`is empty or ${least === 0 ? 'negative' : 'not positive'}`);
  if (low < state.min || high > state.max) return fault(`leaves the range of \`${state.name}\``);
  return [];
}

function checkWindow(
  device: DeviceModel,
  conductance: StateVariable,
  window: ConductanceWindow,
): readonly DeviceFault[] {
  const cell = createCell(device, window);
  const faults = [...initialFaults(device, cell, window), ...finiteFaults(device, cell, conductance, window)];
  if (faults.length > 0) return faults;
  const polarity = polarityFaults(device, cell, conductance, window);
  return polarity.length > 0 ? polarity : stepFaults(device, cell, window);
}

function initialFaults({ states }: DeviceModel, cell: Cell, window: ConductanceWindow): readonly DeviceFault[] {
  return states.flatMap(({ name, unit, min, max, origin }, index): DeviceFault[] => {
    const initial = cell.initial[index] ?? NaN;
    if (initial >= min && initial <= max) return [];
    const [start = '', from = '', to = ''] = [initial, min, max].map((value) => displayQuantity(value, unit));
    const message = `\`${name}\` starts at ${start} in window \`${window.name}\`, outside ${from} to ${to}`;
    return [{ kind: 'initial', message, origin }];
  });
}

/** Rates must be finite in the whole range, currents and energies at the ends and the centre of the window. */
function finiteFaults(
  device: DeviceModel,
  cell: Cell,
  conductance: StateVariable,
  window: ConductanceWindow,
): readonly DeviceFault[] {
  const { pulse, readVoltage, origin } = device;
  const fault = (what: string, siemens: number): readonly DeviceFault[] => {
    const place = `at ${formatQuantity(siemens, 'S')} in window \`${window.name}\``;
    return [
      { kind: 'not-finite', message: `the ${what} of \`${device.name}\` is not a finite number ${place}`, origin },
    ];
  };
  const voltages = [pulse.volts, -pulse.volts, pulse.volts / 2, -pulse.volts / 2];
  const inWindow = [window.low, centreOf(window), window.high];
  for (const siemens of [...inWindow, ...samplesOf(conductance)]) {
    if (!voltages.every((volts) => Number.isFinite(cell.rateAt(siemens, volts)))) return fault('rate', siemens);
  }
  for (const siemens of inWindow) {
    if (!Number.isFinite(cell.currentAt(siemens, readVoltage.volts))) return fault('current', siemens);
    if (!voltages.every((volts) => Number.isFinite(cell.energyOf(siemens, volts, pulse.seconds)))) {
      return fault('energy', siemens);
    }
  }
  return [];
}

/** The ends of a state's range and 31 values between. */
function samplesOf({ min, max }: StateVariable): readonly number[] {
  return Array.from({ length: 33 }, (_, index) => min + ((max - min) * index) / 32);
}

function polarityFaults(
  { pulse }: DeviceModel,
  cell: Cell,
  conductance: StateVariable,
  window: ConductanceWindow,
): readonly DeviceFault[] {
  const centre = centreOf(window);
  if (cell.rateAt(centre, pulse.volts) > 0 && cell.rateAt(centre, -pulse.volts) < 0) return [];
  const expected = `a pulse of ${formatQuantity(pulse.volts, 'V')} raises it and one of ${formatQuantity(-pulse.volts, 'V')} lowers it`;
  const message = `\`${conductance.name}\` does not follow the sign of the voltage in window \`${window.name}\`: expected that ${expected}`;
  return [{ kind: 'polarity', message, origin: conductance.origin }];
}

function stepFaults({ pulse }: DeviceModel, cell: Cell, window: ConductanceWindow): readonly DeviceFault[] {
  if (window.step === undefined) return [];
  const centre = centreOf(window);
  const step = cell.advance(centre, pulse.volts, pulse.seconds) - centre;
  if (Math.abs(step / window.step - 1) <= STEP_TOLERANCE) return [];
  const found = `a nominal pulse moves the centre of window \`${window.name}\` by ${formatQuantity(step, 'S')}`;
  return [
    { kind: 'step', message: `${found}, published are ${formatQuantity(window.step, 'S')}`, origin: window.origin },
  ];
}

/** Geometric centre: the windows of a device span decades. */
function centreOf({ low, high }: ConductanceWindow): number {
  return Math.sqrt(low * high);
}
