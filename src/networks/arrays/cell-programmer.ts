/**
 * Programming: the host keeps the weights that the rule asks for, and whenever the conductances for them change, the
 * cells get one pulse whose width follows from the conductance that the host believes in; nobody looks. With more than
 * one attempt the cells that were pulsed are read, row by row, and pulsed again until they are near enough.
 */
import type { CellField } from './cell-field.js';
import { addSerial, serialLines } from './cell-field.js';
import type { ColumnReader, ReadCells } from './column-reader.js';
import type { StepInverse } from './step-inverse.js';
import type { WeightCells } from './weight-cells.js';

export interface ProgrammerSetup {
  readonly cells: WeightCells;
  readonly inverse: StepInverse;
  /** Pulses on a cell at most for one change; the first is open-loop. */
  readonly attempts: number;
  /** Widths are multiples of this [s]; any where it is 0. */
  readonly tickSeconds: number;
}

/** What a programmer works with. */
export interface ProgrammedArray {
  readonly field: CellField;
  readonly reader: ColumnReader;
  /** Cells as they read now. */
  readonly seen: () => ReadCells;
}

/** Pulses of one round and how long they took without rests [s]. */
export interface Programmed {
  readonly pulses: number;
  readonly seconds: number;
}

export class CellProgrammer {
  /** What the host believes in (rows x cells of a row) [S]. */
  readonly believed: Float64Array;
  readonly #setup: ProgrammerSetup;
  readonly #wanted: Float64Array;
  readonly #widths: Float64Array;
  readonly #measured: Float64Array;
  readonly #lines: ReturnType<typeof serialLines>;
  readonly #rows: number;

  constructor(setup: ProgrammerSetup) {
    const { rows, cellColumns } = setup.cells;
    const count = rows * cellColumns;
    this.#setup = setup;
    this.#rows = rows;
    this.believed = new Float64Array(count);
    this.#wanted = new Float64Array(count);
    this.#widths = new Float64Array(count);
    this.#measured = new Float64Array(count);
    this.#lines = serialLines(rows, cellColumns);
  }

  /** Widths of the pulses that `weights` need [s], (rows x cells of a row), negative down; a view. */
  widthsFor(weights: Float32Array): Float64Array {
    const { cells, inverse } = this.#setup;
    cells.toSiemens(weights, this.#wanted);
    for (let cell = 0; cell < this.#widths.length; cell++) {
      const [from, to] = [this.believed[cell] ?? NaN, this.#wanted[cell] ?? NaN];
      this.#widths[cell] = Math.abs(to - from) > TOLERANCE * to ? this.#ticks(inverse(from, to, cell)) : 0;
    }
    return this.#widths;
  }

  /** The host believes that the pulses of the last {@link widthsFor} have arrived; too short ones have not been given. */
  believe(): void {
    for (let cell = 0; cell < this.#widths.length; cell++) {
      if (this.#widths[cell] !== 0) this.believed[cell] = this.#wanted[cell] ?? NaN;
    }
  }

  /** Brings the cells to `weights`. */
  program(weights: Float32Array, array: ProgrammedArray): Programmed {
    const { attempts } = this.#setup;
    let done = this.#pulse(this.widthsFor(weights), array);
    this.believe();
    for (let attempt = 1; attempt < attempts && done.pulses > 0; attempt++) {
      const now = array.seen();
      for (const row of this.pulsedRows()) array.reader.readRow(row, now, this.#measured);
      const more = this.#pulse(this.correctionsFor(this.#measured), array);
      if (more.pulses === 0) break;
      done = { pulses: done.pulses + more.pulses, seconds: done.seconds + more.seconds };
    }
    return done;
  }

  #pulse(seconds: Float64Array, { field }: ProgrammedArray): Programmed {
    const pulses = addSerial(this.#lines, seconds);
    if (pulses > 0) field.pulse({ seconds, lines: this.#lines });
    const [up = 0, down = 0] = this.#lines.whole;
    return { pulses, seconds: up + down };
  }

  get attempts(): number {
    return this.#setup.attempts;
  }

  /** Rows with a cell that has just been pulsed. */
  pulsedRows(): readonly number[] {
    const { cellColumns } = this.#setup.cells;
    return Array.from({ length: this.#rows }, (_, row) => row).filter((row) =>
      this.#widths.subarray(row * cellColumns, (row + 1) * cellColumns).some((width) => width !== 0),
    );
  }

  /** Widths for the cells that have just been pulsed and are still off by more than half a level; a view. */
  correctionsFor(measured: Float64Array): Float64Array {
    const { cells, inverse } = this.#setup;
    const { window } = cells;
    const near = cells.step > 0 ? cells.step / 2 : (window.high - window.low) * NEAR;
    for (let cell = 0; cell < this.#widths.length; cell++) {
      if (this.#widths[cell] === 0) continue;
      const [found, wanted] = [measured[cell] ?? NaN, this.#wanted[cell] ?? NaN];
      this.#widths[cell] = Math.abs(wanted - found) > near ? this.#ticks(inverse(found, wanted, cell)) : 0;
    }
    return this.#widths;
  }

  #ticks(seconds: number): number {
    const { tickSeconds } = this.#setup;
    return tickSeconds === 0 ? seconds : Math.round(seconds / tickSeconds) * tickSeconds;
  }
}

/** Relative change of a conductance that rounding alone may make. */
const TOLERANCE = 1e-9;
/** Part of the window that write-verify leaves where there are no levels. */
const NEAR = 0.005;
