/** The netlists of the library's devices in ngspice against the equations as the compiler evaluates them. */
import { describe, expect, test } from 'vitest';
import { createDiskHost } from '../../../src/core/disk.js';
import { createCell } from '../../../src/devices/advance.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import { applyPulseSteps, initialValues, valueOf } from '../../../src/devices/interpret-device.js';
import { loadLibraryDevice } from '../../../src/dsl/front-end.js';
import { hasNgspice } from '../../support/ngspice.js';
import { deviceSubcircuit } from '../../../src/backends/interop/device-subcircuit.js';
import { expectGolden } from '../../support/golden.js';
import { spiceStates, type SpicePulse } from '../../support/pulse-response.js';

const load = (name: string): DeviceModel => loadLibraryDevice(name, createDiskHost());

/** Largest relative difference of a step. */
const TOLERANCE = 1e-3;

const pulse = (volts: number, seconds: number, rest = seconds): SpicePulse => ({ volts, seconds, rest });

describe.skipIf(!hasNgspice)('steps of devices that evolve', () => {
  test.each<[string, readonly SpicePulse[]]>([
    ['yszEcram', [pulse(5, 0.1), pulse(5, 0.4), pulse(-5, 0.1), pulse(2.5, 1), pulse(-4, 0.02), pulse(5 / 3, 2)]],
    ['protonEis', [pulse(2, 1e-3), pulse(1, 1e-2), pulse(-2, 5e-4), pulse(1.5, 1e-3), pulse(2, 0.02)]],
    ['protonEisNano', [pulse(10, 5e-9), pulse(5, 5e-8), pulse(-10, 2.5e-9), pulse(7, 5e-9), pulse(10, 1e-7)]],
  ])('%s', async (name, pulses) => {
    const device = load(name);
    const [window] = device.windows.filter((candidate) => candidate.name === device.defaultWindow);
    const cell = createCell(device, window!);
    const found = await spiceStates(device, pulses);
    let siemens = cell.initial[0]!;
    pulses.forEach(({ volts, seconds }, index) => {
      const after = cell.advance(siemens, volts, seconds);
      const from = found[index - 1]?.get('g') ?? siemens;
      expect(Math.abs((found[index]!.get('g')! - from) / (after - siemens) - 1)).toBeLessThan(TOLERANCE);
      siemens = after;
    });
  });
});

/** States after pulses by interpretation; `evolve` is linear in its state here, so that an exponential is exact. */
function interpreted(device: DeviceModel, pulses: readonly SpicePulse[], given: Readonly<Record<string, number>>) {
  let values = new Map(initialValues(device, device.windows[0]));
  for (const [name, value] of Object.entries(given)) values.set(name, value);
  for (const { name, value } of device.derived) values.set(name, valueOf(value, values));
  const relax = (seconds: number): void => {
    for (const { name, rate } of device.states) {
      const state = values.get(name)!;
      if (rate && state !== 0) values.set(name, state * Math.exp((valueOf(rate, values) / state) * seconds));
    }
  };
  return pulses.map(({ volts, seconds, rest }) => {
    values.set('v', volts);
    relax(seconds);
    values = applyPulseSteps(device, values, { volts, seconds });
    values.set('v', 0);
    relax(rest);
    return new Map(values);
  });
}

describe.skipIf(!hasNgspice)('steps of devices that count pulses', () => {
  test.each<[string, readonly SpicePulse[], Readonly<Record<string, number>>]>([
    ['magnetoIonic', [pulse(-2, 0.1), pulse(-1, 0.1), pulse(-2, 0.1 / 16), pulse(2, 0.1), pulse(-2, 0.25)], {}],
    ['magnetoIonic', [pulse(-2, 1.5), pulse(-2, 1.2), pulse(-1.5, 0.1), pulse(1, 0.1)], { gain: 1.25 }],
    ['stoMemristor', [pulse(3, 1e-4), pulse(2.5, 1e-4), pulse(3.5, 4e-4), pulse(4, 5e-4), pulse(2, 1e-4)], {}],
    ['stoMemristor', [pulse(3, 1e-4, 0.02), pulse(3, 2e-4, 0.05), pulse(4, 5e-4, 0.02)], { bias: -0.6 }],
    ['stoMemristor', [pulse(3, 1e-4, 0.1), pulse(-2, 1e-4, 0.4), pulse(3, 1e-4, 0.3)], { bias: 0.1 }],
  ])('%s, %o', async (name, pulses, given) => {
    const device = load(name);
    const settings = Object.entries(given).map(
      ([key, value]) => `${device.modulators.some((each) => each.name === key) ? 'm' : 'r'}_${key}=${String(value)}`,
    );
    const found = await spiceStates(device, pulses, settings.join(' '));
    const expected = interpreted(device, pulses, given);
    for (const { name: state } of device.states) {
      const largest = Math.max(...expected.map((values) => Math.abs(values.get(state)!)));
      found.forEach((values, index) => {
        const error = Math.abs(values.get(state)! - expected[index]!.get(state)!);
        expect(error, `${state} after pulse ${String(index)}`).toBeLessThanOrEqual(TOLERANCE * largest);
      });
    }
  });
});

test.each([
  ['yszEcram', 'ysz_ecram'],
  ['stoMemristor', 'sto_memristor'],
])('the netlist of %s is that of the golden', (name, circuit) => {
  expectGolden(`test/golden/interop/${circuit}.sub`, deviceSubcircuit(load(name), circuit).text);
});
