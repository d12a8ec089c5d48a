/** Cells that are programmed to given weights once, from the lower end of their window, and that nobody changes then. */
import { CellProgrammer, type CellProgrammerSetup } from './cell-programmer.js';
import { takeSnapshot, type ArraySnapshot } from './synapse-array.js';
import type { UpdateMethod, WrittenArray } from './update-method.js';

/** How an experiment programs its cells. */
export interface Programming {
  /** Pulses on a cell at most; the first is open-loop. */
  readonly attempts: number;
  /** What is pulsed at once. */
  readonly by: 'cells' | 'rows';
  /** Conductances that are written, evenly over the window with both ends: one more than this; any where absent. */
  readonly levels?: number;
}

export class ProgrammedCells implements UpdateMethod {
  readonly start: Float64Array;
  readonly wanted: Float32Array;
  rate = 1;
  readonly #programmer: CellProgrammer;

  /** Will bring cells to `weights` (rows x columns). */
  constructor(setup: CellProgrammerSetup, weights: Float32Array) {
    this.#programmer = new CellProgrammer(setup);
    this.#programmer.believed.fill(setup.cells.window.low);
    this.start = this.#programmer.believed.slice();
    this.wanted = Float32Array.from(weights);
  }

  get pulses(): 'cells' | 'planes' {
    return this.#programmer.pulses;
  }

  program(array: WrittenArray): void {
    this.#programmer.program(array, this.wanted);
  }

  learn(): void {
    // Nothing is learnt
  }

  look(): Float64Array {
    return this.#programmer.believed;
  }

  modulate(): boolean {
    return false;
  }

  snapshot(): ArraySnapshot {
    return { believed: this.#programmer.believed.slice() };
  }

  restore(snapshot: ArraySnapshot): void {
    takeSnapshot(snapshot, 'believed', this.#programmer.believed);
  }
}
