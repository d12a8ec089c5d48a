/**
 * Pairs of devices whose weight is the difference of two cells, of which pulses lower one or the other: counted pulses
 * after every batch, cells set anew with their weight kept when they have no more to give.
 */
import type { DeviceModel } from '../../devices/device-model.js';
import type { Expression } from '../../devices/expression.js';
import { dependsOn, reference } from '../../devices/symbolic.js';
import { substitute } from '../../devices/substitute.js';
import { evaluateWith } from '../../devices/trains/handler-effect.js';
import { BatchProduct } from '../../numerics/batch-product.js';
import { fillVariates } from '../../numerics/variates.js';
import type { PhiloxKey } from '../../numerics/philox.js';
import { compileCells, type FillCells } from './compile-cells.js';
import type { PairLaw, PairRefusal } from './pair-law.js';
import { pairPrograms, type PairForm } from './pair-programs.js';
import { cellEquation, inverseOf, lawOfPairs, meansOf, statesOf, type PairMeaning } from './pair-setup.js';
import { readPower } from './pair-reading.js';
import { pairStrip, STEP_HEADER } from './pair-strip.js';
import { restsAtZero } from './pulse-rule.js';
import type { ArrayCounts, ArraySnapshot, Batch, SynapseArray } from './synapse-array.js';

/** What an array of pairs is made of. */
export interface PairSetup extends PairMeaning {
  readonly rows: number;
  readonly columns: number;
  /** Vectors of a batch, at most. */
  readonly batch: number;
  readonly key: PhiloxKey;
  /** Spreads that stay at their mean. */
  readonly without: readonly string[];
  readonly threads: number;
  /** How long a row is read for [s]; absent where nothing says with what, and reads are not counted. */
  readonly rowSeconds?: number;
  /** Weights to begin with (rows x columns). */
  readonly weights: Float32Array;
}

/** The array, or why there is none. */
export function createPulsePairArray(setup: PairSetup): PulsePairArray | PairRefusal {
  const law = lawOfPairs(setup, setup.without);
  return 'reason' in law ? law : new PulsePairArray(setup, law);
}

const EVENT_LIMIT = 2 ** 32;

/** See {@link createPulsePairArray}. */
export class PulsePairArray implements SynapseArray {
  readonly rows: number;
  readonly columns: number;
  readonly #setup: PairSetup;
  readonly #law: PairLaw;
  readonly #product: BatchProduct;
  readonly #modulators = new Map<string, number>();
  #read: { readonly names: readonly string[]; readonly fill: FillCells } = { names: [], fill: () => undefined };
  #rate = 1;
  #noise = { forward: 1, backward: 1 };
  #steps = 0;
  #draws = 0;
  #reads = 0;
  /** Batches for which the host has read all cells. */
  #looks = 0;

  constructor(setup: PairSetup, law: PairLaw) {
    const { rows, columns, batch, threads } = setup;
    this.rows = rows;
    this.columns = columns;
    this.#setup = setup;
    this.#law = law;
    // States and steps of both cells, and the weights as they are read
    this.#product = new BatchProduct({ rows, columns, batch, threads, cellArrays: 5 });
    this.#compile();
    this.#drawSteps();
    this.#write(setup.weights);
  }

  weights(): Float32Array {
    return this.#unpadded(this.#product.layout.matrix);
  }

  forward(inputs: Batch, out: Batch): void {
    this.#reads += inputs.count;
    this.#looks++;
    this.#product.forward(inputs, out, this.#matrixAsRead(this.#noise.forward));
  }

  backward(errors: Batch, out: Batch): void {
    this.#reads += errors.count;
    this.#looks++;
    this.#product.backward(errors, out, this.#matrixAsRead(this.#noise.backward));
  }

