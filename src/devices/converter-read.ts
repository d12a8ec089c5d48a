/**
 * Reads of a weight matrix through converters: inputs become codes of a DAC, outputs get noise and become codes of an
 * ADC. Inputs are scaled to the range of the DAC and outputs back; a read whose outputs reach the bound of the ADC is
 * repeated with inputs half as large.
 *
 *   x' = dac(s x / max|x|),  y' = adc(W^T x' + noise),  y = y' max|x| / s;  s = 1, 1/2, 1/4, … while |y'| is at the bound
 */
import { invariant } from '../core/invariant.js';
import { createDenseProduct } from '../numerics/dense-product.js';
import { keyOfSeed } from '../numerics/normal.js';
import { assembleModule } from '../numerics/wasm-code.js';
import { compileModule, instantiateModule } from '../numerics/wasm-host.js';
import { converterFunctions, type ConverterSetting } from './converter-read-code.js';

/** Size, converters and randomness of reads. */
export interface ConverterReadSetup extends ConverterSetting {
  readonly rows: number;
  readonly columns: number;
  /** Vectors that can be read at once. */
  readonly vectors: number;
  readonly seed: number;
  /** How often the inputs may be halved; outputs at the bound stay there after that. */
  readonly halvings: number;
}

/** A weight matrix behind converters. */
export interface ConverterRead {
  /** Vector `v` has its element `row` at `v * inputStride + row`. */
  readonly inputs: Float32Array;
  readonly inputStride: number;
  /** Vector `v` has its element `column` at `v * outputStride + column`. */
  readonly outputs: Float32Array;
  readonly outputStride: number;
  /** Copies weights (rows x columns) into place. */
  load(weights: ArrayLike<number>): void;
  /**
   * Reads the first `count` vectors; read `n` of this object draws the same noise alone and in a batch. Inputs are
   * finite.
   */
  read(count: number): void;
}

/** Seven bits in, nine bits out, bound 20, noise 0.1: a setting common in studies of training. */
export const SEVEN_TO_NINE_BITS: ConverterSetting = {
  dac: { step: 2 / 126, bound: 1 },
  adc: { step: 40 / 510, bound: 20 },
  outputNoise: 0.1,
};

interface Exports {
  readonly largest: (from: number, end: number) => number;
  readonly convertIn: (from: number, end: number, to: number, scale: number) => void;
  readonly convertOut: (from: number, end: number, to: number, scale: number) => void;
}

const ELEMENT_BYTES = 4;
/** Vectors of a product are padded to at most this many elements. */
const PADDED_TO = 16;
/** Counter words 2 and 3, the key and the line of the noise, in a line of the cache. */
const NOISE_BYTES = 64;
const LINE_WORD = 4;

/** Weights of zero; throws where a setting cannot be meant. */
export function createConverterRead(setup: ConverterReadSetup): ConverterRead {
  const { dac, adc, outputNoise } = setup;
  const positive = [dac.step, dac.bound, adc.step, adc.bound].every((value) => value > 0 && Number.isFinite(value));
  invariant(positive && outputNoise >= 0 && Number.isFinite(outputNoise), 'steps and bounds are positive');
  return new Read(setup);
}

class Read implements ConverterRead {
  readonly inputs: Float32Array;
  readonly outputs: Float32Array;
  readonly inputStride: number;
  readonly outputStride: number;
  readonly #product;
  readonly #code: Exports;
  /** See numerics/normal.ts for what the words are. */
  readonly #noise: Uint32Array;
  readonly #inputAddress: number;
  readonly #outputAddress: number;
  readonly #setup: ConverterReadSetup;
  readonly #largest: Float32Array;
  #reads = 0;

