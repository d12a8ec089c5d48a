/**
 * Products of one matrix with many vectors in WebAssembly: y = G^T x (what the columns of a crossbar collect when its
 * rows are driven) and x = G y (the way back), in single or double precision.
 *
 * The order of every sum is fixed by the shape alone, so a result is the same in a batch, by itself, and for any
 * division of the outputs among workers: a column sums its rows in ascending order, a row its columns in as many
 * interleaved sums as a register has elements, which are then added in pairs. Every product and sum is rounded by
 * itself; nothing is fused.
 */
import { invariant } from '../core/invariant.js';
import { assembleModule } from './wasm-code.js';
import { BATCH, denseProductFunctions, layOut, type Precision } from './dense-product-code.js';
import { compileModule, createMemory, instantiateModule, type WasmMemory } from './wasm-host.js';

/** Arrays of the precision chosen. */
export interface ElementArrays {
  readonly single: Float32Array;
  readonly double: Float64Array;
}

/** Size of a product. */
export interface DenseShape<Kind extends Precision> {
  readonly rows: number;
  readonly columns: number;
  readonly precision: Kind;
  /** Vectors that fit at once; 1 where absent. */
  readonly vectors?: number;
  /** Bytes behind the vectors for code of the caller; 0 where absent. */
  readonly scratchBytes?: number;
}

/** A matrix and its vectors, all of them live and in one WebAssembly memory. Padding between them stays zero. */
export interface DenseProduct<Kind extends Precision> {
  readonly rows: number;
  readonly columns: number;
  /** Element (row, column) is at `row * stride + column`. */
  readonly matrix: ElementArrays[Kind];
  readonly stride: number;
  /** Vector `v` has its element `row` at `v * rowStride + row`. */
  readonly rowVectors: ElementArrays[Kind];
  readonly rowStride: number;
  /** Vector `v` has its element `column` at `v * columnStride + column`. */
  readonly columnVectors: ElementArrays[Kind];
  readonly columnStride: number;
  /** Memory of all of these, and where in it the row vectors, the column vectors and the scratch bytes begin. */
  readonly memory: WasmMemory<ArrayBuffer>;
  readonly rowAddress: number;
  readonly columnAddress: number;
  readonly scratchAddress: number;
  /** Copies a matrix (rows x columns) into place. */
  load(elements: ArrayLike<number>): void;
  /** Column vectors = G^T times row vectors, for the first `count`. */
  toColumns(count?: number): void;
  /** Row vectors = G times column vectors, for the first `count`. */
  toRows(count?: number): void;
}

interface Exports {
  readonly toColumns: (from: number, to: number) => void;
  readonly toColumnsBatch: (from: number, to: number) => void;
  readonly toRows: (from: number, to: number) => void;
}

const ELEMENT_BYTES = { single: 4, double: 8 } as const;

/** A matrix and vectors of zeros; the memory holds at most 2 GiB. */
export function createDenseProduct<Kind extends Precision>(shape: DenseShape<Kind>): DenseProduct<Kind> {
  const { rows, columns, precision, vectors = 1, scratchBytes = 0 } = shape;
  invariant(Math.min(rows, columns, vectors) >= 1, `${rows} x ${columns} with ${vectors} vectors is not empty`);
  const layout = layOut({ rows, columns, precision, vectors });
  const bytes = layout.scratchAddress + scratchBytes;
  invariant(bytes <= 2 ** 31, `a matrix of ${rows} x ${columns} fits into 2 GiB`);
  const memory = createMemory(bytes);
  const binary = assembleModule({
    functions: denseProductFunctions(layout),
    memory: { kind: 'imported', bytes, shared: false },
  });
  const code = instantiateModule<Exports>(compileModule(binary), memory);
  const { stride, rowStride, rowAddress, columnAddress, scratchAddress } = layout;
  const elementBytes = ELEMENT_BYTES[precision];
  const view = (address: number, count: number): ElementArrays[Kind] =>
    viewElements(precision, memory.buffer, address, count);
  const matrix = view(0, rows * stride);
  const [rowBytes, columnBytes] = [rowStride * elementBytes, stride * elementBytes];
  return {
    rows,
    columns,
    matrix,
    stride,
    rowVectors: view(rowAddress, vectors * rowStride),
    rowStride,
    columnVectors: view(columnAddress, vectors * stride),
    columnStride: stride,
    memory,
    rowAddress,
    columnAddress,
    scratchAddress,
    load(elements): void {
      invariant(elements.length === rows * columns, 'the elements are those of the matrix');
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          matrix[row * stride + column] = elements[row * columns + column] ?? 0;
    },
    toColumns(count = 1): void {
      invariant(count <= vectors, `there are ${vectors} vectors`);
      let vector = 0;
      for (; vector + BATCH <= count; vector += BATCH)
        code.toColumnsBatch(rowAddress + vector * rowBytes, columnAddress + vector * columnBytes);
      for (; vector < count; vector++)
        code.toColumns(rowAddress + vector * rowBytes, columnAddress + vector * columnBytes);
    },
    toRows(count = 1): void {
      invariant(count <= vectors, `there are ${vectors} vectors`);
      for (let vector = 0; vector < count; vector++)
        code.toRows(columnAddress + vector * columnBytes, rowAddress + vector * rowBytes);
    },
  };
}

function viewElements<Kind extends Precision>(
  precision: Kind,
  buffer: ArrayBuffer,
  address: number,
  count: number,
): ElementArrays[Kind] {
  const elements =
    precision === 'single' ? new Float32Array(buffer, address, count) : new Float64Array(buffer, address, count);
  // The branch above is the table that the type states.
  return elements as ElementArrays[Kind];
}
