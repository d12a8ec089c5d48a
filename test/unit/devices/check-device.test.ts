import { expect, test } from 'vitest';
import { checkDevice, type DeviceFaultKind } from '../../../src/devices/check-device.js';
import type { DeviceModel, StateVariable } from '../../../src/devices/device-model.js';
import { equation } from '../../support/equation.js';
import { testDevice } from '../../support/test-device.js';

const sane = testDevice({});
const [state] = sane.states;
const [window] = sane.windows;
const rating = (quantity: 'voltage' | 'duration', max: number) => ({
  quantity,
  max,
  provenance: { source: 'test', confidence: 'estimate' } as const,
  origin: sane.origin,
});
/** A second state that depends on the first, which programs do not follow. */
const coupled = (given: Partial<StateVariable>): DeviceModel => ({
  ...sane,
  states: [state!, { ...state!, name: 'h', initial: equation('0.5'), rate: equation('v * g'), ...given }],
});
const counting = (value: string): DeviceModel => ({
  ...sane,
  states: [{ ...state!, rate: equation('0') }],
  pulseSteps: [
    { body: [{ kind: 'assign', target: 'g', value: equation(value), origin: sane.origin }], origin: sane.origin },
  ],
});
const withWindow = (given: object): DeviceModel => ({ ...sane, windows: [{ ...window!, ...given }] });

const faulty: readonly (readonly [DeviceFaultKind, string, DeviceModel])[] = [
  ['range', 'the range of `g` is empty', testDevice({ min: 1, max: 1 })],
  ['range', 'the range of `g` is empty', testDevice({ max: Infinity })],
  ['read', 'reading at 0 V', { ...sane, readVoltage: { ...sane.readVoltage, volts: 0 } }],
  ['window', 'is empty or not positive', withWindow({ low: 0 })],
  ['window', 'is empty or not positive', withWindow({ low: 0.5, high: 0.5 })],
  ['window', 'leaves the range of `g`', withWindow({ high: 1.5 })],
  ['window', 'is empty or negative', { ...counting('g'), windows: [{ ...window!, low: -0.1 }] }],
  ['window', 'is empty or negative', { ...counting('g'), windows: [{ ...window!, low: 0.5, high: 0.4 }] }],
  ['window', 'leaves the range of `g`', { ...counting('g'), windows: [{ ...window!, high: 1.5 }] }],
  ['initial', '`g` starts at 2 S in window `whole`, outside 0 S to 1 S', testDevice({ initial: '2' })],
  ['initial', '`g` starts at not a number', testDevice({ initial: 'sqrt(-window.low)' })],
  ['not-finite', 'the rate of', testDevice({ rate: 'v * ln(g - window.low)' })],
  ['not-finite', 'the rate of', testDevice({ rate: 'v / (g - 0.59375)' })],
  ['not-finite', 'the rate of', testDevice({ rate: 'v * g / (1 - 1)' })],
  ['not-finite', '`k` is not a finite number', testDevice({ parameters: { k: Infinity }, rate: 'k * v' })],
  ['not-finite', 'the current of', testDevice({ current: 'v / (g - window.high)' })],
  ['not-finite', 'the energy of', testDevice({ pulseEnergy: 'sqrt(-v)' })],
  ['not-finite', 'the energy of', testDevice({ pulseEnergy: 'sqrt(v)' })],
  ['polarity', 'does not follow the sign', testDevice({ rate: '-v' })],
  ['polarity', 'does not follow the sign', testDevice({ rate: 'v ^ 2' })],
  ['step', 'published are 30 mS', withWindow({ step: 0.03 })],
  ['step', 'by 10 mS', withWindow({ step: 0.004 })],
  ['rating', 'the nominal pulse exceeds the maximum voltage', { ...sane, ratings: [rating('voltage', 0.5)] }],
  ['rating', 'the nominal pulse exceeds the maximum duration', { ...sane, ratings: [rating('duration', 1e-3)] }],
  ['initial', '`h` starts at 2 S in window `whole`', coupled({ initial: equation('2') })],
  ['initial', '`g` starts at 2 S, outside 0 S to 1 S', { ...testDevice({ initial: '2' }), windows: [] }],
  ['not-finite', 'the rate of `h` of `testDevice`', coupled({ rate: equation('g / (v - v)') })],
  [
    'not-finite',
    'the rate of `h` of `testDevice` is not a finite number where `g` is 500 mS',
    coupled({ rate: equation('v / (g - 0.5)') }),
  ],
  ['not-finite', 'the state `g` of `testDevice` is not a finite number after 100 pulses', counting('sqrt(g - 0.19)')],
  ['not-finite', 'the current of `testDevice`', { ...coupled({}), current: equation('v / (h - h)') }],
  [
    'not-finite',
    'the power of',
    { ...coupled({}), powerTerms: [{ ...sane.energyTerms[0]!, value: equation('1 / (h - h)') }] },
  ],
  [
    'not-finite',
    'the power of',
    { ...coupled({}), powerTerms: [{ ...sane.energyTerms[0]!, value: equation('1 / v') }] },
  ],
];

test('a sane device has no faults', () => {
  expect(checkDevice(sane)).toEqual([]);
  expect(checkDevice(withWindow({ step: 0.014 }))).toEqual([]);
  expect(checkDevice(coupled({}))).toEqual([]);
});

test.each(faulty)('%s: %s', (kind, text, device) => {
  const faults = checkDevice(device);
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]!.message).toContain(text);
  expect(faults[0]!.origin.file).toBe('test.ion');
});
