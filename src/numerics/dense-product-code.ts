/**
 * The WebAssembly of dense-product.ts, specialised to one shape: strides are offsets in the instructions, so that an
 * inner loop has two moving addresses. Eight products of a register of the matrix follow each load and store of a sum.
 */
import {
  block,
  branchIf,
  get,
  integer,
  lane,
  Locals,
  loop,
  memory,
  op,
  set,
  shuffleWords,
  type Code,
  type WasmFunction,
} from './wasm-code.js';

export type Precision = 'single' | 'double';

/** Elements of a vector register. */
export const LANES = { single: 4, double: 2 } as const;
/** Vectors that `toColumnsBatch` multiplies at once. */
export const BATCH = 4;

const REGISTER_BYTES = 16;
/** Rows that are multiplied at once: with their elements of x they just fit the registers of a CPU. */
const ROWS_AT_ONCE = 8;
/** Registers of a row in one round of an inner loop. */
const REGISTERS_AT_ONCE = 2;
/** Rows of the matrix and vectors begin with a line of the cache. */
const LINE_BYTES = 64;

interface MatrixShape {
  readonly rows: number;
  readonly columns: number;
  readonly precision: Precision;
  readonly vectors: number;
}

/** Where things are: the matrix at 0, then the row vectors, the column vectors and what the caller wants. */
export interface DenseLayout {
  readonly precision: Precision;
  /** Rows of the matrix with its padding. */
  readonly paddedRows: number;
  /** Elements from one row of the matrix, or one column vector, to the next. */
  readonly stride: number;
  /** Elements from one row vector to the next. */
  readonly rowStride: number;
  readonly rowAddress: number;
  readonly columnAddress: number;
  readonly scratchAddress: number;
}

