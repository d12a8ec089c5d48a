/** Compiled equations against their meaning, on small invented devices. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InternalError } from '../../../src/core/invariant.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import type { TileDrive, TileKernel, TileSetup } from '../../../src/devices/kernel.js';
import { kernelModuleText } from '../../../src/devices/kernel-source.js';
import { binary, call, numeral, reference } from '../../../src/devices/symbolic.js';
import { arbitraryEquation } from '../../support/arbitrary-equation.js';
import { equation } from '../../support/equation.js';
import { evaluateEquation } from '../../support/evaluate-equation.js';
import { testDevice, type TestDevice } from '../../support/test-device.js';

const window = { low: 0.2, high: 0.8 };
const wholeCell = (volts: number): TileDrive => ({
  rows: [0],
  columns: [0],
  both: volts,
  rowOnly: 0,
  columnOnly: 0,
  neither: 0,
});

function oneCell(device: DeviceModel, setup: Partial<TileSetup> = {}): TileKernel {
  return compileKernel(device, { rows: 1, columns: 1, window, seed: 1, without: [], ...setup });
}

describe('devices of the same equations', () => {
  test('share their code and keep their numbers, ranges and spreads', () => {
    const energyOf = (given: TestDevice) => {
      const kernel = oneCell(testDevice(given));
      kernel.pulse(wholeCell(1), 0.01);
      return kernel.selectedEnergy;
    };
    const equations = { pulseEnergy: 'a * g + b', initial: 'b' };
    expect(energyOf({ ...equations, parameters: { a: 2, b: 0.5 } })).toBeCloseTo(1.5, 12);
    expect(energyOf({ ...equations, parameters: { a: 4, b: 0.25 } })).toBeCloseTo(1.25, 12);
    // 0 and 1 go into the form of an equation, and the range into its text
    expect(energyOf({ ...equations, parameters: { a: 0, b: 0.25 } })).toBeCloseTo(0.25, 12);
    const risen = { rate: '1000 * v', pulseEnergy: 'change.g', parameters: { b: 0.5 }, initial: 'b' };
    expect(energyOf(risen)).toBeCloseTo(0.5, 12);
    expect(energyOf({ ...risen, max: 0.75 })).toBeCloseTo(0.25, 12);
  });
});

describe('any equation', () => {
  const parameters = { zero: 0, one: 1, a: 2.5, b: -0.3 };
  const derived = { half: 'a / 5 + window.high', off: 'zero * a' };
  const spreads = [{ name: 'gain', mean: 1, deviation: 0.1, per: 'device' as const }];
  const known = new Map([['gain', Float64Array.of(1.25)]]);
  const shared = { ...parameters, half: 1.3, off: 0, gain: 1.25, 'window.low': 0.2, 'window.high': 0.8 };
  const close = (found: number, expected: number): void => {
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-10 * (1 + Math.abs(expected)));
  };

  test('compiled energy and current equal their interpretation', () => {
    const names = [...Object.keys(shared), 'v', 'g'];
    fc.assert(
      fc.property(
        arbitraryEquation([...names, 'duration', 'change.g']),
        arbitraryEquation(names),
        (energy, current) => {
          const device = { ...testDevice({ parameters, derived, spreads }), pulseEnergy: energy, current };
          const kernel = oneCell(device, { known });
          const values = { ...shared, v: 0.7, duration: 0.25, g: 0.2, 'change.g': 0.7 * 0.25 };
          close(kernel.read(wholeCell(0.7))[0]!, evaluateEquation(current, values));
          kernel.pulse(wholeCell(0.7), 0.25);
          close(kernel.selectedEnergy, evaluateEquation(energy, values));
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  test('compiled rates equal their interpretation, whatever way they are integrated', () => {
    const names = [...Object.keys(shared), 'v', 'g'];
    fc.assert(
      fc.property(arbitraryEquation(names), (rate) => {
        const device = testDevice({ parameters, derived, spreads, min: -1e9, max: 1e9 });
        const kernel = oneCell({ ...device, states: [{ ...device.states[0]!, rate }] }, { known });
        const expected = evaluateEquation(rate, { ...shared, v: 0.7, g: 0.2 });
        kernel.pulse(wholeCell(0.7), 1e-6);
        const found = (kernel.conductance[0]! - 0.2) / 1e-6;
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-3 * (1 + expected ** 2));
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe('motion', () => {
  const after = (given: TestDevice, volts: number, seconds: number): number => {
    const kernel = oneCell(testDevice(given));
    kernel.pulse(wholeCell(volts), seconds);
    return kernel.conductance[0]!;
  };

  test('a constant rate is exact', () => {
    expect(after({ parameters: { k: 0.3 }, rate: 'k * sinh(v)' }, 0.5, 1.1)).toBeCloseTo(
      0.2 + 0.3 * Math.sinh(0.5) * 1.1,
      14,
    );
  });

  test('an affine rate is exact', () => {
    const soft = { parameters: { k: 3 }, rate: 'k * v * (1 - g)' };
    expect(after(soft, 1, 0.4)).toBeCloseTo(1 - 0.8 * Math.exp(-3 * 0.4), 14);
    expect(after(soft, 1e-12, 1)).toBeCloseTo(0.2 + 3e-12 * 0.8, 16);
    expect(kernelModuleText(testDevice(soft), '.')).toContain('exponentialChange(');
  });

  test.each([0.4, 0.883, 2, -1])('a power law with exponent %s is integrated to 1e-9', (power) => {
    const law = { parameters: { k: 0.5, power }, rate: 'k * v * g ^ power', min: 1e-6, max: 10 };
    const exact = (0.2 ** (1 - power) + (1 - power) * 0.5 * 0.8) ** (1 / (1 - power));
    expect(Math.abs(after(law, 1, 0.8) / exact - 1)).toBeLessThan(1e-9);
    expect(kernelModuleText(testDevice(law), '.')).toContain('integrate(');
  });

  test('a switched-off nonlinearity is exact again', () => {
    const law = { parameters: { k: 0.5, power: 0 }, rate: 'k * v * g ^ power' };
    expect(after(law, 1, 0.8)).toBe(0.2 + 0.5 * 0.8);
    expect(kernelModuleText(testDevice(law), '.')).not.toContain('integrate(');
  });

  test('the state stays inside its range, and energy counts what it really moved', () => {
    const kernel = oneCell(testDevice({ pulseEnergy: 'change.g' }));
    kernel.pulse(wholeCell(3), 1);
    expect(kernel.conductance[0]).toBe(1);
    expect(kernel.selectedEnergy).toBeCloseTo(0.8, 15);
    kernel.pulse(wholeCell(-3), 10);
    expect(kernel.conductance[0]).toBe(0);
  });
});

describe('several states', () => {
  const base = testDevice({});
  const [g] = base.states;
  const second = { ...g!, name: 'h', initial: equation('0.5'), rate: equation('v * (1 - h)') };

  test('move side by side', () => {
    const kernel = oneCell({ ...base, states: [g!, second], current: equation('(g + h) * v') });
    kernel.pulse(wholeCell(1), 0.1);
    expect(kernel.read(wholeCell(1))[0]).toBeCloseTo(0.2 + 0.1 + 1 - 0.5 * Math.exp(-0.1), 14);
  });

  test('that depend on each other are integrated together', () => {
    const rotating = [
      { ...g!, rate: equation('-v * (h - 0.5)') },
      { ...second, rate: equation('v * (g - 0.5)') },
    ];
    const kernel = oneCell({ ...base, states: rotating });
    kernel.pulse(wholeCell(2), 3);
    expect(Math.abs(kernel.conductance[0]! - (0.5 - 0.3 * Math.cos(6)))).toBeLessThan(1e-9);
    expect(Math.abs(kernel.stateOf('h')[0]! - (0.5 - 0.3 * Math.sin(6)))).toBeLessThan(1e-9);
  });
});

describe('generated text', () => {
  const hostile = '*/ process.exit(1); /*';

  test('carries no user text but quoted spread names', () => {
    const device = {
      ...testDevice({
        parameters: { [hostile]: 2.5 },
        spreads: [{ name: "it's", mean: 1, deviation: 0, per: 'pulse' }],
      }),
      name: hostile,
      summary: hostile,
      current: { kind: 'reference', name: hostile } as const,
    };
    const text = kernelModuleText(device, './runtime');
    expect(text).not.toContain('process');
    expect(text).toContain("{ name: 'it\\'s', distribution: 'normal', mean: 1, deviation: 0, per: 'pulse' },");
    expect(oneCell(device).read(wholeCell(1))[0]).toBe(2.5);
  });

  test('does everything as rarely as its inputs allow', () => {
    const device = testDevice({
      parameters: { k: 3, v0: 0.5 },
      derived: { centre: 'sqrt(window.low * window.high)' },
      spreads: [{ name: 'gain', mean: 1, deviation: 0.1, per: 'device' }],
      rate: 'gain * k / centre * sinh(v / v0) / sinh(1 / v0)',
    });
    const text = kernelModuleText(device, './runtime');
    expect(text).toContain('const t0 = p0 / d0 / Math.sinh(1 / p1);');
    expect(text).toContain('const k0 = t0 * Math.sinh(v / p1) * duration;');
    expect(text).toContain('x0 + k0 * u0[cell]!');
  });

  test('refuses a number that is none', () => {
    expect(() => oneCell(testDevice({ parameters: { k: Infinity }, rate: 'k * v' }))).toThrow(InternalError);
  });
});

describe('generated modules', () => {
  test('import what their equations call, and keep tables out of the loop over cells', () => {
    const table = { kind: 'interpolate' as const, at: reference('g'), xs: [0, 1], ys: [0, 3] };
    const steps = { kind: 'element' as const, values: [1, 2, 4], index: call('round', reference('g')) };
    const current = binary(binary(table, '+', steps), '+', binary(reference('g'), '%', numeral(0.15)));
    const device = { ...testDevice({}), current };
    const text = kernelModuleText(device, './runtime');
    for (const module of ['interpolate', 'remainder', 'rounding']) expect(text).toContain(`/numerics/${module}.js'`);
    expect(text).not.toContain('numerics/integrate');
    expect(text.indexOf('= [0, 3];')).toBeLessThan(text.indexOf('for ('));
    expect(oneCell(device).read(wholeCell(1))[0]).toBeCloseTo(0.6 + 1 + 0.05, 14);
  });

  test('give numbers their type, so that the comparison of two of them is no error of TypeScript', () => {
    const device = testDevice({ parameters: { mode: 0.5, other: 2.5 }, rate: 'mode < other ? v : -v' });
    expect(kernelModuleText(device, './runtime')).toContain('const p0: number = 0.5; // mode');
  });
});

test.each([
  ['g * v', true],
  ['g * v * (1 + noise)', true],
  ['g * v + 1', false],
  ['g * sinh(v)', false],
  ['v > 0 ? g * v : 2 * g * v', false],
  ['g * floor(v)', false],
])('a device of current %s is ohmic: %s', (current, expected) => {
  const spreads = [{ name: 'noise', mean: 0, deviation: 0.1, per: 'read' }] as const;
  expect(oneCell(testDevice({ current, spreads })).isOhmic).toBe(expected);
});
