import { describe, expect, it } from 'vitest';
import { BlockElimination } from '../../../src/numerics/crossbar/block-elimination.js';
import { transferToColumns } from '../../../src/numerics/crossbar/column-transfer.js';
import type { ByEnd, Crossbar, CrossbarSolution, LineEnd } from '../../../src/numerics/crossbar/crossbar.js';
import { describeCrossbarFault } from '../../../src/numerics/crossbar/crossbar-fault.js';
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
      const currents = transfer.currents(sourceVolts(other));
      if (!(currents instanceof Float64Array)) throw new Error(currents.kind);
      expect(largestDifference(currents, sum)).toBeLessThan(1e-11);
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

  describe.each<readonly [string, number, (near: Float64Array) => Float64Array]>([
    ['voltages at the near row ends: expected 3, found 2', 1, (volts) => volts.subarray(1)],
    ['the voltage at the near end of row 0 is NaN, not a finite number', 1, (volts) => volts.fill(NaN, 0, 1)],
    ['two ideal sources of different voltage meet on row 0', 0, (volts) => volts.fill(0.5, 0, 1)],
  ])('refuses sources: %s', (message, ohmsPerCell, change) => {
    const held = sameEnd(3, Infinity, 0.1);
    const crossbar = {
      rows: 3,
      columns: 3,
      rowLines: { ohmsPerCell, near: held, far: held },
      columnLines: { ohmsPerCell: 1, near: openEnd(3), far: sameEnd(3, 1, 0) },
    };
    const volts = sourceVolts(crossbar);
    const wrong = { ...volts, row: { ...volts.row, near: change(volts.row.near.slice()) } };

    it('to solve for', () => {
      const factors = factorCrossbar(crossbar, randomSiemens(9, 1));
      if (factors.kind !== 'factors') throw new Error(factors.kind);
      const result = factors.solve(wrong);
      expect(result.kind !== 'solution' && describeCrossbarFault(result)).toBe(message);
    });

    it('to multiply with', () => {
      const transfer = transferToColumns(crossbar, randomSiemens(9, 1));
      if (transfer.kind !== 'transfer') throw new Error(transfer.kind);
      const result = transfer.currents(wrong);
      expect('kind' in result && describeCrossbarFault(result)).toBe(message);
    });
  });

  it('takes no notice of voltages behind open ends', () => {
    const crossbar = randomCrossbar('read', [3, 3], 1);
    const siemens = randomSiemens(9, 1);
    const factors = factorCrossbar(crossbar, siemens);
    if (factors.kind !== 'factors') throw new Error(factors.kind);
    const nothing = ({ near, far }: Crossbar['rowLines']): ByEnd => {
      const of = (end: LineEnd): Float64Array =>
        end.volts.map((volts, line) => (end.siemens[line] === 0 ? NaN : volts));
      return { near: of(near), far: of(far) };
    };
    const volts = { row: nothing(crossbar.rowLines), column: nothing(crossbar.columnLines) };
    expect([...volts.row.far, ...volts.row.near].some(Number.isNaN)).toBe(true);
    const solution = factors.solve(volts);
    if (solution.kind !== 'solution') throw new Error(solution.kind);
    expect(largestDifference(solution.rowVolts, solved(crossbar, siemens).rowVolts)).toBeLessThan(1e-12);
  });
});
