import { describe, expect, it } from 'vitest';
import type { CellLaw, Crossbar, CrossbarSolution } from '../../../src/numerics/crossbar/crossbar.js';
import { solveCrossbar } from '../../../src/numerics/crossbar/solve-crossbar.js';
import { solveNonlinearCrossbar } from '../../../src/numerics/crossbar/solve-nonlinear-crossbar.js';
import { solveDense } from '../../support/dense-crossbar.js';
import { BOUNDARIES, openEnd, randomCrossbar, randomSiemens, sameEnd } from '../../support/random-crossbar.js';

/** A law from current and slope of one cell. */
function lawOf(siemens: Float64Array, current: (v: number) => number, slope: (v: number) => number): CellLaw {
  return (volts, currents, slopes) => {
    for (const [at, value] of volts.entries()) {
      currents[at] = siemens[at]! * current(value);
      slopes[at] = siemens[at]! * slope(value);
    }
  };
}

const LAWS: Readonly<Record<string, (siemens: Float64Array) => CellLaw>> = {
  sinh: (g) =>
    lawOf(
      g,
      (v) => 0.1 * Math.sinh(v / 0.1),
      (v) => Math.cosh(v / 0.1),
    ),
  cubic: (g) =>
    lawOf(
      g,
      (v) => v ** 3,
      (v) => 3 * v ** 2,
    ),
  diode: (g) =>
    lawOf(
      g,
      (v) => 0.05 * Math.expm1(v / 0.05),
      (v) => Math.exp(v / 0.05),
    ),
  saturating: (g) =>
    lawOf(
      g,
      (v) => Math.tanh(v / 0.2),
      (v) => 5 / Math.cosh(v / 0.2) ** 2,
    ),
  clipped: (g) =>
    lawOf(
      g,
      (v) => Math.min(0.2, Math.max(-0.2, v)),
      (v) => (Math.abs(v) < 0.2 ? 1 : 0),
    ),
  threshold: (g) =>
    lawOf(
      g,
      (v) => 10 * Math.max(0, v - 0.3) + 0.01 * v,
      (v) => (v > 0.3 ? 10.01 : 0.01),
    ),
};

function solved(crossbar: Crossbar, law: CellLaw, start?: CrossbarSolution): CrossbarSolution {
  const result = solveNonlinearCrossbar(crossbar, law, start ? { start } : {});
  if (result.kind !== 'solution') throw new Error(`fault: ${result.kind}`);
  return result;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((size, value, at) => Math.max(size, Math.abs(value - b[at]!)), 0);
}

/** Linear cells through the law's points at the solution have the same solution; elimination finds it independently. */
function expectSolves(crossbar: Crossbar, law: CellLaw, solution: CrossbarSolution): void {
  const volts = solution.rowVolts.map((value, at) => value - solution.columnVolts[at]!);
  const [currents, slopes] = [new Float64Array(volts.length), new Float64Array(volts.length)];
  law(volts, currents, slopes);
  const chords = volts.map((value, at) => (Math.abs(value) > 1e-12 ? currents[at]! / value : slopes[at]!));
  const expected = solveDense(crossbar, chords);
  expect(largestDifference(solution.rowVolts, expected.rowVolts)).toBeLessThan(1e-8);
  expect(largestDifference(solution.columnVolts, expected.columnVolts)).toBeLessThan(1e-8);
  for (const end of ['near', 'far'] as const) {
    const largest = Math.max(...[...expected.rowCurrents[end], ...expected.columnCurrents[end]].map(Math.abs));
    expect(largestDifference(solution.rowCurrents(end), expected.rowCurrents[end])).toBeLessThan(
      1e-8 * largest + 1e-15,
    );
    const columns = largestDifference(solution.columnCurrents(end), expected.columnCurrents[end]);
    expect(columns).toBeLessThan(1e-8 * largest + 1e-15);
  }
}

describe.each(Object.keys(LAWS))('the array solve with %s cells', (name) => {
  it.each(BOUNDARIES)('satisfies the law in every cell with the boundary "%s"', (boundary) => {
    const crossbar = randomCrossbar(boundary, [7, 10], 40);
    const law = LAWS[name]!(randomSiemens(70, 41));
    expectSolves(crossbar, law, solved(crossbar, law));
  });
});

describe('the nonlinear array solve', () => {
  it('equals the linear solve for linear cells', () => {
    const [crossbar, siemens] = [randomCrossbar('both-ends', [20, 12], 3), randomSiemens(240, 1)];
    const linear = solveCrossbar(crossbar, siemens);
    if (linear.kind !== 'solution') throw new Error(linear.kind);
    const law = lawOf(
      siemens,
      (v) => v,
      () => 1,
    );
    const solution = solved(crossbar, law);
    expect(largestDifference(solution.rowVolts, linear.rowVolts)).toBeLessThan(1e-12);
    expect(largestDifference(solution.columnCurrents('near'), linear.columnCurrents('near'))).toBeLessThan(1e-14);
  });

  it.each([0.1, 1, 5, 20, 100])('arrives from %d V on sinh cells of 25 mV', (volts) => {
    const siemens = randomSiemens(144, 7);
    const law = lawOf(
      siemens,
      (v) => 0.025 * Math.sinh(v / 0.025),
      (v) => Math.cosh(v / 0.025),
    );
    const rowLines = { ohmsPerCell: 2, near: sameEnd(12, 0.01, volts), far: openEnd(12) };
    const columnLines = { ohmsPerCell: 2, near: openEnd(12), far: sameEnd(12, 0.01, 0) };
    const solution = solved({ rows: 12, columns: 12, rowLines, columnLines }, law);
    const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
    const [taken, given] = [total(solution.rowCurrents('near')), total(solution.columnCurrents('far'))];
    expect(taken / -given).toBeCloseTo(1, 9);
    expect(taken).toBeLessThan(12 * 0.01 * volts);
    const cellVolts = solution.rowVolts.map((value, at) => value - solution.columnVolts[at]!);
    const cells = cellVolts.map((value, at) => siemens[at]! * 0.025 * Math.sinh(value / 0.025));
    expect(total(cells) / taken).toBeCloseTo(1, 8);
  });

  it('takes few steps from the solution of a similar network', () => {
    const crossbar = randomCrossbar('read', [20, 20], 3);
    const siemens = randomSiemens(400, 4);
    const cold = solved(crossbar, LAWS['sinh']!(siemens));
    const law = LAWS['sinh']!(siemens.map((value, at) => (at === 7 ? 1.01 * value : value)));
    let evaluations = 0;
    const counted: CellLaw = (...args) => {
      evaluations++;
      law(...args);
    };
    solved(crossbar, counted, cold);
    const warm = evaluations;
    evaluations = 0;
    solved(crossbar, counted);
    expect(warm).toBeLessThan(evaluations);
  });
});
