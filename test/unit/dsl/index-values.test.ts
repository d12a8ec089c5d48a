import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../../src/devices/expression.js';
import { extremesOf, valuesOf, type LoopIndex } from '../../../src/dsl/network/index-values.js';

const number = (value: number): Expression => ({ kind: 'number', value });
const reference = (name: string): Expression => ({ kind: 'reference', name });
const binary = (operator: '+' | '-' | '*' | '%', left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});

const loop = (name: string): fc.Arbitrary<LoopIndex> =>
  fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 4 })).map(([low, more]) => ({
    name,
    low,
    high: low + more,
  }));

describe('what an index reaches', () => {
  it('is the same by its multiples and by trying all rounds', () => {
    fc.assert(
      fc.property(
        loop('i'),
        loop('j'),
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 3, maxLength: 3 }),
        (i, j, factors) => {
          const [a = 0, b = 0, c = 0] = factors;
          const sum = binary('+', binary('*', number(a), reference('i')), binary('*', reference('j'), number(b)));
          const expression = binary('-', sum, number(c));
          const values = valuesOf(expression, [i, j])!.map(({ value }) => value);
          const extremes = extremesOf(expression, [i, j])!.map(({ value }) => value);
          expect(extremes).toEqual([Math.min(...values), Math.max(...values)]);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });

  it('needs no rounds where it is a sum of multiples', () => {
    const loops = [{ name: 'i', low: 0, high: 2 ** 30 }];
    const twice = binary('+', binary('*', number(2), reference('i')), number(1));
    expect(extremesOf(twice, loops)!.map(({ value }) => value)).toEqual([1, 2 ** 31 + 1]);
    expect(extremesOf(binary('%', reference('i'), number(8)), loops)).toBeUndefined();
  });

  it('is tried over the loops that it depends on', () => {
    const loops = [
      { name: 'i', low: 0, high: 2 ** 30 },
      { name: 'j', low: 0, high: 9 },
    ];
    const extremes = extremesOf(binary('%', reference('j'), number(8)), loops)!;
    expect(extremes.map(({ value }) => value)).toEqual([0, 7]);
  });
});
