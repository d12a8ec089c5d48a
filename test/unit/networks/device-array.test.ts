/** Synapses on devices: reading through converters, programming, trains, and taking up a run again. */
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { convert } from '../../../src/ir/analog-array.js';
import type { DeviceArray } from '../../../src/networks/arrays/device-array.js';
import { createDeviceArray } from '../../../src/networks/arrays/device-array.js';
import type { Batch } from '../../../src/networks/arrays/synapse-array.js';
import { deviceArray, DIFFERENTIAL, extended, learnt, learntBy } from '../../support/device-array.js';
import { libraryDevice, statisticsOf } from '../../support/library-tile.js';
import { drawFrom } from '../../support/pulse-program.js';

const YSZ = libraryDevice('yszEcram');
/** What rails of -5 V .. 5 V by 12 bits make of 0.1 V. */
const READ = (41 * 10) / 4096;

function batch(width: number, ...vectors: readonly (readonly number[])[]): Batch {
  return { count: vectors.length, width, values: Float32Array.from(vectors.flat()) };
}

function forward(array: DeviceArray, ...vectors: readonly (readonly number[])[]): number[] {
  const out = batch(array.columns, ...vectors.map(() => Array.from({ length: array.columns }, () => 0)));
  array.forward(batch(array.rows, ...vectors), out);
  return [...out.values];
}

function weightsFrom(count: number, seed: number): Float32Array {
  const draw = drawFrom(seed);
  return Float32Array.from({ length: count }, () => (draw(2001) - 1000) / 500);
}

describe('reading', () => {
  it('is the product with the weights where currents are known exactly', () => {
    const weights = weightsFrom(12, 1);
    const array = deviceArray({ rows: 4, columns: 3, weights, inputBits: 16 });
    expect(array.weights()).toEqual(weights);
    const inputs = [0.3, -1.7, 0, 2];
    const expected = [0, 1, 2].map((column) =>
      inputs.reduce((sum, input, row) => sum + input * (weights[row * 3 + column] ?? NaN), 0),
    );
    forward(array, inputs).forEach((found, column) => {
      expect(found).toBeCloseTo(expected[column] ?? NaN, 3);
    });
  });

  it('adds up the codes of the planes of bits that a tile gives', () => {
    const { chip } = learnt('host');
    const weights = weightsFrom(12, 2);
    const array = deviceArray({ rows: 4, columns: 3, weights, chip, inputBits: 3 });
    const kernel = compileKernel(YSZ, {
      ...{ rows: 4, columns: 6, window: { low: 2e-6, high: 4e-6 }, seed: 1 },
      without: ['gain', 'cycle', 'noise'],
    });
    kernel.conductance.set(array.field.conductance);
    const scan = { ...chip.tile.adc, converters: 1, shares: 1, settleClocks: 1, conversionClocks: 1 };
    const codes = (rows: readonly number[]): number[] => {
      const drive = { rows, columns: [], both: 0, rowOnly: READ, columnOnly: 0, neither: 0 };
      return [...kernel.read(drive)].map((amperes) => convert(amperes, scan));
    };
    // 7 times the inputs over 2: magnitudes 7, 0, -5 and 2
    const planes = [codes([0]), codes([0, 3]), codes([0]), codes([2]), codes([]), codes([2])];
    const sums = Array.from({ length: 6 }, (_, cell) =>
      planes.reduce((sum, plane, index) => sum + [4, 2, 1, -4, -2, -1][index]! * (plane[cell] ?? NaN), 0),
    );
    const lsb = 12e-6 / 4096;
    const expected = [0, 1, 2].map((column) => {
      const difference = sums[2 * column]! - sums[2 * column + 1]!;
      return (difference * lsb * (2 / 7)) / READ / 0.5e-6;
    });
    forward(array, [2, 0, -10 / 7, 4 / 7]).forEach((found, column) => {
      expect(found).toBeCloseTo(expected[column]!, 5);
    });
    expect(array.counts).toMatchObject({ reads: 1, conversions: 36 });
    forward(array, [1, 0, 1, 0]);
    expect(array.counts).toMatchObject({ reads: 2, conversions: 42 });
  });

  it('varies from read to read as the cells do', () => {
    const array = deviceArray({ rows: 16, columns: 1, without: ['gain', 'cycle'], weights: new Float32Array(16) });
    const reads = Array.from({ length: 2000 }, () => forward(array, new Array<number>(16).fill(1))[0]!);
    const { mean, deviation } = statisticsOf(reads);
    // Both cells of sixteen pairs at 3 uS, 0.5 % each, over the scale
    const expected = (Math.sqrt(32) * 3e-6 * 0.005) / 0.5e-6;
    expect(Math.abs(mean)).toBeLessThan((4 * expected) / Math.sqrt(2000));
    expect(deviation / expected).toBeCloseTo(1, 1);
  });
});

