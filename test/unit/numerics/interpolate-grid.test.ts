import { describe, expect, it } from 'vitest';
import { interpolateGrid } from '../../../src/numerics/interpolate-grid.js';

const grid = { xs: [0, 1, 3], ys: [-1, 1], values: [0, 2, 4, 10, 8, 0] };

describe('interpolateGrid', () => {
  it.each([
    ['at a point', 1, -1, 4],
    ['in the middle of a piece', 0.5, 0, (0 + 2 + 4 + 10) / 4],
    ['in the second piece', 2, 0.5, 0.125 * 4 + 0.375 * 10 + 0.125 * 8 + 0.375 * 0],
    ['at the far corner', 3, 1, 0],
    ['before the first x', -7, -1, 0],
    ['behind both ends', 9, 9, 0],
    ['behind one end', 9, -1, 8],
    ['before y', 1, -Infinity, 4],
  ])('has the value %s', (_, x, y, expected) => {
    expect(interpolateGrid(x, y, grid, 0)).toBeCloseTo(expected, 14);
  });

  it('is not a number where a place is none', () => {
    expect(interpolateGrid(NaN, 0, grid, 0)).toBeNaN();
    expect(interpolateGrid(0, NaN, grid, 1)).toBeNaN();
  });

  it('has the slopes of its pieces', () => {
    const h = 1e-6;
    const at = (x: number, y: number): number => interpolateGrid(x, y, grid, 0);
    for (const [x, y] of [
      [0.3, 0.4],
      [2.2, -0.7],
      [1.5, 0.9],
    ] as const) {
      expect(interpolateGrid(x, y, grid, 1)).toBeCloseTo((at(x + h, y) - at(x - h, y)) / (2 * h), 7);
      expect(interpolateGrid(x, y, grid, 2)).toBeCloseTo((at(x, y + h) - at(x, y - h)) / (2 * h), 7);
      const across = (interpolateGrid(x, y + h, grid, 1) - interpolateGrid(x, y - h, grid, 1)) / (2 * h);
      expect(interpolateGrid(x, y, grid, 3)).toBeCloseTo(across, 7);
    }
  });

  it('has no slope beyond its edges', () => {
    expect(interpolateGrid(-1, 0, grid, 1)).toBeCloseTo(0, 15);
    expect(interpolateGrid(5, 0, grid, 1)).toBeCloseTo(0, 15);
    expect(interpolateGrid(1, 2, grid, 2)).toBeCloseTo(0, 15);
    expect(interpolateGrid(1, 2, grid, 3)).toBeCloseTo(0, 15);
  });
});
