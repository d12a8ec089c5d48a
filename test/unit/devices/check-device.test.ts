import { expect, test } from 'vitest';
import { checkDevice, type DeviceFaultKind } from '../../../src/devices/check-device.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import { equation } from '../../support/equation.js';
import { testDevice } from '../../support/test-device.js';

const sane = testDevice({});
const [state] = sane.states;
const [window] = sane.windows;
const withWindow = (given: object): DeviceModel => ({ ...sane, windows: [{ ...window!, ...given }] });

const faulty: readonly (readonly [DeviceFaultKind, string, DeviceModel])[] = [
  ['range', 'the range of `g` is empty', testDevice({ min: 1, max: 1 })],
  ['range', 'the range of `g` is empty', testDevice({ max: Infinity })],
  ['window', 'is empty or not positive', withWindow({ low: 0 })],
  ['window', 'is empty or not positive', withWindow({ low: 0.5, high: 0.5 })],
  ['window', 'leaves the range of `g`', withWindow({ high: 1.5 })],
  ['initial', '`g` starts at 2', testDevice({ initial: '2' })],
  ['initial', '`g` starts at NaN', testDevice({ initial: 'sqrt(-window.low)' })],
  ['not-finite', 'the rate of', testDevice({ rate: 'v * ln(g - window.low)' })],
  ['not-finite', 'the rate of', testDevice({ rate: 'v / (g - 0.59375)' })],
  ['not-finite', 'the rate of', testDevice({ rate: 'v * g / (1 - 1)' })],
  ['not-finite', '`k` is not a finite number', testDevice({ parameters: { k: Infinity }, rate: 'k * v' })],
  ['not-finite', 'the current of', testDevice({ current: 'v / (g - window.high)' })],
  ['not-finite', 'the energy of', testDevice({ pulseEnergy: 'sqrt(-v)' })],
  ['polarity', 'does not follow the sign', testDevice({ rate: '-v' })],
  ['polarity', 'does not follow the sign', testDevice({ rate: 'v ^ 2' })],
  ['step', 'published are 0.0300 S', withWindow({ step: 0.03 })],
  ['step', 'by 0.0100 S', withWindow({ step: 0.004 })],
  [
    'coupled',
    'the rate of `h` depends on `g`',
    { ...sane, states: [state!, { ...state!, name: 'h', rate: equation('v * g') }] },
  ],
];

test('a sane device has no faults', () => {
  expect(checkDevice(sane)).toEqual([]);
  expect(checkDevice(withWindow({ step: 0.014 }))).toEqual([]);
});

test.each(faulty)('%s: %s', (kind, text, device) => {
  const faults = checkDevice(device);
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]!.message).toContain(text);
  expect(faults[0]!.origin.file).toBe('test.ion');
});
