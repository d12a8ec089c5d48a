import { describe, expect, test } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import { applyPulseSteps, exposeCell, initialValues, valueOf } from '../../../src/devices/interpret-device.js';
import { kernelObstacles } from '../../../src/devices/kernel-limits.js';
import { equation } from '../../support/equation.js';
import { testDevice } from '../../support/test-device.js';

const plain = testDevice({
  parameters: { size: 0.125 },
  derived: { twice: 'size * 2' },
  spreads: [{ name: 'gain', mean: 1, deviation: 0.1, per: 'device' }],
});
const { origin } = plain;
const modulator = { name: 'field', unit: { symbol: 'T', scale: 1 }, initial: 3, origin };

describe('initial values', () => {
  test('are those of all names that do not change', () => {
    const values = initialValues({ ...plain, modulators: [modulator] }, { low: 0.25, high: 0.5 });
    expect(Object.fromEntries(values)).toEqual({
      size: 0.125,
      twice: 0.25,
      gain: 1,
      field: 3,
      g: 0.25,
      'window.low': 0.25,
      'window.high': 0.5,
      'pulse.voltage': 1,
      'pulse.width': 0.01,
      'read.voltage': 0.1,
    });
    expect(valueOf(equation('g * field + size'), values)).toBe(0.875);
    expect(valueOf(equation('absent + 1'), values)).toBeNaN();
  });
});

describe('counted pulses', () => {
  const counting: DeviceModel = {
    ...plain,
    pulseSteps: [
      {
        condition: equation('v > 0'),
        body: [
          { kind: 'local', name: 'step', value: equation('twice * duration'), origin },
          { kind: 'assign', target: 'g', value: equation('g + step'), origin },
          {
            kind: 'if',
            condition: equation('g > 0.9'),
            whenTrue: [{ kind: 'assign', target: 'g', value: equation('7'), origin }],
            whenFalse: [{ kind: 'assign', target: 'g', value: equation('g + 0.0625'), origin }],
            origin,
          },
        ],
        origin,
      },
      { body: [{ kind: 'assign', target: 'g', value: equation('g - size'), origin }], origin },
    ],
  };
  const stateAfter = (g: number, volts: number, seconds: number): number | undefined =>
    applyPulseSteps(counting, new Map(initialValues(counting)).set('g', g), { volts, seconds }).get('g');

  test('run the steps whose condition holds, one after another', () => {
    expect(stateAfter(0.25, 1, 1)).toBe(0.25 + 0.25 + 0.0625 - 0.125);
    expect(stateAfter(0.25, 1, 2)).toBe(0.25 + 0.5 + 0.0625 - 0.125);
    expect(stateAfter(0.25, -1, 1)).toBe(0.125);
  });

  test('keep states in their range and leave the values before as they are', () => {
    const before = initialValues(counting, { low: 0.0625, high: 0.5 });
    expect(stateAfter(0.75, 1, 1)).toBe(1);
    expect(stateAfter(0.0625, -1, 1)).toBe(0);
    applyPulseSteps(counting, before, { volts: 1, seconds: 1 });
    expect(before.get('g')).toBe(0.0625);
    expect(before.has('v')).toBe(false);
  });
});

describe('exposed to a voltage', () => {
  const coupled: DeviceModel = {
    ...plain,
    states: [
      { ...plain.states[0]!, rate: equation('-v * (h - 0.5)') },
      { ...plain.states[0]!, name: 'h', initial: equation('0.5'), rate: equation('v * (g - 0.5)') },
    ],
    powerTerms: [{ ...plain.energyTerms[0]!, value: equation('g + v') }],
  };

  test('states move together, and power adds up', () => {
    const before = initialValues(coupled, { low: 0.25, high: 0.5 });
    const { values, powerEnergy } = exposeCell(coupled, before, { voltsAt: () => 2, seconds: 1.5 }, 200);
    expect(values.get('g')).toBeCloseTo(0.5 - 0.25 * Math.cos(3), 8);
    expect(values.get('h')).toBeCloseTo(0.5 - 0.25 * Math.sin(3), 8);
    expect(powerEnergy).toBeCloseTo(0.5 * 1.5 - (0.25 * Math.sin(3)) / 2 + 2 * 1.5, 8);
    expect(before.get('g')).toBe(0.25);
  });

  test('they follow it in time, and stop at their bounds', () => {
    const device = testDevice({ rate: 'v' });
    const before = new Map(initialValues(device)).set('g', 0.25);
    const ramped = (seconds: number): number | undefined =>
      exposeCell(device, before, { voltsAt: (t) => t, seconds }, 100).values.get('g');
    expect(ramped(1)).toBeCloseTo(0.75, 12);
    expect(ramped(2)).toBe(1);
  });
});

describe('programs and kernels', () => {
  const [state] = plain.states;
  const { rate: _rate, ...still } = state!;
  const condition = equation('g > 0');

  test('write devices without obstacles', () => {
    expect(kernelObstacles(plain)).toEqual([]);
  });

  test.each<[string, DeviceModel]>([
    ['it has no `window` of conductance', { ...plain, windows: [] }],
    ['`on pulse` counts pulses, and programs choose their width', { ...plain, pulseSteps: [{ body: [], origin }] }],
    [
      'the rate of `h` depends on `g`, and programs follow one state by itself',
      { ...plain, states: [state!, { ...state!, name: 'h', rate: equation('v * g') }] },
    ],
    ['a state without `evolve` does not follow the voltage', { ...plain, states: [still] }],
    ['`power` between pulses is not part of the energy of a program', { ...plain, powerTerms: plain.energyTerms }],
    [
      'an `invariant` is not watched while a program writes',
      { ...plain, invariants: [{ text: 'g > 0', condition, origin }] },
    ],
  ])('do not write others: %s', (reason, device) => {
    expect(kernelObstacles(device).map((obstacle) => obstacle.reason)).toEqual([reason]);
  });

  test('see modulators at their initial values', () => {
    const device = { ...testDevice({ rate: 'v * field', initial: '0' }), modulators: [modulator] };
    const kernel = compileKernel(device, { rows: 1, columns: 1, window: { low: 0, high: 1 }, seed: 1, without: [] });
    kernel.pulse({ rows: [0], columns: [0], both: 1, rowOnly: 0, columnOnly: 0, neither: 0 }, 0.125);
    expect(kernel.conductance[0]).toBe(0.375);
  });

  test('draw spreads of all distributions, and their centres where they are switched off', () => {
    const spreads = (['foldedNormal', 'logNormal', 'uniform'] as const).map(
      (distribution, index) =>
        ({ name: `s${String(index)}`, distribution, mean: 1, deviation: 0.5, per: 'device' }) as const,
    );
    const device = testDevice({ spreads, rate: 'v * s0 * s1 * s2', initial: '0' });
    const written = (without: readonly string[]): Float64Array => {
      const rows = Array.from({ length: 20 }, (_, index) => index);
      const setup = { rows: 20, columns: 20, window: { low: 0, high: 1 }, seed: 5, without };
      const kernel = compileKernel(device, setup);
      kernel.pulse({ rows, columns: rows, both: 1, rowOnly: 0, columnOnly: 0, neither: 0 }, 0.01);
      return kernel.conductance;
    };
    expect(written(['s0', 's1', 's2']).every((siemens) => siemens === 0.01)).toBe(true);
    expect(new Set(written([])).size).toBe(400);
    const uniform = written(['s0', 's1']);
    expect(Math.min(...uniform)).toBeGreaterThan(0.005);
    expect(Math.max(...uniform)).toBeLessThan(0.015);
  });
});
