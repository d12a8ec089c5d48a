/** Widths of the pulses that bring cells from the conductances that the host believes in to those of weights. */
import { wholeTicks, type StepInverse } from './step-inverse.js';
import type { WeightCells } from './weight-cells.js';

export interface CellWidthsSetup {
  readonly cells: WeightCells;
  readonly inverse: StepInverse;
  /** Widths are multiples of this [s]; any where it is 0. */
  readonly tickSeconds: number;
}

export class CellWidths {
  /** What the host believes in (rows x cells of a row) [S]. */
  readonly believed: Float64Array;
  readonly #setup: CellWidthsSetup;
  readonly #wanted: Float64Array;
  readonly #widths: Float64Array;

  constructor(setup: CellWidthsSetup) {
    const count = setup.cells.rows * setup.cells.cellColumns;
    this.#setup = setup;
    this.believed = new Float64Array(count);
    this.#wanted = new Float64Array(count);
    this.#widths = new Float64Array(count);
  }

  /** Widths of the pulses that `weights` need [s], (rows x cells of a row), negative down; a view. */
  widthsFor(weights: Float32Array): Float64Array {
    const { cells, inverse, tickSeconds } = this.#setup;
    cells.toSiemens(weights, this.#wanted);
    for (let cell = 0; cell < this.#widths.length; cell++) {
      const [from, to] = [this.believed[cell] ?? NaN, this.#wanted[cell] ?? NaN];
      this.#widths[cell] = Math.abs(to - from) > TOLERANCE * to ? wholeTicks(inverse(from, to, cell), tickSeconds) : 0;
    }
    return this.#widths;
  }

  /** The host believes that the pulses of the last {@link widthsFor} have arrived; too short ones have not been given. */
  believe(): void {
    for (let cell = 0; cell < this.#widths.length; cell++) {
      if (this.#widths[cell] !== 0) this.believed[cell] = this.#wanted[cell] ?? NaN;
    }
  }

  /** Rows with a cell that has just been pulsed. */
  pulsedRows(): readonly number[] {
    const { rows, cellColumns } = this.#setup.cells;
    return Array.from({ length: rows }, (_, row) => row).filter((row) =>
      this.#widths.subarray(row * cellColumns, (row + 1) * cellColumns).some((width) => width !== 0),
    );
  }

  /** Widths for the cells that have just been pulsed and are still off by more than half a level; a view. */
  correctionsFor(measured: Float64Array): Float64Array {
    const { cells, inverse, tickSeconds } = this.#setup;
    const { window } = cells;
    const near = cells.step > 0 ? cells.step / 2 : (window.high - window.low) * NEAR;
    for (let cell = 0; cell < this.#widths.length; cell++) {
      if (this.#widths[cell] === 0) continue;
      const [found, wanted] = [measured[cell] ?? NaN, this.#wanted[cell] ?? NaN];
      this.#widths[cell] = Math.abs(wanted - found) > near ? wholeTicks(inverse(found, wanted, cell), tickSeconds) : 0;
    }
    return this.#widths;
  }
}

/** Relative change of a conductance that rounding alone may make. */
const TOLERANCE = 1e-9;
/** Part of the window that write-verify leaves where there are no levels. */
const NEAR = 0.005;
