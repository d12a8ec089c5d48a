/** Kernels of random devices against cells that are interpreted: any states, steps, power, modulators, in any order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import type { TileKernel } from '../../../src/devices/kernel.js';
import { arbitraryDevice, arbitraryHappenings, type Happening } from '../../support/arbitrary-device.js';
import { equation } from '../../support/equation.js';
import { OracleCell } from '../../support/oracle-cell.js';
import { testDevice } from '../../support/test-device.js';

const window = { low: 0.2, high: 0.8 };

function makeKernel(device: DeviceModel): TileKernel {
  return compileKernel(device, { rows: 1, columns: 2, window, seed: 1, without: [] });
}

const close = (found: number, expected: number): void => {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(expected)));
};

function expectEqual(kernel: TileKernel, oracles: readonly OracleCell[]): void {
  oracles.forEach((oracle, cell) => {
    for (const name of ['g', 'h']) close(kernel.stateOf(name)[cell]!, oracle.state(name));
  });
  close(
    kernel.selectedEnergy,
    oracles.reduce((sum, { pulseEnergy }) => sum + pulseEnergy, 0),
  );
  close(
    kernel.holdEnergy,
    oracles.reduce((sum, { holdEnergy }) => sum + holdEnergy, 0),
  );
}

function happen(kernel: TileKernel, oracles: readonly OracleCell[], happening: Happening): void {
  switch (happening.kind) {
    case 'pulse':
      kernel.pulseCells(Float64Array.from(happening.volts), happening.seconds, happening.continues);
      oracles.forEach((oracle, cell) => {
        oracle.pulse(happening.volts[cell]!, happening.seconds, happening.continues);
      });
      break;
    case 'rest':
      kernel.rest(happening.seconds);
      for (const oracle of oracles) oracle.rest(happening.seconds);
      break;
    case 'modulate':
      kernel.modulate('field', Float64Array.from(happening.values));
      oracles.forEach((oracle, cell) => {
        oracle.modulate('field', happening.values[cell]!);
      });
      break;
    case 'look':
      expectEqual(kernel, oracles);
      break;
  }
}

describe('any device', () => {
  test('does in a kernel what its interpretation does', () => {
    fc.assert(
      fc.property(arbitraryDevice, arbitraryHappenings, (device, happenings) => {
        const kernel = makeKernel(device);
        const oracles = [new OracleCell(device, window), new OracleCell(device, window)];
        for (const happening of happenings) happen(kernel, oracles, happening);
        expectEqual(kernel, oracles);
      }),
      { seed: 11, numRuns: 120 },
    );
  });

  test('has the currents of its equation, and slopes that are their differences', () => {
    const voltages = Float64Array.of(0.3, -0.7);
    const [currents, slopes, above, below, unused] = Array.from({ length: 5 }, () => new Float64Array(2));
    fc.assert(
      fc.property(arbitraryDevice, (device) => {
        const kernel = makeKernel(device);
        kernel.currentsAt(voltages, currents!, slopes!);
        const oracle = new OracleCell(device, window);
        voltages.forEach((volts, cell) => {
          close(currents![cell]!, oracle.currentAt(volts));
        });
        const difference = 1e-6;
        kernel.currentsAt(
          voltages.map((volts) => volts + difference),
          above!,
          unused!,
        );
        kernel.currentsAt(
          voltages.map((volts) => volts - difference),
          below!,
          unused!,
        );
        slopes!.forEach((slope, cell) => {
          const [right, left] = [above![cell]! - currents![cell]!, currents![cell]! - below![cell]!];
          // At a joint or jump, the two sides differ
          if (Math.abs(right - left) > 1e-9 * (1 + Math.abs(right))) return;
          expect(Math.abs(slope - (right + left) / (2 * difference))).toBeLessThan(1e-3 * (1 + Math.abs(slope)));
        });
      }),
      { seed: 12, numRuns: 200 },
    );
  });
});

describe('a device without steps', () => {
  test.each(['v * (1 - g)', 'sinh(3 * v) * 0.2', 'v * g ^ 0.4 - 0.2 * g', '2 * v ^ 3'])(
    'follows waveforms by rate %s',
    (rate) => {
      const device = testDevice({ rate, initial: '0.3', pulseEnergy: 'abs(v) * abs(change.g)' });
      const row = Float64Array.of(0, 0.4, 0.4, -0.3, 0.6);
      const column = Float64Array.of(0, 0.1, 0.1, 0.2, -0.5);
      for (const interpolation of ['hold', 'linear'] as const) {
        const kernel = makeKernel(device);
        const oracle = new OracleCell(device, window);
        kernel.play({
          rows: [{ line: 0, samples: row }],
          columns: [{ line: 1, samples: column }],
          sampleSeconds: 0.1,
          interpolation,
        });
        const volts = Array.from(row, (sample, index) => sample - column[index]!);
        if (interpolation === 'hold') {
          for (const [index, v] of volts.entries()) {
            if (index !== 2) oracle.pulse(v, index === 1 ? 0.2 : 0.1, false);
          }
        } else {
          volts.slice(1).forEach((to, index) => {
            oracle.ramp(volts[index]!, to, 0.1);
          });
        }
        close(kernel.conductance[1]!, oracle.state('g'));
      }
    },
  );
});

describe('invariants', () => {
  const device = {
    ...testDevice({ rate: 'v', initial: '0.5' }),
    invariants: ['g > 0.1', 'g < 0.9'].map((text) => ({
      text,
      condition: equation(text),
      origin: testDevice({}).origin,
    })),
  };

  test('are watched, and the first that breaks is remembered with its cell', () => {
    const kernel = makeKernel(device);
    kernel.pulseCells(Float64Array.of(0.1, 0.3), 1);
    expect(kernel.violations).toEqual({ count: 0 });
    kernel.pulseCells(Float64Array.of(0.1, 0.3), 1);
    expect(kernel.violations).toEqual({ count: 1, first: { invariant: 1, row: 0, column: 1 } });
    kernel.pulseCells(Float64Array.of(-1, 0), 1);
    expect(kernel.violations).toEqual({ count: 2, first: { invariant: 1, row: 0, column: 1 } });
    kernel.reset();
    expect(kernel.violations).toEqual({ count: 0 });
  });
});
