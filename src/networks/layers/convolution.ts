/**
 * Convolution as a product: every window becomes a vector (channel before, row, column), and the array of weights turns
 * it into one element of every channel behind.
 */
import type { Batch, SynapseArray } from '../arrays/synapse-array.js';
import { createBatch, type Connection } from './connection.js';
import { windowPlaces, type Grid, type Window } from './grid-window.js';
import type { NeuronVectors } from './neurons.js';

/** Both sides of a convolution. */
export interface ConvolutionSetup {
  readonly name: string;
  /** Rows are elements of a window, columns channels behind. */
  readonly array: SynapseArray;
  readonly from: { readonly neurons: NeuronVectors; readonly grid: Grid };
  readonly to: { readonly neurons: NeuronVectors; readonly grid: Grid };
  readonly window: Window;
}

/** Vectors that the array takes for one sample. */
export function windowsOf({ rows, columns }: Grid): number {
  return rows * columns;
}

/** See {@link ConvolutionSetup}. */
export class Convolution implements Connection {
  readonly name: string;
  readonly array: SynapseArray;
  readonly #setup: ConvolutionSetup;
  readonly #places: Int32Array;
  readonly #windows: number;
  readonly #inputs: ReturnType<typeof createBatch>;
  readonly #outputs: ReturnType<typeof createBatch>;

  constructor(setup: ConvolutionSetup, batch: number) {
    this.name = setup.name;
    this.array = setup.array;
    this.#setup = setup;
    this.#places = windowPlaces(setup.from.grid, setup.to.grid, setup.window);
    this.#windows = windowsOf(setup.to.grid);
    this.#inputs = createBatch(batch * this.#windows, setup.array.rows);
    this.#outputs = createBatch(batch * this.#windows, setup.array.columns);
  }

  forward(count: number, scale: number): void {
    const { to } = this.#setup;
    const outputs = this.#outputBatch(count);
    this.array.forward(this.#gather(count), outputs);
    this.#eachElement(count, (index, at) => {
      to.neurons.inputs[index] = (to.neurons.inputs[index] ?? 0) + scale * (outputs.values[at] ?? 0);
    });
  }

  backward(count: number): void {
    const back = this.#inputs;
    back.count = count * this.#windows;
    this.array.backward(this.#gatherErrors(count), back);
    const { errors } = this.#setup.from.neurons;
    this.#eachInput(count, (index, at) => {
      if (index >= 0) errors[index] = (errors[index] ?? 0) + (back.values[at] ?? 0);
    });
  }

  learn(count: number): void {
    this.array.learn(this.#gather(count), this.#gatherErrors(count));
  }

  #gather(count: number): Batch {
    const { outputs } = this.#setup.from.neurons;
    const { values } = this.#inputs;
    this.#inputs.count = count * this.#windows;
    this.#eachInput(count, (index, at) => {
      values[at] = index < 0 ? 0 : (outputs[index] ?? 0);
    });
    return this.#inputs;
  }

  #gatherErrors(count: number): Batch {
    const { errors } = this.#setup.to.neurons;
    const batch = this.#outputBatch(count);
    this.#eachElement(count, (index, at) => {
      batch.values[at] = errors[index] ?? 0;
    });
    return batch;
  }

  #outputBatch(count: number): Batch {
    this.#outputs.count = count * this.#windows;
    return this.#outputs;
  }

  /** Neurons behind, with where they are in vectors of the array. */
  #eachElement(count: number, visit: (index: number, at: number) => void): void {
    const channels = this.array.columns;
    const windows = this.#windows;
    for (let sample = 0; sample < count; sample++) {
      for (let channel = 0; channel < channels; channel++) {
        const from = (sample * channels + channel) * windows;
        for (let window = 0; window < windows; window++) {
          visit(from + window, (sample * windows + window) * channels + channel);
        }
      }
    }
  }

  /** Neurons before, -1 for padding, with where they are in vectors of the array. */
  #eachInput(count: number, visit: (index: number, at: number) => void): void {
    const { grid } = this.#setup.from;
    const area = grid.rows * grid.columns;
    const elements = this.#places.length / this.#windows;
    let at = 0;
    for (let sample = 0; sample < count; sample++) {
      for (let window = 0; window < this.#windows; window++) {
        for (let channel = 0; channel < grid.channels; channel++) {
          const from = (sample * grid.channels + channel) * area;
          for (let element = 0; element < elements; element++, at++) {
            const place = this.#places[window * elements + element] ?? -1;
            visit(place < 0 ? -1 : from + place, at);
          }
        }
      }
    }
  }
}
