/**
 * How weights lie in cells. `single`: a weight is the conductance of its cell over the scale. `differential`: two cells
 * side by side, the plus one first, and the weight is their difference over the scale; both are meant to lie as far
 * from the middle of the window as each other, so that changes of both signs find room.
 */
import { invariant } from '../../core/invariant.js';
import type { WeightEncoding } from '../../ir/graph.js';
import { roundHalfAwayFromZero } from '../../numerics/rounding.js';
import type { StuckCell } from '../../ir/tile-lines.js';
import type { Window } from './cell-equations.js';
import type { FirstNeurons } from './sample-rule.js';

export interface WeightCellsSetup {
  /** Synapses: rows of neurons before, columns of neurons behind. */
  readonly rows: number;
  readonly columns: number;
  readonly first?: FirstNeurons;
  readonly encoding: WeightEncoding;
  readonly window: Window;
  /** Conductances that are written, evenly over the window with both ends: one more than this; any where absent. */
  readonly levels?: number;
  /** Cells that keep their conductance, by row and cell of it. */
  readonly stuck?: readonly StuckCell[];
}

export class WeightCells {
  readonly rows: number;
  readonly columns: number;
  /** Indices of the first neurons, where they are not 0. */
  readonly first?: FirstNeurons;
  /** Cells of a row. */
  readonly cellColumns: number;
  /** Conductance of a weight of one [S]. */
  readonly scale: number;
  readonly window: Window;
  readonly isDifferential: boolean;
  /** From one level to the next [S]; 0 where there are none. */
  readonly step: number;
  /** Cells that keep their conductance, by row and cell of it. */
  readonly stuck: readonly StuckCell[];

  constructor({ rows, columns, first, encoding, window, levels, stuck = [] }: WeightCellsSetup) {
    invariant(levels === undefined || levels >= 1, 'a window has a level above its lowest');
    this.rows = rows;
    this.columns = columns;
    if (first) this.first = first;
    this.window = window;
    this.stuck = stuck;
    this.isDifferential = encoding.scheme === 'differential';
    this.cellColumns = this.isDifferential ? 2 * columns : columns;
    this.scale = encoding.siemensPerUnit ?? 1;
    this.step = levels === undefined ? 0 : (window.high - window.low) / levels;
  }

  /**
   * Conductances that `weights` (rows x columns) ask for, at the levels and within the window
   * (rows x {@link cellColumns}) [S].
   */
  toSiemens(weights: Float32Array, out: Float64Array): void {
    const { low, high } = this.window;
    const middle = (low + high) / 2;
    for (let synapse = 0; synapse < weights.length; synapse++) {
      const siemens = (weights[synapse] ?? NaN) * this.scale;
      if (!this.isDifferential) {
        out[synapse] = this.#bounded(this.#rounded(siemens - low) + low);
        continue;
      }
      // An odd number of steps is one more for the plus cell than for the minus cell
      const difference = this.#rounded(siemens);
      const plus = this.step === 0 ? difference / 2 : Math.ceil(difference / this.step / 2 - 1e-9) * this.step;
      const start = this.step === 0 ? middle : low + Math.round((middle - low) / this.step) * this.step;
      out[2 * synapse] = this.#bounded(start + plus);
      out[2 * synapse + 1] = this.#bounded(start + plus - difference);
    }
    this.#keepStuck(weights, out);
  }

  /** Stuck cells are what they are; the other cell of a pair makes up for what it can. */
  #keepStuck(weights: Float32Array, out: Float64Array): void {
    const isStuck = new Set<number>();
    for (const { row, column, siemens } of this.stuck) {
      const cell = row * this.cellColumns + column;
      isStuck.add(cell);
      out[cell] = siemens;
    }
    if (!this.isDifferential) return;
    const { low } = this.window;
    for (const cell of isStuck) {
      const [other, sign] = cell % 2 === 0 ? [cell + 1, -1] : [cell - 1, 1];
      if (isStuck.has(other)) continue;
      const difference = this.#rounded((weights[Math.floor(cell / 2)] ?? NaN) * this.scale);
      out[other] = this.#bounded(this.#rounded((out[cell] ?? NaN) + sign * difference - low) + low);
    }
  }

  /** Weights of conductances (rows x {@link cellColumns}) [S], or sums of weights of sums over the rows of a column. */
  toWeights(siemens: ArrayLike<number>, out: Float32Array): void {
    for (let synapse = 0; synapse < out.length; synapse++) {
      const found = this.isDifferential
        ? (siemens[2 * synapse] ?? NaN) - (siemens[2 * synapse + 1] ?? NaN)
        : (siemens[synapse] ?? NaN);
      out[synapse] = found / this.scale;
    }
  }

  #rounded(siemens: number): number {
    return this.step === 0 ? siemens : roundHalfAwayFromZero(siemens / this.step) * this.step;
  }

  #bounded(siemens: number): number {
    return Math.min(this.window.high, Math.max(this.window.low, siemens));
  }
}
