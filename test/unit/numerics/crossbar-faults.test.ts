import { describe, expect, it } from 'vitest';
import type { CellLaw, Crossbar, CrossbarLines } from '../../../src/numerics/crossbar/crossbar.js';
import { describeCrossbarFault } from '../../../src/numerics/crossbar/crossbar-fault.js';
import { solveCrossbar } from '../../../src/numerics/crossbar/solve-crossbar.js';
import { solveNonlinearCrossbar } from '../../../src/numerics/crossbar/solve-nonlinear-crossbar.js';
import { openEnd, sameEnd } from '../../support/random-crossbar.js';

const ROWS = 3;
const COLUMNS = 4;

interface Change {
  readonly row?: Partial<CrossbarLines>;
  readonly column?: Partial<CrossbarLines>;
  readonly size?: Partial<Crossbar>;
  readonly cells?: (siemens: Float64Array) => void;
}

/** A sound crossbar with some parts changed: what its solve says, in words. */
function faultOf({ row, column, size, cells }: Change): string {
  const rowLines = { ohmsPerCell: 1, near: sameEnd(ROWS, 0.1, 1), far: openEnd(ROWS), ...row };
  const columnLines = { ohmsPerCell: 1, near: openEnd(COLUMNS), far: sameEnd(COLUMNS, 0.1, 0), ...column };
  const siemens = new Float64Array(ROWS * COLUMNS).fill(1e-5);
  cells?.(siemens);
  const result = solveCrossbar({ rows: ROWS, columns: COLUMNS, rowLines, columnLines, ...size }, siemens);
  return result.kind === 'solution' ? 'solution' : describeCrossbarFault(result);
}

describe('a crossbar that cannot be solved', () => {
  const held = (volts: number) => sameEnd(ROWS, Infinity, volts);
  it.each<readonly [string, Change]>([
    ['solution', {}],
    ['rows: expected 1, found 0', { size: { rows: 0 } }],
    ['columns: expected 1, found 2.5', { size: { columns: 2.5 } }],
    ['cells: expected 15, found 12', { size: { columns: 5 } }],
    ['conductances at the near row ends: expected 3, found 2', { row: { near: sameEnd(2, 1, 1) } }],
    ['the resistance per cell of the rows is negative: -1', { row: { ohmsPerCell: -1 } }],
    ['the resistance per cell of the columns is Infinity, not a finite number', { column: { ohmsPerCell: Infinity } }],
    ['the resistance per cell of the columns is NaN, not a finite number', { column: { ohmsPerCell: NaN } }],
    ['the conductance at the near end of row 0 is negative: -1', { row: { near: sameEnd(ROWS, -1, 1) } }],
    [
      'the conductance at the far end of column 0 is NaN, not a finite number',
      { column: { far: sameEnd(COLUMNS, NaN, 0) } },
    ],
    ['the voltage at the near end of row 0 is NaN, not a finite number', { row: { near: sameEnd(ROWS, 1, NaN) } }],
    ['solution', { row: { far: sameEnd(ROWS, 0, NaN) } }],
    ['the conductance of the cell at row 1, column 2 is NaN, not a finite number', { cells: (g) => g.fill(NaN, 6, 7) }],
    [
      'the conductance of the cell at row 1, column 2 is Infinity, not a finite number',
      { cells: (g) => g.fill(Infinity, 6, 7) },
    ],
    ['the conductance of the cell at row 2, column 3 is negative: -1e-9', { cells: (g) => g.fill(-1e-9, 11) }],
    ['two ideal sources of different voltage meet on row 0', { row: { ohmsPerCell: 0, near: held(1), far: held(0) } }],
    ['solution', { row: { ohmsPerCell: 0, near: held(1), far: held(1) } }],
    ['solution', { row: { ohmsPerCell: 1, near: held(1), far: held(0) } }],
    ['solution', { cells: (g) => g.fill(0) }],
  ])('%s', (expected, change) => {
    expect(faultOf(change)).toBe(expected);
  });

  it('names lines without a source', () => {
    const open = { near: openEnd(ROWS), far: openEnd(ROWS) };
    const openColumns = { near: openEnd(COLUMNS), far: openEnd(COLUMNS) };
    expect(faultOf({ row: open })).toBe('solution');
    expect(faultOf({ row: open, column: openColumns })).toBe(
      'no source holds row 0, row 1, row 2, column 0 and 3 more lines',
    );
    expect(faultOf({ row: open, cells: (g) => g.fill(0, 4, 8) })).toBe('no source holds row 1');
  });

  it('finds a group of lines that only hold each other', () => {
    const near = sameEnd(ROWS, 0.1, 1);
    const far = sameEnd(COLUMNS, 0.1, 0);
    near.siemens[2] = 0;
    far.siemens[3] = 0;
    const cells = (g: Float64Array): void => {
      for (const [row, column] of [
        [0, 3],
        [1, 3],
        [2, 0],
        [2, 1],
        [2, 2],
      ] as const)
        g[row * COLUMNS + column] = 0;
    };
    expect(faultOf({ row: { near }, column: { far }, cells })).toBe('no source holds row 2, column 3');
  });
});

describe('a crossbar of nonlinear cells that cannot be solved', () => {
  const solve = (law: CellLaw, near = sameEnd(ROWS, 0.1, 1)): string => {
    const rowLines = { ohmsPerCell: 1, near, far: openEnd(ROWS) };
    const columnLines = { ohmsPerCell: 1, near: openEnd(COLUMNS), far: sameEnd(COLUMNS, 0.1, 0) };
    const result = solveNonlinearCrossbar({ rows: ROWS, columns: COLUMNS, rowLines, columnLines }, law);
    return result.kind === 'solution' ? 'solution' : describeCrossbarFault(result);
  };

  it('says which cell gives no number', () => {
    const law: CellLaw = (_volts, currents, slopes) => {
      currents.fill(1e-6).fill(NaN, 5, 6);
      slopes.fill(1e-6);
    };
    expect(solve(law)).toContain('the cell at row 1, column 1 is NaN');
  });

  it('finds lines that cells without current leave floating', () => {
    const law: CellLaw = (_volts, currents, slopes) => {
      currents.fill(0);
      slopes.fill(0);
    };
    expect(solve(law, openEnd(ROWS))).toBe('no source holds row 0, row 1, row 2');
    expect(solve(law)).toBe('solution');
  });

  it('gives up on a cell whose current jumps back and forth', () => {
    let sign = 1;
    const law: CellLaw = (volts, currents, slopes) => {
      sign = -sign;
      for (const at of volts.keys()) currents[at] = sign * 1e-3;
      slopes.fill(1e-6);
    };
    expect(solve(law)).toMatch(/^no voltages found in \d+ steps$/);
  });
});
