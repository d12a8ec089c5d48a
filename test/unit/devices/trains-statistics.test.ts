/** Pulse trains: mean and variance of collapsed trains against single pulses, and of those against the interpreter. */
import { describe, expect, it } from 'vitest';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import { applyPulseSteps, initialValues, valueOf } from '../../../src/devices/interpret-device.js';
import { createNormals } from '../../support/train-random.js';
import { arrayOf, libraryDevice, momentsOf, trainDevice, weightsOf, type Moments } from '../../support/train-device.js';

const ROWS = 320;
const CELLS = ROWS * ROWS;
const perDevice = (device: DeviceModel): readonly string[] =>
  device.spreads.filter(({ per }) => per === 'device').map(({ name }) => name);

interface Train {
  readonly from: number;
  readonly count: number;
}

/** Weights of 102,400 equal cells after a train. */
function updated(device: DeviceModel, { from, count }: Train, pulseByPulse: boolean): Float32Array {
  const array = arrayOf(device, { rows: ROWS, columns: ROWS, seed: 11, without: perDevice(device), pulseByPulse });
  array.write(new Float32Array(CELLS).fill(from));
  array.applyCounts(new Int16Array(CELLS).fill(count));
  return weightsOf(array);
}

/** The same of the interpreter, in fewer cells. */
function interpreted(device: DeviceModel, { from, count }: Train, cells: number): Float64Array {
  const normal = createNormals(5);
  const pulse = { volts: Math.sign(count) * device.pulse.volts, seconds: device.pulse.seconds };
  const start = initialValues(device);
  const state = device.states[0]!.name;
  const draw = (values: Map<string, number>): Map<string, number> => {
    values.set('cycle', normal());
    for (const { name, value } of device.derived) values.set(name, valueOf(value, values));
    return values;
  };
  return Float64Array.from({ length: cells }, () => {
    let values = new Map(start).set(state, from);
    for (let step = 0; step < Math.abs(count); step++) values = applyPulseSteps(device, draw(values), pulse);
    return values.get(state)!;
  });
}

/** Deviations that separate two means and two variances of samples. */
function distance(first: Float32Array, second: Float32Array | Float64Array): { mean: number; variance: number } {
  const [a, b] = [momentsOf(first), momentsOf(second)];
  const meanError = Math.sqrt(a.variance / first.length + b.variance / second.length) + 1e-9;
  const squareError = (moments: Moments, count: number): number => (moments.fourth - moments.variance ** 2) / count;
  const varianceError = Math.sqrt(squareError(a, first.length) + squareError(b, second.length)) + 1e-15;
  return { mean: (a.mean - b.mean) / meanError, variance: (a.variance - b.variance) / varianceError };
}

const S = { s: 0.02 };
const DEVICES: readonly (readonly [string, DeviceModel])[] = [
  ['constant', libraryDevice('constantStep')],
  ['linear', trainDevice('0.02 * (1 - 0.6 * w) * (1 + 0.5 * cycle)', '0.02 * (1 + 0.6 * w) * (1 + 0.5 * cycle)')],
  ['linear, additive noise', trainDevice('0.02 * (1 - 0.9 * w + cycle)', '0.02 * (1 + 0.9 * w + cycle)')],
  ['soft bounds', libraryDevice('softBounds')],
  [
    'exponential',
    trainDevice('s * (1 - 0.03 * exp(k * w)) * (1 + cycle)', 's * (1 - 0.03 * exp(-k * w)) * (1 + cycle)', {
      ...S,
      k: 3,
    }),
  ],
  ['power', trainDevice('s * (1 - w) ^ 1.7 * (1 + 0.5 * cycle)', 's * (1 + w) ^ 1.7 * (1 + 0.5 * cycle)', S)],
  ['noise of its own', trainDevice('s * (1 - 0.5 * w) + 0.01 * (1 + w ^ 2) * cycle', 's + 0.01 * cycle', S)],
  ['wider noise than steps', trainDevice('0.001 * (1 + 8 * cycle)', '0.001 * (1 + 8 * cycle)')],
];

describe.each(DEVICES)('trains of a device with steps: %s', (_, device) => {
  const bound = device.parameters.some(({ name }) => name === 'upper') ? 0.6 : 1;
  const places = [-0.97, 0, 0.5, 0.93].map((part) => part * bound);
  const trains = places.flatMap((from) => [2, -7, 31].map((count) => ({ from, count })));

  it.each(trains)('are as single pulses: $count from $from', (train) => {
    const { mean, variance } = distance(updated(device, train, false), updated(device, train, true));
    expect(Math.abs(mean)).toBeLessThan(4.5);
    expect(Math.abs(variance)).toBeLessThan(6);
  });

  it.each([
    { from: 0.3 * bound, count: 1 },
    { from: 0.3 * bound, count: 6 },
    { from: 0.98 * bound, count: 6 },
    { from: -0.98 * bound, count: -6 },
  ])('are as the interpreter says: $count from $from', (train) => {
    const { mean, variance } = distance(updated(device, train, false), interpreted(device, train, 3000));
    expect(Math.abs(mean)).toBeLessThan(4.5);
    expect(Math.abs(variance)).toBeLessThan(5);
  });
});
