import { describe, expect, it } from 'vitest';
import type { SynapseArray } from '../../../../src/networks/arrays/synapse-array.js';
import { weightSpreads } from '../../../../src/networks/run/weight-spread.js';

const arrayOf = (...weights: readonly number[]): SynapseArray =>
  ({ weights: () => Float32Array.from(weights) }) as unknown as SynapseArray;

describe('the spread of weights', () => {
  it('counts every weight once, with mean and deviation', () => {
    const [spread] = weightSpreads(new Map([['a', arrayOf(-1, -1, 0, 3)]]));
    expect(spread).toMatchObject({ projection: 'a', mean: 0.25, low: -1, high: 3 });
    expect(spread!.deviation).toBeCloseTo(Math.sqrt((2 * 1.25 ** 2 + 0.25 ** 2 + 2.75 ** 2) / 4), 12);
    expect([spread!.counts[0], spread!.counts[6], spread!.counts.at(-1)]).toEqual([2, 1, 1]);
    expect(spread!.counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  it('keeps weights that are all equal', () => {
    const [spread] = weightSpreads(new Map([['a', arrayOf(2, 2)]]));
    expect(spread).toMatchObject({ mean: 2, deviation: 0, low: 2, high: 2 });
    expect(spread!.counts[0]).toBe(2);
  });
});
