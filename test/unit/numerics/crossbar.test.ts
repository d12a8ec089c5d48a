import { describe, expect, it } from 'vitest';
import type { Crossbar, CrossbarSolution, LineEnd } from '../../../src/numerics/crossbar/crossbar.js';
import { solveCrossbar } from '../../../src/numerics/crossbar/solve-crossbar.js';
import { solveDense, type DenseSolution } from '../../support/dense-crossbar.js';
import { BOUNDARIES, openEnd, randomCrossbar, randomSiemens, sameEnd, uniform } from '../../support/random-crossbar.js';

const SIZES = [
  [1, 1],
  [1, 7],
  [6, 1],
  [2, 2],
  [5, 3],
  [4, 13],
  [14, 9],
] as const;

function solved(crossbar: Crossbar, siemens: Float64Array, tolerance?: number): CrossbarSolution {
  const result = solveCrossbar(crossbar, siemens, tolerance === undefined ? {} : { tolerance });
  if (result.kind !== 'solution') throw new Error(`fault: ${result.kind}`);
  return result;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((size, value, at) => Math.max(size, Math.abs(value - b[at]!)), 0);
}

/** Voltages to `tolerance` volt, currents to `tolerance` of the largest. */
function expectEqual(actual: CrossbarSolution, expected: DenseSolution, tolerance: number): void {
  expect(largestDifference(actual.rowVolts, expected.rowVolts)).toBeLessThan(tolerance);
  expect(largestDifference(actual.columnVolts, expected.columnVolts)).toBeLessThan(tolerance);
  const all = (['near', 'far'] as const).flatMap((end) => [
    ...expected.rowCurrents[end],
    ...expected.columnCurrents[end],
  ]);
  const largest = Math.max(...all.map(Math.abs));
  for (const end of ['near', 'far'] as const) {
    expect(largestDifference(actual.rowCurrents(end), expected.rowCurrents[end])).toBeLessThan(tolerance * largest);
    expect(largestDifference(actual.columnCurrents(end), expected.columnCurrents[end])).toBeLessThan(
      tolerance * largest,
    );
  }
}

describe('the array solve', () => {
  describe.each(BOUNDARIES)('with the boundary "%s"', (boundary) => {
    it.each(SIZES)('equals elimination on the whole matrix, %i x %i', (rows, columns) => {
      // A line that only line 1 could hold needs a line 1, and two sources on one node contradict each other
      if (boundary === 'floating' && Math.min(rows, columns) < 2) return;
      if (boundary === 'ideal-both' && Math.min(rows, columns) < 2) return;
      const crossbar = randomCrossbar(boundary, [rows, columns], 100 * rows + columns);
      const siemens = randomSiemens(rows * columns, 3);
      expectEqual(solved(crossbar, siemens), solveDense(crossbar, siemens), 1e-9);
    });
  });

  it('equals elimination with cells that do not conduct', () => {
    const random = uniform(9);
    const siemens = randomSiemens(8 * 11, 4).map((value) => (random() < 0.5 ? 0 : value));
    const crossbar = randomCrossbar('half', [8, 11], 5);
    expectEqual(solved(crossbar, siemens), solveDense(crossbar, siemens), 1e-9);
  });

  it('equals elimination where conductances span twelve decades and lines float', () => {
    const random = uniform(19);
    const siemens = Float64Array.from({ length: 12 * 12 }, () => 10 ** (-15 + 12 * random()));
    const crossbar = randomCrossbar('floating', [12, 12], 6);
    // Elimination itself is only as good as the matrix's condition allows
    expectEqual(solved(crossbar, siemens), solveDense(crossbar, siemens), 1e-6);
  });
});