  constructor(setup: ConverterReadSetup) {
    const { rows, columns, vectors, seed } = setup;
    const elements = vectors * (roundUp(rows, PADDED_TO) + roundUp(columns, PADDED_TO));
    const scratchBytes = NOISE_BYTES + elements * ELEMENT_BYTES;
    const product = createDenseProduct({ rows, columns, precision: 'single', vectors, scratchBytes });
    const { memory, scratchAddress, rowStride, columnStride } = product;
    this.#inputAddress = scratchAddress + NOISE_BYTES;
    this.#outputAddress = this.#inputAddress + vectors * rowStride * ELEMENT_BYTES;
    const binary = assembleModule({
      functions: converterFunctions(setup, scratchAddress),
      memory: { kind: 'imported', bytes: memory.buffer.byteLength, shared: false },
    });
    this.#code = instantiateModule<Exports>(compileModule(binary), memory);
    this.#product = product;
    this.#setup = setup;
    this.inputStride = rowStride;
    this.outputStride = columnStride;
    this.inputs = new Float32Array(memory.buffer, this.#inputAddress, vectors * rowStride);
    this.outputs = new Float32Array(memory.buffer, this.#outputAddress, vectors * columnStride);
    this.#largest = new Float32Array(vectors);
    this.#noise = new Uint32Array(memory.buffer, scratchAddress, LINE_WORD + 1);
    this.#noise.set(keyOfSeed(seed), 2);
  }

  load(weights: ArrayLike<number>): void {
    this.#product.load(weights);
  }

  read(count: number): void {
    invariant(count <= this.#setup.vectors, `there are ${this.#setup.vectors} vectors`);
    for (let vector = 0; vector < count; vector++) this.#convertIn(vector, 0);
    this.#product.toColumns(count);
    for (let vector = 0; vector < count; vector++) {
      this.#convertOut(vector, 0);
      for (let halving = 1; halving <= this.#setup.halvings && this.#isAtBound(vector, halving - 1); halving++) {
        this.#repeat(vector, halving);
      }
      this.#reads++;
    }
  }

  /** A product of one vector: the first place is free again once its result is converted. */
  #repeat(vector: number, halving: number): void {
    const { rowVectors, columnVectors } = this.#product;
    const first = { row: rowVectors.slice(0, this.inputStride), column: columnVectors.slice(0, this.outputStride) };
    this.#convertIn(vector, halving, 0);
    this.#product.toColumns();
    this.#convertOut(vector, halving, 0);
    rowVectors.set(first.row);
    columnVectors.set(first.column);
  }

  #convertIn(vector: number, halving: number, place = vector): void {
    const inputBytes = this.inputStride * ELEMENT_BYTES;
    const from = this.#inputAddress + vector * inputBytes;
    const largest = this.#code.largest(from, from + inputBytes);
    invariant(Number.isFinite(largest), 'inputs are finite');
    this.#largest[vector] = largest;
    const scale = largest === 0 ? 0 : (this.#setup.dac.bound * 2 ** -halving) / largest;
    this.#code.convertIn(from, from + inputBytes, this.#product.rowAddress + place * inputBytes, scale);
  }

  #convertOut(vector: number, halving: number, place = vector): void {
    const outputBytes = this.outputStride * ELEMENT_BYTES;
    const from = this.#product.columnAddress + place * outputBytes;
    const to = this.#outputAddress + vector * outputBytes;
    this.#noise[0] = this.#reads;
    // Lines of the noise are attempts at the same read.
    this.#noise[LINE_WORD] = halving;
    this.#code.convertOut(from, from + outputBytes, to, this.#backScale(vector, halving));
  }

  #backScale(vector: number, halving: number): number {
    return ((this.#largest[vector] ?? 0) * 2 ** halving) / this.#setup.dac.bound;
  }

  #isAtBound(vector: number, halving: number): boolean {
    const bound = Math.fround(this.#setup.adc.bound) * Math.fround(this.#backScale(vector, halving));
    const start = vector * this.outputStride;
    const { outputs } = this;
    if (bound === 0) return false;
    for (let at = start; at < start + this.#setup.columns; at++) {
      if (Math.abs(outputs[at] ?? 0) >= Math.fround(bound)) return true;
    }
    return false;
  }
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
