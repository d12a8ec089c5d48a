/**
 * One epoch of MLP+NeuroSim: 8,000 images drawn at random, 400-100-10 sigmoid neurons, stochastic gradient, both
 * layers on arrays of analog devices that are read with lines on or off and written with whole pulses.
 */
import { createDiskHost } from '../../src/core/disk.js';
import type { DeviceModel } from '../../src/devices/device-model.js';
import { loadLibraryDevice } from '../../src/dsl/front-end.js';
import { PIXELS, readCroppedMnist, type LabelledImages } from './cropped-mnist.js';
import { cpuSeconds, threeDigits, type Measurement } from './measurement.js';
import { NeuroSimArray, parameterOf } from './neurosim-array.js';
import { uniform } from './random.js';

const [HIDDEN, OUTPUTS] = [100, 10];
const IMAGES_PER_EPOCH = 8000;
/** Learning rates of the layers. */
const [RATE_HIDDEN, RATE_OUTPUT] = [0.4, 0.2];
/** Weights are from -1 to 1. */
const WEIGHT_RANGE = 2;
const SEED = 1;
/** Hidden neurons are on for the second array above this output. */
const THRESHOLD = 0.5;

/** What an epoch came to. */
export interface Epoch {
  readonly seconds: number;
  /** Part of the test images that are recognized. */
  readonly accuracy: number;
  readonly readJoules: number;
  readonly writeJoules: number;
  readonly writtenCells: number;
  /** Hash of both arrays. */
  readonly digest: number;
}

/** A device, the spreads that it goes without, and the threads that write arrays of it. */
export interface Synapse {
  readonly device: DeviceModel;
  readonly without: readonly string[];
  readonly threads: number;
}

/** The row: seconds of CPU time of an epoch, energy included. */
export function measureEpoch(): Promise<Measurement> {
  const train = readCroppedMnist('train');
  const test = readCroppedMnist('t10k');
  if (!train || !test) return Promise.resolve({ note: 'no MNIST on this machine; IONLOOM_TEST_DATA names its folder' });
  const device = loadLibraryDevice('neurosimReal', createDiskHost());
  const [first, ...more] = [1, 1, 1, 2].map((threads) => runEpoch({ device, without: [], threads }, train, test));
  if (!first || more.some(({ digest }) => digest !== first.digest)) throw new Error('the same epoch ends differently');
  const ideal = runEpoch(linear(device), train, test);
  const percent = (part: number): string => `${threeDigits(100 * part)} %`;
  const note = [
    'library device neurosimReal; one thread, best of 3; two threads end with the same states',
    `accuracy ${percent(first.accuracy)}, ${percent(ideal.accuracy)} with linear devices without noise`,
    `${threeDigits(first.readJoules)} J to read, ${threeDigits(first.writeJoules)} J to write ${first.writtenCells} cells`,
    'no peer is run beside it',
  ].join('; ');
  return Promise.resolve({ ours: Math.min(...[first, ...more].slice(0, 3).map(({ seconds }) => seconds)), note });
}

/** The device with the label 0 for both signs, and without cycle noise. */
export function linear(device: DeviceModel): Synapse {
  const spreads = device.spreads.map((spread) => (spread.per === 'device' ? { ...spread, mean: 0 } : spread));
  return { device: { ...device, spreads }, without: spreads.map(({ name }) => name), threads: 1 };
}

/** An epoch from fresh arrays. */
export function runEpoch(synapse: Synapse, train: LabelledImages, test: LabelledImages): Epoch {
  const network = new Network(synapse);
  const start = process.cpuUsage();
  for (let image = 0; image < IMAGES_PER_EPOCH; image++) {
    const chosen = Math.floor(uniform(image, 0) * train.count);
    network.learn(imageOf(train, chosen), train.labels[chosen] ?? 0);
  }
  const seconds = cpuSeconds(start);
  const { readJoules, writeJoules, writtenCells, digest } = network;
  const accuracy = network.accuracyOf(test);
  network.close();
  return { seconds, accuracy, readJoules, writeJoules, writtenCells, digest };
}

function imageOf({ pixels }: LabelledImages, index: number): Float32Array {
  return pixels.subarray(index * PIXELS, (index + 1) * PIXELS);
}

class Network {
  readonly #hiddenArray: NeuroSimArray;
  readonly #outputArray: NeuroSimArray;
  readonly #hiddenSums = new Float64Array(HIDDEN);
  readonly #hidden = new Float64Array(HIDDEN);
  readonly #hiddenOn = new Float32Array(HIDDEN);
  readonly #outputSums = new Float64Array(OUTPUTS);
  readonly #outputs = new Float64Array(OUTPUTS);
  readonly #outputErrors = new Float64Array(OUTPUTS);
  readonly #hiddenErrors = new Float64Array(HIDDEN);
  readonly #neuronCounts = new Int16Array(HIDDEN);
  readonly #hiddenCounts = new Int16Array(PIXELS * HIDDEN);
  readonly #outputCounts = new Int16Array(HIDDEN * OUTPUTS);
  readonly #pulsesUp: number;
  readonly #pulsesDown: number;

