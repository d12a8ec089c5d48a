/**
 * Counted pulses: after each batch every cell gets as many nominal pulses as its change asks for, open loop; what is
 * beyond the last binary place of a number is dropped, or rounded at random to the right mean. Nobody knows where pulses
 * have led, so the host reads the array before errors go back.
 */
import { gradientProduct } from './gradient-product.js';
import { linesFrom } from './line-trains.js';
import { ProductChange } from './product-change.js';
import { RandomRounding } from './random-rounding.js';
import type { SampleRule } from './sample-rule.js';
import { wholeTicks } from './step-inverse.js';
import { takeSnapshot, type ArraySnapshot, type Batch } from './synapse-array.js';
import type { UpdateMethod, WrittenArray } from './update-method.js';
import type { WeightCells } from './weight-cells.js';

export interface CountedSetup {
  readonly cells: WeightCells;
  readonly rule: SampleRule;
  /** Weight change of a nominal pulse. */
  readonly weightStep: number;
  readonly pulseSeconds: number;
  /** Widths are multiples of this [s]; any where it is 0. */
  readonly tickSeconds: number;
  /** Binary places of a number of pulses: a part of a pulse is a shorter one. */
  readonly fraction: number;
  readonly isStochastic: boolean;
  readonly seed: number;
  /** Where weights start (rows x columns). */
  readonly weights: Float32Array;
}

export class CountedUpdate implements UpdateMethod {
  readonly pulses = 'cells';
  readonly start: Float64Array;
  readonly #setup: CountedSetup;
  readonly #change: ProductChange;
  readonly #rounding: RandomRounding;
  readonly #product: Float32Array;
  readonly #counts: Float64Array;
  readonly #widths: Float64Array;
  readonly #measured: Float64Array;
  readonly #events = new Float64Array(1);

  constructor(setup: CountedSetup) {
    const { cells, rule, seed, weights } = setup;
    this.#setup = setup;
    this.#change = new ProductChange(rule, cells);
    this.#rounding = new RandomRounding(seed);
    this.#product = new Float32Array(weights.length);
    this.start = new Float64Array(cells.rows * cells.cellColumns);
    this.#counts = new Float64Array(this.start.length);
    this.#widths = new Float64Array(this.start.length);
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
    gradientProduct(inputs, errors, this.#product);
    this.#count();
    const { pulseSeconds, tickSeconds } = this.#setup;
    for (let isLeft = true; isLeft;) {
      isLeft = false;
      this.#counts.forEach((left, cell) => {
        const part = Math.sign(left) * Math.min(1, Math.abs(left));
        this.#widths[cell] = wholeTicks(part * pulseSeconds, tickSeconds);
        this.#counts[cell] = left - part;
        isLeft ||= part !== 0;
      });
      if (isLeft) array.writeCells(this.#widths);
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
    return { ...this.#change.snapshot(), events: this.#events.slice() };
  }

  restore(snapshot: ArraySnapshot): void {
    this.#change.restore(snapshot);
    takeSnapshot(snapshot, 'events', this.#events);
  }

  /** Pulses of every cell, negative down; no more than lead from one end of the window to the other. */
  #count(): void {
    const { cells, weightStep, fraction, isStochastic } = this.#setup;
    const perWeight = cells.cellColumns / cells.columns;
    const most = Math.ceil((cells.window.high - cells.window.low) / cells.scale / (weightStep / perWeight));
    const [event = 0] = this.#events;
    this.#events[0] = event + 1;
    this.#product.forEach((product, synapse) => {
      const wanted = ((this.#change.value * product) / weightStep) * 2 ** fraction;
      const places = isStochastic ? this.#rounding.round(wanted, event, synapse) : Math.trunc(wanted);
      const pulses = Math.max(-most, Math.min(most, places / 2 ** fraction));
      for (let side = 0; side < perWeight; side++) {
        this.#counts[synapse * perWeight + side] = side === 0 ? pulses : -pulses;
      }
    });
  }
}
