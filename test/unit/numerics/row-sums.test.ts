/** Sums of listed rows against a plain loop, bit by bit. */
import { describe, expect, it } from 'vitest';
import { RowSums } from '../../../src/numerics/row-sums.js';
import { drawFrom } from '../../support/pulse-program.js';

describe('sums of rows', () => {
  it.each([
    [1, 1],
    [5, 7],
    [9, 8],
    [40, 33],
  ])('of %i x %i are those of a loop in the order of the lists', (rows, columns) => {
    const draw = drawFrom(rows);
    const lists = 4;
    const sums = new RowSums({ matrices: 2, rows, columns, lists });
    const matrices = [1e-6, 1e3].map((scale) =>
      // Wide exponents, so that another order gives other bits
      Float64Array.from({ length: (rows + 1) * columns }, () => scale * (draw(2000) - 1000) * 2 ** (draw(40) - 20)),
    );
    matrices.forEach((values, index) => {
      // A row behind the last is left alone
      sums.load(index, values);
    });
    for (let turn = 0; turn < 2; turn++) {
      sums.clear();
      const chosen = Array.from({ length: lists }, (_, list) =>
        Array.from({ length: rows }, (_each, row) => row).filter(() => list > 0 && draw(3) < 2),
      );
      chosen.forEach((each, list) => {
        for (const row of each) sums.append(list, row);
      });
      matrices.forEach((values, index) => {
        const found = sums.sums(index, lists);
        chosen.forEach((each, list) => {
          for (let column = 0; column < columns; column++) {
            const expected = each.reduce((sum, row) => sum + values[row * columns + column]!, 0);
            expect(found[list * sums.stride + column]).toBe(expected);
          }
        });
      });
    }
  });
});
