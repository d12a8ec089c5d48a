/**
 * Products of vectors with an array as a program reads them. Rows are at the read voltage or at rest, so an input is
 * read bit by bit, positive and negative inputs apart; the converters of the columns turn every current into a code,
 * and the host adds the codes up. A vector whose magnitudes are all alike needs a single bit.
 */
import type { ConverterScan } from '../../ir/scheduled.js';
import { convert, amperesOf } from '../../ir/analog-array.js';
import { keyOfSeed, fillNormals, type CellGroup } from '../../numerics/normal.js';

/** The converters of a column, as far as codes depend on them. */
export type ConverterRange = Pick<ConverterScan, 'bits' | 'minAmperes' | 'maxAmperes'>;

export interface ColumnReaderSetup {
  readonly rows: number;
  readonly columns: number;
  readonly readVolts: number;
  /** Absent where currents are known exactly. */
  readonly converters?: ConverterRange;
  /** Bits of the magnitude of an input. */
  readonly inputBits: number;
  readonly seed: number;
  /** Stream of random numbers of the reading; reads do not vary where it is absent. */
  readonly noiseStream?: number;
}

/** Inputs as whole numbers: their value is the number times the unit. */
export interface QuantizedInputs {
  /** Of a magnitude; 0 where all inputs are 0. */
  readonly bits: number;
  readonly unit: number;
}

/**
 * Magnitudes of inputs from `offset` on, with their sign, so that the largest takes all bits; a single bit is enough
 * where all inputs that are not 0 are as large as each other.
 */
export function quantizeInputs(
  inputs: Float32Array,
  offset: number,
  inputBits: number,
  magnitudes: Int32Array,
): QuantizedInputs {
  let largest = 0;
  for (let row = 0; row < magnitudes.length; row++) largest = Math.max(largest, Math.abs(inputs[offset + row] ?? 0));
  if (largest === 0) {
    magnitudes.fill(0);
    return { bits: 0, unit: 0 };
  }
  let isBinary = true;
  for (let row = 0; row < magnitudes.length; row++) {
    const value = Math.abs(inputs[offset + row] ?? 0);
    isBinary &&= value === 0 || value === largest;
  }
  const bits = isBinary ? 1 : inputBits;
  const most = 2 ** bits - 1;
  for (let row = 0; row < magnitudes.length; row++) {
    const value = inputs[offset + row] ?? 0;
    magnitudes[row] = Math.sign(value) * Math.round((Math.abs(value) / largest) * most);
  }
  return { bits, unit: largest / most };
}

/** Effective conductances of all cells (rows x columns) [S] and their variance from read to read [S^2]. */
export interface ReadCells {
  readonly siemens: Float64Array;
  readonly variance: Float64Array;
}

export class ColumnReader {
  /** Vectors and single reads of lines so far; every one draws anew. */
  reads = 0;
  /** Factors of the noise of reading, of products and of single rows. */
  forwardNoise = 1;
  rowNoise = 1;
  /** Planes that have been read: one scan of the converters each. */
  planes = 0;
  readonly #setup: ColumnReaderSetup;
  readonly #scan: ConverterScan | undefined;
  readonly #magnitudes: Int32Array;
  readonly #mean: Float64Array;
  readonly #variance: Float64Array;
  readonly #noise: Float64Array;
  readonly #group: CellGroup;

