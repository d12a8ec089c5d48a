import { expect, test } from 'vitest';
import { roundHalfAwayFromZero } from '../../../src/numerics/rounding.js';

test.each([
  [0.5, 1],
  [-0.5, -1],
  [1.5, 2],
  [2.5, 3],
  [-2.5, -3],
  [0.49999999999999994, 0],
  [2 ** 52 + 1, 2 ** 52 + 1],
])('%s rounds to %s', (value, expected) => {
  expect(roundHalfAwayFromZero(value) + 0).toBe(expected);
});
