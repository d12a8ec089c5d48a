/** Waveforms on lines and voltages of cells: the instantaneous voltage moves every cell, whatever the tile. */
import { describe, expect, test } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import type { LineWaveform, TileKernel, TileSetup } from '../../../src/devices/kernel.js';
import { equation } from '../../support/equation.js';
import { testDevice } from '../../support/test-device.js';

const make = (device: DeviceModel, given: Partial<TileSetup> = {}): TileKernel =>
  compileKernel(device, { rows: 1, columns: 1, window: { low: 0.2, high: 0.8 }, seed: 5, without: [], ...given });
const line = (index: number, ...samples: readonly number[]): LineWaveform => ({
  line: index,
  samples: Float64Array.from(samples),
});
const relative = (found: number, expected: number): number => Math.abs(found / expected - 1);

const spreads = [
  { name: 'gain', mean: 1, deviation: 0.1, per: 'device' },
  { name: 'cycle', mean: 0, deviation: 0.1, per: 'pulse' },
] as const;
const noisy = testDevice({ spreads, rate: 'gain * (1 + cycle) * sinh(v / 0.3) * 1e-3', initial: '0.5' });

describe('waveforms', () => {
  test('of held samples do what pulses of their voltages do, bit for bit', () => {
    const [played, pulsed] = [make(noisy), make(noisy)];
    const [row, column] = [
      [0.5, 0.5, 0, -0.25, 1],
      [0.1, 0.1, 0, 0.5, 1],
    ];
    played.play({ rows: [line(0, ...row)], columns: [line(0, ...column)], sampleSeconds: 0.25, interpolation: 'hold' });
    pulsed.pulseCells(Float64Array.of(0.5 - 0.1), 0.5);
    pulsed.pulseCells(Float64Array.of(-0.75), 0.25, true);
    expect(played.conductance[0]).toBe(pulsed.conductance[0]);
    expect(played.selectedEnergy).toBe(pulsed.selectedEnergy);
    expect(played.conductance[0]).not.toBe(0.5);
  });

  // The integral of sinh(v / V0) over a ramp is V0 (cosh(b / V0) - cosh(a / V0)) / slope
  test.each([
    [0, 3],
    [-3, 3],
    [2.9, 3],
    [3, -1],
  ])('that ramp from %s V to %s V at V0 = 0.3 V are integrated to 1e-9 of the way', (from, to) => {
    const device = testDevice({ rate: 'sinh(v / 0.3) * 1e-6', initial: '0', min: -1, max: 1 });
    const kernel = make(device);
    kernel.play({ rows: [line(0, from, to)], columns: [], sampleSeconds: 0.02, interpolation: 'linear' });
    const part = (volts: number): number => Math.cosh(volts / 0.3);
    const exact = (0.3 * 1e-6 * 0.02 * (part(to) - part(from))) / (to - from);
    const way = 0.3 * 1e-6 * 0.02 * (Math.abs(part(to) - 1) + Math.abs(part(from) - 1));
    expect(Math.abs(kernel.conductance[0]! - exact)).toBeLessThan((1e-9 * way) / Math.abs(to - from));
  });

  test('that ramp end at a bound and leave it again', () => {
    const device = testDevice({ rate: 'v', initial: '0.9' });
    const kernel = make(device);
    kernel.play({ rows: [line(0, 0, 2, -2)], columns: [], sampleSeconds: 1, interpolation: 'linear' });
    // At 1 from 0.45 s on until the voltage turns at 1.5 s, then down by the integral of the negative part
    expect(kernel.conductance[0]).toBeCloseTo(1 - 0.5, 9);
  });

  test('that are superposed leave what each of them does alone out', () => {
    // The sampler of the post-synaptic line is odd: alone it moves nothing, on a plateau it samples the sign
    const device = testDevice({ rate: 'sinh(v / 0.35) * 1e-4', initial: '0.5' });
    const sampler = line(0, 0, 1.5, -1.5, 0);
    const plateau = line(0, 0.35, 0.35, 0.35, 0.35);
    const after = (rows: readonly LineWaveform[], columns: readonly LineWaveform[]): number => {
      const kernel = make(device);
      kernel.play({ rows, columns, sampleSeconds: 1, interpolation: 'hold' });
      return kernel.conductance[0]! - 0.5;
    };
    expect(Math.abs(after([], [sampler]))).toBeLessThan(1e-15);
    const alone = after([plateau], []);
    expect(relative(alone, 4e-4 * Math.sinh(1))).toBeLessThan(1e-12);
    const both = after([plateau], [sampler]);
    expect(relative(both - alone, 2e-4 * Math.sinh(1) * (Math.cosh(1.5 / 0.35) - 1))).toBeLessThan(1e-11);
  });

  test('leave cells alone whose lines are not listed, and are one pulse event', () => {
    const kernel = make(noisy, { rows: 3, columns: 3 });
    kernel.play({ rows: [line(1, 1, -0.5)], columns: [line(2, 0.5, 0.5)], sampleSeconds: 1, interpolation: 'hold' });
    const moved = Array.from(kernel.conductance, (siemens) => siemens !== 0.5);
    expect(moved).toEqual([false, false, true, true, true, true, false, false, true]);
  });
});

