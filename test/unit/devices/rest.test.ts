/** Cells at rest: what moves without voltage, however the time is cut up and whoever looks in between. */
import { describe, expect, test } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import type { TileDrive, TileKernel } from '../../../src/devices/kernel.js';
import { equation } from '../../support/equation.js';
import { testDevice, type TestDevice } from '../../support/test-device.js';

const decaying = (given: TestDevice = {}): DeviceModel =>
  testDevice({ rate: 'v - g / 3', initial: '0.8', min: 0, max: 2, ...given });
const withPower = (device: DeviceModel, power: string): DeviceModel => ({
  ...device,
  powerTerms: [{ ...device.energyTerms[0]!, value: equation(power) }],
});
const make = (device: DeviceModel, rows = 2, columns = 2): TileKernel =>
  compileKernel(device, { rows, columns, window: { low: 0.2, high: 0.8 }, seed: 3, without: [] });
const drive = (both: number): TileDrive => ({ rows: [0], columns: [0], both, rowOnly: 0, columnOnly: 0, neither: 0 });
const relative = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe('decay', () => {
  test('is the closed form, and the same however the rest is cut up', () => {
    const [whole, pieces, watched] = [make(decaying()), make(decaying()), make(decaying())];
    whole.rest(1.7);
    for (const seconds of [0.2, 0, 1.1, 0.4]) pieces.rest(seconds);
    for (let piece = 0; piece < 17; piece++) {
      watched.rest(0.1);
      expect(watched.conductance[3]).toBeGreaterThan(0);
    }
    for (const kernel of [whole, pieces, watched]) {
      for (const siemens of kernel.conductance) expect(relative(siemens, 0.8 * Math.exp(-1.7 / 3))).toBeLessThan(1e-14);
    }
  });

  test('goes on in cells that a pulse does not touch, for as long as the pulse', () => {
    const kernel = make(decaying());
    kernel.pulse(drive(0.5), 0.6);
    kernel.pulse(drive(0.5), 0.3, true);
    const pulsed = 1.5 + (0.8 - 1.5) * Math.exp(-0.9 / 3);
    expect(relative(kernel.conductance[0]!, pulsed)).toBeLessThan(1e-14);
    for (const cell of [1, 2, 3]) expect(relative(kernel.conductance[cell]!, 0.8 * Math.exp(-0.3))).toBeLessThan(1e-14);
  });

  test('is seen by reads and by currents', () => {
    const kernel = make(decaying());
    kernel.rest(3);
    const [first] = kernel.read({ rows: [0], columns: [], both: 0, rowOnly: 1, columnOnly: 0, neither: 0 });
    expect(first).toBeCloseTo(0.8 / Math.E, 14);
    kernel.rest(3);
    const [currents, slopes] = [new Float64Array(4), new Float64Array(4)];
    kernel.currentsAt(new Float64Array(4).fill(2), currents, slopes);
    expect(currents[2]).toBeCloseTo(1.6 / Math.E ** 2, 14);
    expect(slopes[2]).toBeCloseTo(0.8 / Math.E ** 2, 14);
  });

  test('keeps the digits of nanoseconds behind years', () => {
    const fast = decaying({ rate: 'v - g / 1e-9' });
    const kernel = make(fast);
    kernel.rest(3e8);
    kernel.pulse(drive(1), 1);
    // Cell 0 rests for 1 ns behind the pulse, and the tile is asked for cell 1 only later
    kernel.rest(1e-9);
    expect(relative(kernel.conductance[0]!, 1e-9 / Math.E)).toBeLessThan(1e-12);
  });

  test.each(['-(g - 0.1) * abs(g - 0.1) * 4', '-exp(2 * g) * (g - 0.1)'])('follows %s for ever', (rate) => {
    const [kernel, pieces] = [make(decaying({ rate })), make(decaying({ rate }))];
    kernel.rest(50);
    for (let piece = 0; piece < 5; piece++) {
      pieces.rest(10);
      expect(pieces.conductance[0]).toBeGreaterThan(0.1);
    }
    expect(relative(pieces.conductance[0]!, kernel.conductance[0]!)).toBeLessThan(1e-8);
    kernel.rest(1e12);
    expect(kernel.conductance[0]).toBeCloseTo(0.1, 6);
  });

  test('does not begin where the rate at 0 V is nothing', () => {
    const kernel = make(testDevice({ rate: 'sinh(v) * g', initial: '0.4' }));
    kernel.rest(1e30);
    expect(new Set(kernel.conductance)).toEqual(new Set([0.4]));
    expect(kernel.holdEnergy).toBe(0);
  });

  test('sees spreads of pulses at their centres', () => {
    const spreads = [{ name: 'cycle', mean: 0.5, deviation: 0.1, per: 'pulse' }] as const;
    const kernel = make(decaying({ rate: 'v - cycle * g', spreads }));
    kernel.rest(2);
    for (const siemens of kernel.conductance) expect(siemens).toBeCloseTo(0.8 / Math.E, 14);
  });
});

