/**
 * Products of vectors with an array as a program reads them. Rows are at the read voltage or at rest, so an input is
 * read bit by bit, positive and negative inputs apart; the converters of the columns turn every current into a code,
 * and the host adds the codes up. A vector whose magnitudes are all alike needs a single bit.
 */
import type { ConverterScan } from '../../ir/scheduled.js';
import { codeOf, converterSteps, type ConverterSteps } from '../../ir/analog-array.js';
import { keyOfSeed, fillNormals, type CellGroup } from '../../numerics/normal.js';
import { RowSums } from '../../numerics/row-sums.js';
import { rangeOf, type InputRange } from './input-range.js';
import type { Batch } from './synapse-array.js';

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

/** Magnitudes of inputs, from `offset` on and with their sign, as whole numbers of {@link InputRange}'s unit. */
export function quantizeInputs(
  { inputs, offset, inputBits }: { readonly inputs: Float32Array; readonly offset: number; readonly inputBits: number },
  magnitudes: Int32Array,
  { largest, isBinary }: InputRange = rangeOf(inputs, offset, magnitudes.length),
): QuantizedInputs {
  if (largest === 0) {
    magnitudes.fill(0);
    return { bits: 0, unit: 0 };
  }
  const bits = isBinary ? 1 : inputBits;
  const most = 2 ** bits - 1;
  for (let row = 0; row < magnitudes.length; row++) {
    const value = inputs[offset + row] ?? 0;
    magnitudes[row] = Math.sign(value) * Math.round((Math.abs(value) / largest) * most);
  }
  return { bits, unit: largest / most };
}

/** Lines whose magnitude has a sign and a bit, 0 for the least significant. */
export function linesOfBit(magnitudes: Int32Array, sign: number, bit: number): readonly number[] {
  const lines: number[] = [];
  magnitudes.forEach((value, line) => {
    if (sign * value > 0 && ((sign * value) >>> bit) % 2 === 1) lines.push(line);
  });
  return lines;
}

/** Effective conductances of all cells (rows x columns) [S] and their variance from read to read [S^2]. */
export interface ReadCells {
  readonly siemens: Float64Array;
  readonly variance: Float64Array;
}

/** Who gets the sums of each vector, and how far the whole vectors go where these are parts of them. */
export interface BatchReading {
  readonly each: (vector: number, sums: Float64Array) => void;
  readonly ranges?: readonly InputRange[] | undefined;
}

/** Matrices of which sums are read: conductances and their variances. */
const [SIEMENS, VARIANCE] = [0, 1];

export class ColumnReader {
  /** Vectors and single reads of lines so far; every one draws anew. */
  reads = 0;
  /** Factors of the noise of reading, of products and of single rows. */
  forwardNoise = 1;
  rowNoise = 1;
  /** Planes that have been read: one scan of the converters each. */
  planes = 0;
  readonly #setup: ColumnReaderSetup;
  readonly #steps: ConverterSteps | undefined;
  readonly #magnitudes: Int32Array;
  /** Rows that are on in each plane. */
  readonly #rowSums: RowSums;
  readonly #out: Float64Array;
  /** What is drawn for every plane (planes x columns). */
  readonly #noise: Float64Array;
  readonly #group: CellGroup;

