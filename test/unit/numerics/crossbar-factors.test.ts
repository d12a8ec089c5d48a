import { describe, expect, it } from 'vitest';
import { BlockElimination } from '../../../src/numerics/crossbar/block-elimination.js';
import { transferToColumns } from '../../../src/numerics/crossbar/column-transfer.js';
import type { Crossbar, CrossbarSolution } from '../../../src/numerics/crossbar/crossbar.js';
import { factorCrossbar } from '../../../src/numerics/crossbar/factor-crossbar.js';
import { solveCrossbar, sourceVolts } from '../../../src/numerics/crossbar/solve-crossbar.js';
import { BOUNDARIES, openEnd, randomCrossbar, randomSiemens, sameEnd, uniform } from '../../support/random-crossbar.js';

function solved(crossbar: Crossbar, siemens: Float64Array): CrossbarSolution {
  const result = solveCrossbar(crossbar, siemens);
  if (result.kind !== 'solution') throw new Error(result.kind);
  return result;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((size, value, at) => Math.max(size, Math.abs(value - b[at]!)), 0);
}

/** The same crossbar with all voltages drawn anew. */
function withOtherVolts(crossbar: Crossbar, seed: number): Crossbar {
  const random = uniform(seed);
  const redraw = (lines: Crossbar['rowLines']): Crossbar['rowLines'] => ({
    ...lines,
    near: { ...lines.near, volts: lines.near.volts.map(() => random()) },
    far: { ...lines.far, volts: lines.far.volts.map(() => random()) },
  });
  return { ...crossbar, rowLines: redraw(crossbar.rowLines), columnLines: redraw(crossbar.columnLines) };
}

const SIZES = [
  [5, 12],
  [12, 5],
  [8, 8],
  [2, 2],
] as const;

describe.each(BOUNDARIES)('a factored crossbar with the boundary "%s"', (boundary) => {
  it.each(SIZES)('has the solution of the array solve at other voltages, %i x %i', (rows, columns) => {
    const crossbar = randomCrossbar(boundary, [rows, columns], 9);
    const siemens = randomSiemens(rows * columns, 2);
    const other = withOtherVolts(crossbar, 5);
    const expected = solved(other, siemens);
    const factors = factorCrossbar(crossbar, siemens);
    if (factors.kind !== 'factors') throw new Error(factors.kind);
    const actual = factors.solve(sourceVolts(other));
    if (actual.kind !== 'solution') throw new Error(actual.kind);
    expect(largestDifference(actual.rowVolts, expected.rowVolts)).toBeLessThan(1e-9);
    expect(largestDifference(actual.columnVolts, expected.columnVolts)).toBeLessThan(1e-9);
    expect(largestDifference(actual.columnCurrents('near'), expected.columnCurrents('near'))).toBeLessThan(1e-12);
  });

  it.each(SIZES)('has the solution of direct elimination, %i x %i', (rows, columns) => {
    const crossbar = randomCrossbar(boundary, [rows, columns], 10);
    const siemens = randomSiemens(rows * columns, 3);
    const [rowVolts, columnVolts] = [new Float64Array(rows * columns), new Float64Array(rows * columns)];
    new BlockElimination(crossbar, siemens).solve(sourceVolts(crossbar), rowVolts, columnVolts);
    const expected = solved(crossbar, siemens);
    expect(largestDifference(rowVolts, expected.rowVolts)).toBeLessThan(1e-9);
    expect(largestDifference(columnVolts, expected.columnVolts)).toBeLessThan(1e-9);
  });

  it('has the column currents of the transfer matrix', () => {
    const crossbar = randomCrossbar(boundary, [9, 7], 11);
    const siemens = randomSiemens(63, 4);
    const transfer = transferToColumns(crossbar, siemens);
    if (transfer.kind !== 'transfer') throw new Error(transfer.kind);
    for (const seed of [1, 2]) {
      const other = withOtherVolts(crossbar, seed);
      const expected = solved(other, siemens);
      const sum = expected.columnCurrents('near').map((value, at) => value + expected.columnCurrents('far')[at]!);
      expect(largestDifference(transfer.currents(sourceVolts(other)), sum)).toBeLessThan(1e-11);
    }
  });
});

describe('a factored crossbar', () => {
  it('is eliminated directly where conjugate gradients need many steps', () => {
    const siemens = randomSiemens(20 * 30, 6);
    const [rowLines, columnLines] = [
      { ohmsPerCell: 3e4, near: sameEnd(20, 1e-4, 1), far: openEnd(20) },
      { ohmsPerCell: 3e4, near: openEnd(30), far: sameEnd(30, 1e-4, 0) },
    ];
    const crossbar = { rows: 20, columns: 30, rowLines, columnLines };
    const factors = factorCrossbar(crossbar, siemens);
    if (factors.kind !== 'factors') throw new Error(factors.kind);
    expect(factors.isDirect).toBe(true);
    const solution = factors.solve(sourceVolts(crossbar));
    if (solution.kind !== 'solution') throw new Error(solution.kind);
    const expected = solved(crossbar, siemens);
    // The proof of what elimination found takes none of the many steps
    expect(solution.iterations).toBeLessThan(expected.iterations / 4);
    expect(largestDifference(solution.rowVolts, expected.rowVolts)).toBeLessThan(1e-9);
  });

  it('passes on what makes a crossbar unsolvable', () => {
    const crossbar = randomCrossbar('read', [3, 3], 1);
    expect(factorCrossbar(crossbar, new Float64Array(9).fill(NaN)).kind).toBe('not-finite');
    expect(transferToColumns(crossbar, new Float64Array(8)).kind).toBe('shape');
  });
});
