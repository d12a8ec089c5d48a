/** Pulse trains: the same bits from JavaScript, from WebAssembly and from any number of threads. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../support/train-random.js';
import { arrayOf, libraryDevice, trainDevice, weightsOf } from '../../support/train-device.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import type { UpdateSetup } from '../../../src/devices/trains/update-array.js';

const [ROWS, COLUMNS] = [19, 75];

/** Weights after trains, counts and trains again, from everywhere between the bounds. */
function run(device: DeviceModel, setup: Partial<UpdateSetup>): Float32Array {
  const random = createRandom(7);
  const array = arrayOf(device, { rows: ROWS, columns: COLUMNS, seed: 3, ...setup });
  array.write(Float32Array.from({ length: ROWS * COLUMNS }, () => 1.4 * random() - 0.7));
  const signs = (count: number): Int8Array => Int8Array.from({ length: count }, () => (random() < 0.5 ? -1 : 1));
  const bits = (count: number): Uint32Array => Uint32Array.from({ length: count }, () => (random() * 2 ** 31) >>> 0);
  const update = (): void => {
    array.applyTrains({
      rowBits: bits(ROWS),
      columnBits: bits(COLUMNS),
      rowSigns: signs(ROWS),
      columnSigns: signs(COLUMNS),
    });
  };
  for (let event = 0; event < 12; event++) update();
  array.applyCounts(Int16Array.from({ length: ROWS * COLUMNS }, () => Math.round(90 * random() - 45)));
  update();
  const weights = weightsOf(array);
  array.close();
  return weights;
}

const NAMES = ['constantStep', 'linearStepAdditive', 'softBounds', 'softBoundsReference', 'expStep', 'powStep'];

describe('executions of pulse trains', () => {
  it.each(NAMES)('make %s the same bits', (name) => {
    const device = libraryDevice(name);
    const reference = run(device, {});
    expect(reference.every(Number.isFinite)).toBe(true);
    expect(new Set(reference).size).toBeGreaterThan(0.9 * ROWS * COLUMNS);
    const bits = (weights: Float32Array): Uint32Array => new Uint32Array(weights.buffer);
    expect(bits(run(device, { execution: 'javascript' }))).toEqual(bits(reference));
    expect(bits(run(device, { threads: 2 }))).toEqual(bits(reference));
    expect(bits(run(device, { threads: 3 }))).toEqual(bits(reference));
  });

  it('take noise out where it is left out, and draw something else with another seed', () => {
    const device = trainDevice('0.01 * (1 + 0.5 * cycle)', '0.01 * (1 + 0.5 * cycle)');
    expect(run(device, { without: ['cycle'] })).toEqual(run(device, { without: ['cycle'], seed: 4 }));
    expect(run(device, {})).not.toEqual(run(device, { seed: 4 }));
  });

  it('work with one thread when they are closed, and begin again when they are reset', () => {
    const device = libraryDevice('constantStep');
    const array = arrayOf(device, { rows: 40, columns: 40, seed: 1, threads: 2 });
    const counts = new Int16Array(1600).fill(5);
    array.applyCounts(counts);
    const first = weightsOf(array);
    array.close();
    array.reset();
    expect(weightsOf(array).every((weight) => weight === 0)).toBe(true);
    array.applyCounts(counts);
    expect(weightsOf(array)).toEqual(first);
  });

  it('move only cells in which both lines fire', () => {
    const array = arrayOf(trainDevice('0.01', '0.02'), { rows: 3, columns: 2, seed: 1 });
    array.applyTrains({
      rowBits: Uint32Array.of(0b1110, 0, 0b11),
      columnBits: Uint32Array.of(0b0111, 0b1000),
      rowSigns: Int8Array.of(1, 1, -1),
      columnSigns: Int8Array.of(1, -1),
    });
    const expected = [0.02, -0.02, 0, 0, -0.04, 0];
    weightsOf(array).forEach((weight, cell) => {
      expect(weight).toBeCloseTo(expected[cell]!, 6);
    });
  });
});
