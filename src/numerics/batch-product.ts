/**
 * Matrix products for batches of vectors in single precision: Y = X W, dX = dY W^T and dW = X^T dY, where four rows of
 * dW at a time go to a function of the caller as soon as they are there, without ever being stored as a whole.
 *
 * Sums run in ascending order, one rounded product and one rounded sum at a time, whatever the number of threads and
 * the size of the batch. Factors of zero are left out: where the other factor is not finite, they do not spread it.
 */
import { invariant } from '../core/invariant.js';
import { BATCH_HEADER, BLOCK, layOutBatch, PANEL, type BatchLayout, type BatchShape } from './batch-layout.js';
import { batchFunctions, type StripFunction } from './batch-product-code.js';
import { createTeam, type ThreadTeam } from './thread-team.js';
import { assembleModule } from './wasm-code.js';
import { compileModule, createMemory, createSharedMemory, type WasmMemory, type WasmModule } from './wasm-host.js';

/** Row vectors, or column vectors, one behind the other (count x width). */
export interface Vectors {
  readonly count: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** What becomes of derivatives. */
export interface StripUse {
  readonly function: StripFunction;
  /** Whether it does nothing where all derivatives are zero, so that it need not be called. */
  readonly skipsZeros: boolean;
}

/** Memory with a matrix, and the products with it. */
export class BatchProduct {
  readonly layout: BatchLayout;
  readonly memory: WasmMemory;
  readonly #shape: BatchShape;
  readonly #modules = new Map<string, WasmModule>();
  #team: ThreadTeam | undefined;
  #chosen: string | undefined;

  /** Memory of zeros; at most 4 GiB. */
  constructor(shape: BatchShape) {
    const { rows, columns, batch } = shape;
    invariant(Math.min(rows, columns, batch) >= 1, `${rows} x ${columns} with batches of ${batch} is not empty`);
    this.#shape = shape;
    this.layout = layOutBatch(shape);
    invariant(this.layout.bytes < 2 ** 32, `${this.layout.bytes} bytes do not fit into one memory`);
    this.memory = shape.threads > 1 ? createSharedMemory(this.layout.bytes) : createMemory(this.layout.bytes);
  }

  /** Live elements at `address` of the layout, with rows of `stride` (rows x stride, both padded). */
  cells(address: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, this.layout.rows * this.layout.stride);
  }

  /** What derivatives go to from now on; `key` stands for the text of `make`, which is compiled once. */
  use(key: string, make: () => StripUse): void {
    if (this.#chosen === key) return;
    let module = this.#modules.get(key);
    if (!module) {
      const { function: strip, skipsZeros } = make();
      const functions = batchFunctions(this.layout, strip, skipsZeros);
      const declared = { kind: 'imported', bytes: this.layout.bytes, shared: this.#shape.threads > 1 } as const;
      module = compileModule(assembleModule({ functions, memory: declared }));
      this.#modules.set(key, module);
    }
    this.#team?.close();
    const functions = ['packInputs', 'packErrors', 'packErrorPanels', 'forward', 'backward', 'gradient'];
    this.#team = createTeam({ module, memory: this.memory, functions }, this.layout.scratch);
    this.#chosen = key;
  }

  /** out (count x columns) = inputs (count x rows) times the matrix at `matrix` of the layout. */
  forward(inputs: Vectors, out: Vectors, matrix = this.layout.matrix): void {
    const { rows, stride, outputs } = this.layout;
    this.#load(inputs, this.layout.inputs, rows);
    this.#run('packInputs', this.#blocks(inputs.count), 8);
    this.#run('forward', stride / PANEL, 2, matrix);
    this.#unload(out, outputs, stride);
  }

  /** out (count x rows) = errors (count x columns) times the transposed matrix at `matrix` of the layout. */
  backward(errors: Vectors, out: Vectors, matrix = this.layout.matrix): void {
    const { rows, stride, inputErrors } = this.layout;
    this.#load(errors, this.layout.errors, stride);
    this.#run('packErrors', this.#blocks(errors.count), 8);
    this.#run('backward', rows / PANEL, 4, matrix);
    this.#unload(out, inputErrors, rows);
  }

  /** Derivatives inputs^T errors, (rows x columns), to the strip function with `argument`. */
  gradient(inputs: Vectors, errors: Vectors, argument = 0): void {
    const { rows, stride } = this.layout;
    invariant(inputs.count === errors.count, 'inputs and errors are of one batch');
    this.#load(inputs, this.layout.inputs, rows);
    this.#load(errors, this.layout.errors, stride);
    this.#run('packErrorPanels', stride / PANEL, 8);
    this.#run('gradient', rows / BLOCK, 4, argument);
  }

  /** Ends the threads; the product works on with one. */
  close(): void {
    this.#team?.close();
  }

  #run(name: string, count: number, grain: number, argument = 0): void {
    invariant(this.#team, 'a use has been chosen');
    this.#team.run({ name, count, grain, argument });
  }

  #blocks(count: number): number {
    return Math.ceil(count / BLOCK);
  }

  /** Copies vectors into place, and zeros behind the last as far as its block reaches. */
  #load({ count, width, values }: Vectors, address: number, stride: number): void {
    invariant(count <= this.layout.batch && width <= stride, `${count} vectors of ${width} fit`);
    const blocks = this.#blocks(count);
    const target = new Float32Array(this.memory.buffer, address, blocks * BLOCK * stride);
    if (width === stride) target.set(values.subarray(0, count * width));
    else
      for (let row = 0; row < count; row++) target.set(values.subarray(row * width, (row + 1) * width), row * stride);
    target.fill(0, count * stride);
    new Int32Array(this.memory.buffer, this.layout.header, 1)[BATCH_HEADER.blocks] = blocks;
  }

  #unload({ count, width, values }: Vectors, address: number, stride: number): void {
    const source = new Float32Array(this.memory.buffer, address, count * stride);
    if (width === stride) values.set(source);
    else
      for (let row = 0; row < count; row++)
        values.set(source.subarray(row * stride, row * stride + width), row * width);
  }
}
