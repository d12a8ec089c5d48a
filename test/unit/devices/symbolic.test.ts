import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simplify } from '../../../src/devices/simplify.js';
import { dependsOn, differentiate, referencesOf } from '../../../src/devices/symbolic.js';
import { arbitraryEquation } from '../../support/arbitrary-equation.js';
import { equation } from '../../support/equation.js';
import { evaluateEquation } from '../../support/evaluate-equation.js';

const known = new Map([
  ['zero', 0],
  ['one', 1],
  ['three', 3],
]);

describe('simplify', () => {
  test.each([
    ['x + 0', 'x'],
    ['0 - x', '-x'],
    ['-(-x)', 'x'],
    ['x * 1 / 1', 'x'],
    ['0 * x + y', 'y'],
    ['x ^ zero', '1'],
    ['(x / y) ^ (zero * y)', '1'],
    ['(x / y) ^ (one * y)', '(x / y) ^ y'],
    ['x * (three - 3)', 'x * (three - 3)'],
    ['2 * 3 + sinh(0)', '6'],
    ['x + 1 / 0', 'x + 1 / 0'],
    ['ln(0) * x', 'ln(0) * x'],
    ['one == 1 ? x : y', 'x'],
    ['one == 2 ? x : y', 'y'],
    ['three == 3 ? x : y', 'three == 3 ? x : y'],
    ['x > y ? 2 : 2', '2'],
  ])('%s becomes %s', (text, expected) => {
    expect(simplify(equation(text), known)).toEqual(equation(expected));
  });

  test('keeps the value of any equation', () => {
    const values = { zero: 0, one: 1, three: 3, x: 0.7, y: -1.9 };
    fc.assert(
      fc.property(arbitraryEquation(Object.keys(values)), (random) => {
        const [before, after] = [random, simplify(random, known)].map((each) => evaluateEquation(each, values));
        expect(after! + 0).toBe(before! + 0);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('differentiate', () => {
  test.each([
    ['3 * x + y', '3'],
    ['k * (1 - x / y)', 'k * -(1 / y)'],
    ['y ^ 2', '0'],
    ['x ^ 2', '2 * x'],
    ['exp(y * x)', 'exp(y * x) * y'],
    ['x < y ? x : 2 * x', 'x < y ? 1 : 2'],
  ])('%s by x is %s', (text, expected) => {
    expect(simplify(differentiate(equation(text), 'x'), known)).toEqual(equation(expected));
  });

  test.each([
    'abs(x)',
    'sqrt(x)',
    'ln(x) * exp(-x)',
    'sinh(x) / cosh(x) - tanh(2 * x)',
    'asinh(x / 2) ^ 3',
    'x ^ x',
    '2 ^ x',
    'min(x, 1) * max(x ^ 2, 0.1)',
    '(x - 3) / (x + 2) / x',
    '-x ^ 1.7',
  ])('%s agrees with the central difference', (text) => {
    const original = equation(text);
    const derivative = differentiate(original, 'x');
    for (const x of [0.3, 1.7, 2.9]) {
      const [above, below] = [x + 1e-5, x - 1e-5].map((at) => evaluateEquation(original, { x: at }));
      const difference = (above! - below!) / 2e-5;
      expect(Math.abs(evaluateEquation(derivative, { x }) - difference)).toBeLessThan(
        1e-7 * (1 + Math.abs(difference)),
      );
    }
  });
});

test('references and dependence', () => {
  const text = equation('a * sinh(window.low) + (b > 0 ? c : -a)');
  expect([...referencesOf(text)].sort()).toEqual(['a', 'b', 'c', 'window.low']);
  expect(dependsOn(text, 'b')).toBe(true);
  expect(dependsOn(text, 'd')).toBe(false);
});