describe('programming', () => {
  const errors = (count: number, seed: number): Batch => ({ count: 1, width: count, values: weightsFrom(count, seed) });

  it('gives each cell whose level changes one pulse, and arrives where nothing varies and nothing disturbs', () => {
    const { learning } = learnt('programming { levels = 100 }', 1);
    const array = deviceArray({ rows: 1, columns: 8, learning });
    array.learn(batch(1, [1]), errors(8, 3));
    const wanted = array.wanted!;
    expect(array.counts.pulses).toBeLessThanOrEqual(16);
    array.weights().forEach((weight, synapse) => {
      // A level is 20 nS of one cell: 0.04
      expect(Math.abs(weight - wanted[synapse]!)).toBeLessThanOrEqual(0.0201);
      expect(weight / 0.04).toBeCloseTo(Math.round(weight / 0.04), 4);
    });
    const before = array.counts.pulses;
    array.learn(batch(1, [0]), errors(8, 3));
    expect(array.counts.pulses).toBe(before);
  });

  it('is as wrong as the gains of the devices without looking, better with a calibration, and best with looking', () => {
    const weights = new Float32Array(4000);
    const change = errors(4000, 4);
    const rms = (array: DeviceArray): number => {
      array.learn(batch(1, [1]), change);
      const found = array.weights();
      return Math.sqrt(found.reduce((sum, weight, index) => sum + (weight - array.wanted![index]!) ** 2, 0) / 4000);
    };
    const setup = { rows: 1, columns: 4000, weights, without: ['noise'], seed: 7 };
    const open = deviceArray({ ...setup, ...{ learning: learnt('programming', 1).learning } });
    const values = Float64Array.from(open.field.storage.variates[0]!.subarray(0, 8000));
    const known = { spread: 'gain', values };
    const calibrated = deviceArray({ ...setup, known, learning: learnt('programming', 1).learning });
    const verified = deviceArray({
      ...setup,
      learning: learnt('programming { levels = 400, attempts = 8 pulses }', 1).learning,
    });
    const moved = Math.sqrt(change.values.reduce((sum, value) => sum + value ** 2, 0) / 4000);
    // Two cells take half of a change each: 12 % and 2.3 % over the root of two
    expect(rms(open) / moved).toBeCloseTo(Math.hypot(0.12, 0.023) / Math.SQRT2, 2);
    expect(rms(calibrated) / moved).toBeCloseTo(0.023 / Math.SQRT2, 2);
    expect(rms(verified)).toBeLessThan(0.012);
    expect(open.counts.pulses).toBeLessThanOrEqual(8000);
    expect(verified.counts.pulses).toBeGreaterThan(9000);
    expect(verified.counts.reads).toBeLessThanOrEqual(8);
  });

  it('sends errors back through what the host believes in', () => {
    const { learning } = learnt('programming { levels = 100 }', 1);
    const array = deviceArray({ rows: 2, columns: 1, learning, without: [], weights: Float32Array.of(0.4, -1) });
    array.learn(batch(2, [1, 0.5]), batch(1, [-0.8]));
    const out = batch(2, [0, 0]);
    array.backward(batch(1, [2]), out);
    expect([...out.values].map((value) => Math.round(value * 100) / 100)).toEqual([2.4, -1.2]);
  });
});

