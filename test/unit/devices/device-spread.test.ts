/** Spreads per device as reports show them: those of the kernel. */
import { expect, it } from 'vitest';
import { createDiskHost } from '../../../src/core/disk.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { drawnSpreads } from '../../../src/devices/device-spread.js';
import { loadLibraryDevice } from '../../../src/dsl/front-end.js';

const device = loadLibraryDevice('yszEcram', createDiskHost());
const others = device.spreads.flatMap(({ name, per }) => (per === 'device' ? [] : [name]));
const window = device.windows[0]!;
const size = { rows: 5, columns: 7, window };

/** Conductances behind a pulse on every cell. */
function pulsed(setup: {
  readonly seed: number;
  readonly known?: ReadonlyMap<string, Float64Array>;
}): readonly number[] {
  const kernel = compileKernel(device, { ...size, ...setup, without: others });
  const volts = new Float64Array(35).fill(device.pulse.volts);
  kernel.pulseCells(volts, device.pulse.seconds);
  return [...kernel.conductance];
}

it('are those of the tile with the same seed', () => {
  const drawn = drawnSpreads(device, { ...size, seed: 4, without: others });
  expect(drawn.map(({ spread }) => spread.name)).toEqual(
    device.spreads.flatMap(({ name, per }) => (per === 'device' ? [name] : [])),
  );
  expect(drawn.length).toBeGreaterThan(0);
  const known = new Map(drawn.map(({ spread, values }) => [spread.name, values]));
  expect(pulsed({ seed: 1, known })).toEqual(pulsed({ seed: 4 }));
  expect(pulsed({ seed: 1 })).not.toEqual(pulsed({ seed: 4 }));
});

it('leave out what stays at its mean', () => {
  const without = device.spreads.map(({ name }) => name);
  expect(drawnSpreads(device, { ...size, seed: 4, without })).toEqual([]);
  const alike = { spreads: device.spreads.map((spread) => ({ ...spread, deviation: 0 })) };
  expect(drawnSpreads(alike, { ...size, seed: 4, without: [] })).toEqual([]);
});
