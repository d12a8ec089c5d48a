import { describe, expect, it } from 'vitest';
import {
  endsOf,
  linesOf,
  type CellLaw,
  type Crossbar,
  type CrossbarSolution,
} from '../../../src/numerics/crossbar/crossbar.js';
import type { CrossbarFault } from '../../../src/numerics/crossbar/crossbar-fault.js';
import { solveCrossbar } from '../../../src/numerics/crossbar/solve-crossbar.js';
import { solveNonlinearCrossbar } from '../../../src/numerics/crossbar/solve-nonlinear-crossbar.js';
import { solveBySpice, sourceName, type CellElement, type SpiceResult } from '../../support/crossbar-netlist.js';
import { hasNgspice } from '../../support/ngspice.js';
import { openEnd, randomSiemens, sameEnd } from '../../support/random-crossbar.js';

/** Conductance [S] of a driver with the wire to the first cell, and resistance [ohm] of wires per cell. */
const DRIVER = 1 / 50;
const ROW_OHMS = 2.5;
const COLUMN_OHMS = 1.3;

/** Voltages on the selected and the other lines; undefined leaves the others open. */
interface Scheme {
  readonly row: number;
  readonly column: number;
  readonly otherRows?: number;
  readonly otherColumns?: number;
}

const SCHEMES: Readonly<Record<string, Scheme>> = {
  read: { row: 0.8, column: 0, otherRows: 0, otherColumns: 0 },
  'V/2': { row: 1.2, column: 0, otherRows: 0.6, otherColumns: 0.6 },
  'V/3': { row: 1.2, column: 0, otherRows: 0.4, otherColumns: 0.8 },
  floating: { row: 1.2, column: 0 },
};

function crossbarOf(scheme: Scheme, rows: number, columns: number): Crossbar {
  const [row, column] = [Math.floor(rows / 3), Math.floor(columns / 2)];
  const ends = (count: number, selected: number, volts: number, others: number | undefined) => {
    const end = sameEnd(count, others === undefined ? 0 : DRIVER, others ?? 0);
    end.siemens[selected] = DRIVER;
    end.volts[selected] = volts;
    return end;
  };
  const near = ends(rows, row, scheme.row, scheme.otherRows);
  const far = ends(columns, column, scheme.column, scheme.otherColumns);
  return {
    rows,
    columns,
    rowLines: { ohmsPerCell: ROW_OHMS, near, far: openEnd(rows) },
    columnLines: { ohmsPerCell: COLUMN_OHMS, near: openEnd(columns), far },
  };
}

/** Cell voltages to 1e-6 of each, line currents to 1e-6 of each, except what rounding makes of exact zeros. */
function expectAsSpice(crossbar: Crossbar, solution: CrossbarSolution | CrossbarFault, spice: SpiceResult): void {
  if (solution.kind !== 'solution') throw new Error(solution.kind);
  const { rowVolts, columnVolts } = solution;
  for (let at = 0; at < rowVolts.length; at++) {
    const expected = spice.rowVolts[at]! - spice.columnVolts[at]!;
    expect(Math.abs(rowVolts[at]! - columnVolts[at]! - expected)).toBeLessThan(1e-6 * Math.abs(expected) + 1e-12);
  }
  for (const direction of ['row', 'column'] as const)
    for (const [end, { siemens }] of endsOf(linesOf(crossbar, direction))) {
      const currents = direction === 'row' ? solution.rowCurrents(end) : solution.columnCurrents(end);
      for (const [line, current] of currents.entries()) {
        if (siemens[line] === 0) continue;
        const expected = spice.currents.get(sourceName(direction, end, line))!;
        expect(Math.abs(current - expected)).toBeLessThan(1e-6 * Math.abs(expected) + 1e-15);
      }
    }
}

async function expectLinearAgreement(scheme: Scheme, rows: number, columns: number): Promise<void> {
  const crossbar = crossbarOf(scheme, rows, columns);
  const siemens = randomSiemens(rows * columns, 31);
  expectAsSpice(crossbar, solveCrossbar(crossbar, siemens), await solveBySpice(crossbar, resistor(siemens)));
}

const VOLTS = 0.25;

/** i = g V0 sinh(v / V0). */
function sinhLaw(siemens: Float64Array): CellLaw {
  return (volts, currents, slopes) => {
    for (const [at, value] of volts.entries()) {
      currents[at] = siemens[at]! * VOLTS * Math.sinh(value / VOLTS);
      slopes[at] = siemens[at]! * Math.cosh(value / VOLTS);
    }
  };
}

const resistor =
  (siemens: Float64Array): CellElement =>
  (cell, row, column) =>
    `Rcell${cell} ${row} ${column} ${(1 / siemens[cell]!).toPrecision(17)}`;

const sinhSource =
  (siemens: Float64Array): CellElement =>
  (cell, row, column) =>
    `Bcell${cell} ${row} ${column} i=${(siemens[cell]! * VOLTS).toPrecision(17)}*sinh(v(${row},${column})/${VOLTS})`;

describe.skipIf(!hasNgspice)('the array solve and ngspice (skipped where ngspice is not installed)', () => {
  describe.each(Object.keys(SCHEMES))('in the scheme %s', (name) => {
    it.each([
      [64, 64],
      [12, 40],
    ])(
      'agree on linear cells, %i x %i',
      async (rows, columns) => {
        await expectLinearAgreement(SCHEMES[name]!, rows, columns);
      },
      60_000,
    );

    it.each([
      [24, 24],
      [17, 6],
    ])('agree on sinh cells, %i x %i', async (rows, columns) => {
      const crossbar = crossbarOf(SCHEMES[name]!, rows, columns);
      const siemens = randomSiemens(rows * columns, 32);
      const spice = await solveBySpice(crossbar, sinhSource(siemens));
      expectAsSpice(crossbar, solveNonlinearCrossbar(crossbar, sinhLaw(siemens)), spice);
    });
  });
});
