import { describe, expect, it } from 'vitest';
import { BatchProduct, type Vectors } from '../../../src/numerics/batch-product.js';
import { BLOCK } from '../../../src/numerics/batch-layout.js';
import { storeStrip } from '../../../src/numerics/store-strip.js';

interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly count: number;
}

/** Numbers that are not whole, a third of them zero. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) =>
    (index * 7 + seed) % 3 === 0 ? 0 : Math.sin(index * 1.7 + seed),
  );
}

function vectors(count: number, width: number, seed: number): Vectors {
  return { count, width, values: numbers(count * width, seed) };
}

/** The sum of products, each rounded to single precision, in ascending order. */
function dot(terms: number, left: (term: number) => number, right: (term: number) => number): number {
  let sum = 0;
  for (let term = 0; term < terms; term++) sum = Math.fround(sum + Math.fround(left(term) * right(term)));
  return sum;
}

function matrixOf({ rows, columns }: Case): Float32Array {
  return numbers(rows * columns, 5);
}

function createProduct(size: Case, threads: number, skipsZeros = true): BatchProduct {
  const { rows, columns } = size;
  const product = new BatchProduct({ rows, columns, batch: size.count + 3, threads, cellArrays: 1 });
  product.use('store', () => ({ function: storeStrip(product.layout), skipsZeros }));
  const { matrix, stride } = product.layout;
  const cells = product.cells(matrix);
  matrixOf(size).forEach((value, index) => {
    cells[Math.floor(index / columns) * stride + (index % columns)] = value;
  });
  return product;
}

/** Y, dX and dW, without padding. */
function allProducts(size: Case, threads: number): readonly Float32Array[] {
  const { rows, columns, count } = size;
  const product = createProduct(size, threads);
  const [inputs, errors] = [vectors(count, rows, 1), vectors(count, columns, 2)];
  const [out, back] = [vectors(count, columns, 0), vectors(count, rows, 0)];
  product.forward(inputs, out);
  product.backward(errors, back);
  product.gradient(inputs, errors);
  const cells = product.cells(product.layout.cells[0]!);
  const gradient = Float32Array.from(
    { length: rows * columns },
    (_, index) => cells[Math.floor(index / columns) * product.layout.stride + (index % columns)]!,
  );
  product.close();
  return [out.values, back.values, gradient];
}

const CASES: readonly Case[] = [
  { rows: 1, columns: 1, count: 1 },
  { rows: 5, columns: 3, count: 7 },
  { rows: 33, columns: 40, count: 12 },
  { rows: 64, columns: 130, count: 9 },
];

describe('products of batches', () => {
  it.each(CASES)('are sums in ascending order: $rows x $columns, $count vectors', (size) => {
    const { rows, columns, count } = size;
    const [matrix, inputs, errors] = [matrixOf(size), numbers(count * rows, 1), numbers(count * columns, 2)];
    const [out, back, gradient] = allProducts(size, 1);
    for (let sample = 0; sample < count; sample++) {
      for (let column = 0; column < columns; column++) {
        const sum = dot(
          rows,
          (row) => inputs[sample * rows + row]!,
          (row) => matrix[row * columns + column]!,
        );
        expect(out![sample * columns + column]).toBe(sum);
      }
      for (let row = 0; row < rows; row++) {
        const sum = dot(columns, (column) => errors[sample * columns + column]!, (column) => matrix[row * columns + column]!); // prettier-ignore
        expect(back![sample * rows + row]).toBe(sum);
      }
    }
    for (let cell = 0; cell < rows * columns; cell++) {
      const [row, column] = [Math.floor(cell / columns), cell % columns];
      const sum = dot(
        count,
        (sample) => inputs[sample * rows + row]!,
        (sample) => errors[sample * columns + column]!,
      );
      expect(gradient![cell]).toBe(sum);
    }
  });

  it('do not depend on the number of threads', () => {
    const size = { rows: 200, columns: 136, count: 30 };
    const alone = allProducts(size, 1);
    for (const threads of [2, 3]) expect(allProducts(size, threads)).toEqual(alone);
  });

  it('forget vectors of a longer batch before', () => {
    const size = { rows: 6, columns: 9, count: 11 };
    const [used, fresh] = [createProduct(size, 1), createProduct(size, 1)];
    used.forward(vectors(11, 6, 3), vectors(11, 9, 0));
    used.gradient(vectors(11, 6, 3), vectors(11, 9, 4));
    const [first, second] = [vectors(2, 9, 0), vectors(2, 9, 0)];
    used.forward(vectors(2, 6, 8), first);
    fresh.forward(vectors(2, 6, 8), second);
    expect(first).toEqual(second);
    for (const product of [used, fresh]) product.gradient(vectors(2, 6, 8), vectors(2, 9, 4));
    const cellsOf = (product: BatchProduct): Float32Array => product.cells(product.layout.cells[0]!);
    expect(cellsOf(used)).toEqual(cellsOf(fresh));
  });

  it('leave rows of zeros to a strip function that wants them', () => {
    const size = { rows: 2 * BLOCK, columns: 8, count: 4 };
    const inputs = { count: 4, width: 2 * BLOCK, values: new Float32Array(4 * 2 * BLOCK) };
    const cellsAfter = (skipsZeros: boolean): Float32Array => {
      const product = createProduct(size, 1, skipsZeros);
      const cells = product.cells(product.layout.cells[0]!).fill(7);
      product.gradient(inputs, vectors(4, 8, 1));
      return cells;
    };
    expect(cellsAfter(true).every((value) => value === 7)).toBe(true);
    expect(cellsAfter(false).every((value) => value === 0)).toBe(true);
  });
});
