/**
 * Tiki-Taka: trains change a fast array A beside the weights C, and now and then a row of A is read and a part of it
 * brought to the same row of C. A device whose steps up and down differ drifts to the conductance where both are as
 * large; in A that is the zero, so what A holds is what the gradient says in excess of the drift.
 *
 * Version 1 brings `rate` times the row to C by random trains (Gokmen and Haensch, Front. Neurosci. 14:103, 2020).
 * Version 2 adds it up on the host, row by row, and gives C a pulse for every whole step of it (Gokmen, Front. Artif.
 * Intell. 4:699148, 2021); as aihwkit has them (commit 4545f11, rpu_transfer_device.cpp, rpu_buffered_transfer_device.cpp)
 * with one row a transfer, one after the other.
 *
 * Rows of A lie below those of C on the same columns: products drive the rows of C alone.
 */
import { cellsOfColumns, linesFrom, type LineTrains } from './line-trains.js';
import { ProductChange } from './product-change.js';
import type { SampleRule } from './sample-rule.js';
import { takeSnapshot, type ArraySnapshot, type Batch } from './synapse-array.js';
import type { LinePulse, UpdateMethod, WrittenArray } from './update-method.js';
import type { WeightCells } from './weight-cells.js';

export interface TikiTakaSetup {
  readonly cells: WeightCells;
  readonly rule: SampleRule;
  readonly version: 1 | 2;
  /** Samples after which a row is transferred. */
  readonly every: number;
  /** Part of a row that is transferred. */
  readonly transferRate: number;
  /** Pulses up and down by turns before anything is learnt. */
  readonly pairs: number;
  /** Trains of A, and between them those of transfers. */
  readonly trains: LineTrains;
  /** Weight change of a nominal pulse, its width [s] and how many a transfer gives at most. */
  readonly weightStep: number;
  readonly pulseSeconds: number;
  readonly slots: number;
  /** Where weights start (rows x columns). */
  readonly weights: Float32Array;
}

export class TikiTakaUpdate implements UpdateMethod {
  readonly pulses = 'planes';
  readonly start: Float64Array;
  readonly #setup: TikiTakaSetup;
  readonly #change: ProductChange;
  /** As both arrays have been read (rows of C, then of A) [S]. */
  readonly #measured: Float64Array;
  /** Weights of A where it means zero, and what version 2 adds up (rows x columns). */
  readonly #zero: Float32Array;
  readonly #sums: Float32Array;
  readonly #row: Float32Array;
  /** Whether A has been zeroed; samples so far. */
  readonly #counters = new Float64Array(2);

  constructor(setup: TikiTakaSetup) {
    const { cells, rule, weights } = setup;
    this.#setup = setup;
    this.#change = new ProductChange(rule, cells);
    const count = cells.rows * cells.cellColumns;
    this.start = new Float64Array(2 * count);
    cells.toSiemens(weights, this.start);
    // The middle of the window, whatever weight of a single cell that is
    this.start.fill((cells.window.low + cells.window.high) / 2, count);
    this.#measured = new Float64Array(2 * count);
    this.#zero = new Float32Array(weights.length);
    this.#sums = new Float32Array(weights.length);
    this.#row = new Float32Array(cells.columns);
  }

  get rate(): number {
    return this.#change.rate;
  }

  set rate(rate: number) {
    this.#change.rate = rate;
  }