describe('trains', () => {
  it('change weights by the outer product on average, and every one by whole pulses', () => {
    const { learning } = learnt('outerProduct { slots = 31 }', 0.5);
    const mean = new Float64Array(12);
    // Both cells of a pair take a step at the middle of the window, over the scale
    const step = (2 * 7.54e-9 * Math.sqrt(8) ** 0.883) / 0.5e-6;
    const [x, d] = [
      [1, -0.5, 0.25],
      [0.4, -0.2, 0.1, 0],
    ];
    const array = deviceArray({ rows: 3, columns: 4, learning });
    for (let sample = 0; sample < 300; sample++) {
      array.field.conductance.fill(3e-6);
      array.learn(batch(3, x), batch(4, d));
      array.weights().forEach((weight, index) => {
        mean[index] = mean[index]! + weight / 300;
        expect(weight / step).toBeCloseTo(Math.round(weight / step), 3);
      });
    }
    mean.forEach((found, index) => {
      expect(found).toBeCloseTo(-0.5 * x[Math.floor(index / 4)]! * d[index % 4]!, 1.7);
    });
  });

  it('lets the host look before it sends errors back', () => {
    const { learning } = learnt('outerProduct', 0.1);
    const array = deviceArray({ rows: 2, columns: 1, learning, weights: Float32Array.of(1, -1) });
    const out = batch(2, [0, 0]);
    array.backward(batch(1, [1]), out);
    array.backward(batch(1, [2]), out);
    expect([...out.values].map((value) => Math.round(value * 1000) / 1000)).toEqual([2, -2]);
    expect(array.counts.reads).toBe(2);
  });

  it.each([
    ['is not linear', '', 'w -= (post.error * pre.value) ^ 2'],
    ['depends on the weight', '', 'w -= 0.1 * post.error * pre.value * (1 - w)'],
    ['forgets', '', 'w = 0.999 * w - 0.1 * post.error * pre.value'],
    ['remembers', 'trace m : 1 per synapse', 'm = 0.9 * m + post.error * pre.value\n w -= 0.1 * m'],
    ['is not the same for all neurons', '', 'w -= 0.1 * (1 + pre.index) * post.error * pre.value'],
  ])('are refused for a rule that %s', (_, declaration, body) => {
    const { learning } = learntBy(`${declaration}\n on sample { ${body} }\n realize outerProduct`);
    const found = createDeviceArray({
      ...{ rows: 2, columns: 1, device: YSZ, encoding: DIFFERENTIAL, seed: 1, without: [] },
      ...{ weights: new Float32Array(2), learning },
    });
    expect(found).toMatchObject({ kind: 'refused', reason: expect.stringContaining('same proportion') });
  });

  it.each([
    ['a small rate', 'weight w : 1 in -4 .. 4', 1e-6],
    ['a range without 0', 'weight w : 1 in 4 .. 8', 0.1],
  ])('follow a rule with %s', (_, weight, rate) => {
    const text = `${weight}\n on sample { w -= ${String(rate)} * post.error * pre.value }\n realize pulses { fraction = 16 bit }`;
    const array = deviceArray({ rows: 1, columns: 1, learning: learntBy(text, '').learning });
    array.learn(batch(1, [1]), batch(1, [-0.01 / rate]));
    expect(array.weights()[0]).toBeCloseTo(0.01, 4);
  });
});

