/** The library's ECRAM against the figures of its paper and against its equations written out by hand. */
import { describe, expect, test } from 'vitest';
import { createCell } from '../../../src/devices/advance.js';
import { checkDevice } from '../../../src/devices/check-device.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { ConductanceWindow, DeviceModel } from '../../../src/devices/device-model.js';
import type { TileDrive, TileKernel } from '../../../src/devices/kernel.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { loadLibraryDevice } from '../../../src/dsl/front-end.js';
import { determination } from '../../support/nonlinearity.js';
import { withParameters } from '../../support/test-device.js';

const yszEcram = loadLibraryDevice('yszEcram', createDiskHost());
const ideal = ['gain', 'cycle', 'noise'];
const curved = withParameters(yszEcram, { curvature: 1 });
const windows = yszEcram.windows.map((window) => [window.name, window] as const);

const oneCell: TileDrive = { rows: [0], columns: [0], both: 5, rowOnly: 0, columnOnly: 0, neither: 0 };

function cellOf(device: DeviceModel, window: ConductanceWindow, without = ideal): TileKernel {
  return compileKernel(device, { rows: 1, columns: 1, window, seed: 1, without });
}

/** Conductance before and after each of `count` pulses, (count + 1). */
function branch(kernel: TileKernel, volts: number, count: number): readonly number[] {
  const trace = [kernel.conductance[0]!];
  for (let pulse = 0; pulse < count; pulse++) {
    kernel.pulse({ ...oneCell, both: volts }, 0.1);
    trace.push(kernel.conductance[0]!);
  }
  return trace;
}

describe.each(windows)('window %s', (_, window) => {
  const centre = Math.sqrt(window.low * window.high);
  // The step law and the drive factor as the device file states them.
  const stepAtCentre = 7.54e-9 * (centre / 1e-6) ** 0.883;

  test.each([
    ['linear', yszEcram, 0.99],
    // The step grows by 84 % over a window of a factor of two.
    ['curved', curved, 0.98],
  ])('100 pulses up and 100 down return to the start (%s)', (_, device, leastLinearity) => {
    const kernel = cellOf(device, window);
    const up = branch(kernel, 5, 100);
    const down = branch(kernel, -5, 100);
    expect(Math.abs(down[100]! - up[0]!)).toBeLessThan(0.03 * (window.high - window.low));
    expect(up[100]! - up[0]!).toBeGreaterThan(0.6 * (window.high - window.low));
    expect(determination(up)).toBeGreaterThanOrEqual(leastLinearity);
    expect(determination(down)).toBeGreaterThanOrEqual(leastLinearity);
  });

  test.each([
    ['linear', yszEcram],
    ['curved', curved],
  ])('%s: the step at the centre is within 35 percent of the published one', (_, device) => {
    const kernel = cellOf(device, window);
    kernel.conductance[0] = centre;
    const [before, after] = branch(kernel, 5, 1);
    expect(Math.abs((after! - before!) / window.step! - 1)).toBeLessThan(0.35);
  });

  test('conductance and energy equal the equations', () => {
    const kernel = cellOf(yszEcram, window);
    for (const [volts, seconds] of [
      [5, 0.1],
      [2.5, 0.2],
      [-4.1, 0.03],
    ] as const) {
      const before = kernel.conductance[0]!;
      const energyBefore = kernel.selectedEnergy;
      kernel.pulse({ ...oneCell, both: volts }, seconds);
      const change = (stepAtCentre / 0.1) * (Math.sinh(volts / 0.5) / Math.sinh(10)) * seconds;
      expect(Math.abs(kernel.conductance[0]! / (before + change) - 1)).toBeLessThan(1e-12);
      const energy = 1e-12 * volts ** 2 + 0.01 * Math.abs(change) * Math.abs(volts);
      expect(Math.abs((kernel.selectedEnergy - energyBefore) / energy - 1)).toBeLessThan(1e-9);
    }
  });

  test('the global law inside the window equals its closed form', () => {
    const kernel = cellOf(curved, window);
    kernel.pulse(oneCell, 1.7);
    // u = (g / centre)' = (step / centre / 0.1 s) u^0.883
    const rate = stepAtCentre / centre / 0.1;
    const u = ((window.low / centre) ** (1 - 0.883) + (1 - 0.883) * rate * 1.7) ** (1 / (1 - 0.883));
    expect(Math.abs(kernel.conductance[0]! / (u * centre) - 1)).toBeLessThan(1e-9);
  });

  test('one pulse of t equals n pulses of t / n', () => {
    const [whole, parts] = [cellOf(yszEcram, window), cellOf(yszEcram, window)];
    whole.pulse(oneCell, 1.6);
    for (let pulse = 0; pulse < 16; pulse++) parts.pulse(oneCell, 0.1);
    expect(Math.abs(parts.conductance[0]! / whole.conductance[0]! - 1)).toBeLessThan(1e-14);
  });
});