  learn(inputs: Batch, errors: Batch, array: WrittenArray): void {
    const { cells, every, trains } = this.#setup;
    const { rows, columns } = cells;
    if (this.#counters[0] === 0) this.#zeroFast(array);
    for (let sample = 0; sample < inputs.count; sample++) {
      const x = inputs.values.subarray(sample * inputs.width, sample * inputs.width + rows);
      const d = errors.values.subarray(sample * errors.width, sample * errors.width + columns);
      array.writeLines(inFast(trains.pulses(x, d, this.#change.value), rows));
      const samples = (this.#counters[1] ?? 0) + 1;
      this.#counters[1] = samples;
      if (samples % every === 0) this.#transfer((samples / every - 1) % rows, array);
    }
  }

  look(array: WrittenArray): Float64Array {
    array.readRows(linesFrom(0, this.#setup.cells.rows), this.#measured);
    return this.#measured;
  }

  modulate(name: string, value: number): boolean {
    return this.#change.modulate(name, value);
  }

  snapshot(): ArraySnapshot {
    return {
      ...this.#change.snapshot(),
      ...this.#setup.trains.snapshot(),
      zero: this.#zero.slice(),
      sums: this.#sums.slice(),
      counters: this.#counters.slice(),
    };
  }

  restore(snapshot: ArraySnapshot): void {
    this.#change.restore(snapshot);
    this.#setup.trains.restore(snapshot);
    takeSnapshot(snapshot, 'zero', this.#zero);
    takeSnapshot(snapshot, 'sums', this.#sums);
    takeSnapshot(snapshot, 'counters', this.#counters);
  }

  /** Brings A to where its steps are as large as each other, and notes how that reads. */
  #zeroFast(array: WrittenArray): void {
    const { cells, pairs, pulseSeconds } = this.#setup;
    const { rows, cellColumns } = cells;
    const all = { rows: linesFrom(rows, rows), columns: linesFrom(0, cellColumns), seconds: pulseSeconds };
    for (let pair = 0; pair < pairs; pair++) {
      for (const isDown of [false, true]) array.writeLines([{ ...all, isDown }]);
    }
    array.readRows(all.rows, this.#measured);
    cells.toWeights(this.#measured.subarray(rows * cellColumns), this.#zero);
    this.#counters[0] = 1;
  }

  #transfer(row: number, array: WrittenArray): void {
    const { cells, version, transferRate, trains } = this.#setup;
    const { rows, columns, cellColumns } = cells;
    array.readRows([rows + row], this.#measured);
    const start = (rows + row) * cellColumns;
    cells.toWeights(this.#measured.subarray(start, start + cellColumns), this.#row);
    for (let column = 0; column < columns; column++) {
      this.#row[column] = (this.#row[column] ?? NaN) - (this.#zero[row * columns + column] ?? NaN);
    }
    if (version === 2) {
      array.writeLines(this.#wholeSteps(row));
      return;
    }
    const chosen = Float32Array.from({ length: rows }, (_, each) => Number(each === row));
    array.writeLines(trains.pulses(chosen, this.#row, transferRate));
  }

  /** Adds the row up on the host, and takes off what whole pulses can bring to C. */
  #wholeSteps(row: number): readonly LinePulse[] {
    const { cells, transferRate, weightStep, pulseSeconds, slots } = this.#setup;
    const { columns } = cells;
    const steps = Array.from(this.#row, (value, column) => {
      const place = row * columns + column;
      const sum = (this.#sums[place] ?? NaN) + transferRate * value;
      const whole = Math.max(-slots, Math.min(slots, Math.trunc(sum / weightStep)));
      this.#sums[place] = sum - whole * weightStep;
      return whole;
    });
    const ofCells = cellsOfColumns(steps, cells);
    const pulses: LinePulse[] = [];
    for (const isDown of [false, true]) {
      for (let pulse = 1; ; pulse++) {
        const on = linesFrom(0, cells.cellColumns).filter((cell) => (ofCells[cell] ?? 0) * (isDown ? -1 : 1) >= pulse);
        if (on.length === 0) break;
        pulses.push({ rows: [row], columns: on, isDown, seconds: pulseSeconds });
      }
    }
    return pulses;
  }
}

/** The same pulses on the rows of A. */
function inFast(pulses: readonly LinePulse[], rows: number): readonly LinePulse[] {
  return pulses.map((pulse) => ({ ...pulse, rows: pulse.rows.map((row) => rows + row) }));
}