describe('in a tile of any size', () => {
  test('a cell does the same', () => {
    const device: DeviceModel = {
      ...noisy,
      states: [{ ...noisy.states[0]!, rate: equation('gain * (1 + cycle) * sinh(v / 0.3) * 1e-3 - g * 0.01') }],
      pulseSteps: [
        {
          body: [{ kind: 'assign', target: 'g', value: equation('g + 0.01 * cycle'), origin: noisy.origin }],
          origin: noisy.origin,
        },
      ],
    };
    const run = (size: number): TileKernel => {
      const kernel = make(device, { rows: size, columns: size });
      const volts = Float64Array.from({ length: size * size }, (_, cell) => (cell % size) - Math.floor(cell / size));
      kernel.pulseCells(volts, 0.1);
      const waveforms = {
        rows: [line(0, 1, 2, 0), line(1, 0, -1, 0.5)],
        columns: [line(1, 0, 1, 1)],
        sampleSeconds: 0.1,
      };
      kernel.play({ ...waveforms, interpolation: 'hold' });
      kernel.rest(1);
      kernel.play({ ...waveforms, interpolation: 'linear' });
      return kernel;
    };
    const [small, large] = [run(2), run(5)];
    for (const [row, column] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      expect(small.conductance[row * 2 + column]).toBe(large.conductance[row * 5 + column]);
    }
  });
});

describe('counted pulses', () => {
  const { origin } = noisy;
  const unit = { symbol: '1', scale: 1 };
  /** `g` adds up voltages, `h` durations of pulses. */
  const counting: DeviceModel = {
    ...testDevice({ pulseEnergy: 'v + 10 * change.g' }),
    states: [
      { name: 'g', unit, min: -100, max: 100, initial: equation('0'), origin },
      { name: 'h', unit, min: -100, max: 100, initial: equation('0'), origin },
    ],
    pulseSteps: [
      {
        body: [
          { kind: 'assign', target: 'g', value: equation('g + v'), origin },
          { kind: 'assign', target: 'h', value: equation('h + duration ^ 2'), origin },
        ],
        origin,
      },
    ],
  };
  const statesOf = (kernel: TileKernel): readonly number[] => ['g', 'h'].map((name) => kernel.stateOf(name)[0]!);

  test('that go on are one, at the voltage that they keep', () => {
    const kernel = make(counting);
    kernel.pulseCells(Float64Array.of(2), 1);
    expect(statesOf(kernel)).toEqual([2, 1]);
    kernel.pulseCells(Float64Array.of(2), 2, true);
    expect(statesOf(kernel)).toEqual([2, 9]);
    expect(kernel.selectedEnergy).toBeCloseTo(22, 12);
    kernel.pulseCells(Float64Array.of(3), 1, true);
    expect(statesOf(kernel)).toEqual([5, 10]);
    kernel.rest(1);
    kernel.pulseCells(Float64Array.of(3), 1, true);
    expect(statesOf(kernel)).toEqual([8, 11]);
    expect(kernel.selectedEnergy).toBeCloseTo(22 + 33 + 33, 12);
  });

  test('in held waveforms are their stretches of one voltage', () => {
    const kernel = make(counting);
    kernel.play({ rows: [line(0, 0, 1, 1, 2, 0, 2)], columns: [], sampleSeconds: 1, interpolation: 'hold' });
    expect(statesOf(kernel)).toEqual([5, 4 + 1 + 1]);
  });

  test('in ramps are their stretches of one sign, at the largest voltage', () => {
    const kernel = make(counting);
    kernel.play({ rows: [line(0, 0, 3, 1, -1, 0, 0, -2)], columns: [], sampleSeconds: 1, interpolation: 'linear' });
    expect(statesOf(kernel)[0]).toBeCloseTo(3 - 1 - 2, 12);
    expect(statesOf(kernel)[1]).toBeCloseTo(2.5 ** 2 + 1.5 ** 2 + 1, 12);
  });
});
