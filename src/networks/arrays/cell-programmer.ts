/**
 * Brings cells to the conductances of weights: one pulse each, whose width follows from the conductance that the host
 * believes in; nobody looks. With more than one attempt the cells that were pulsed are read, row by row, and pulsed
 * again until they are near enough. Pulses come one by one, or row by row.
 */
import { CellWidths } from './cell-widths.js';
import { rowPulses } from './row-pulses.js';
import type { StepInverse } from './step-inverse.js';
import type { WrittenArray } from './update-method.js';
import type { WeightCells } from './weight-cells.js';

export interface CellProgrammerSetup {
  readonly cells: WeightCells;
  readonly inverse: StepInverse;
  /** Pulses on a cell at most for one change; the first is open-loop. */
  readonly attempts: number;
  /** Widths are multiples of this [s]; any where it is 0. */
  readonly tickSeconds: number;
  /** What is pulsed at once. */
  readonly by: 'cells' | 'rows';
}

export class CellProgrammer {
  readonly pulses: 'cells' | 'planes';
  readonly #cellColumns: number;
  readonly #attempts: number;
  readonly #widths: CellWidths;
  readonly #measured: Float64Array;

  constructor({ cells, inverse, attempts, tickSeconds, by }: CellProgrammerSetup) {
    this.pulses = by === 'cells' ? 'cells' : 'planes';
    this.#cellColumns = cells.cellColumns;
    this.#attempts = attempts;
    this.#widths = new CellWidths({ cells, inverse, tickSeconds });
    this.#measured = new Float64Array(cells.rows * cells.cellColumns);
  }

  /** Conductances that the host believes in (rows x cells of a row) [S]; may be written to. */
  get believed(): Float64Array {
    return this.#widths.believed;
  }

  /** Programs the cells of `array` to `weights` (rows x columns). */
  program(array: WrittenArray, weights: Float32Array): void {
    let pulses = this.#write(array, this.#widths.widthsFor(weights));
    this.#widths.believe();
    for (let attempt = 1; attempt < this.#attempts && pulses > 0; attempt++) {
      array.readRows(this.#widths.pulsedRows(), this.#measured);
      pulses = this.#write(array, this.#widths.correctionsFor(this.#measured));
    }
  }

  #write(array: WrittenArray, widths: Float64Array): number {
    if (this.pulses === 'cells') return array.writeCells(widths);
    array.writeLines(rowPulses(widths, this.#cellColumns));
    return widths.reduce((count, width) => count + Number(width !== 0), 0);
  }
}
