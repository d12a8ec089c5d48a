/** The reference case of the model: one serial pulse of 2 V and 10 ns on 1024 x 1024 cells at 22 nm, biased by halves. */
import { describe, expect, it } from 'vitest';
import { controllerComponents } from '../../../src/backends/energy/controller-energy.js';
import { driverComponents } from '../../../src/backends/energy/line-energy.js';
import { memoryComponents } from '../../../src/backends/energy/memory-energy.js';
import { TECHNOLOGIES } from '../../../src/backends/energy/terms.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { NOWHERE, ohmicDevice } from '../../support/example-result.js';

const LINES = 1024;
const PITCH = {
  metres: 0.3e-6,
  provenance: { source: 'reference case', confidence: 'estimate' },
  origin: NOWHERE,
} as const;
const technology = TECHNOLOGIES['22 nm'];
const energyOf = (parts: readonly { readonly name: string; readonly energy_J: number }[], name: RegExp): number =>
  parts.filter((part) => name.test(part.name)).reduce((sum, { energy_J }) => sum + energy_J, 0);

describe('a serial pulse on 1024 x 1024 cells at 22 nm', () => {
  it('takes 0.04 pJ in the device and 20 pJ in half-selected ones', () => {
    const window = { low: 1e-6, high: 2e-6 };
    const device = { ...ohmicDevice, states: ohmicDevice.states.map((state) => ({ ...state, initial: { kind: 'number' as const, value: 1e-6 } })) }; // prettier-ignore
    const kernel = compileKernel(device, { rows: LINES, columns: LINES, window, seed: 1, without: [] });
    kernel.pulse({ rows: [7], columns: [9], both: 2, rowOnly: 1, columnOnly: 1, neither: 0 }, 10e-9);
    expect(kernel.selectedEnergy).toBeCloseTo(0.04e-12, 20);
    expect(kernel.halfSelectedEnergy / 20.46e-12).toBeCloseTo(1, 9);
  });

  it('takes 0.47 pJ in lines and 0.2 pJ in level shifters', () => {
    // Row and column rise by half of the voltage and fall again
    const lineSteps = [
      { side: 'row', volts: 1, count: 2 },
      { side: 'column', volts: 1, count: 2 },
    ] as const;
    const activity = { lineSteps, lineTransitions: 4, railChanges: 0, seconds: 10e-9 };
    const array = { rows: LINES, columns: LINES, lineFarads: 0, lineProvenance: PITCH.provenance, pitch: PITCH };
    const parts = driverComponents(activity, array, technology);
    expect(energyOf(parts, /^line charging/)).toBeCloseTo(0.47e-12, 14);
    expect(energyOf(parts, /^line switches/)).toBeCloseTo(0.2e-12, 20);
  });

  it('takes about 3.3 pJ in the clock of the controller and the fetch', () => {
    const activity = { clocks: 1, segments: 1, scanSteps: 0, seconds: 10e-9 };
    const clocked = energyOf(controllerComponents(activity, { rows: LINES, columns: LINES }, technology), /clocked/);
    const fetch = energyOf(
      memoryComponents({ segments: 1, firingSegments: 1, conversions: 0, events: 0, planeWords: 0 }, technology),
      /program fetch/,
    );
    // Two flip-flops a line alone, as the case counts: 0.77 fJ each, and a fetch of 0.12 pJ
    expect(2 * 2 * LINES * 0.77e-15 + fetch).toBeCloseTo(3.3e-12, 13);
    // Ours has bus, registers and sequencer besides
    const flipFlops = Math.round(856 + 1.97 * 2 * LINES);
    expect((clocked + fetch) / (flipFlops * 0.77e-15 + 0.12e-12)).toBeCloseTo(1, 9);
    expect(clocked + fetch).toBeGreaterThan(3.3e-12);
    expect(clocked + fetch).toBeLessThan(1.25 * 3.3e-12);
  });
});
