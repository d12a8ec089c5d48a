/** Cells of an update at once beside the tile kernel, which takes them pulse by pulse. */
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import type { TileDrive } from '../../../src/devices/kernel.js';
import { addSerial, CellField, fieldObstacle, serialLines } from '../../../src/networks/arrays/cell-field.js';
import { directPulses, tilePulses, type PulseVolts } from '../../../src/networks/arrays/pulse-volts.js';
import { extended, learnt } from '../../support/device-array.js';
import { libraryDevice, spreadsOf, statisticsOf } from '../../support/library-tile.js';
import { drawFrom } from '../../support/pulse-program.js';

const WINDOW = { low: 2e-6, high: 4e-6 };
const [ROWS, COLUMNS] = [5, 7];

/** Pulses of up to 200 ms on some cells. */
function someSeconds(seed: number): Float64Array {
  const draw = drawFrom(seed);
  return Float64Array.from({ length: ROWS * COLUMNS }, () => (draw(3) === 0 ? 0 : (draw(401) - 200) / 1000));
}

/** The same pulses on a tile kernel, cell by cell. */
function kernelAfter(device: DeviceModel, volts: PulseVolts, seconds: Float64Array, without: readonly string[]) {
  const kernel = compileKernel(device, { rows: ROWS, columns: COLUMNS, window: WINDOW, seed: 3, without });
  kernel.conductance.fill(3e-6);
  seconds.forEach((time, cell) => {
    if (time === 0) return;
    const at = { rows: [Math.floor(cell / COLUMNS)], columns: [cell % COLUMNS] };
    const drive: TileDrive = { ...at, ...(time > 0 ? volts.up : volts.down) };
    kernel.pulse(drive, Math.abs(time));
  });
  return kernel;
}

function fieldAfter(device: DeviceModel, volts: PulseVolts, seconds: Float64Array, without: readonly string[]) {
  const setup = { device, rows: ROWS, columns: COLUMNS, window: WINDOW, seed: 3, without, volts };
  const field = new CellField(setup);
  field.conductance.fill(3e-6);
  const lines = serialLines(ROWS, COLUMNS);
  addSerial(lines, seconds);
  field.pulse({ seconds, lines });
  return field;
}

describe.each([
  ['at one rate', libraryDevice('yszEcram')],
  [
    'at a rate that follows the conductance',
    extended('yszEcram', 'param curvature = 1 source "test" confidence estimate'),
  ],
])('a device %s', (_, device) => {
  const seconds = someSeconds(1);

  it('moves as in the kernel, device by device, bit for bit where pulses disturb nobody', () => {
    const without = ['cycle', 'noise'];
    const volts = directPulses(device);
    const kernel = kernelAfter(device, volts, seconds, without);
    expect([...fieldAfter(device, volts, seconds, without).conductance]).toEqual([...kernel.conductance]);
  });

  it.each(['half', 'third'] as const)('is disturbed as in the kernel under bias %s, and pays as much', (scheme) => {
    const { chip } = learnt('host');
    const volts = tilePulses(device, { ...chip.tile, bias: { ...chip.tile.bias, scheme } });
    const without = spreadsOf(device);
    const kernel = kernelAfter(device, volts, seconds, without);
    const field = fieldAfter(device, volts, seconds, without);
    const quiet = fieldAfter(device, { ...volts, disturbs: false }, seconds, without);
    const disturb = field.conductance.map((siemens, cell) => siemens - (quiet.conductance[cell] ?? NaN));
    field.conductance.forEach((siemens, cell) => {
      // Of what disturbs moved the cell, where the rate changes with the conductance to the first order
      const error = Math.abs(siemens - (kernel.conductance[cell] ?? NaN));
      expect(error).toBeLessThan(0.02 * Math.abs(disturb[cell] ?? NaN) + 1e-14);
    });
    expect(Math.max(...disturb.map(Math.abs))).toBeGreaterThan(1e-10);
    const spent = kernel.selectedEnergy + kernel.halfSelectedEnergy;
    expect(field.energy[0]).toBeGreaterThan(0);
    expect((field.energy[0] ?? NaN) / spent).toBeCloseTo(1, 1);
  });
});

it('spreads from pulse to pulse as the device says, less where a pulse is made of several', () => {
  const device = libraryDevice('yszEcram');
  const setup = {
    device,
    rows: 100,
    columns: 100,
    window: WINDOW,
    seed: 5,
    without: ['gain'],
    volts: directPulses(device),
  };
  const moved = (count: number): Float64Array => {
    const field = new CellField(setup);
    field.conductance.fill(3e-6);
    const seconds = new Float64Array(10_000).fill(0.1 * count);
    const counts = new Int16Array(10_000).fill(count);
    field.pulse({ seconds, counts, lines: serialLines(100, 100) });
    return field.conductance.map((siemens) => siemens - 3e-6);
  };
  const [one, nine] = [1, 9].map((count) => statisticsOf(moved(count)));
  expect(one!.deviation / one!.mean).toBeCloseTo(0.023, 3);
  expect(nine!.deviation / nine!.mean).toBeCloseTo(0.023 / 3, 3);
  expect(nine!.mean / one!.mean).toBeCloseTo(9, 2);
});

it('tells shares of the energy by the names of the device', () => {
  const device = libraryDevice('protonEis');
  const window = { low: 10e-9, high: 200e-9 };
  const field = new CellField({
    ...{ device, rows: 1, columns: 3, window, seed: 1 },
    ...{ without: spreadsOf(device), volts: directPulses(device) },
  });
  field.pulse({ seconds: Float64Array.of(1e-3, -1e-3, 0), lines: serialLines(1, 3) });
  expect(field.shares).toEqual(['gate', 'ions']);
  // C V^2 of two pulses, and Q V of one: the second cell is at its lower end and stays there
  expect(field.energy[0]).toBeCloseTo(2 * 25e-18 * 4, 25);
  expect(field.energy[1]! / (1.5e-18 * 2)).toBeCloseTo(1, 6);
});

it('refuses devices that count pulses', () => {
  expect(fieldObstacle(libraryDevice('magnetoIonic'))).toContain('counts pulses');
  expect(fieldObstacle(libraryDevice('yszEcram'))).toBeUndefined();
});