describe('modulators', () => {
  const device: DeviceModel = {
    ...decaying({ rate: 'v - field * g', initial: '1' }),
    modulators: [{ name: 'field', unit: { symbol: '1', scale: 1 }, initial: 1, origin: decaying().origin }],
  };

  test('change from the moment on at which they are set', () => {
    const kernel = make(device);
    kernel.rest(1);
    kernel.modulate('field', 0.25);
    kernel.rest(2);
    kernel.modulate('field', Float64Array.of(0, 1, 2, 3));
    kernel.rest(0.5);
    kernel.conductance.forEach((siemens, cell) => {
      expect(relative(siemens, Math.exp(-1 - 0.5 - cell * 0.5))).toBeLessThan(1e-13);
    });
  });

  test('stay when the tile is reset', () => {
    const kernel = make(device);
    kernel.modulate('field', 2);
    kernel.reset();
    kernel.rest(1);
    expect(kernel.conductance[0]).toBeCloseTo(Math.exp(-2), 14);
  });
});

describe('power', () => {
  test('of a state that decays is integrated in closed form', () => {
    const kernel = make(withPower(decaying(), '2 * g + 0.5'), 1, 1);
    kernel.rest(1.5);
    kernel.rest(0.5);
    const area = 0.8 * 3 * (1 - Math.exp(-2 / 3));
    expect(relative(kernel.holdEnergy, 2 * area + 0.5 * 2)).toBeLessThan(1e-13);
    kernel.pulse(drive(1), 5);
    expect(relative(kernel.holdEnergy, 2 * area + 0.5 * 2)).toBeLessThan(1e-13);
    kernel.reset();
    expect(kernel.holdEnergy).toBe(0);
  });

  test('stops to change where a state has come to its bound', () => {
    // From 0.8 to the bound 2 in 0.6 s, and 1.4 s there
    const kernel = make(withPower(decaying({ rate: '2 + v' }), 'g'), 1, 1);
    kernel.rest(2);
    expect(relative(kernel.holdEnergy, 1.4 * 0.6 + 2 * 1.4)).toBeLessThan(1e-13);
  });

  test('that is not linear is integrated along the motion', () => {
    const kernel = make(withPower(decaying(), 'g ^ 2'), 1, 1);
    kernel.rest(2);
    expect(relative(kernel.holdEnergy, 0.64 * 1.5 * (1 - Math.exp(-4 / 3)))).toBeLessThan(1e-9);
    expect(relative(kernel.conductance[0]!, 0.8 * Math.exp(-2 / 3))).toBeLessThan(1e-9);
  });

  test('of a cell that does not move counts the time, also in pulses elsewhere', () => {
    const kernel = make(withPower(testDevice({ initial: '0.5' }), 'g * 4'));
    kernel.rest(2);
    kernel.pulse(drive(0.1), 1);
    expect(relative(kernel.holdEnergy, 4 * 2 * 2 + 3 * 2)).toBeLessThan(1e-14);
  });
});

test('retention: a window loses the part that its time constant says', () => {
  const device = testDevice({ rate: 'v - (g - window.low) / 1e5', initial: 'window.high', min: 0, max: 2 });
  const kernel = make(device);
  kernel.rest(1e4);
  const kept = (kernel.conductance[0]! - 0.2) / (0.8 - 0.2);
  expect(relative(1 - kept, 1 - Math.exp(-0.1))).toBeLessThan(1e-12);
});
