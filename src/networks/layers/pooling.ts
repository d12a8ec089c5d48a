/** One value for every window of every channel: the largest or the mean. */
import type { Connection } from './connection.js';
import { windowPlaces, type Grid, type Window } from './grid-window.js';
import type { NeuronVectors } from './neurons.js';

/** Both sides of a pooling. */
export interface PoolingSetup {
  readonly name: string;
  readonly operation: 'max' | 'average';
  readonly from: { readonly neurons: NeuronVectors; readonly grid: Grid };
  readonly to: { readonly neurons: NeuronVectors; readonly grid: Grid };
  readonly window: Window;
}

/** See {@link PoolingSetup}; of equal values the first is the largest. */
export class Pooling implements Connection {
  readonly name: string;
  readonly #setup: PoolingSetup;
  readonly #places: Int32Array;

  constructor(setup: PoolingSetup) {
    this.name = setup.name;
    this.#setup = setup;
    this.#places = windowPlaces(setup.from.grid, setup.to.grid, setup.window);
  }

  forward(count: number): void {
    const { from, to, operation } = this.#setup;
    const { outputs } = from.neurons;
    const { inputs } = to.neurons;
    this.#eachWindow(count, (index, places, channelAt) => {
      const values = places.map((place) => outputs[channelAt + place] ?? 0);
      const value =
        operation === 'max' ? Math.max(...values) : values.reduce((sum, each) => sum + each, 0) / values.length;
      inputs[index] = (inputs[index] ?? 0) + value;
    });
  }

  backward(count: number): void {
    const { from, to, operation } = this.#setup;
    const { outputs, errors: back } = from.neurons;
    const { errors } = to.neurons;
    this.#eachWindow(count, (index, places, channelAt) => {
      const error = errors[index] ?? 0;
      const add = (place: number, share: number): void => {
        back[channelAt + place] = (back[channelAt + place] ?? 0) + share;
      };
      if (operation === 'average') {
        for (const place of places) add(place, error / places.length);
        return;
      }
      const valueAt = (place: number): number => outputs[channelAt + place] ?? 0;
      add(
        places.reduce((best, place) => (valueAt(place) > valueAt(best) ? place : best)),
        error,
      );
    });
  }

  learn(): void {
    // There are no weights
  }

  #eachWindow(count: number, visit: (index: number, places: readonly number[], channelAt: number) => void): void {
    const { from, to, window } = this.#setup;
    const elements = window.rows * window.columns;
    const windows = to.grid.rows * to.grid.columns;
    const area = from.grid.rows * from.grid.columns;
    const lists = Array.from({ length: windows }, (_, index) =>
      [...this.#places.subarray(index * elements, (index + 1) * elements)].filter((place) => place >= 0),
    );
    for (let channel = 0; channel < count * from.grid.channels; channel++) {
      lists.forEach((places, index) => {
        visit(channel * windows + index, places, channel * area);
      });
    }
  }
}