describe('the accuracy of the array solve', () => {
  it.each([1e-3, 1e-6, 1e-9])('is at least what was asked, %d', (tolerance) => {
    for (const [index, size] of [16, 40, 64].entries())
      for (const ohms of [0.1, 3, 40]) {
        const [crossbar, siemens] = [readCrossbar(size, ohms, 1), randomSiemens(size ** 2, index)];
        const [rough, exact] = [solved(crossbar, siemens, tolerance), solved(crossbar, siemens, 1e-13)];
        const error = (a: Float64Array, b: Float64Array): number =>
          a.reduce((worst, value, at) => Math.max(worst, Math.abs(value / b[at]! - 1)), 0);
        expect(error(rough.columnCurrents('far'), exact.columnCurrents('far'))).toBeLessThan(tolerance);
        expect(error(rough.rowCurrents('near'), exact.rowCurrents('near'))).toBeLessThan(tolerance);
      }
  });

  it('gives the ideal product as the resistance of wires vanishes', () => {
    const siemens = randomSiemens(24 * 20, 8);
    const ideal = solved(idealRead(24, 20, 0), siemens).columnCurrents('far');
    const products = Float64Array.from(
      { length: 20 },
      (_, column) =>
        -siemens.reduce((sum, value, at) => (at % 20 === column ? sum + value * voltsOf(Math.floor(at / 20)) : sum), 0),
    );
    expect(largestDifference(ideal, products)).toBeLessThan(1e-17);
    for (const ohms of [1e-3, 1e-9, 1e-15, 1e-29, 1e-31]) {
      const currents = solved(idealRead(24, 20, ohms), siemens).columnCurrents('far');
      // First order in the resistance, and no worse than rounding however small it is
      expect(largestDifference(currents, products)).toBeLessThan(1e-3 * ohms + 1e-16);
    }
  });

  it('keeps all digits of a current divided between two ends of a wire of almost no resistance', () => {
    const rowLines = { ohmsPerCell: 1e-12, near: sameEnd(3, Infinity, 1), far: sameEnd(3, Infinity, 1) };
    const columnLines = { ohmsPerCell: 0, near: sameEnd(5, Infinity, 0), far: openEnd(5) };
    const siemens = new Float64Array(15).fill(1e-5);
    const solution = solved({ rows: 3, columns: 5, rowLines, columnLines }, siemens);
    for (const end of ['near', 'far'] as const)
      for (const current of solution.rowCurrents(end)) expect(current / 2.5e-5 - 1).toBeCloseTo(0, 9);
  });

  it('does not fail at any loss', () => {
    for (const ohms of [1, 100, 1e4, 1e6]) {
      const solution = solved(readCrossbar(32, ohms, 1), randomSiemens(32 * 32, 2));
      expect(kirchhoffError(solution)).toBeLessThan(1e-9);
    }
  });
});

describe('the network', () => {
  it('gives back what it takes', () => {
    const crossbar = randomCrossbar('both-ends', [20, 33], 12);
    expect(kirchhoffError(solved(crossbar, randomSiemens(20 * 33, 2)))).toBeLessThan(1e-10);
  });

  it('is reciprocal', () => {
    const siemens = randomSiemens(9 * 14, 21);
    const columnsForRow = solved(portCrossbar('row', 3), siemens).columnCurrents('far')[8]!;
    const rowsForColumn = solved(portCrossbar('column', 8), siemens).rowCurrents('near')[3]!;
    expect(columnsForRow / rowsForColumn).toBeCloseTo(1, 9);
  });

  it('is solved in fewer steps from a similar solution', () => {
    const [crossbar, siemens] = [readCrossbar(64, 10, 1), randomSiemens(64 * 64, 5)];
    const cold = solved(crossbar, siemens);
    const nearly = siemens.map((value, at) => (at === 100 ? 1.01 * value : value));
    const fresh = solved(crossbar, nearly);
    const warm = solveCrossbar(crossbar, nearly, { start: cold });
    if (warm.kind !== 'solution') throw new Error(warm.kind);
    expect(warm.iterations).toBeLessThan(fresh.iterations);
    expect(largestDifference(warm.rowVolts, fresh.rowVolts)).toBeLessThan(1e-9);
  });
});

function voltsOf(row: number): number {
  return Math.sin(row);
}

/** Rows at 1 V from the near end, columns to ground at the far end, drivers as good as a piece of wire. */
function readCrossbar(size: number, ohmsPerCell: number, volts: number): Crossbar {
  const driver = 1 / ohmsPerCell;
  const rowLines = { ohmsPerCell, near: sameEnd(size, driver, volts), far: openEnd(size) };
  const columnLines = { ohmsPerCell, near: openEnd(size), far: sameEnd(size, driver, 0) };
  return { rows: size, columns: size, rowLines, columnLines };
}

function idealRead(rows: number, columns: number, ohmsPerCell: number): Crossbar {
  const near: LineEnd = {
    siemens: new Float64Array(rows).fill(Infinity),
    volts: Float64Array.from({ length: rows }, (_, row) => voltsOf(row)),
  };
  const rowLines = { ohmsPerCell, near, far: openEnd(rows) };
  const columnLines = { ohmsPerCell, near: openEnd(columns), far: sameEnd(columns, Infinity, 0) };
  return { rows, columns, rowLines, columnLines };
}

/** 9 x 14 with 1 V at one port and all others at ground. */
function portCrossbar(direction: 'row' | 'column', line: number): Crossbar {
  const [near, far] = [sameEnd(9, 0.5, 0), sameEnd(14, 0.3, 0)];
  (direction === 'row' ? near : far).volts[line] = 1;
  const rowLines = { ohmsPerCell: 20, near, far: openEnd(9) };
  return { rows: 9, columns: 14, rowLines, columnLines: { ohmsPerCell: 30, near: openEnd(14), far } };
}

/** Sum of all currents into the network as a fraction of the sum of their sizes. */
function kirchhoffError(solution: CrossbarSolution): number {
  const ends = ['near', 'far'] as const;
  const currents = ends.flatMap((end) => [...solution.rowCurrents(end), ...solution.columnCurrents(end)]);
  const total = currents.reduce((sum, current) => sum + current, 0);
  return Math.abs(total) / currents.reduce((sum, current) => sum + Math.abs(current), 0);
}