test('the step law is the minimax fit of the six windows, at most 34.1 % off', () => {
  const residuals = yszEcram.windows.map(({ low, high, step }) =>
    Math.log((7.54e-9 * (Math.sqrt(low * high) / 1e-6) ** 0.883) / step!),
  );
  // A line that fits best in the largest residual meets it three times, with alternating signs.
  const extreme = Math.max(...residuals.map(Math.abs));
  expect(Math.expm1(extreme)).toBeLessThan(0.341);
  const touching = residuals.filter((residual) => Math.abs(residual) > extreme - 0.003).map(Math.sign);
  expect(touching).toEqual([1, -1, 1]);
});

test('a half-selected cell moves 148 times less', () => {
  const window = yszEcram.windows[2]!;
  const change = (volts: number): number => {
    const kernel = cellOf(yszEcram, window);
    kernel.pulse({ ...oneCell, both: volts }, 0.1);
    return kernel.conductance[0]! - window.low;
  };
  expect(change(5) / change(2.5)).toBeCloseTo(2 * Math.cosh(5), 6);
  expect(Math.round(change(5) / change(2.5))).toBe(148);
  expect(change(5) / change(5 / 3)).toBeCloseTo(Math.sinh(10) / Math.sinh(10 / 3), 6);
});

test('variation: 12 % between devices, 2.3 % between pulses', () => {
  const window = yszEcram.windows[2]!;
  const size = 100;
  const lines = Array.from({ length: size }, (_, line) => line);
  const relativeSteps = (without: readonly string[]): Float64Array => {
    const kernel = compileKernel(yszEcram, { rows: size, columns: size, window, seed: 11, without });
    kernel.pulse({ ...oneCell, rows: lines, columns: lines }, 0.1);
    const step = 7.54e-9 * Math.sqrt(8) ** 0.883;
    return kernel.conductance.map((siemens) => (siemens - window.low) / step);
  };
  for (const [without, deviation] of [
    [['cycle'], 0.12],
    [['gain'], 0.023],
  ] as const) {
    const steps = relativeSteps(without);
    const mean = steps.reduce((sum, x) => sum + x, 0) / steps.length;
    const found = Math.sqrt(steps.reduce((sum, x) => sum + (x - mean) ** 2, 0) / steps.length);
    expect(Math.abs(mean - 1)).toBeLessThan((4 * deviation) / size);
    expect(Math.abs(found / deviation - 1)).toBeLessThan(4 / (Math.SQRT2 * size));
  }
});

test('read current is g v with 0.5 % noise', () => {
  const kernel = cellOf(yszEcram, yszEcram.windows[2]!, []);
  const read: TileDrive = { ...oneCell, both: 0.1 };
  const samples = Array.from({ length: 5000 }, () => kernel.read(read)[0]! / (0.1 * kernel.conductance[0]!));
  const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
  const deviation = Math.sqrt(samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / samples.length);
  expect(Math.abs(mean - 1)).toBeLessThan((4 * 0.005) / Math.sqrt(samples.length));
  expect(Math.abs(deviation / 0.005 - 1)).toBeLessThan(4 / Math.sqrt(2 * samples.length));
});

test('the device is sane', () => {
  expect(checkDevice(yszEcram)).toEqual([]);
  expect(checkDevice(curved)).toEqual([]);
});

test('a cell agrees with a tile', () => {
  const window = yszEcram.windows[2]!;
  for (const device of [yszEcram, curved]) {
    const kernel = cellOf(device, window);
    kernel.pulse(oneCell, 0.7);
    expect(createCell(device, window).advance(window.low, 5, 0.7)).toBe(kernel.conductance[0]);
  }
});
