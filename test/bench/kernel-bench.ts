/** Speed of the compiled kernel of a device on serial V/2 writing, one pulse per cell and sweep. */
import { compileKernel } from '../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../src/devices/device-model.js';
import type { TileDrive, TileKernel } from '../../src/devices/kernel.js';

export interface KernelBench {
  /** Cells on a side of the tile. */
  readonly size: number;
  /** Pulse events, each moving one selected and 2 (size - 1) half-selected cells. */
  readonly pulsesPerSecond: number;
  /** Cells updated, with cycle-to-cycle variation. */
  readonly cellUpdatesPerSecond: number;
  /** Reads of the whole tile, with read noise. */
  readonly readsPerSecond: number;
}

/** Measures for about a second; every spread of the device is on unless named in `without`. */
export function benchKernel(device: DeviceModel, size: number, without: readonly string[] = []): KernelBench {
  const [window] = device.windows;
  if (!window) throw new Error(`${device.name} has no window`);
  const kernel = compileKernel(device, { rows: size, columns: size, window, seed: 1, without });
  const volts = device.pulse.volts;
  const drives = serialDrives(size, volts);
  const pulsesPerSecond = rate(drives.length, () => {
    for (const drive of drives) kernel.pulse(drive, 1e-3);
  });
  const readsPerSecond = rate(100, () => {
    readWhole(kernel, device.readVoltage.volts, 100);
  });
  return { size, pulsesPerSecond, cellUpdatesPerSecond: pulsesPerSecond * (2 * size - 1), readsPerSecond };
}

function serialDrives(size: number, volts: number): readonly TileDrive[] {
  return Array.from({ length: size * size }, (_, cell) => {
    const sign = cell % 2 === 0 ? 1 : -1;
    const half = (sign * volts) / 2;
    const [row, column] = [Math.floor(cell / size), cell % size];
    return { rows: [row], columns: [column], both: sign * volts, rowOnly: half, columnOnly: half, neither: 0 };
  });
}

function readWhole(kernel: TileKernel, volts: number, times: number): void {
  const rows = Array.from({ length: kernel.rows }, (_, row) => row);
  const drive: TileDrive = { rows, columns: [], both: 0, rowOnly: volts, columnOnly: 0, neither: 0 };
  for (let read = 0; read < times; read++) kernel.read(drive);
}

/** Repetitions of `work` per second over at least 0.4 s, times `count`, after one to warm up. */
function rate(count: number, work: () => void): number {
  work();
  const start = performance.now();
  let repetitions = 0;
  while (performance.now() - start < 400) {
    work();
    repetitions++;
  }
  return (1000 * count * repetitions) / (performance.now() - start);
}
