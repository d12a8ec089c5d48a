import { describe, expect, test } from 'vitest';
import { InternalError } from '../../../src/core/invariant.js';
import { exponentialArea, exponentialChange } from '../../../src/numerics/exponential.js';
import { createFlow } from '../../../src/numerics/flow.js';
import type { FlowLaw } from '../../../src/numerics/flow-law.js';
import { solveDense } from '../../../src/numerics/solve-dense.js';

type Rates = (t: number, x: readonly number[]) => readonly number[];

function flowOf(
  rates: Rates,
  min: readonly number[],
  max: readonly number[],
): (x: readonly number[], seconds: number) => readonly number[] {
  const law: FlowLaw = {
    rates: (t, x, out) => {
      out.set(rates(t, [...x]));
    },
    min,
    max,
  };
  const flow = createFlow(law);
  return (start, seconds) => {
    const x = Float64Array.from(start);
    flow(x, seconds);
    return [...x];
  };
}

const free = [-10, -10];
const wide = [10, 10];

describe('a flow', () => {
  test('turns a circle', () => {
    const [x = NaN, y = NaN] = flowOf((_, [a = 0, b = 0]) => [-b, a], free, wide)([1, 0], 20);
    expect(Math.hypot(x - Math.cos(20), y - Math.sin(20))).toBeLessThan(1e-7);
  });

  test('follows time', () => {
    const [x = NaN] = flowOf((t) => [Math.cosh(10 * t)], [-1e4], [1e4])([0], 1);
    expect(Math.abs(x / (Math.sinh(10) / 10) - 1)).toBeLessThan(1e-10);
  });

  test('keeps a bound while the rate points outwards, and leaves it afterwards', () => {
    const [x = NaN] = flowOf((t) => [1 - t], [0], [0.3])([0], 1.4);
    expect(x).toBeCloseTo(0.3 - 0.4 ** 2 / 2, 8);
  });

  test('lets other states see the bound', () => {
    // x reaches 1 at 1 s and stays: the area under it is 1/2 + 4
    const [, area = NaN] = flowOf((_, [x = 0]) => [1, x], [0, -Infinity], [1, Infinity])([0, 0], 5);
    expect(area).toBeCloseTo(4.5, 8);
  });

  test.each([1e3, 1e6, 1e10])('ends at the equilibrium of a stiff chain, after %s s', (seconds) => {
    const chain = flowOf((_, [a = 0, b = 0]) => [-1000 * (a - b), 1e-2 * (0.25 - b)], [0, 0], [1, 1]);
    const [a = NaN, b = NaN] = chain([1, 1], seconds);
    const exact = 0.25 + 0.75 * Math.exp(-1e-2 * seconds);
    expect(Math.abs(b - exact)).toBeLessThan(1e-8);
    // The fast state follows the slow one by the lag 1e-3 s
    expect(Math.abs(a - b - 1e-5 * (b - 0.25))).toBeLessThan(1e-8);
  });

  test('stays where no time passes or nothing moves', () => {
    const still = flowOf(() => [0, 0], free, wide);
    expect(still([1, 2], 1e9)).toEqual([1, 2]);
    expect(flowOf(() => [1, 1], free, wide)([1, 2], 0)).toEqual([1, 2]);
  });

  test('of rates that are not numbers is an internal error', () => {
    expect(() => flowOf(() => [NaN, 0], free, wide)([1, 2], 1)).toThrow(InternalError);
  });
});

describe('a flow of time alone', () => {
  const timed = (rate: (t: number) => number, min: number, max: number) => (start: number, seconds: number) => {
    let evaluations = 0;
    const flow = createFlow({
      rates: (t, _, out) => {
        evaluations++;
        out[0] = rate(t);
      },
      isOfTime: true,
      min: [min],
      max: [max],
    });
    const x = Float64Array.of(start);
    flow(x, seconds);
    return { x: x[0]!, evaluations };
  };

  test('is an integral in few evaluations', () => {
    const { x, evaluations } = timed((t) => Math.sinh(10 * t), -1e4, 1e4)(0, 1);
    expect(Math.abs(x / ((Math.cosh(10) - 1) / 10) - 1)).toBeLessThan(1e-12);
    expect(evaluations).toBeLessThan(150);
  });

  test('finds jumps', () => {
    const { x } = timed((t) => (t < Math.SQRT1_2 ? 1 : -3), -10, 10)(0, 1);
    expect(Math.abs(x - (Math.SQRT1_2 - 3 * (1 - Math.SQRT1_2)))).toBeLessThan(1e-12);
  });

  test('stops at bounds all the same', () => {
    expect(timed((t) => 1 - t, 0, 0.3)(0, 1.4).x).toBeCloseTo(0.3 - 0.4 ** 2 / 2, 8);
    expect(timed(() => 1, 0, 1)(0.5, 2).x).toBe(1);
  });
});

describe('the area under an exponential', () => {
  test.each([-40, -2, -0.4, -1e-5, 0, 1e-5, 0.4, 2])('with slope %s is the sum of its changes', (slope) => {
    const [rate, seconds, parts] = [0.7, 1.3, 20_000];
    let sum = 0;
    for (let part = 0; part < parts; part++) {
      sum += (exponentialChange(rate, slope, ((part + 0.5) * seconds) / parts) * seconds) / parts;
    }
    expect(Math.abs(exponentialArea(rate, slope, seconds, Infinity) / sum - 1)).toBeLessThan(1e-6);
  });

  test('is a parabola to all digits where the slope vanishes', () => {
    for (const slope of [0, 1e-17, -1e-17]) expect(exponentialArea(2, slope, 3, Infinity)).toBeCloseTo(9, 14);
  });

  test('is continuous where the series ends', () => {
    const [below, above] = [0.5 - 1e-12, 0.5 + 1e-12].map((slope) => exponentialArea(1, slope, 1, Infinity));
    expect(Math.abs(below! / above! - 1)).toBeLessThan(1e-11);
  });

  test('stops at a limit', () => {
    expect(exponentialArea(2, 0, 3, 1)).toBeCloseTo(0.25 + 2.5, 14);
    expect(exponentialArea(-2, 0, 3, -1)).toBeCloseTo(-0.25 - 2.5, 14);
    expect(exponentialArea(0, -1, 3, 1)).toBe(0);
  });
});

describe('dense equations', () => {
  test('are solved with pivoting', () => {
    const right = Float64Array.of(5, 7, 16);
    solveDense(Float64Array.of(0, 1, 1, 2, 0, 1, 3, 2, 2), right);
    const expected = [2, 2, 3];
    right.forEach((x, index) => {
      expect(x).toBeCloseTo(expected[index]!, 12);
    });
  });

  test('that are singular have no numbers for solutions', () => {
    const right = Float64Array.of(1, 1);
    solveDense(Float64Array.of(1, 2, 2, 4), right);
    expect(right.some((x) => !Number.isFinite(x))).toBe(true);
  });
});