/** The layout of a shape. */
export function layOut({ rows, columns, precision, vectors }: MatrixShape): DenseLayout {
  const elementBytes = REGISTER_BYTES / LANES[precision];
  const stride = roundUp(columns, LINE_BYTES / elementBytes);
  const paddedRows = roundUp(rows, ROWS_AT_ONCE);
  const rowAddress = roundUp(paddedRows * stride * elementBytes, LINE_BYTES);
  const columnAddress = roundUp(rowAddress + vectors * paddedRows * elementBytes, LINE_BYTES);
  const scratchAddress = roundUp(columnAddress + vectors * stride * elementBytes, LINE_BYTES);
  return { precision, paddedRows, stride, rowStride: paddedRows, rowAddress, columnAddress, scratchAddress };
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

/** `toColumns`, `toColumnsBatch` and `toRows`, each from and to an address of vectors. */
export function denseProductFunctions(layout: DenseLayout): readonly WasmFunction[] {
  return [
    { ...toColumns(layout, ROWS_AT_ONCE, 1), exportedAs: 'toColumns' },
    { ...toColumns(layout, ROWS_AT_ONCE / BATCH, BATCH), exportedAs: 'toColumnsBatch' },
    { ...toRows(layout), exportedAs: 'toRows' },
  ];
}

/** Instructions and sizes of a precision. */
interface Arithmetic {
  readonly elementBytes: number;
  readonly add: (left: Code, right: Code) => Code;
  readonly multiply: (left: Code, right: Code) => Code;
  readonly loadSplat: (address: Code, offset: number) => Code;
}

function arithmeticOf(precision: Precision): Arithmetic {
  const [shape, splat] =
    precision === 'single' ? (['f32x4', 'v128.load32_splat'] as const) : (['f64x2', 'v128.load64_splat'] as const);
  return {
    elementBytes: REGISTER_BYTES / LANES[precision],
    add: (left, right) => op(`${shape}.add`, left, right),
    multiply: (left, right) => op(`${shape}.mul`, left, right),
    loadSplat: (address, offset) => memory(splat, address, offset),
  };
}

/** `rowsAtOnce` rows of the matrix into the sums of `batch` vectors, until all rows are in. */
function toColumns(layout: DenseLayout, rowsAtOnce: number, batch: number): WasmFunction {
  const { precision, paddedRows, stride, rowStride } = layout;
  const { elementBytes, add, multiply, loadSplat } = arithmeticOf(precision);
  const [rowBytes, xBytes] = [stride * elementBytes, rowStride * elementBytes];
  const [from, to] = [0, 1];
  const locals = new Locals(['i32', 'i32']);
  const [at, rowEnd, sumAt] = [locals.add('i32'), locals.add('i32'), locals.add('i32')];
  const elements = times(rowsAtOnce, () => locals.add('v128'));
  const x = times(batch, () => times(rowsAtOnce, () => locals.add('v128')));
  const sumOf = (vector: number, offset: number): Code => {
    const start = memory('v128.load', get(sumAt), vector * rowBytes + offset);
    return (x[vector] ?? []).reduce<Code>(
      (sum, factor, row) => add(sum, multiply(get(elements[row] ?? 0), get(factor))),
      start,
    );
  };
  const oneRegister = (offset: number): Code => [
    ...elements.flatMap((element, row) => set(element, memory('v128.load', get(at), row * rowBytes + offset))),
    ...x.flatMap((_, vector) => memory('v128.store', get(sumAt), vector * rowBytes + offset, sumOf(vector, offset))),
  ];
  const step = REGISTERS_AT_ONCE * REGISTER_BYTES;
  const body = [
    ...clear(to, batch * rowBytes, at),
    ...set(at, integer(0)),
    ...loop(
      ...x.map((factors, vector) =>
        factors.flatMap((factor, row) => set(factor, loadSplat(get(from), vector * xBytes + row * elementBytes))),
      ),
      advance(from, rowsAtOnce * elementBytes),
      set(sumAt, get(to)),
      set(rowEnd, op('i32.add', get(at), integer(rowBytes))),
      loop(
        ...times(REGISTERS_AT_ONCE, (register) => oneRegister(register * REGISTER_BYTES)),
        advance(at, step),
        advance(sumAt, step),
        branchIf(0, op('i32.lt_u', get(at), get(rowEnd))),
      ),
      advance(at, (rowsAtOnce - 1) * rowBytes),
      branchIf(0, op('i32.lt_u', get(at), integer(paddedRows * rowBytes))),
    ),
  ];
  return { parameters: ['i32', 'i32'], locals: locals.types, body };
}

/** Eight rows of the matrix by one vector, lane by lane, then the lanes of each row together. */
function toRows(layout: DenseLayout): WasmFunction {
  const { precision, paddedRows, stride } = layout;
  const { elementBytes, add, multiply } = arithmeticOf(precision);
  const rowBytes = stride * elementBytes;
  const [from, to] = [0, 1];
  const locals = new Locals(['i32', 'i32']);
  const [at, rowEnd, factorAt, factor] = [locals.add('i32'), locals.add('i32'), locals.add('i32'), locals.add('v128')];
  const sums = times(ROWS_AT_ONCE, () => locals.add('v128'));
  const oneRegister = (offset: number): Code => [
    ...set(factor, memory('v128.load', get(factorAt), offset)),
    ...sums.flatMap((sum, row) =>
      set(sum, add(get(sum), multiply(memory('v128.load', get(at), row * rowBytes + offset), get(factor)))),
    ),
  ];
  const step = REGISTERS_AT_ONCE * REGISTER_BYTES;
  const body = [
    ...set(at, integer(0)),
    ...loop(
      ...sums.map((sum) => set(sum, op('v128.xor', get(sum), get(sum)))),
      set(factorAt, get(from)),
      set(rowEnd, op('i32.add', get(at), integer(rowBytes))),
      loop(
        ...times(REGISTERS_AT_ONCE, (register) => oneRegister(register * REGISTER_BYTES)),
        advance(at, step),
        advance(factorAt, step),
        branchIf(0, op('i32.lt_u', get(at), get(rowEnd))),
      ),
      ...sums.map((sum, row) => storeTotal(precision, { address: get(to), offset: row * elementBytes, sum, add })),
      advance(to, ROWS_AT_ONCE * elementBytes),
      advance(at, (ROWS_AT_ONCE - 1) * rowBytes),
      branchIf(0, op('i32.lt_u', get(at), integer(paddedRows * rowBytes))),
    ),
  ];
  return { parameters: ['i32', 'i32'], locals: locals.types, body };
}

interface LaneSum {
  readonly address: Code;
  readonly offset: number;
  readonly sum: number;
  readonly add: Arithmetic['add'];
}

/** Stores the sum of the lanes: (0 + 2) + (1 + 3) of four, 0 + 1 of two. */
function storeTotal(precision: Precision, { address, offset, sum, add }: LaneSum): Code {
  const upper = (of: number): Code => shuffleWords(get(of), get(of), [2, 3, 0, 1]);
  const halves = set(sum, add(get(sum), upper(sum)));
  if (precision === 'double') {
    return [...halves, ...memory('f64.store', address, offset, lane('f64x2.extract_lane', 0, get(sum)))];
  }
  const total = add(get(sum), shuffleWords(get(sum), get(sum), [1, 0, 3, 2]));
  return [...halves, ...memory('f32.store', address, offset, lane('f32x4.extract_lane', 0, total))];
}

/** Zeros in `bytes` bytes from the address in `start`; `at` is scratch. */
function clear(start: number, bytes: number, at: number): Code {
  return [
    ...set(at, get(start)),
    ...block(
      loop(
        memory('v128.store', get(at), 0, op('i32x4.splat', integer(0))),
        advance(at, REGISTER_BYTES),
        branchIf(0, op('i32.lt_u', get(at), op('i32.add', get(start), integer(bytes)))),
      ),
    ),
  ];
}

function advance(local: number, bytes: number): Code {
  return set(local, op('i32.add', get(local), integer(bytes)));
}

function times<Item>(count: number, make: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