  constructor(setup: ColumnReaderSetup) {
    const { rows, columns, inputBits, converters } = setup;
    this.#setup = setup;
    this.#scan = converters && { converters: 1, shares: 1, settleClocks: 1, conversionClocks: 1, ...converters };
    this.#magnitudes = new Int32Array(rows);
    this.#mean = new Float64Array(columns);
    this.#variance = new Float64Array(columns);
    this.#noise = new Float64Array(2 * inputBits * columns);
    const all = (count: number): Int32Array => Int32Array.from({ length: count }, (_, index) => index);
    this.#group = {
      rows: { indices: all(2 * inputBits), count: 2 * inputBits },
      columns: { indices: all(columns), count: columns },
    };
  }

  /** Writes to `out` (columns) the sum over rows of input times conductance [S x unit of the inputs]. */
  read(inputs: Float32Array, offset: number, cells: ReadCells, out: Float64Array): void {
    const { columns } = this.#setup;
    out.fill(0);
    this.reads++;
    const { bits, unit } = quantizeInputs(inputs, offset, this.#setup.inputBits, this.#magnitudes);
    let plane = 0;
    for (const sign of [1, -1]) {
      if (!this.#has(sign)) continue;
      for (let bit = bits - 1; bit >= 0; bit--) {
        this.#plane({ sign, bit, plane: plane++ }, cells);
        for (let column = 0; column < columns; column++) {
          out[column] = (out[column] ?? 0) + sign * 2 ** bit * unit * (this.#mean[column] ?? 0);
        }
      }
    }
    this.planes += plane;
  }

  /** Conductances of the cells of one row, read by itself, to `out` at the same places [S]. */
  readRow(row: number, { siemens, variance }: ReadCells, out: Float64Array): void {
    const { columns } = this.#setup;
    const start = row * columns;
    this.reads++;
    this.planes++;
    this.#draw(1);
    for (let column = 0; column < columns; column++) {
      const deviation = this.rowNoise * Math.sqrt(variance[start + column] ?? 0);
      out[start + column] = this.#converted((siemens[start + column] ?? 0) + deviation * (this.#noise[column] ?? 0));
    }
  }

  #has(sign: number): boolean {
    return this.#magnitudes.some((value) => value * sign > 0);
  }

  /** One read of all columns: rows on whose magnitude has the bit; conductances seen, to `mean`. */
  #plane(
    { sign, bit, plane }: { readonly sign: number; readonly bit: number; readonly plane: number },
    { siemens, variance }: ReadCells,
  ): void {
    const { columns, noiseStream } = this.#setup;
    const mean = this.#mean.fill(0);
    const spread = this.#variance.fill(0);
    const isNoisy = noiseStream !== undefined;
    for (let row = 0; row < this.#magnitudes.length; row++) {
      const magnitude = sign * (this.#magnitudes[row] ?? 0);
      if (magnitude <= 0 || ((magnitude >>> bit) & 1) === 0) continue;
      addRow(mean, siemens, row * columns);
      if (isNoisy) addRow(spread, variance, row * columns);
    }
    // All planes of a vector are drawn at once
    if (isNoisy && plane === 0) this.#draw(this.#group.rows.count);
    for (let column = 0; column < columns; column++) {
      const deviation = isNoisy ? this.forwardNoise * Math.sqrt(spread[column] ?? 0) : 0;
      const noise = deviation * (this.#noise[plane * columns + column] ?? 0);
      mean[column] = this.#converted((mean[column] ?? 0) + noise);
    }
  }

  #draw(lines: number): void {
    const { seed, noiseStream } = this.#setup;
    if (noiseStream === undefined) return;
    const address = { key: keyOfSeed(seed), stream: noiseStream, event: this.reads >>> 0, along: 'rows' } as const;
    const group = { ...this.#group, rows: { ...this.#group.rows, count: lines } };
    fillNormals(this.#noise, { mean: 0, deviation: 1 }, address, group);
  }

  /** The conductance that the code of a current stands for. */
  #converted(siemens: number): number {
    const { readVolts } = this.#setup;
    const scan = this.#scan;
    return scan ? amperesOf(convert(siemens * readVolts, scan), scan) / readVolts : siemens;
  }
}

function addRow(sums: Float64Array, values: Float64Array, start: number): void {
  for (let column = 0; column < sums.length; column++) {
    sums[column] = (sums[column] ?? 0) + (values[start + column] ?? 0);
  }
}
