/**
 * What the YSZ ECRAM must do to be true to its paper: linear windows, steps from one law, pictures written open loop,
 * products of vectors with a programmed array. How its equations are evaluated is tested in ysz-ecram.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { createCell } from '../../../src/devices/advance.js';
import type { ConductanceWindow } from '../../../src/devices/device-model.js';
import type { TileKernel } from '../../../src/devices/kernel.js';
import { keyOfSeed, normalAt } from '../../../src/numerics/normal.js';
import { everyCell, libraryDevice, rootMeanSquare, singleCell, tileOf } from '../../support/library-tile.js';
import { determination } from '../../support/nonlinearity.js';

const device = libraryDevice('yszEcram');
const mid = device.windows.find(({ name }) => name === 'mid')!;
const span = mid.high - mid.low;
const cell = createCell(device, mid);
const SIZE = 10;

/** Conductance before and after each of `count` nominal pulses. */
function branch(kernel: TileKernel, volts: number, count: number): readonly number[] {
  const trace = [kernel.conductance[0]!];
  for (let pulse = 0; pulse < count; pulse++) {
    kernel.pulse(everyCell(kernel, volts), 0.1);
    trace.push(kernel.conductance[0]!);
  }
  return trace;
}

describe.each(device.windows.map((window): readonly [string, ConductanceWindow] => [window.name, window]))(
  'window %s',
  (_, window) => {
    const kernel = tileOf(device, { window });
    const [up, down] = [branch(kernel, 5, 100), branch(kernel, -5, 100)];

    test('100 pulses up and 100 down end within 3 % of the window from the start', () => {
      expect(Math.abs(down.at(-1)! - up[0]!) / (window.high - window.low)).toBeLessThanOrEqual(0.03);
    });

    test('both ways are linear: R squared of 0.99', () => {
      expect(determination(up)).toBeGreaterThanOrEqual(0.99);
      expect(determination(down)).toBeGreaterThanOrEqual(0.99);
    });

    test('the global law gives the published step within 35 %', () => {
      expect(Math.abs((up[1]! - up[0]!) / window.step! - 1)).toBeLessThanOrEqual(0.35);
    });
  },
);

/** Targets across the window, one a cell, without any order. */
const picture = Array.from({ length: SIZE * SIZE }, (_, index) => mid.low + span * (((index * 37) % 100) / 99));

function eachPixel(write: (row: number, column: number, target: number) => void): void {
  picture.forEach((target, index) => {
    write(Math.floor(index / SIZE), index % SIZE, target);
  });
}

/** Nominal voltage and the time that takes an average cell from one conductance to another. */
function pulseTo(from: number, to: number): readonly [volts: number, seconds: number] {
  const volts = Math.sign(to - from) * device.pulse.volts;
  return [volts, cell.secondsTo(from, to, volts)!];
}

/** One pulse a pixel, never read; root mean square of the error in parts of the window. */
function openLoopError(without: readonly string[]): number {
  const kernel = tileOf(device, { rows: SIZE, columns: SIZE, without, seed: 7 });
  eachPixel((row, column, target) => {
    if (target === mid.low) return;
    const [volts, seconds] = pulseTo(mid.low, target);
    kernel.pulse(singleCell(row, column, volts), seconds);
  });
  return rootMeanSquare(picture.map((target, index) => (kernel.conductance[index]! - target) / span));
}

describe('a picture of 10 x 10 pixels, written by one pulse a pixel', () => {
  test('has an error of 5 % of the window at most where the gain of every device is known', () => {
    const error = openLoopError(['gain', 'noise']);
    expect(error).toBeLessThanOrEqual(0.05);
    // It is that of the pulses: 2.3 % of the way
    expect(error).toBeGreaterThan(0.005);
  });

  test('has one of 13 % at most where it is not', () => {
    const error = openLoopError(['noise']);
    expect(error).toBeLessThanOrEqual(0.13);
    expect(error).toBeGreaterThan(0.04);
  });
});

/** Conductance of a cell as the mean of `reads` noisy reads. */
function measure(kernel: TileKernel, row: number, column: number, reads: number): number {
  let current = 0;
  for (let read = 0; read < reads; read++) current += kernel.read(singleCell(row, column, 0.1))[column]!;
  return current / (0.1 * reads);
}

test('read and corrected, every pixel comes within 1 % of the window, after more than one pulse', () => {
  const kernel = tileOf(device, { rows: SIZE, columns: SIZE, without: [], seed: 7 });
  const cycles: number[] = [];
  eachPixel((row, column, target) => {
    let count = 0;
    for (; count < 100; count++) {
      const found = measure(kernel, row, column, 64);
      if (Math.abs(found - target) < 0.005 * span) break;
      const [volts, seconds] = pulseTo(found, target);
      kernel.pulse(singleCell(row, column, volts), seconds);
    }
    cycles.push(count);
    expect(Math.abs(kernel.conductance[row * SIZE + column]! - target)).toBeLessThanOrEqual(0.01 * span);
  });
  const mean = cycles.reduce((sum, count) => sum + count, 0) / cycles.length;
  expect(mean).toBeGreaterThan(1.5);
  expect(Math.max(...cycles)).toBeLessThan(20);
});

test('1000 random vectors times a programmed 10 x 10 array: 2 % of error at most', () => {
  const kernel = tileOf(device, { rows: SIZE, columns: SIZE, without: ['gain'], seed: 9 });
  eachPixel((row, column, target) => {
    if (target === mid.low) return;
    const [volts, seconds] = pulseTo(mid.low, target);
    kernel.pulse(singleCell(row, column, volts), seconds);
  });
  const lines = Array.from({ length: SIZE }, (_, line) => line);
  const errors: number[] = [];
  const products: number[] = [];
  for (let vector = 0; vector < 1000; vector++) {
    const address = { key: keyOfSeed(1), stream: 0, event: vector, along: 'rows' } as const;
    const rows = lines.filter((row) => normalAt(address, row, 0) > 0);
    const currents = kernel.read({ ...everyCell(kernel, 0.1), rows });
    for (const column of lines) {
      const product = rows.reduce((sum, row) => sum + 0.1 * picture[row * SIZE + column]!, 0);
      products.push(product);
      errors.push(currents[column]! - product);
    }
  }
  expect(rootMeanSquare(errors) / rootMeanSquare(products)).toBeLessThanOrEqual(0.02);
  // It is not exact either: pulses and reads are noisy
  expect(rootMeanSquare(errors) / rootMeanSquare(products)).toBeGreaterThan(0.001);
});
