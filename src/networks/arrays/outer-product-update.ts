/**
 * Outer products: after each sample all cells change at once where trains on rows and columns coincide. Nobody knows
 * where pulses have led, so the host reads the array before errors go back.
 */
import { linesFrom, type LineTrains } from './line-trains.js';
import { ProductChange } from './product-change.js';
import type { SampleRule } from './sample-rule.js';
import type { ArraySnapshot, Batch } from './synapse-array.js';
import type { UpdateMethod, WrittenArray } from './update-method.js';
import type { WeightCells } from './weight-cells.js';

export interface OuterProductSetup {
  readonly cells: WeightCells;
  readonly rule: SampleRule;
  readonly trains: LineTrains;
  /** Where weights start (rows x columns). */
  readonly weights: Float32Array;
}

export class OuterProductUpdate implements UpdateMethod {
  readonly pulses = 'planes';
  readonly start: Float64Array;
  readonly #cells: WeightCells;
  readonly #trains: LineTrains;
  readonly #change: ProductChange;
  readonly #measured: Float64Array;

  constructor({ cells, rule, trains, weights }: OuterProductSetup) {
    this.#cells = cells;
    this.#trains = trains;
    this.#change = new ProductChange(rule, cells);
    this.start = new Float64Array(cells.rows * cells.cellColumns);
    this.#measured = new Float64Array(this.start.length);
    cells.toSiemens(weights, this.start);
  }

  get rate(): number {
    return this.#change.rate;
  }

  set rate(rate: number) {
    this.#change.rate = rate;
  }

  learn(inputs: Batch, errors: Batch, array: WrittenArray): void {
    const { rows, columns } = this.#cells;
    for (let sample = 0; sample < inputs.count; sample++) {
      const x = inputs.values.subarray(sample * inputs.width, sample * inputs.width + rows);
      const d = errors.values.subarray(sample * errors.width, sample * errors.width + columns);
      array.writeLines(this.#trains.pulses(x, d, this.#change.value));
    }
  }

  look(array: WrittenArray): Float64Array {
    array.readRows(linesFrom(0, this.#cells.rows), this.#measured);
    return this.#measured;
  }

  modulate(name: string, value: number): boolean {
    return this.#change.modulate(name, value);
  }

  snapshot(): ArraySnapshot {
    return { ...this.#change.snapshot(), ...this.#trains.snapshot() };
  }

  restore(snapshot: ArraySnapshot): void {
    this.#change.restore(snapshot);
    this.#trains.restore(snapshot);
  }
}
