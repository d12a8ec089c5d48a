import { describe, expect, test } from 'vitest';
import { boxMuller } from '../../../src/numerics/box-muller.js';
import { fillNormals, keyOfSeed, normalAt, type LineList, type NormalAddress } from '../../../src/numerics/normal.js';

const lines = (...indices: readonly number[]): LineList => ({
  indices: Int32Array.from(indices),
  count: indices.length,
});
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const address = (given: Partial<NormalAddress> = {}): NormalAddress => ({
  key: keyOfSeed(42),
  stream: 1,
  event: 0,
  along: 'rows',
  ...given,
});

describe('boxMuller', () => {
  test('is the Box-Muller transform within 1e-10', () => {
    const out = new Float64Array(2);
    const edges = [
      0, 1, 0x1fffffff, 0x20000000, 0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 0xe0000000, 0xffffffff,
    ];
    const spread = Array.from({ length: 500 }, (_, index) => Math.imul(index, 0x9e3779b1) >>> 0);
    for (const w0 of [...edges, ...spread]) {
      for (const w1 of [...edges, Math.imul(w0, 0x85ebca6b) >>> 0]) {
        boxMuller(w0, w1, out, 0);
        const radius = Math.sqrt(-2 * Math.log1p((w0 + 0.5) / 2 ** 32 - 1));
        const angle = (2 * Math.PI * w1) / 2 ** 32;
        expect(Math.abs(out[0]! - radius * Math.cos(angle))).toBeLessThan(1e-10);
        expect(Math.abs(out[1]! - radius * Math.sin(angle))).toBeLessThan(1e-10);
      }
    }
  });
});

describe('addresses', () => {
  test('a group holds the variates of its cells, whatever else is in the group', () => {
    const rows = lines(1, 2, 7);
    const columns = lines(0, 3, 4, 5, 9);
    for (const along of ['rows', 'columns'] as const) {
      const out = new Float64Array(rows.count * columns.count);
      fillNormals(out, { mean: 3, deviation: 0.5 }, address({ along, event: 5 }), { rows, columns });
      const expected = [...rows.indices].flatMap((row) =>
        [...columns.indices].map((column) => 3 + 0.5 * normalAt(address({ along, event: 5 }), row, column)),
      );
      expect([...out]).toEqual(expected);
    }
  });

  test('the vector unit draws what the definition draws, bit for bit', () => {
    const far = [0, 1, 15, 16, 17, 63, 64, 1000, 65_535, 2 ** 31 - 1];
    const group = { rows: lines(...far), columns: lines(...far) };
    const out = new Float64Array(far.length ** 2);
    for (const event of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
      for (const stream of [0, 7, 2 ** 31 - 1]) {
        const there = address({ event, stream, key: keyOfSeed(2 ** 53 - 1 - event) });
        fillNormals(out, { mean: 0, deviation: 1 }, there, group);
        expect([...out]).toEqual(far.flatMap((row) => far.map((column) => normalAt(there, row, column))));
      }
    }
  });

  test('every part of the address matters', () => {
    const here = normalAt(address(), 2, 3);
    const others = [
      normalAt(address(), 2, 4),
      normalAt(address(), 3, 3),
      normalAt(address({ event: 1 }), 2, 3),
      normalAt(address({ stream: 2 }), 2, 3),
      normalAt(address({ along: 'columns' }), 2, 3),
      normalAt(address({ key: keyOfSeed(43) }), 2, 3),
      normalAt(address({ key: keyOfSeed(42 + 2 ** 32) }), 2, 3),
    ];
    expect(new Set([here, ...others]).size).toBe(others.length + 1);
    expect(normalAt(address(), 2, 3)).toBe(here);
  });

  test.each([-1, 0.5, 2 ** 53, NaN])('refuses %s as a seed', (seed) => {
    expect(() => keyOfSeed(seed)).toThrow('a seed is');
  });

  test('the first variates of seed 1 stay what they are', () => {
    const first = range(4).map((column) => normalAt(address({ key: keyOfSeed(1), stream: 0 }), 0, column));
    expect(first).toMatchInlineSnapshot(`
      [
        0.38040073396900104,
        -0.29627788968611357,
        -0.2492334241310184,
        -1.003837251656572,
      ]
    `);
  });
});

describe('statistics of 400 x 500 variates', () => {
  const [rowCount, columnCount] = [400, 500];
  const draw = (given: Partial<NormalAddress>): Float64Array => {
    const out = new Float64Array(rowCount * columnCount);
    const group = { rows: lines(...range(rowCount)), columns: lines(...range(columnCount)) };
    fillNormals(out, { mean: 0, deviation: 1 }, address(given), group);
    return out;
  };
  const count = rowCount * columnCount;
  const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
  const moment = (values: Float64Array, power: number): number => mean(values.map((x) => x ** power));

  // Limits are four standard errors of each statistic.
  test.each(['rows', 'columns'] as const)('moments along %s', (along) => {
    const values = draw({ along });
    expect(Math.abs(moment(values, 1))).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(moment(values, 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(moment(values, 3))).toBeLessThan(4 * Math.sqrt(15 / count));
    expect(Math.abs(moment(values, 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
  });

  test.each([
    [1, 0.317310508],
    [2, 0.045500264],
    [3, 0.002699796],
    [4, 0.000063342],
  ])('the fraction beyond %s deviations', (limit, expected) => {
    const beyond = draw({}).filter((x) => Math.abs(x) > limit).length / count;
    expect(Math.abs(beyond - expected)).toBeLessThan(4 * Math.sqrt(expected / count));
  });

  test('neighbours are independent', () => {
    const values = draw({});
    const correlation = (other: Float64Array): number =>
      mean(values.subarray(0, other.length).map((x, i) => x * other[i]!));
    const squares = (other: Float64Array): number =>
      mean(values.subarray(0, other.length).map((x, i) => (x ** 2 - 1) * (other[i]! ** 2 - 1)));
    const others = [
      values.subarray(1),
      values.subarray(2),
      values.subarray(3),
      values.subarray(4),
      values.subarray(columnCount),
      draw({ event: 1 }),
      draw({ stream: 0 }),
      draw({ key: keyOfSeed(43) }),
      draw({ along: 'columns' }),
    ];
    for (const other of others) {
      expect(Math.abs(correlation(other))).toBeLessThan(4 / Math.sqrt(other.length));
      expect(Math.abs(squares(other))).toBeLessThan(8 / Math.sqrt(other.length));
    }
  });
});
