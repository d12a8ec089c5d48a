/** Devices of the standard library, and tiles of them, as tests of published figures need them. */
import { createDiskHost } from '../../src/core/disk.js';
import { compileKernel } from '../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../src/devices/device-model.js';
import type { TileDrive, TileKernel, TileSetup } from '../../src/devices/kernel.js';
import { loadLibraryDevice } from '../../src/dsl/front-end.js';

/** The model of the library device `name`. */
export function libraryDevice(name: string): DeviceModel {
  return loadLibraryDevice(name, createDiskHost());
}

/** Names of all spreads of a device, to switch them off. */
export function spreadsOf(device: DeviceModel): readonly string[] {
  return device.spreads.map(({ name }) => name);
}

/** A tile of `device`, one cell in its default window without spreads where nothing else is said. */
export function tileOf(device: DeviceModel, setup: Partial<TileSetup> = {}): TileKernel {
  const window = device.windows.find(({ name }) => name === device.defaultWindow);
  return compileKernel(device, {
    rows: 1,
    columns: 1,
    ...(window && { window }),
    seed: 1,
    without: spreadsOf(device),
    ...setup,
  });
}

/** `volts` across every cell. */
export function everyCell({ rows, columns }: Pick<TileKernel, 'rows' | 'columns'>, volts: number): TileDrive {
  return { rows: indices(rows), columns: indices(columns), both: volts, rowOnly: 0, columnOnly: 0, neither: 0 };
}

/** `volts` across one cell, nothing across the others. */
export function singleCell(row: number, column: number, volts: number): TileDrive {
  return { rows: [row], columns: [column], both: volts, rowOnly: 0, columnOnly: 0, neither: 0 };
}

function indices(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Mean and standard deviation of samples. */
export function statisticsOf(samples: ArrayLike<number>): { readonly mean: number; readonly deviation: number } {
  const values = Array.from(samples);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, deviation: Math.sqrt(variance) };
}

/** Root of the mean square. */
export function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
}
