import { describe, expect, it } from 'vitest';
import { interpolate } from '../../../src/numerics/interpolate.js';
import { remainder } from '../../../src/numerics/remainder.js';

describe('interpolate', () => {
  const xs = [0, 1, 3, 10];
  const ys = [5, 7, 3, 3];

  it.each([
    [-1, 5],
    [0, 5],
    [0.5, 6],
    [1, 7],
    [2, 5],
    [3, 3],
    [9, 3],
    [10, 3],
    [Infinity, 3],
    [-Infinity, 5],
    [NaN, NaN],
  ])('at %s is %s', (x, y) => {
    expect(interpolate(x, xs, ys)).toBe(y);
  });

  it('of one point is that point', () => {
    expect([-1, 2, 3].map((x) => interpolate(x, [2], [7]))).toEqual([7, 7, 7]);
  });
});

describe('remainder', () => {
  it.each([
    [7, 3, 1],
    [-1, 3, 2],
    [1, -3, -2],
    [-7, -3, -1],
    [6, 3, 0],
    [5.5, 2, 1.5],
    [-0.25, 1, 0.75],
  ])('of %s by %s is %s', (left, right, expected) => {
    expect(remainder(left, right)).toBe(expected);
  });

  it('by 0 is not a number', () => {
    expect(remainder(1, 0)).toBeNaN();
  });
});
