/** Tables of weights: numbers as written, and where one is none. */
import { describe, expect, it } from 'vitest';
import { readWeightMatrix, weightSizeFault } from '../../../src/data/weight-matrix.js';

const read = (text: string) => readWeightMatrix(new TextEncoder().encode(text));

describe('a table of weights', () => {
  it('is read row by row, with comments and empty lines left out', () => {
    expect(read('# rows before\n1, -2.5,.5\n\n3e-1,+4,0\r\n')).toEqual({
      rows: 2,
      columns: 3,
      values: Float32Array.of(1, -2.5, 0.5, 0.3, 4, 0),
    });
  });

  it('may be longer than the first guess, and separated by tabs', () => {
    const rows = Array.from({ length: 700 }, (_, row) => `${row}\t-${row}.5`);
    const found = read(rows.join('\n'));
    expect(found).toMatchObject({ rows: 700, columns: 2 });
    expect('values' in found && [...found.values]).toEqual(
      Array.from({ length: 700 }, (_, row) => [row, -row - 0.5]).flat(),
    );
  });

  it.each([
    ['1,2\n3\n', 'line 2 has 1 numbers, the lines before have 2'],
    ['1,2\n3,x\n', 'line 2, column 2: expected a finite number, found "x"'],
    ['1,\n', 'line 1, column 2: expected a finite number, found nothing'],
    // Beyond single precision
    ['1,1e39\n', 'line 1, column 2: expected a finite number, found "1e39"'],
    ['# nothing\n', 'it has no rows'],
  ])('is refused with its place: %j', (text, reason) => {
    expect(read(text)).toEqual({ kind: 'data-fault', reason });
  });

  it('is refused where its sizes are others', () => {
    const size = { rows: 2, columns: 3 };
    expect(weightSizeFault(size, size)).toBeUndefined();
    expect(weightSizeFault({ rows: 3, columns: 2 }, size)?.reason).toBe('it holds 3 x 2 numbers, expected 2 x 3');
  });
});
