/** What an array does between pulses. */
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { AnalogArray } from '../../../src/ir/analog-array.js';
import { programShell } from '../../../src/ir/passes/operations.js';
import type { SegmentEvent } from '../../../src/ir/events.js';
import { testDevice } from '../../support/test-device.js';
import { mappedFixture, ORIGIN } from '../../support/mapped-fixture.js';

const CLOCK_HZ = 1e3;

function segment(fires: boolean, clocks: number): SegmentEvent {
  return {
    kind: 'segment',
    clock: 0,
    clocks,
    rows: [0],
    columns: [0],
    railSet: fires ? 1 : 0,
    negative: false,
    fires,
    origin: ORIGIN,
  };
}

it('lets cells decay while nothing fires', () => {
  const mapped = mappedFixture({ images: [[[0.5]]] });
  const device = testDevice({ rate: '0.01 * v - g / 2', max: 10 });
  const kernel = compileKernel(device, { rows: 1, columns: 1, window: { low: 0.2, high: 0.8 }, seed: 1, without: [] });
  const { scan } = programShell(mapped, 0);
  const array = new AnalogArray(kernel, { clockHz: CLOCK_HZ, railSets: mapped.railSets, scan });
  array.apply(segment(true, 500));
  const written = kernel.conductance[0]!;
  array.apply(segment(false, 3000));
  expect(kernel.conductance[0]! / written).toBeCloseTo(Math.exp(-1.5), 9);
});

describe('lines with a converter each', () => {
  const level = (volts: number) => ({ code: 128 + Math.round(64 * volts), volts });
  const side = { rest: level(0), select: level(0.5), more: [level(1), level(-1)] };
  const inverted = { ...side, banks: [{ lines: [1], levels: [level(-0.5), level(-1)] }] };
  const lines = { row: side, column: inverted };
  const railSets = [{ name: 'waveform' as const, positive: lines, negative: lines }];
  const device = testDevice({ rate: '0.01 * v ^ 3', max: 10, min: -10 });

  function arrayOf(): AnalogArray {
    const window = { low: 0, high: 1 };
    const kernel = compileKernel(device, { rows: 2, columns: 2, window, seed: 1, without: [] });
    const { scan } = programShell(mappedFixture({ images: [[[0.5]]] }), 0);
    return new AnalogArray(kernel, { clockHz: CLOCK_HZ, railSets, scan });
  }

  function at(rows: readonly number[], columns: readonly number[], clocks: number, fires = true): SegmentEvent {
    const chosen = (levels: readonly number[]) => [...levels.keys()].filter((line) => levels[line]! > 0);
    const codes = (levels: readonly number[]) => levels.filter((each) => each > 0);
    const all = {
      rows: chosen(rows),
      columns: chosen(columns),
      levels: { rows: codes(rows), columns: codes(columns) },
    };
    return { ...segment(fires, clocks), ...all, railSet: 0 };
  }

  it('gives every cell the difference of its own row and column', () => {
    const array = arrayOf();
    const before = array.kernel.conductance.slice();
    array.apply(at([3, 1], [0, 2], 1000));
    array.apply(at([0, 0], [0, 0], 0, false));
    const moved = array.kernel.conductance.map((siemens, cell) => siemens - before[cell]!);
    // Rows at -1 V and 0.5 V; column 0 at rest, column 1 at the second level of its own bank, -1 V
    for (const [cell, volts] of [-1, 0, 0.5, 1.5].entries()) expect(moved[cell]).toBeCloseTo(0.01 * volts ** 3, 12);
  });

  it('is not touched by commits that change no line', () => {
    const [one, many] = [arrayOf(), arrayOf()];
    one.apply(at([2, 0], [0, 1], 900));
    for (let part = 0; part < 9; part++) many.apply(at([2, 0], [0, 1], 100));
    for (const array of [one, many]) array.apply(at([0, 0], [0, 0], 0, false));
    expect([...many.kernel.conductance]).toEqual([...one.kernel.conductance]);
    expect(many.kernel.selectedEnergy).toBe(one.kernel.selectedEnergy);
    expect(one.kernel.selectedEnergy).not.toBe(0);
  });

  it('stays with the voltages that there are', () => {
    expect(() => {
      arrayOf().begin(at([4, 0], [0, 0], 1));
    }).toThrow('level 4 of line 0 has a voltage');
  });
});
