/** Tiles behind wires against networks small enough to solve by hand, and against the tile without wires. */
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import type { TileDrive, TileKernel, TileSetup } from '../../../src/devices/kernel.js';
import { behindWires } from '../../../src/devices/wired-tile.js';
import type { Wires } from '../../../src/devices/wires.js';
import { testDevice } from '../../support/test-device.js';

const SETUP: TileSetup = { rows: 1, columns: 1, window: { low: 0.2, high: 0.8 }, seed: 3, without: [] };
const WIRES: Wires = { ohmsPerCell: 0.5, driverOhms: 2, bothEnds: false };

/** dg/dt = v ^ 3, i = g v (1 + noise), E = g v ^ 2 t with the mean of g. */
const device = testDevice({
  rate: 'v ^ 3',
  pulseEnergy: '(g + change.g / 2) * v ^ 2 * duration',
  current: 'g * v * (1 + noise)',
  spreads: [{ name: 'noise', mean: 0, deviation: 0.01, per: 'read' }],
});

function tiles(
  setup: Partial<TileSetup>,
  wires: Wires | undefined,
  model: DeviceModel = device,
): { readonly wired: TileKernel; readonly plain: TileKernel } {
  const whole = { ...SETUP, ...setup };
  const create = (given: TileSetup): TileKernel => compileKernel(model, given);
  return { wired: behindWires(create, { ...(wires && { wires }), device: model })(whole), plain: create(whole) };
}

/** Selected row and column at `volts`, all other lines at half of it. */
function half(volts: number, row = 0, column = 0): TileDrive {
  return { rows: [row], columns: [column], both: volts, rowOnly: volts / 2, columnOnly: volts / 2, neither: 0 };
}

describe('one cell', () => {
  it('is read through two drivers and two stretches of wire', () => {
    const { wired } = tiles({ without: ['noise'] }, WIRES);
    const [current] = wired.read(half(0.3));
    expect(current).toBeCloseTo(0.3 / (2 * (2 + 0.5) + 1 / 0.2), 12);
  });

  it('has both drivers of a line side by side when lines are driven at both ends', () => {
    const { wired } = tiles({ without: ['noise'] }, { ...WIRES, bothEnds: true });
    const [current] = wired.read(half(0.3));
    expect(current).toBeCloseTo(0.3 / ((2 * (2 + 0.5)) / 2 + 1 / 0.2), 12);
  });

  it('is pulsed with what the wires leave it, which falls while it conducts more and more', () => {
    const { wired, plain } = tiles({}, WIRES);
    wired.pulse(half(1), 0.5);
    // The same in small steps: two drivers and stretches of wire are 5 Ohm
    const steps = 20_000;
    let loss = 0;
    for (let step = 0; step < steps; step++) {
      const share = 1 / (1 + 5 * plain.conductance[0]!);
      plain.pulse(half(share), 0.5 / steps, step > 0);
      loss = Math.max(loss, 1 - share);
    }
    expect(plain.conductance[0]!).toBeGreaterThan(0.22);
    expect((wired.conductance[0]! - 0.2) / (plain.conductance[0]! - 0.2)).toBeCloseTo(1, 3);
    expect(wired.selectedEnergy / plain.selectedEnergy).toBeCloseTo(1, 3);
    expect(wired.lineLoss).toBeCloseTo(loss, 2);
    wired.reset();
    expect(wired.lineLoss).toBe(0);
  });

  it('keeps its voltage during pulses where a gate of its own writes it', () => {
    const { wired, plain } = tiles({}, WIRES, { ...device, gated: true });
    wired.pulse(half(1), 0.1);
    plain.pulse(half(1), 0.1);
    expect(wired.conductance).toEqual(plain.conductance);
    expect(wired.lineLoss).toBe(0);
    expect(wired.read(half(0.3))[0]).toBeLessThan(0.9 * plain.read(half(0.3))[0]!);
  });
});

describe('a tile', () => {
  const size = { rows: 5, columns: 7 };

  it('with hardly any resistance is the tile without wires, read noise included', () => {
    const { wired, plain } = tiles(size, { ohmsPerCell: 1e-9, driverOhms: 1e-9, bothEnds: false });
    for (const [row, column] of [
      [0, 0],
      [4, 6],
      [2, 3],
    ] as const)
      for (const tile of [wired, plain]) tile.pulse(half(1, row, column), 0.05);
    wired.conductance.forEach((siemens, cell) => {
      expect(siemens).toBeCloseTo(plain.conductance[cell]!, 7);
    });
    expect(wired.selectedEnergy).toBeCloseTo(plain.selectedEnergy, 7);
    expect(wired.halfSelectedEnergy).toBeCloseTo(plain.halfSelectedEnergy, 7);
    const drive: TileDrive = { rows: [1], columns: [], both: 0, rowOnly: 0.1, columnOnly: 0, neither: 0 };
    const expected = plain.read(drive);
    wired.read(drive).forEach((amperes, column) => {
      expect(amperes).toBeCloseTo(expected[column]!, 7);
    });
  });

  it('loses most at the cell that is farthest from both drivers', () => {
    const wires: Wires = { ohmsPerCell: 0.02, driverOhms: 0.1, bothEnds: false };
    const losses = [
      [0, 0],
      [4, 6],
    ].map(([row, column]) => {
      const { wired } = tiles(size, wires);
      wired.pulse(half(1, row, column), 0.01);
      return wired.lineLoss;
    });
    expect(losses[1]).toBeGreaterThan(losses[0]!);
    const { wired } = tiles(size, { ...wires, bothEnds: true });
    wired.pulse(half(1, 4, 6), 0.01);
    expect(wired.lineLoss).toBeLessThan(losses[1]!);
  });

  it('takes currents along sneak paths: half-selected cells of other columns carry current when one column is read', () => {
    const { wired, plain } = tiles({ rows: 2, columns: 2, without: ['noise'] }, WIRES);
    const drive: TileDrive = { rows: [0], columns: [], both: 0, rowOnly: 0.1, columnOnly: 0, neither: 0 };
    const [first, second] = wired.read(drive);
    // The other row is driven to 0 V through its driver, so that a part of the current leaves through it.
    expect(first! + second!).toBeLessThan(plain.read(drive)[0]! * 2);
    expect(first).toBeGreaterThan(second!);
  });

  it('repeats a run bit by bit behind a reset', () => {
    const { wired } = tiles(size, { ohmsPerCell: 0.02, driverOhms: 0.1, bothEnds: false });
    const run = (): readonly Float64Array[] => {
      wired.pulse(half(1, 4, 6), 0.01);
      return [wired.conductance.slice(), wired.read(half(0.3, 1, 2))];
    };
    const first = run();
    wired.pulse(half(-1, 2, 3), 0.02);
    wired.reset();
    expect(run()).toEqual(first);
  });

  it('is itself where an experiment has no wires', () => {
    const create = (given: TileSetup): TileKernel => compileKernel(device, given);
    expect(behindWires(create, { device })).toBe(create);
  });
});
