/** What a tile adds to the physics of a cell: groups of lines, events, variates, energy, reset. */
import { describe, expect, test } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { TileDrive, TileSetup } from '../../../src/devices/kernel.js';
import { keyOfSeed, normalAt } from '../../../src/numerics/normal.js';
import { testDevice } from '../../support/test-device.js';

const spreads = [
  { name: 'gain', mean: 1, deviation: 0.12, per: 'device' },
  { name: 'cycle', mean: 0, deviation: 0.023, per: 'pulse' },
  { name: 'noise', mean: 0, deviation: 0.005, per: 'read' },
] as const;

/** Moves by `v` x seconds, scaled by its spreads; the energy counts the cells that see a voltage. */
const device = testDevice({
  spreads,
  rate: 'gain * (1 + cycle) * v',
  current: 'g * v * (1 + noise)',
  pulseEnergy: '1',
  min: -1e3,
  max: 1e3,
  initial: '0',
});
const everySpread = spreads.map(({ name }) => name);

const setup = (given: Partial<TileSetup> = {}): TileSetup => ({
  rows: 4,
  columns: 5,
  window: { low: 0.2, high: 0.8 },
  seed: 7,
  without: [],
  ...given,
});
const drive = (given: Partial<TileDrive>): TileDrive => ({
  rows: [1, 3],
  columns: [0, 2, 3],
  both: 0,
  rowOnly: 0,
  columnOnly: 0,
  neither: 0,
  ...given,
});
const whole = (rows: number, columns: number, volts: number): TileDrive => ({
  rows: Array.from({ length: rows }, (_, row) => row),
  columns: Array.from({ length: columns }, (_, column) => column),
  both: volts,
  rowOnly: 0,
  columnOnly: 0,
  neither: 0,
});

describe('groups', () => {
  test('each cell sees the voltage of its row and column', () => {
    const kernel = compileKernel(device, setup({ without: everySpread }));
    kernel.pulse(drive({ both: 8, rowOnly: 4, columnOnly: 2, neither: 1 }), 0.5);
    // prettier-ignore
    expect([...kernel.conductance]).toEqual([
      1, 0.5, 1, 1, 0.5,
      4, 2, 4, 4, 2,
      1, 0.5, 1, 1, 0.5,
      4, 2, 4, 4, 2,
    ]);
    expect(kernel.selectedEnergy).toBe(6);
    expect(kernel.halfSelectedEnergy).toBe(14);
  });

  test('cells without voltage neither move nor cost', () => {
    const kernel = compileKernel(device, setup());
    kernel.pulse(drive({ both: 1 }), 1);
    expect(kernel.conductance.filter((siemens) => siemens === 0)).toHaveLength(14);
    expect(kernel.halfSelectedEnergy).toBe(0);
  });

  test('read adds the currents of a column', () => {
    const kernel = compileKernel(device, setup({ without: everySpread }));
    kernel.conductance.set(Array.from({ length: 20 }, (_, cell) => cell));
    const currents = kernel.read(drive({ columns: [], rowOnly: 2 }));
    expect([...currents]).toEqual([40, 44, 48, 52, 56]);
  });

  test('no selected lines, or all of them', () => {
    const kernel = compileKernel(device, setup({ without: everySpread }));
    kernel.pulse(drive({ rows: [], columns: [], both: 1, rowOnly: 1, columnOnly: 1, neither: 3 }), 1);
    kernel.pulse({ ...whole(4, 5, 2), rowOnly: 9, columnOnly: 9, neither: 9 }, 1);
    expect(new Set(kernel.conductance)).toEqual(new Set([5]));
  });
});

