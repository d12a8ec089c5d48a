import { describe, expect, it } from 'vitest';
import { createDenseProduct, type DenseProduct } from '../../../src/numerics/dense-product.js';
import { philox4x32 } from '../../../src/numerics/philox.js';

/** Numbers between -1 and 1 with all bits of single precision. */
function numbers(count: number, seed: number): Float64Array {
  const words = new Uint32Array(4);
  return Float64Array.from({ length: count }, (_, index) => {
    philox4x32(Uint32Array.of(index, seed, 0, 0), Uint32Array.of(1, 2), words);
    return Math.fround(((words[0] ?? 0) - 2 ** 31) / 2 ** 31);
  });
}

const SHAPES = [
  { rows: 1, columns: 1 },
  { rows: 7, columns: 17 },
  { rows: 8, columns: 16 },
  { rows: 100, columns: 10 },
  { rows: 33, columns: 65 },
];

type Round = (value: number) => number;

/** The sum of the definition: rows in ascending order, each step rounded. */
function sumOfColumn(elements: Float64Array, x: Float64Array, column: number, round: Round): number {
  const columns = elements.length / x.length;
  return x.reduce((sum, factor, row) => round(sum + round((elements[row * columns + column] ?? NaN) * factor)), 0);
}

/** The sum of the definition: interleaved sums of the columns, then 0 + 2, 1 + 3 and both (or 0 + 1 of two). */
function sumOfRow(row: Float64Array, y: Float64Array, lanes: number, round: Round): number {
  const sums = Array.from({ length: lanes }, (_, lane) => {
    const own = [...row.keys()].filter((column) => column % lanes === lane);
    return own.reduce((sum, column) => round(sum + round((row[column] ?? NaN) * (y[column] ?? NaN))), 0);
  });
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = sums;
  return lanes === 2 ? round(s0 + s1) : round(round(s0 + s2) + round(s1 + s3));
}

function fillVectors(product: DenseProduct<'single'>, count: number): void {
  for (let vector = 0; vector < count; vector++)
    product.rowVectors.set(numbers(product.rows, vector), vector * product.rowStride);
}

describe.each(SHAPES)('$rows x $columns', ({ rows, columns }) => {
  const elements = numbers(rows * columns, 99);
  const x = numbers(rows, 1);
  const y = numbers(columns, 2);

  it.each([
    { precision: 'single', lanes: 4, round: Math.fround },
    { precision: 'double', lanes: 2, round: (value: number) => value },
  ] as const)('sums in the order that is promised, in $precision precision', ({ precision, lanes, round }) => {
    const product = createDenseProduct({ rows, columns, precision });
    product.load(elements);
    product.rowVectors.set(x);
    product.toColumns();
    const inColumns = Array.from(y, (_, column) => sumOfColumn(elements, x, column, round));
    expect([...product.columnVectors.subarray(0, columns)]).toEqual(inColumns);
    product.columnVectors.set(y);
    product.toRows();
    const inRows = Array.from(x, (_, row) =>
      sumOfRow(elements.subarray(row * columns, (row + 1) * columns), y, lanes, round),
    );
    expect([...product.rowVectors.subarray(0, rows)]).toEqual(inRows);
  });

  it('gives a vector the same result in a batch and by itself', () => {
    const count = 7;
    const product = createDenseProduct({ rows, columns, precision: 'single', vectors: count });
    product.load(elements);
    fillVectors(product, count);
    product.toColumns(count);
    const alone = createDenseProduct({ rows, columns, precision: 'single' });
    alone.load(elements);
    for (let vector = 0; vector < count; vector++) {
      alone.rowVectors.set(numbers(rows, vector));
      alone.toColumns();
      const batched = product.columnVectors.subarray(vector * product.columnStride).subarray(0, columns);
      expect([...batched]).toEqual([...alone.columnVectors.subarray(0, columns)]);
    }
  });

  it('gives a column the same result in a part of the matrix', () => {
    const whole = createDenseProduct({ rows, columns, precision: 'single' });
    whole.load(elements);
    whole.rowVectors.set(x);
    whole.toColumns();
    const first = Math.floor(columns / 3);
    const part = createDenseProduct({ rows, columns: columns - first, precision: 'single' });
    part.load(elements.filter((_, index) => index % columns >= first));
    part.rowVectors.set(x);
    part.toColumns();
    expect([...part.columnVectors.subarray(0, columns - first)]).toEqual([
      ...whole.columnVectors.subarray(first, columns),
    ]);
  });
});

describe('createDenseProduct', () => {
  it('refuses an empty matrix, one that is too large, and more vectors than there are', () => {
    expect(() => createDenseProduct({ rows: 0, columns: 3, precision: 'single' })).toThrow(/not empty/);
    expect(() => createDenseProduct({ rows: 40_000, columns: 40_000, precision: 'single' })).toThrow(/2 GiB/);
    const product = createDenseProduct({ rows: 2, columns: 2, precision: 'single' });
    expect(() => {
      product.toColumns(2);
    }).toThrow(/1 vectors/);
    expect(() => {
      product.load([1, 2, 3]);
    }).toThrow(/those of the matrix/);
  });

  it('keeps its padding out of the results', () => {
    const product = createDenseProduct({ rows: 3, columns: 3, precision: 'double', vectors: 2 });
    product.load(numbers(9, 5));
    product.rowVectors.set(numbers(3, 6));
    product.toColumns(2);
    expect([...product.columnVectors.subarray(3)].every((value) => value === 0)).toBe(true);
  });
});
