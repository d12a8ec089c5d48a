/** Behavioural devices for tests of pulse trains: a weight between bounds, steps given as text. */
import type { DeviceModel } from '../../src/devices/device-model.js';
import { createUpdateArray, type UpdateArray, type UpdateSetup } from '../../src/devices/trains/update-array.js';
import { compileText } from './compile-text.js';
import { compileDevice, deviceText, ORIGIN } from './device-text.js';

/** A device of the library. */
export function libraryDevice(name: string, module = 'std/aihwkit'): DeviceModel {
  const { network } = compileText(`import device ${name} from "${module}"\n`);
  const device = network?.devices.find((candidate) => candidate.name === name);
  if (!device) throw new Error(`no device ${name}`);
  return device;
}

/** A device with parameters `a`, `b`, …, a spread `cycle` per pulse where steps use it, and what a pulse adds to the weight `w`. */
export function trainDevice(up: string, down: string, parameters: Readonly<Record<string, number>> = {}): DeviceModel {
  const text = deviceText(
    [
      ...Object.entries(parameters).map(([name, value]) => `param ${name} = ${String(value)} ${ORIGIN}`),
      ...(/cycle/.test(up + down) ? [`spread cycle ~ normal(0, 1) per pulse ${ORIGIN}`] : []),
      'state w : 1 in -2 .. 2 = 0',
      `on pulse when v > 0 V { w = min(1, max(-1, w + ${up})) }`,
      `on pulse when v < 0 V { w = min(1, max(-1, w - ${down})) }`,
      'current = 1 uS * w * v',
    ].join('\n'),
    ['window', 'state g', 'evolve g', 'current'],
  );
  return compileDevice(text);
}

/** The array of a device that has the form. */
export function arrayOf(device: DeviceModel, setup: UpdateSetup): UpdateArray {
  const array = createUpdateArray(device, setup);
  if (!('applyTrains' in array)) throw new Error(array.reasons.join('; '));
  return array;
}

/** The weights of an array, (rows x columns). */
export function weightsOf(array: UpdateArray): Float32Array {
  const out = new Float32Array(array.rows * array.columns);
  for (let row = 0; row < array.rows; row++) {
    const start = row * array.stride;
    out.set(array.weights.subarray(start, start + array.columns), row * array.columns);
  }
  return out;
}

/** Mean, variance and fourth central moment. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly fourth: number;
}

export function momentsOf(values: Float32Array | Float64Array): Moments {
  let [sum, squares, fourths] = [0, 0, 0];
  for (const value of values) sum += value;
  const mean = sum / values.length;
  for (const value of values) {
    const square = (value - mean) ** 2;
    squares += square;
    fourths += square ** 2;
  }
  return { mean, variance: squares / values.length, fourth: fourths / values.length };
}