  constructor(setup: ColumnReaderSetup) {
    const { rows, columns, inputBits, converters, noiseStream } = setup;
    const planes = 2 * inputBits;
    this.#setup = setup;
    this.#steps = converters && converterSteps(converters);
    this.#magnitudes = new Int32Array(rows);
    this.#rowSums = new RowSums({ matrices: noiseStream === undefined ? 1 : 2, rows, columns, lists: planes });
    this.#out = new Float64Array(columns);
    this.#noise = new Float64Array(planes * columns);
    const all = (count: number): Int32Array => Int32Array.from({ length: count }, (_, index) => index);
    this.#group = {
      rows: { indices: all(planes), count: planes },
      columns: { indices: all(columns), count: columns },
    };
  }

  /**
   * Hands every vector of a batch to `each` as it is read: the sums over rows of input times conductance
   * [S x unit of the inputs], (columns), a view that the next vector overwrites; `ranges` where vectors are parts of others.
   */
  readBatch({ count, width, values }: Batch, { siemens, variance }: ReadCells, { each, ranges }: BatchReading): void {
    this.#rowSums.load(SIEMENS, siemens);
    if (this.#setup.noiseStream !== undefined) this.#rowSums.load(VARIANCE, variance);
    for (let vector = 0; vector < count; vector++) {
      this.reads++;
      const vectors = { inputs: values, offset: vector * width, inputBits: this.#setup.inputBits };
      this.#read(quantizeInputs(vectors, this.#magnitudes, ranges?.[vector]));
      each(vector, this.#out);
    }
  }

  #read({ bits, unit }: QuantizedInputs): void {
    const { columns } = this.#setup;
    const { stride } = this.#rowSums;
    const out = this.#out.fill(0);
    const positive = this.#has(1) ? bits : 0;
    const planes = positive + (this.#has(-1) ? bits : 0);
    if (planes === 0) return;
    this.#list(bits, positive);
    const sums = this.#rowSums.sums(SIEMENS, planes);
    if (this.#setup.noiseStream !== undefined) this.#addNoise(sums, planes);
    this.#convert(sums, 0, planes * stride);
    for (let plane = 0; plane < planes; plane++) {
      const isPositive = plane < positive;
      const factor = (isPositive ? unit : -unit) * 2 ** (bits - 1 - (isPositive ? plane : plane - positive));
      for (let column = 0; column < columns; column++) {
        out[column] = (out[column] ?? 0) + factor * (sums[plane * stride + column] ?? 0);
      }
    }
    this.planes += planes;
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
      out[start + column] = (siemens[start + column] ?? 0) + deviation * (this.#noise[column] ?? 0);
    }
    this.#convert(out, start, start + columns);
  }

  #has(sign: number): boolean {
    return this.#magnitudes.some((value) => value * sign > 0);
  }

  /**
   * Lists the rows that are on in each plane: planes of positive inputs come first, each side with its most significant
   * bit first.
   */
  #list(bits: number, positive: number): void {
    this.#rowSums.clear();
    for (let row = 0; row < this.#magnitudes.length; row++) {
      const magnitude = this.#magnitudes[row] ?? 0;
      const last = (magnitude > 0 ? 0 : positive) + bits - 1;
      for (let left = Math.abs(magnitude); left !== 0;) {
        const bit = 31 - Math.clz32(left);
        this.#rowSums.append(last - bit, row);
        left ^= 1 << bit;
      }
    }
  }

  /** All planes of a vector are drawn at once. */
  #addNoise(sums: Float64Array, planes: number): void {
    const { columns } = this.#setup;
    const { stride } = this.#rowSums;
    const variance = this.#rowSums.sums(VARIANCE, planes);
    this.#draw(planes);
    for (let plane = 0; plane < planes; plane++) {
      for (let column = 0; column < columns; column++) {
        const at = plane * stride + column;
        const deviation = this.forwardNoise * Math.sqrt(variance[at] ?? 0);
        sums[at] = (sums[at] ?? 0) + deviation * (this.#noise[plane * columns + column] ?? 0);
      }
    }
  }

  #draw(lines: number): void {
    const { seed, noiseStream } = this.#setup;
    if (noiseStream === undefined) return;
    const address = { key: keyOfSeed(seed), stream: noiseStream, event: this.reads >>> 0, along: 'rows' } as const;
    const group = { ...this.#group, rows: { ...this.#group.rows, count: lines } };
    fillNormals(this.#noise, { mean: 0, deviation: 1 }, address, group);
  }

  /** Conductances from place `first` up to `end` become those that the codes of their currents stand for. */
  #convert(values: Float64Array, first: number, end: number): void {
    const { readVolts } = this.#setup;
    const steps = this.#steps;
    if (!steps) return;
    const { minAmperes, lsbAmperes } = steps;
    for (let at = first; at < end; at++) {
      values[at] = (minAmperes + codeOf((values[at] ?? 0) * readVolts, steps) * lsbAmperes) / readVolts;
    }
  }
}
