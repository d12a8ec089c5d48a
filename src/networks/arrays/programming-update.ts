/**
 * Programming: the host keeps the weights that the rule asks for, and whenever the conductances for them change, the
 * cells get one pulse whose width follows from the conductance that the host believes in; nobody looks. With more than
 * one attempt the cells that were pulsed are read, row by row, and pulsed again until they are near enough. Pulses come
 * one by one, or row by row.
 */
import { CellWidths } from './cell-widths.js';
import { rowPulses } from './row-pulses.js';
import { SampleWeights } from './sample-weights.js';
import type { SampleRule } from './sample-rule.js';
import type { StepInverse } from './step-inverse.js';
import { takeSnapshot, type ArraySnapshot, type Batch } from './synapse-array.js';
import type { UpdateMethod, WrittenArray } from './update-method.js';
import type { WeightCells } from './weight-cells.js';

export interface ProgrammingSetup {
  readonly cells: WeightCells;
  readonly inverse: StepInverse;
  /** Pulses on a cell at most for one change; the first is open-loop. */
  readonly attempts: number;
  /** Widths are multiples of this [s]; any where it is 0. */
  readonly tickSeconds: number;
  /** What is pulsed at once. */
  readonly by: 'cells' | 'rows';
  readonly rule: SampleRule;
  /** Where weights start (rows x columns). */
  readonly weights: Float32Array;
}

export class ProgrammingUpdate implements UpdateMethod {
  readonly pulses: 'cells' | 'planes';
  readonly start: Float64Array;
  readonly #cellColumns: number;
  readonly #attempts: number;
  readonly #widths: CellWidths;
  readonly #weights: SampleWeights;
  readonly #measured: Float64Array;

  constructor({ cells, inverse, attempts, tickSeconds, by, rule, weights }: ProgrammingSetup) {
    this.pulses = by === 'cells' ? 'cells' : 'planes';
    this.#cellColumns = cells.cellColumns;
    this.#attempts = attempts;
    this.#widths = new CellWidths({ cells, inverse, tickSeconds });
    this.#weights = new SampleWeights(rule, weights, cells);
    this.#measured = new Float64Array(cells.rows * cells.cellColumns);
    cells.toSiemens(weights, this.#widths.believed);
    this.start = this.#widths.believed.slice();
  }

  get rate(): number {
    return this.#weights.rate;
  }

  set rate(rate: number) {
    this.#weights.rate = rate;
  }

  get wanted(): Float32Array {
    return this.#weights.weight;
  }

  learn(inputs: Batch, errors: Batch, array: WrittenArray): void {
    this.#weights.learn(inputs, errors);
    let pulses = this.#write(array, this.#widths.widthsFor(this.#weights.weight));
    this.#widths.believe();
    for (let attempt = 1; attempt < this.#attempts && pulses > 0; attempt++) {
      array.readRows(this.#widths.pulsedRows(), this.#measured);
      pulses = this.#write(array, this.#widths.correctionsFor(this.#measured));
    }
  }

  look(): Float64Array {
    return this.#widths.believed;
  }

  modulate(name: string, value: number): boolean {
    return this.#weights.modulate(name, value);
  }

  snapshot(): ArraySnapshot {
    return { ...this.#weights.snapshot(), believed: this.#widths.believed.slice() };
  }

  restore(snapshot: ArraySnapshot): void {
    this.#weights.restore(snapshot);
    takeSnapshot(snapshot, 'believed', this.#widths.believed);
  }

  #write(array: WrittenArray, widths: Float64Array): number {
    if (this.pulses === 'cells') return array.writeCells(widths);
    array.writeLines(rowPulses(widths, this.#cellColumns));
    return widths.reduce((count, width) => count + Number(width !== 0), 0);
  }
}