it.each([
  'programming { levels = 100 }',
  'programming { levels = 50, attempts = 2 pulses, by = rows }',
  'outerProduct',
  'outerProduct { trains = scheduled }',
  'outerProduct { trains = exact }',
  'pulses { stochastic = 1 }',
  'tikiTaka { version = 1, every = 3 }',
  'tikiTaka { version = 2, rate = 0.5, pairs = 2 pulses }',
])('goes on from a snapshot with the same bits: %s', (realization) => {
  const { chip, learning } = learnt(realization);
  const make = (): DeviceArray => deviceArray({ rows: 6, columns: 3, chip, learning, without: [], seed: 9 });
  const out = batch(3, [0, 0, 0]);
  const steps = (array: DeviceArray, from: number, to: number): number[] => {
    const seen: number[] = [];
    for (let step = from; step < to; step++) {
      const inputs = { count: 1, width: 6, values: weightsFrom(6, step) };
      array.forward(inputs, out);
      const back = batch(6, [0, 0, 0, 0, 0, 0]);
      array.backward(out, back);
      array.learn(inputs, { count: 1, width: 3, values: weightsFrom(3, 100 + step) });
      seen.push(...out.values, ...back.values, array.counts.pulses, array.counts.energy['pulses']!);
    }
    return seen;
  };
  const whole = make();
  steps(whole, 0, 4);
  const snapshot = structuredClone(whole.snapshot());
  const taken = make();
  taken.restore(snapshot);
  expect(steps(taken, 4, 8)).toEqual(steps(whole, 4, 8));
  expect([...taken.weights()]).toEqual([...whole.weights()]);
});

it('keeps single weights in single cells', () => {
  const { learning } = learnt('programming', 1);
  const encoding = { scheme: 'single', siemensPerUnit: 1e-6 } as const;
  const array = deviceArray({ rows: 1, columns: 2, encoding, learning, weights: Float32Array.of(2.5, 3.5) });
  array.learn(batch(1, [1]), batch(2, [0.5, -0.25]));
  expect([...array.weights()].map((weight) => Math.round(weight * 1e6) / 1e6)).toEqual([2, 3.75]);
});

it('has room for two arrays in a tile, or is refused', () => {
  const { chip, learning } = learnt('tikiTaka');
  const setup = { device: YSZ, encoding: DIFFERENTIAL, seed: 1, without: [], learning, chip, columns: 1 };
  const found = [60, 61].map((rows) => createDeviceArray({ ...setup, rows, weights: new Float32Array(rows) }));
  expect(found.map((each) => 'kind' in each && each.reason)).toEqual([
    false,
    '122 rows of cells do not fit a tile of 120',
  ]);
});

describe('nominal pulses', () => {
  it('are counted, and rounded at random to the right mean', () => {
    const step = (2 * 7.54e-9 * Math.sqrt(8) ** 0.883) / 0.5e-6;
    // 2.3 pulses up on every pair
    const change = { count: 1, width: 4000, values: new Float32Array(4000).fill(-2.3 * step) };
    const pulsesOf = (realization: string): number[] => {
      const array = deviceArray({ rows: 1, columns: 4000, learning: learnt(realization, 1).learning });
      array.learn(batch(1, [1]), change);
      return [...array.weights()].map((weight) => weight / step);
    };
    pulsesOf('pulses').forEach((pulses) => {
      expect(pulses).toBeCloseTo(2, 3);
    });
    pulsesOf('pulses { fraction = 2 bit }').forEach((pulses) => {
      expect(pulses).toBeCloseTo(2.25, 3);
    });
    const { mean, deviation } = statisticsOf(pulsesOf('pulses { stochastic = 1 }'));
    expect(mean).toBeCloseTo(2.3, 1);
    expect(deviation).toBeCloseTo(Math.sqrt(0.3 * 0.7), 1);
  });

  it.each([
    ['pulses { refresh = 10 pulses }', 'evolve g = 1 uS/s * v / 1 V', 'not set anew'],
    ['tikiTaka', 'evolve g = 100 uS/s * v / 1 V', 'more than half its window'],
  ])('are refused where the device cannot follow: %s of %s', (realization, clauses, reason) => {
    const found = createDeviceArray({
      ...{ rows: 1, columns: 1, device: extended('yszEcram', clauses), encoding: DIFFERENTIAL, seed: 1, without: [] },
      ...{ weights: new Float32Array(1), learning: learnt(realization).learning },
    });
    expect(found).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) as string });
  });
});
