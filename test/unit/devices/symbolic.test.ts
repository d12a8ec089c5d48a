import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expression } from '../../../src/devices/expression.js';
import { evaluate } from '../../../src/devices/evaluate.js';
import { simplify } from '../../../src/devices/simplify.js';
import { dependsOn, differentiate, jumpsWith, referencesOf } from '../../../src/devices/symbolic.js';
import { curvatureOfLabel } from '../../../src/numerics/nonlinearity-label.js';
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
  const grid = { xs: [0, 1, 3], ys: [0, 2], values: [0, 2, 4, 10, 8, 0] };
  const surface: Expression = { kind: 'interpolate-grid', x: equation('x'), y: equation('x ^ 2'), grid, order: 0 };

  test.each([0.3, 0.6, 0.9, 1.2])('follows a surface at %s', (x) => {
    const valueAt = (at: number): number => evaluateEquation(surface, { x: at });
    const slope = evaluate(differentiate(surface, 'x'), () => x);
    expect(slope).toBeCloseTo((valueAt(x + 1e-6) - valueAt(x - 1e-6)) / 2e-6, 6);
    const curvature = evaluate(differentiate(differentiate(surface, 'x'), 'x'), () => x);
    const slopeAt = (at: number): number => evaluate(differentiate(surface, 'x'), () => at);
    expect(curvature).toBeCloseTo((slopeAt(x + 1e-6) - slopeAt(x - 1e-6)) / 2e-6, 5);
  });

  test.each([-7, -0.5, -1e-3, 1e-4, 0.02, 0.3, 2.4, 9.5])('knows the slope of a label at %s', (label) => {
    const slope = evaluate(differentiate(equation('nlCurvature(x)'), 'x'), () => label);
    const h = Math.abs(label) * 1e-5;
    const secant = (curvatureOfLabel(label + h) - curvatureOfLabel(label - h)) / (2 * h);
    expect(Math.abs(slope / secant - 1)).toBeLessThan(1e-7);
  });

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
    'log10(x) * sin(x) - cos(3 * x)',
    'atan(x ^ 2)',
    'acosh(1 + x) / atanh(x / 5)',
    'sign(x) * floor(x / 10) + ceil(x) + round(x + 0.1)',
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

describe('differentiate any equation', () => {
  test('as differences do wherever the equation is smooth', () => {
    let compared = 0;
    fc.assert(
      fc.property(arbitraryEquation(['x', 'y']), fc.double({ min: 0.2, max: 2, noNaN: true }), (random, x) => {
        const valueAt = (at: number): number => evaluateEquation(random, { x: at, y: -1.3 });
        const slopeOver = (step: number): number => (valueAt(x + step) - valueAt(x - step)) / (2 * step);
        const [near, far] = [slopeOver(1e-6), slopeOver(1e-4)];
        const scale = 1 + Math.abs(far) + Math.abs(valueAt(x));
        // Near a joint or a jump the two differ; so they do where values are too large for differences
        if (!(Math.abs(near - far) < 1e-4 * scale)) return;
        compared++;
        const derivative = evaluateEquation(differentiate(random, 'x'), { x, y: -1.3 });
        expect(Math.abs(derivative - far)).toBeLessThan(1e-3 * scale);
      }),
      { seed: 7, numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(350);
  });

  test('a table has the slopes of its pieces', () => {
    const table = { kind: 'interpolate' as const, at: equation('2 * x'), xs: [0, 1, 3], ys: [5, 7, 3] };
    const slopes = [-1, 0.25, 1, 4].map((x) => evaluateEquation(differentiate(table, 'x'), { x }));
    expect(slopes).toEqual([0, 4, -4, 0]);
  });

  test('jumps are found, which derivatives do not show', () => {
    expect(jumpsWith(equation('3 * floor(x) + y'), 'x')).toBe(true);
    expect(jumpsWith(equation('3 * floor(x) + y'), 'y')).toBe(false);
    expect(jumpsWith({ kind: 'element', values: [1, 2], index: equation('x') }, 'x')).toBe(true);
    expect(jumpsWith(equation('abs(x) + (x > 0 ? x : 2 * x)'), 'x')).toBe(false);
  });
});

describe('simplify conditions and tables', () => {
  const holds = equation('one == 1');
  const fails = equation('one == 2');
  const open = equation('x > y');
  const logical = (left: Expression, operator: 'and' | 'or', right: Expression): Expression => ({
    kind: 'logical',
    operator,
    left,
    right,
  });

  test.each([
    [logical(holds, 'and', open), open],
    [logical(open, 'or', fails), open],
    [logical(fails, 'and', open), equation('0')],
    [logical(open, 'or', holds), equation('1')],
    [logical(open, 'and', open), logical(open, 'and', open)],
    [{ kind: 'not', operand: fails } as const, equation('1')],
    [{ kind: 'not', operand: { kind: 'not', operand: open } } as const, open],
    [{ kind: 'interpolate', at: equation('three'), xs: [0, 6], ys: [0, 12] } as const, undefined],
    [{ kind: 'interpolate', at: equation('1.5'), xs: [0, 6], ys: [0, 12] } as const, equation('3')],
    [{ kind: 'element', values: [4, 5], index: equation('one') } as const, equation('5')],
    [{ kind: 'element', values: [4, 5], index: equation('2') } as const, undefined],
  ])('%j', (expression, expected) => {
    expect(simplify(expression, known)).toEqual(expected ?? expression);
  });
});

test('references and dependence', () => {
  const text = equation('a * sinh(window.low) + (b > 0 ? c : -a)');
  expect([...referencesOf(text)].sort()).toEqual(['a', 'b', 'c', 'window.low']);
  expect(dependsOn(text, 'b')).toBe(true);
  expect(dependsOn(text, 'd')).toBe(false);
});
