/** Variates of every distribution against the moments and shapes of their definitions. */
import { describe, expect, test } from 'vitest';
import { centred, type CentredDistribution } from '../../../src/numerics/distribution.js';
import { fillNormals, keyOfSeed, type CellGroup, type NormalAddress } from '../../../src/numerics/normal.js';
import { fillVariates } from '../../../src/numerics/variates.js';

const SIDE = 300;
const COUNT = SIDE ** 2;

const range = (count: number) => ({ indices: Int32Array.from({ length: count }, (_, index) => index), count });
const whole: CellGroup = { rows: range(SIDE), columns: range(SIDE) };
const address = (given: Partial<NormalAddress> = {}): NormalAddress => ({
  key: keyOfSeed(7),
  stream: 3,
  event: 11,
  along: 'rows',
  ...given,
});

function draw(law: CentredDistribution, given: Partial<NormalAddress> = {}, group = whole): Float64Array {
  const out = new Float64Array(group.rows.count * group.columns.count);
  fillVariates(out, law, address(given), group);
  return out;
}

function moments(values: Float64Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/** Five standard errors of a mean. */
const near = (deviation: number) => (5 * deviation) / Math.sqrt(COUNT);

describe('variates', () => {
  test('normal ones are those of fillNormals', () => {
    const expected = new Float64Array(COUNT);
    fillNormals(expected, { mean: 2, deviation: 0.5 }, address(), whole);
    expect(draw({ distribution: 'normal', mean: 2, deviation: 0.5 })).toEqual(expected);
  });

  test('folded normal ones are their absolute values', () => {
    const law = { mean: 0.3, deviation: 1 };
    const folded = draw({ distribution: 'foldedNormal', ...law });
    expect(folded).toEqual(draw({ distribution: 'normal', ...law }).map(Math.abs));
    expect(Math.min(...folded.subarray(0, 1000))).toBeGreaterThanOrEqual(0);
    // Half-normal: sqrt(2 / pi) of the deviation
    const half = moments(draw({ distribution: 'foldedNormal', mean: 0, deviation: 2 }));
    expect(Math.abs(half.mean - 2 * Math.sqrt(2 / Math.PI))).toBeLessThan(near(2));
    expect(Math.abs(half.deviation - 2 * Math.sqrt(1 - 2 / Math.PI))).toBeLessThan(near(2));
  });

  test('log-normal ones have the median, and the deviation relative to their mean', () => {
    const values = draw({ distribution: 'logNormal', mean: 3, deviation: 0.4 });
    const { mean, deviation } = moments(values);
    const below = values.filter((value) => value < 3).length / COUNT;
    expect(Math.abs(below - 0.5)).toBeLessThan(near(0.5));
    expect(Math.abs(mean / (3 * Math.sqrt(1.16)) - 1)).toBeLessThan(near(0.4));
    expect(Math.abs(deviation / mean - 0.4)).toBeLessThan(0.01);
    expect(values.every((value) => value > 0)).toBe(true);
  });

  test('uniform ones fill their range evenly', () => {
    const values = draw(centred({ name: 'uniform', operands: [-1, 5] }));
    const { mean, deviation } = moments(values);
    expect(Math.abs(mean - 2)).toBeLessThan(near(Math.sqrt(3)));
    expect(Math.abs(deviation - Math.sqrt(3))).toBeLessThan(near(Math.sqrt(3)));
    const counts = new Float64Array(16);
    for (const value of values) counts[Math.floor(((value + 1) / 6) * 16)]! += 1;
    const expected = COUNT / 16;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 15 degrees of freedom: 37.7 at one in a thousand
    expect(chiSquare).toBeLessThan(37.7);
    expect(values.every((value) => value > -1 && value < 5)).toBe(true);
  });

  test.each(['foldedNormal', 'logNormal', 'uniform'] as const)('%s ones belong to their cell', (distribution) => {
    const law = { distribution, mean: 1, deviation: 0.5 };
    for (const along of ['rows', 'columns'] as const) {
      const all = draw(law, { along });
      const rows = { indices: Int32Array.of(2, 17, 200), count: 3 };
      const columns = { indices: Int32Array.of(0, 5, 6, 299), count: 4 };
      const some = draw(law, { along }, { rows, columns });
      const expected = [...rows.indices].flatMap((row) =>
        [...columns.indices].map((column) => all[row * SIDE + column]!),
      );
      expect([...some]).toEqual(expected);
      expect(draw(law, { along, event: 12 })).not.toEqual(all);
      expect(draw(law, { along, stream: 4 })).not.toEqual(all);
      expect(draw(law, { along, key: keyOfSeed(8) })).not.toEqual(all);
    }
  });
});