  learn(inputs: Batch, errors: Batch): void {
    const header = new Uint32Array(this.#product.memory.buffer, this.#product.layout.header, 16);
    header[STEP_HEADER.step / 4] = this.#steps % EVENT_LIMIT;
    header.set(this.#setup.key, STEP_HEADER.key / 4);
    this.#steps++;
    this.#product.gradient(inputs, errors);
  }

  /** How strongly spreads per read show in reads of either direction; 1 is as the device says. */
  setReadNoise(forward: number, backward: number): void {
    this.#noise = { forward, backward };
  }

  /** Factor of every number of pulses. */
  setRate(rate: number): void {
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#compile();
  }

  modulate(name: string, value: number): void {
    if (!this.#setup.device.modulators.some((modulator) => modulator.name === name)) return;
    if (this.#modulators.get(name) === value) return;
    this.#modulators.set(name, value);
    this.#compile();
    this.#readCells(this.#product.layout.matrix, 0);
  }

  rest(): void {
    // Devices that move by themselves have no array of pairs
  }

  get counts(): ArrayCounts {
    const { layout, memory } = this.#product;
    const sums = new Float64Array(memory.buffer, layout.sums, layout.rows / 2);
    let [pulses, refreshes] = [0, 0];
    sums.forEach((sum, index) => {
      if (index % 2 === 0) pulses += sum;
      else refreshes += sum;
    });
    const energy = Object.fromEntries(
      Object.entries(this.#law.energy).map(([share, joules]) => [share, joules * pulses]),
    );
    // Cells are pulsed one by one, as the program of a tile has it; nothing here says how long lines settle
    const seconds = pulses * this.#setup.device.pulse.seconds;
    return { pulses, refreshes, reads: this.#reads, ...this.#readCounts(energy), seconds };
  }

  /** Codes of all reads, and their energy beside `energy`: every read as if cells were as they are now. */
  #readCounts(energy: Readonly<Record<string, number>>): Pick<ArrayCounts, 'energy' | 'conversions'> {
    const { device, rowSeconds } = this.#setup;
    if (rowSeconds === undefined) return { energy };
    const states = [this.#unpadded(this.#addressOf('plus')), this.#unpadded(this.#addressOf('minus'))];
    const watts = readPower({ device, state: this.#law.state.name, modulators: this.#modulators, states });
    const read = (energy['read'] ?? 0) + this.#looks * watts * rowSeconds;
    return { energy: { ...energy, read }, conversions: this.#looks * this.rows * 2 * this.columns };
  }

  snapshot(): ArraySnapshot {
    const { layout } = this.#product;
    return {
      plus: this.#cells('plus').slice(),
      minus: this.#cells('minus').slice(),
      matrix: this.#product.cells(layout.matrix).slice(),
      sums: this.#sums().slice(),
      counters: Float64Array.of(this.#steps, this.#draws, this.#reads, this.#rate, this.#noise.forward, this.#noise.backward, this.#looks), // prettier-ignore
      modulators: Float64Array.from(this.#setup.device.modulators, ({ name }) => this.#modulators.get(name) ?? NaN),
    };
  }

  restore({ plus, minus, matrix, sums, counters, modulators }: ArraySnapshot): void {
    if (!plus || !minus || !matrix || !sums || !counters || !modulators) throw new RangeError('the snapshot is of another array'); // prettier-ignore
    this.#setup.device.modulators.forEach(({ name }, index) => {
      const value = modulators[index] ?? NaN;
      if (!Number.isNaN(value)) this.#modulators.set(name, value);
    });
    const [steps = 0, draws = 0, reads = 0, rate = 1, forward = 1, backward = 1, looks = 0] = counters;
    this.#steps = steps;
    this.#draws = draws;
    this.#reads = reads;
    this.#looks = looks;
    this.#rate = rate;
    this.#noise = { forward, backward };
    this.#compile();
    this.#cells('plus').set(plus);
    this.#cells('minus').set(minus);
    this.#product.cells(this.#product.layout.matrix).set(matrix);
    this.#sums().set(sums);
  }

  /** Ends the threads; the array works on with one. */
  close(): void {
    this.#product.close();
  }

  #sums(): Float64Array {
    const { layout, memory } = this.#product;
    return new Float64Array(memory.buffer, layout.sums, layout.rows / 2);
  }

  #cells(name: 'plus' | 'minus' | 'plusStep' | 'minusStep' | 'asRead'): Float32Array {
    return this.#product.cells(this.#addressOf(name));
  }

  #addressOf(name: 'plus' | 'minus' | 'plusStep' | 'minusStep' | 'asRead'): number {
    const index = ['plus', 'minus', 'plusStep', 'minusStep', 'asRead'].indexOf(name);
    return this.#product.layout.cells[index] ?? NaN;
  }

  #unpadded(address: number): Float32Array {
    const { rows, columns } = this;
    const { stride } = this.#product.layout;
    const cells = this.#product.cells(address);
    const out = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) out.set(cells.subarray(row * stride, row * stride + columns), row * columns);
    return out;
  }

  #compile(): void {
    const { device, without, rule } = this.#setup;
    const equation = cellEquation(this.#setup, this.#modulators);
    const noisy = device.spreads.filter(
      ({ name, per, deviation }) =>
        per === 'read' && deviation !== 0 && !without.includes(name) && dependsOn(equation, name),
    );
    const means = meansOf(device);
    const form: PairForm = { law: this.#law, rule, cell: evaluateWith(equation, means), rate: this.#rate };
    const key = JSON.stringify([[...this.#modulators], this.#rate]);
    this.#product.use(key, () => {
      const skipsZeros = restsAtZero(rule);
      return { function: pairStrip(this.#product.layout, pairPrograms(form), skipsZeros), skipsZeros };
    });
    const names = noisy.map(({ name }) => name);
    const still = new Map([...means].filter(([name]) => !names.includes(name)));
    this.#read = { names, fill: compileCells(difference(evaluateWith(equation, still), this.#law.state.name, names), ['plus', 'minus', ...names.flatMap((name) => [`plus.${name}`, `minus.${name}`])]) }; // prettier-ignore
  }

  /** Steps of all cells: a device keeps the spreads that it is drawn with. */
  #drawSteps(): void {
    const { step, spreads } = this.#law;
    const inputs = spreads.map(({ spread, stream }) => this.#variates(spread, stream, 0));
    const names = spreads.map(({ spread }) => spread.name);
    const fill = compileCells(step, names);
    for (const side of ['plus', 'minus'] as const) {
      const cells = this.#cells(`${side}Step`);
      fill(cells, inputs.map((input) => input[side])); // prettier-ignore
    }
  }

  /** Variates of the cells of both sides, padded; the cells of a pair are neighbours in a row, plus first. */
  #variates(spread: DeviceModel['spreads'][number], stream: number, event: number) {
    const { rows, columns } = this;
    const lines = (count: number) => ({ indices: Int32Array.from({ length: count }, (_, index) => index), count });
    const drawn = new Float64Array(rows * 2 * columns);
    const address = { key: this.#setup.key, stream, event, along: 'rows' } as const;
    fillVariates(drawn, spread, address, { rows: lines(rows), columns: lines(2 * columns) });
    const { stride } = this.#product.layout;
    const sides = { plus: new Float64Array(this.#product.layout.rows * stride), minus: new Float64Array(this.#product.layout.rows * stride) }; // prettier-ignore
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const from = 2 * (row * columns + column);
        sides.plus[row * stride + column] = drawn[from] ?? NaN;
        sides.minus[row * stride + column] = drawn[from + 1] ?? NaN;
      }
    }
    return sides;
  }

  /** Where the matrix is that a read sees. */
  #matrixAsRead(noise: number): number {
    const { layout } = this.#product;
    const asRead = layout.cells[4] ?? NaN;
    if (noise === 0 || this.#read.names.length === 0) return layout.matrix;
    this.#readCells(asRead, noise);
    return asRead;
  }

  /** Reads all pairs to `address`, with spreads per read times `noise`. */
  #readCells(address: number, noise: number): void {
    const { device } = this.#setup;
    const event = this.#draws % EVENT_LIMIT;
    if (noise !== 0) this.#draws++;
    const drawn = this.#read.names.flatMap((name) => {
      const stream = device.spreads.findIndex((spread) => spread.name === name);
      const spread = device.spreads[stream];
      if (!spread) return [];
      const { plus, minus } = this.#variates({ ...spread, deviation: spread.deviation * noise }, stream, event);
      return [plus, minus];
    });
    this.#read.fill(this.#product.cells(address), [this.#cells('plus'), this.#cells('minus'), ...drawn]);
    this.#clearPadding(address);
  }

  /** Zeros where there is no pair: what pads a matrix must not add anything. */
  #clearPadding(address: number): void {
    const { rows, columns } = this;
    const { stride } = this.#product.layout;
    const cells = this.#product.cells(address);
    for (let row = 0; row < rows; row++) cells.fill(0, row * stride + columns, (row + 1) * stride);
    cells.fill(0, rows * stride);
  }

  /** Brings all pairs to weights (rows x columns), the cell with the larger weight as fresh as possible. */
  #write(weights: Float32Array): void {
    const { fresh } = this.#law;
    const { stride } = this.#product.layout;
    const inverse = inverseOf(this.#setup, this.#law, this.#modulators);
    const [plus, minus] = [this.#cells('plus').fill(fresh), this.#cells('minus').fill(fresh)];
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) {
        const states = statesOf(weights[row * this.columns + column] ?? NaN, fresh, inverse);
        plus[row * stride + column] = states.plus;
        minus[row * stride + column] = states.minus;
      }
    }
    this.#readCells(this.#product.layout.matrix, 0);
  }
}

function difference(cell: Expression, state: string, names: readonly string[]): Expression {
  const side = (name: 'plus' | 'minus'): Expression =>
    substitute(
      cell,
      new Map([[state, reference(name)], ...names.map((each) => [each, reference(`${name}.${each}`)] as const)]),
    );
  return { kind: 'binary', operator: '-', left: side('plus'), right: side('minus') };
}
