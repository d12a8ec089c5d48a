/** Weights as numbers of the host, changed by the handlers of their rule; or fixed, where nothing is learnt. */
import { BatchProduct } from '../../numerics/batch-product.js';
import { storeStrip } from '../../numerics/store-strip.js';
import type { SampleRule } from './sample-rule.js';
import type { ArrayCounts, ArraySnapshot, Batch, SynapseArray } from './synapse-array.js';

/** What an array of numbers is made of. */
export interface HostSetup {
  readonly rows: number;
  readonly columns: number;
  /** Vectors of a batch, at most. */
  readonly batch: number;
  readonly threads: number;
  /** Weights to begin with (rows x columns). */
  readonly weights: Float32Array;
  /** 1 where there is a synapse (rows x columns); absent where there is one everywhere. */
  readonly mask?: Uint8Array | undefined;
  /** Compiled for rows of {@link paddedColumns}; absent where nothing is learnt. */
  readonly rule?: SampleRule | undefined;
}

/** Columns of a matrix with those that pad it; rules are compiled for them. */
export function paddedColumns(columns: number): number {
  return 8 * Math.ceil(columns / 8);
}

/** See {@link HostSetup}. */
export class HostArray implements SynapseArray {
  readonly rows: number;
  readonly columns: number;
  readonly #setup: HostSetup;
  readonly #product: BatchProduct;
  /** 0 where there is no synapse, padding included. */
  readonly #synapses: Uint8Array;
  readonly #hasGaps: boolean;
  readonly #modulators: Float64Array;
  readonly #before: Float32Array;
  #rate = 1;
  #reads = 0;

  constructor(setup: HostSetup) {
    const { rows, columns, batch, threads, rule } = setup;
    this.rows = rows;
    this.columns = columns;
    this.#setup = setup;
    this.#product = new BatchProduct({ rows, columns, batch, threads, cellArrays: 1 + (rule?.traces.length ?? 0) });
    this.#product.use('store', () => ({ function: storeStrip(this.#product.layout), skipsZeros: false }));
    const { stride } = this.#product.layout;
    const matrix = this.#product.cells(this.#product.layout.matrix);
    this.#synapses = new Uint8Array(matrix.length);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const cell = row * columns + column;
        const isThere = setup.mask?.[cell] ?? 1;
        this.#synapses[row * stride + column] = isThere;
        matrix[row * stride + column] = isThere * (setup.weights[cell] ?? NaN);
      }
    }
    this.#hasGaps = setup.mask !== undefined || stride !== columns;
    rule?.traces.forEach(({ initial }, index) => this.#trace(index).fill(initial));
    this.#modulators = Float64Array.from(rule?.modulators ?? [], ({ initial }) => initial);
    this.#before = new Float32Array(matrix.length);
  }

  weights(): Float32Array {
    const { rows, columns } = this;
    const { stride, matrix } = this.#product.layout;
    const cells = this.#product.cells(matrix);
    const out = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) out.set(cells.subarray(row * stride, row * stride + columns), row * columns);
    return out;
  }

  forward(inputs: Batch, out: Batch): void {
    this.#reads += inputs.count;
    this.#product.forward(inputs, out);
  }

  backward(errors: Batch, out: Batch): void {
    this.#reads += errors.count;
    this.#product.backward(errors, out);
  }

  learn(inputs: Batch, errors: Batch): void {
    const { rule } = this.#setup;
    if (!rule) return;
    const { layout } = this.#product;
    this.#product.gradient(inputs, errors);
    const product = this.#product.cells(layout.cells[0] ?? NaN);
    const weight = this.#product.cells(layout.matrix);
    if (this.#hasGaps) this.#clearGaps(product);
    if (this.#rate !== 1) this.#before.set(weight);
    const traces = rule.traces.map((_, index) => this.#trace(index));
    rule.step({ product, weight, traces, modulators: this.#modulators }, 0, this.rows);
    if (this.#rate !== 1) this.#scaleChange(weight);
    if (this.#hasGaps) this.#clearGaps(weight);
  }

  /** Factor of every change. */
  setRate(rate: number): void {
    this.#rate = rate;
  }

  modulate(name: string, value: number): void {
    const index = this.#setup.rule?.modulators.findIndex((modulator) => modulator.name === name) ?? -1;
    if (index >= 0) this.#modulators[index] = value;
  }

  rest(): void {
    // Numbers do not forget
  }

  get counts(): ArrayCounts {
    return { pulses: 0, refreshes: 0, reads: this.#reads, energy: {} };
  }

  snapshot(): ArraySnapshot {
    const traces = (this.#setup.rule?.traces ?? []).map(
      ({ name }, index) => [`trace.${name}`, this.#trace(index).slice()] as const,
    );
    return {
      matrix: this.#product.cells(this.#product.layout.matrix).slice(),
      modulators: this.#modulators.slice(),
      counters: Float64Array.of(this.#reads, this.#rate),
      ...Object.fromEntries(traces),
    };
  }

  restore(snapshot: ArraySnapshot): void {
    const { matrix, modulators, counters } = snapshot;
    if (!matrix || !modulators || !counters) throw new RangeError('the snapshot is of another array');
    this.#product.cells(this.#product.layout.matrix).set(matrix);
    this.#modulators.set(modulators);
    [this.#reads = 0, this.#rate = 1] = counters;
    this.#setup.rule?.traces.forEach(({ name }, index) => {
      this.#trace(index).set(snapshot[`trace.${name}`] ?? []);
    });
  }

  /** Ends the threads; the array works on with one. */
  close(): void {
    this.#product.close();
  }

  #trace(index: number): Float32Array {
    return this.#product.cells(this.#product.layout.cells[1 + index] ?? NaN);
  }

  #clearGaps(cells: Float32Array): void {
    const synapses = this.#synapses;
    for (let cell = 0; cell < cells.length; cell++) if (synapses[cell] === 0) cells[cell] = 0;
  }

  #scaleChange(weight: Float32Array): void {
    const [before, rate] = [this.#before, this.#rate];
    for (let cell = 0; cell < weight.length; cell++) {
      const start = before[cell] ?? NaN;
      weight[cell] = start + rate * ((weight[cell] ?? NaN) - start);
    }
  }
}
