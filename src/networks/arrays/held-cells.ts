/** Cells whose weights nobody changes. */
import type { ArraySnapshot } from './synapse-array.js';
import type { UpdateMethod } from './update-method.js';
import type { WeightCells } from './weight-cells.js';

export class HeldCells implements UpdateMethod {
  readonly pulses = 'cells';
  readonly start: Float64Array;
  readonly wanted: Float32Array;
  rate = 1;

  /** Holds `weights` (rows x columns). */
  constructor(cells: WeightCells, weights: Float32Array) {
    this.start = new Float64Array(cells.rows * cells.cellColumns);
    this.wanted = Float32Array.from(weights);
    cells.toSiemens(weights, this.start);
  }

  learn(): void {
    // Nothing is learnt
  }

  look(): Float64Array {
    return this.start;
  }

  modulate(): boolean {
    return false;
  }

  snapshot(): ArraySnapshot {
    return {};
  }

  restore(): void {
    // Nothing has changed
  }
}
