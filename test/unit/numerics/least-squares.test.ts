import { describe, expect, it } from 'vitest';
import { choleskyFactor, choleskyInverse, choleskySolve } from '../../../src/numerics/cholesky.js';
import { minimizeSquares } from '../../../src/numerics/least-squares.js';

describe('choleskyFactor', () => {
  it('solves and inverts systems whose units differ by many powers of ten', () => {
    const matrix = Float64Array.of(4e-12, 2, 2, 5e12);
    const factor = choleskyFactor(matrix, 2)!;
    const x = choleskySolve(factor, Float64Array.of(4e-12 * 3e12 + 2 * 7, 2 * 3e12 + 5e12 * 7));
    expect(x[0]! / 3e12).toBeCloseTo(1, 10);
    expect(x[1]! / 7).toBeCloseTo(1, 10);
    const determinant = 4e-12 * 5e12 - 4;
    const inverse = choleskyInverse(factor);
    [5e12, -2, -2, 4e-12].forEach((entry, index) => {
      expect(inverse[index]! / (entry / determinant)).toBeCloseTo(1, 12);
    });
  });

  it('refuses what is singular, indefinite or not a number', () => {
    expect(choleskyFactor(Float64Array.of(1, 1, 1, 1), 2)).toBeUndefined();
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
    expect(choleskyFactor(Float64Array.of(0, 0, 0, 1), 2)).toBeUndefined();
    expect(choleskyFactor(Float64Array.of(NaN, 0, 0, 1), 2)).toBeUndefined();
  });
});

describe('minimizeSquares', () => {
  const xs = [1, 2, 3, 4, 5];
  const ys = [2.1, 3.9, 6.2, 7.8, 10.1];

  it('gives the line of linear regression with its standard errors', () => {
    const fit = minimizeSquares({
      count: 5,
      start: [0, 0],
      residuals: ([a = NaN, b = NaN], out) => xs.forEach((x, index) => (out[index] = a + b * x - ys[index]!)),
    });
    // Closed form: b = Sxy / Sxx, s^2 = SSE / (n - 2), se(b)^2 = s^2 / Sxx, se(a)^2 = s^2 (1/n + mean^2 / Sxx)
    const [meanX, meanY] = [3, ys.reduce((sum, y) => sum + y) / 5];
    const slope = xs.reduce((sum, x, index) => sum + (x - meanX) * (ys[index]! - meanY), 0) / 10;
    const offset = meanY - slope * meanX;
    const squares = xs.reduce((sum, x, index) => sum + (offset + slope * x - ys[index]!) ** 2, 0);
    expect(fit.hasConverged).toBe(true);
    expect(fit.values[0]).toBeCloseTo(offset, 8);
    expect(fit.values[1]).toBeCloseTo(slope, 8);
    expect(fit.sumOfSquares).toBeCloseTo(squares, 11);
    expect(fit.covariance![3]! / (squares / 3 / 10)).toBeCloseTo(1, 8);
    expect(fit.covariance![0]! / ((squares / 3) * (1 / 5 + 9 / 10))).toBeCloseTo(1, 8);
  });

  it('finds a decay from a poor start, whatever the units', () => {
    const times = Array.from({ length: 40 }, (_, index) => index * 1e-6);
    const fit = minimizeSquares({
      count: 40,
      start: [1e-9, 1e-6],
      residuals: ([a = NaN, tau = NaN], out) =>
        times.forEach((t, index) => (out[index] = a * Math.exp(-t / tau) - 3e-9 * Math.exp(-t / 8e-6))),
    });
    expect(fit.values[0]! / 3e-9).toBeCloseTo(1, 9);
    expect(fit.values[1]! / 8e-6).toBeCloseTo(1, 9);
  });

  it('has no covariance where the data do not determine a parameter', () => {
    const sumOnly = (names: Float64Array, out: Float64Array) =>
      xs.forEach((x, i) => (out[i] = names[0]! + names[1]! - x));
    expect(minimizeSquares({ count: 5, start: [1, 1], residuals: sumOnly }).covariance).toBeUndefined();
    const unused = ([a = NaN]: Float64Array, out: Float64Array) => xs.forEach((x, i) => (out[i] = a - x));
    expect(minimizeSquares({ count: 5, start: [1, 1], residuals: unused }).covariance).toBeUndefined();
  });

  it('says so where it cannot start', () => {
    const fit = minimizeSquares({ count: 5, start: [1], residuals: (_, out) => out.fill(NaN) });
    expect(fit.hasConverged).toBe(false);
  });
});