describe('variates', () => {
  test('depend on the seed, and on nothing else from run to run', () => {
    const run = (seed: number): readonly number[] => {
      const kernel = compileKernel(device, setup({ seed }));
      for (let pulse = 0; pulse < 3; pulse++) kernel.pulse(drive({ both: 1, rowOnly: 0.5, columnOnly: 0.5 }), 1);
      return [...kernel.conductance, ...kernel.read(whole(4, 5, 1))];
    };
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  test('a cell draws the same in a tile of any size', () => {
    const small = compileKernel(device, setup({ rows: 2, columns: 3 }));
    const large = compileKernel(device, setup({ rows: 9, columns: 11 }));
    const fullSelect: TileDrive = { rows: [1], columns: [2], both: 1, rowOnly: 0.5, columnOnly: 0.5, neither: 0 };
    for (const kernel of [small, large]) {
      kernel.pulse(fullSelect, 1);
      kernel.pulse(fullSelect, 1);
    }
    for (const [row, column] of [
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ] as const) {
      expect(small.conductance[row * 3 + column]).toBe(large.conductance[row * 11 + column]);
    }
  });

  test('every draw has the documented address: spread, event, cell, and the direction of its role', () => {
    const kernel = compileKernel(device, setup({ without: ['gain', 'noise'] }));
    const key = keyOfSeed(7);
    kernel.pulse(whole(4, 5, 0), 1);
    kernel.pulse(drive({ both: 1, rowOnly: 1, columnOnly: 1, neither: 1 }), 1);
    kernel.conductance.forEach((siemens, cell) => {
      const [row, column] = [Math.floor(cell / 5), cell % 5];
      const along = row % 2 === 0 && [0, 2, 3].includes(column) ? 'columns' : 'rows';
      expect(siemens).toBe(1 + 0.023 * normalAt({ key, stream: 1, event: 1, along }, row, column));
    });
  });

  test('a spread without deviation, or named in `without`, is its mean', () => {
    const none = compileKernel(device, setup({ without: everySpread }));
    none.pulse(whole(4, 5, 1), 0.25);
    expect(new Set(none.conductance)).toEqual(new Set([0.25]));
    const flat = compileKernel(
      { ...device, spreads: device.spreads.map((spread) => ({ ...spread, deviation: 0 })) },
      setup(),
    );
    flat.pulse(whole(4, 5, 1), 0.25);
    expect(new Set(flat.conductance)).toEqual(new Set([0.25]));
  });

  test('switching one spread off leaves the draws of the others', () => {
    const both = compileKernel(device, setup({ without: ['noise'] }));
    const cycleOnly = compileKernel(device, setup({ without: ['gain', 'noise'] }));
    const gainOnly = compileKernel(device, setup({ without: ['cycle', 'noise'] }));
    for (const kernel of [both, cycleOnly, gainOnly]) kernel.pulse(whole(4, 5, 1), 1);
    both.conductance.forEach((siemens, cell) => {
      expect(siemens).toBeCloseTo(cycleOnly.conductance[cell]! * gainOnly.conductance[cell]!, 14);
    });
  });

  test('known values of a device spread are taken as they are', () => {
    const known = new Map([['gain', Float64Array.from({ length: 20 }, (_, cell) => cell)]]);
    const kernel = compileKernel(device, setup({ without: ['cycle'], known }));
    kernel.pulse(whole(4, 5, 1), 1);
    expect([...kernel.conductance]).toEqual([...known.get('gain')!]);
  });

  test('a pulse that continues keeps its draw; a new one draws anew', () => {
    const pieces = compileKernel(device, setup());
    const atOnce = compileKernel(device, setup());
    const apart = compileKernel(device, setup());
    pieces.pulse(whole(4, 5, 1), 0.25);
    pieces.pulse(whole(4, 5, 1), 0.5, true);
    atOnce.pulse(whole(4, 5, 1), 0.75);
    apart.pulse(whole(4, 5, 1), 0.25);
    apart.pulse(whole(4, 5, 1), 0.5);
    pieces.conductance.forEach((siemens, cell) => {
      expect(siemens).toBeCloseTo(atOnce.conductance[cell]!, 14);
      expect(Math.abs(siemens - apart.conductance[cell]!)).toBeGreaterThan(1e-9);
    });
  });

  test('statistics: 12 % from device to device, 2.3 % from pulse to pulse, 0.5 % from read to read', () => {
    const size = 150;
    const big = (without: readonly string[]): TileSetup => setup({ rows: size, columns: size, without });
    const gains = compileKernel(device, big(['cycle', 'noise']));
    gains.pulse(whole(size, size, 1), 1);
    expectNormal(gains.conductance, 1, 0.12);
    const cycles = compileKernel(device, big(['gain', 'noise']));
    cycles.pulse(whole(size, size, 1), 1);
    expectNormal(cycles.conductance, 1, 0.023);
    const first = cycles.conductance.slice();
    cycles.pulse(whole(size, size, 1), 1);
    expectNormal(cycles.conductance, 2, 0.023 * Math.SQRT2);
    expect(
      Math.abs(
        correlation(
          first,
          cycles.conductance.map((sum, cell) => sum - first[cell]!),
        ),
      ),
    ).toBeLessThan(4 / size);
    const reads = compileKernel(device, big(['gain', 'cycle']));
    reads.conductance.fill(1);
    const samples = Array.from({ length: size }, (_, row) => [
      ...reads.read({ rows: [row], columns: [], both: 0, rowOnly: 1, columnOnly: 0, neither: 0 }),
    ]);
    expectNormal(Float64Array.from(samples.flat()), 1, 0.005);
  });
});

test('reset goes back to the start: state, energy and events, but the same devices', () => {
  const kernel = compileKernel(device, setup());
  const run = (): readonly number[] => {
    kernel.pulse(drive({ both: 1, rowOnly: 0.5, columnOnly: 0.5 }), 1);
    kernel.pulse(whole(4, 5, -1), 2);
    return [...kernel.conductance, ...kernel.read(whole(4, 5, 1)), kernel.selectedEnergy, kernel.halfSelectedEnergy];
  };
  const first = run();
  expect(run()).not.toEqual(first);
  kernel.reset();
  expect(new Set(kernel.conductance)).toEqual(new Set([0]));
  expect(run()).toEqual(first);
});

/** Mean and deviation within four standard errors. */
function expectNormal(values: Float64Array, mean: number, deviation: number): void {
  const found = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - found) ** 2, 0) / (values.length - 1);
  expect(Math.abs(found - mean)).toBeLessThan((4 * deviation) / Math.sqrt(values.length));
  expect(Math.abs(Math.sqrt(variance) / deviation - 1)).toBeLessThan(4 / Math.sqrt(2 * values.length));
}

function correlation(left: Float64Array, right: Float64Array): number {
  const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [a, b] = [mean(left), mean(right)];
  const covariance = mean(left.map((x, cell) => (x - a) * (right[cell]! - b)));
  return covariance / Math.sqrt(mean(left.map((x) => (x - a) ** 2)) * mean(right.map((x) => (x - b) ** 2)));
}
