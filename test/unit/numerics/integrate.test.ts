import { describe, expect, test } from 'vitest';
import { InternalError } from '../../../src/core/invariant.js';
import { exponentialArea, exponentialChange, exponentialTime } from '../../../src/numerics/exponential.js';
import { findRoot } from '../../../src/numerics/find-root.js';
import { integrate } from '../../../src/numerics/integrate.js';

const free = { min: -100, max: 100 };

describe('integrate', () => {
  test.each([-2, -0.5, 0.5, 0.883, 1, 1.5, 2])("x' = 0.7 x^%s agrees with its closed form", (power) => {
    const [start, k, seconds] = [1.3, 0.7, 0.9];
    const exact =
      power === 1
        ? start * Math.exp(k * seconds)
        : (start ** (1 - power) + (1 - power) * k * seconds) ** (1 / (1 - power));
    const found = integrate({ rate: (x) => k * x ** power, min: 1e-3, max: 1e3 }, start, seconds);
    expect(Math.abs(found / exact - 1)).toBeLessThan(2e-9);
  });

  test('follows a stiff relaxation for a thousand time constants', () => {
    const law = { rate: (x: number) => -1000 * (x - Math.cos(x)), ...free };
    expect(integrate(law, 0, 1)).toBeCloseTo(0.7390851332151607, 8);
  });

  test('ends at an equilibrium, however long', () => {
    for (const seconds of [1e3, 1e9, 1e18]) {
      expect(integrate({ rate: (x) => (0.6 - x) * Math.exp(x), ...free }, 0.3, seconds)).toBeCloseTo(0.6, 8);
      expect(integrate({ rate: (x) => Math.tanh(3 * (x - 2)) * -5, ...free }, 40, seconds)).toBeCloseTo(2, 7);
    }
    // Algebraic approach: 1 / (1 / 0.3 + t) below the equilibrium.
    expect(0.6 - integrate({ rate: (x) => (0.6 - x) * Math.abs(0.6 - x), ...free }, 0.3, 1e6)).toBeCloseTo(1e-6, 9);
  });

  test('stops at a bound that it reaches', () => {
    expect(integrate({ rate: () => 3, min: 0, max: 1 }, 0.5, 10)).toBe(1);
    expect(integrate({ rate: (x) => -Math.sqrt(x), min: 0, max: 1 }, 0.5, 10)).toBeCloseTo(0, 12);
    expect(integrate({ rate: (x) => x ** 2, min: 0, max: 5 }, 1, 1)).toBe(5);
  });

  test('stays where the rate is zero or no time passes', () => {
    expect(integrate({ rate: () => 0, ...free }, 0.25, 1e9)).toBe(0.25);
    expect(integrate({ rate: () => 1, ...free }, 0.25, 0)).toBe(0.25);
  });

  test('one long step equals many short ones within the tolerance', () => {
    const law = { rate: (x: number) => Math.sin(x) + 1.1, ...free };
    let x = 0.1;
    for (let step = 0; step < 50; step++) x = integrate(law, x, 0.1);
    expect(Math.abs(integrate(law, 0.1, 5) / x - 1)).toBeLessThan(1e-8);
  });

  test('a rate that is not a number is an internal error, not an endless loop', () => {
    expect(() => integrate({ rate: () => NaN, ...free }, 1, 1)).toThrow(InternalError);
  });
});

describe('closed form of an affine rate', () => {
  test.each([-3, -1e-9, 0, 1e-9, 3])('slope %s: change and time are inverse, and agree with integration', (slope) => {
    const [rate, seconds] = [0.4, 0.8];
    const change = exponentialChange(rate, slope, seconds);
    expect(exponentialTime(rate, slope, change)).toBeCloseTo(seconds, 10);
    const found = integrate({ rate: (x) => rate + slope * x, ...free }, 0, seconds);
    expect(Math.abs(change / found - 1)).toBeLessThan(1e-7);
  });

  test('an equilibrium is kept however long, also one that everything else leaves', () => {
    for (const slope of [-1, 0, 1]) {
      expect(exponentialChange(0, slope, 1e4)).toBe(0);
      expect(exponentialArea(0, slope, 1e4, 5)).toBe(0);
    }
  });

  test('a change beyond the asymptote takes no number of seconds', () => {
    expect(exponentialTime(1, -1, 1.5)).toBeNaN();
    expect(exponentialTime(1, -1, 1)).toBe(Infinity);
  });
});

describe('findRoot', () => {
  test.each([
    { name: 'cubic', f: (x: number) => x ** 3 - 2, low: 0, high: 2, root: Math.cbrt(2) },
    { name: 'kink', f: (x: number) => Math.abs(x - 0.3) ** 0.2 * Math.sign(x - 0.3), low: -1, high: 5, root: 0.3 },
    { name: 'flat', f: (x: number) => (x - 1) ** 9, low: 0, high: 3, root: 1 },
    { name: 'steep', f: (x: number) => Math.tanh(1e6 * (x - 0.123)), low: 0, high: 1, root: 0.123 },
    { name: 'root at an end', f: (x: number) => x, low: 0, high: 1, root: 0 },
  ])('$name', ({ f, low, high, root }) => {
    expect(Math.abs(findRoot(f, low, high) - root)).toBeLessThan(1e-12);
  });

  test('needs a change of sign', () => {
    expect(() => findRoot((x) => x + 1, 0, 1)).toThrow(InternalError);
  });
});
