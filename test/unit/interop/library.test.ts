/** Every device of the library as a netlist: ngspice reads it, and does to its states what the kernel does. */
import { describe, expect, test } from 'vitest';
import { emitInterop } from '../../../src/backends/interop/emit-interop.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { loadLibraryDevice } from '../../../src/dsl/front-end.js';
import { LIBRARY_DEVICES } from '../../../src/dsl/standard-library.js';
import { hasNgspice } from '../../support/ngspice.js';
import { spiceStates } from '../../support/pulse-response.js';

/** Largest difference as a part of the largest change of a state. */
const TOLERANCE = 2e-3;

test('all devices of the library fit', () => {
  const devices = Array.from(LIBRARY_DEVICES.keys(), (name) => loadLibraryDevice(name, createDiskHost()));
  const diagnostics = new DiagnosticBag();
  const artifacts = emitInterop({ source: 'input.ion', devices, scheduled: [] }, diagnostics);
  expect(diagnostics.all).toEqual([]);
  expect(artifacts.length).toBe(devices.length + 1);
});

describe.skipIf(!hasNgspice)('every device of the library', () => {
  test.each(Array.from(LIBRARY_DEVICES.keys()))('%s', async (name) => {
    const device = loadLibraryDevice(name, createDiskHost());
    const { volts, seconds } = device.pulse;
    const pulses = [0.9, 1, -1, 1, -0.8].map((part) => ({ volts: part * volts, seconds, rest: seconds }));
    const found = await spiceStates(device, pulses);
    const window = device.windows.find((each) => each.name === device.defaultWindow);
    const without = device.spreads.map((spread) => spread.name);
    const kernel = compileKernel(device, { rows: 1, columns: 1, ...(window && { window }), seed: 1, without });
    const states = device.states.map((state) => ({ state: state.name, start: kernel.stateOf(state.name)[0]! }));
    const trace = pulses.map((pulse) => {
      kernel.pulseCells(Float64Array.of(pulse.volts), pulse.seconds);
      kernel.rest(pulse.rest);
      return new Map(device.states.map((state) => [state.name, kernel.stateOf(state.name)[0]!]));
    });
    for (const { state, start } of states) {
      const largest = Math.max(...trace.map((values) => Math.abs(values.get(state)! - start)));
      trace.forEach((values, index) => {
        const error = Math.abs(found[index]!.get(state)! - values.get(state)!);
        expect(
          error,
          `${state} after pulse ${String(index)}: ${found[index]!.get(state)!} for ${values.get(state)!}`,
        ).toBeLessThanOrEqual(TOLERANCE * largest);
      });
    }
  });
});