  constructor({ device, ...synapse }: Synapse) {
    this.#pulsesUp = parameterOf(device, 'pulsesUp');
    this.#pulsesDown = parameterOf(device, 'pulsesDown');
    this.#hiddenArray = new NeuroSimArray({ rows: PIXELS, columns: HIDDEN, device, ...synapse, seed: SEED });
    this.#outputArray = new NeuroSimArray({ rows: HIDDEN, columns: OUTPUTS, device, ...synapse, seed: SEED + 1 });
    this.#hiddenArray.load(initialStates(PIXELS * HIDDEN, 1));
    this.#outputArray.load(initialStates(HIDDEN * OUTPUTS, 2));
  }

  close(): void {
    this.#hiddenArray.close();
    this.#outputArray.close();
  }

  get readJoules(): number {
    return this.#hiddenArray.readJoules + this.#outputArray.readJoules;
  }

  get writeJoules(): number {
    const arrays = [this.#hiddenArray, this.#outputArray];
    return arrays.reduce((sum, { selectedJoules, halfSelectedJoules }) => sum + selectedJoules + halfSelectedJoules, 0);
  }

  get writtenCells(): number {
    return this.#hiddenArray.writtenCells + this.#outputArray.writtenCells;
  }

  get digest(): number {
    const states = [this.#hiddenArray, this.#outputArray].map(({ product }) => product.matrix);
    return states
      .flatMap((matrix) => [...new Uint32Array(matrix.buffer, matrix.byteOffset, matrix.length)])
      .reduce((hash, word) => Math.imul(hash ^ word, 0x01000193), 0x811c9dc5);
  }

  learn(pixels: Float32Array, label: number): void {
    this.#forward(pixels);
    this.#backward(label);
    this.#writeHidden(pixels);
    this.#writeOutput();
  }

  accuracyOf(images: LabelledImages): number {
    let right = 0;
    for (let image = 0; image < images.count; image++) {
      this.#forward(imageOf(images, image));
      const winner = this.#outputs.indexOf(Math.max(...this.#outputs));
      if (winner === images.labels[image]) right++;
    }
    return right / images.count;
  }

  #forward(pixels: Float32Array): void {
    this.#hiddenArray.read(pixels, this.#hiddenSums);
    for (let neuron = 0; neuron < HIDDEN; neuron++) {
      const output = sigmoid(this.#hiddenSums[neuron] ?? 0);
      this.#hidden[neuron] = output;
      this.#hiddenOn[neuron] = output > THRESHOLD ? 1 : 0;
    }
    this.#outputArray.read(this.#hiddenOn, this.#outputSums);
    for (let neuron = 0; neuron < OUTPUTS; neuron++) this.#outputs[neuron] = sigmoid(this.#outputSums[neuron] ?? 0);
  }

  /** Derivatives of the squared error, from the weights that the arrays hold. */
  #backward(label: number): void {
    const { product } = this.#outputArray;
    let sum = 0;
    for (let neuron = 0; neuron < OUTPUTS; neuron++) {
      const output = this.#outputs[neuron] ?? 0;
      const error = -2 * output * (1 - output) * ((neuron === label ? 1 : 0) - output);
      this.#outputErrors[neuron] = error;
      product.columnVectors[neuron] = error;
      sum += error;
    }
    product.toRows();
    for (let neuron = 0; neuron < HIDDEN; neuron++) {
      const output = this.#hidden[neuron] ?? 0;
      const back = 2 * (product.rowVectors[neuron] ?? 0) - sum;
      this.#hiddenErrors[neuron] = output * (1 - output) * back;
    }
  }

  /** Inputs are 0 or 1: all rows that are on get the same pulses. */
  #writeHidden(pixels: Float32Array): void {
    let any = 0;
    for (let neuron = 0; neuron < HIDDEN; neuron++) {
      const count = this.#pulsesFor(-RATE_HIDDEN * (this.#hiddenErrors[neuron] ?? 0));
      this.#neuronCounts[neuron] = count;
      any |= count;
    }
    if (any === 0) return;
    const rows: number[] = [];
    this.#hiddenCounts.fill(0);
    for (let row = 0; row < PIXELS; row++) {
      if (pixels[row] !== 1) continue;
      rows.push(row);
      this.#hiddenCounts.set(this.#neuronCounts, row * HIDDEN);
    }
    this.#hiddenArray.write(this.#hiddenCounts, rows);
  }

  #writeOutput(): void {
    const rows: number[] = [];
    for (let row = 0; row < HIDDEN; row++) {
      let any = 0;
      for (let neuron = 0; neuron < OUTPUTS; neuron++) {
        const change = -RATE_OUTPUT * (this.#outputErrors[neuron] ?? 0) * (this.#hidden[row] ?? 0);
        const count = this.#pulsesFor(change);
        this.#outputCounts[row * OUTPUTS + neuron] = count;
        any |= count;
      }
      if (any !== 0) rows.push(row);
    }
    this.#outputArray.write(this.#outputCounts, rows);
  }

  /** The nearest whole number of pulses, halves away from 0, of a device taken for linear. */
  #pulsesFor(change: number): number {
    const bounded = Math.min(1, Math.abs(change) / WEIGHT_RANGE);
    return change > 0 ? Math.round(bounded * this.#pulsesUp) : -Math.round(bounded * this.#pulsesDown);
  }
}

/** Weights between -1/4 and 1/4: all over their range, they would drive every sigmoid to its end. */
function initialStates(count: number, stream: number): Float32Array {
  return Float32Array.from({ length: count }, (_, cell) => 0.5 + (uniform(cell, stream) - 0.5) / 4);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
