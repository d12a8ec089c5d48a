/** Wires, drivers and cells of tiles: arrays solved by hand, and arrays of our solver. */
import { describe, expect, test } from 'vitest';
import {
  cellElements,
  crossbarCircuit,
  driverElements,
  lineNode,
  wireElements,
  type TileCircuit,
} from '../../../src/backends/interop/tile-circuit.js';
import type { Crossbar } from '../../../src/numerics/crossbar/crossbar.js';
import { solveCrossbar } from '../../../src/numerics/crossbar/solve-crossbar.js';
import { hasNgspice, runNgspice } from '../../support/ngspice.js';

/** Node voltages and source currents of `circuit` at rest. */
function operatingPoint(circuit: TileCircuit): Promise<Map<string, Float64Array>> {
  const elements = [...driverElements(circuit), ...wireElements(circuit), ...cellElements(circuit)];
  return runNgspice(['* array', ...elements, '.options reltol=1e-9 gmin=1e-18', '.op', '.end', ''].join('\n'));
}

const at = (vectors: ReadonlyMap<string, Float64Array>, name: string): number => vectors.get(name)?.[0] ?? NaN;

/** An array of resistors [ohm] by row and column. */
function resistors(
  ohms: readonly (readonly number[])[],
  rest: Omit<TileCircuit, 'rows' | 'columns' | 'cell'>,
): TileCircuit {
  return {
    ...rest,
    rows: ohms.length,
    columns: ohms[0]!.length,
    cell: (row, column, nodes) => `Rcell${String(row)}_${String(column)} ${nodes} ${String(ohms[row]![column])}`,
  };
}

describe.skipIf(!hasNgspice)('arrays solved by hand', () => {
  test('a sneak path through floating lines', async () => {
    // 10 k beside 20 k + 40 k + 30 k is 9 k, behind a driver of 1 k at 1 V
    const circuit = resistors(
      [
        [10e3, 20e3],
        [30e3, 40e3],
      ],
      {
        // prettier-ignore
        ohmsPerCell: { row: 0, column: 0 },
        terminal: (direction, line, end) => {
          if (line === 1 || end === 'far') return undefined;
          return direction === 'row' ? { ohms: 1e3, source: 'DC 1' } : { ohms: 0, source: 'DC 0' };
        },
      },
    );
    const vectors = await operatingPoint(circuit);
    expect(at(vectors, 'v(r0)')).toBeCloseTo(0.9, 9);
    expect(at(vectors, 'v(c1)')).toBeCloseTo(0.7, 9);
    expect(at(vectors, 'v(r1)')).toBeCloseTo(0.3, 9);
    expect(at(vectors, 'i(vc0)') / 1e-4).toBeCloseTo(1, 9);
  });

  test('the drop along a row that is driven at one end, and at both', async () => {
    const drops = (far: boolean): TileCircuit =>
      resistors([[2e3, 1e3]], {
        ohmsPerCell: { row: 1e3, column: 0 },
        terminal: (direction, _, end) => {
          if (direction === 'column') return end === 'near' ? { ohms: 0, source: 'DC 0' } : undefined;
          return end === 'near' || far ? { ohms: 1e3, source: 'DC 1' } : undefined;
        },
      });
    // 2 k beside 1 k + 1 k is 1 k
    const oneEnd = await operatingPoint(drops(false));
    expect(at(oneEnd, 'v(r0_0)')).toBeCloseTo(0.5, 9);
    expect(at(oneEnd, 'v(r0_1)')).toBeCloseTo(0.25, 9);
    // 1 + b = 2.5 a and 1 + a = 3 b
    const bothEnds = await operatingPoint(drops(true));
    expect(at(bothEnds, 'v(r0_0)')).toBeCloseTo(4 / 6.5, 9);
    expect(at(bothEnds, 'v(r0_1)')).toBeCloseTo(3.5 / 6.5, 9);
  });
});

test.skipIf(!hasNgspice)('an array of the solver is the same circuit', async () => {
  const end = (siemens: readonly number[], volts: readonly number[]) => ({
    siemens: Float64Array.from(siemens),
    volts: Float64Array.from(volts),
  });
  const crossbar: Crossbar = {
    rows: 2,
    columns: 3,
    rowLines: { ohmsPerCell: 50, near: end([1e-3, 0], [1, 0]), far: end([0, 2e-3], [0, 0.4]) },
    columnLines: { ohmsPerCell: 20, near: end([1e-2, Infinity, 0], [0, 0.1, 0]), far: end([0, 0, 1e-2], [0, 0, -0.2]) },
  };
  const siemens = Float64Array.of(1e-4, 2e-4, 3e-4, 4e-4, 5e-4, 6e-4);
  const circuit = crossbarCircuit(crossbar, (row, column, nodes) => {
    return `Rcell${String(row)}_${String(column)} ${nodes} ${String(1 / siemens[row * 3 + column]!)}`;
  });
  const [vectors, solution] = [await operatingPoint(circuit), solveCrossbar(crossbar, siemens)];
  if (solution.kind !== 'solution') throw new Error(solution.kind);
  for (let row = 0; row < 2; row++) {
    for (let column = 0; column < 3; column++) {
      const cell = row * 3 + column;
      expect(at(vectors, `v(${lineNode(circuit, 'row', row, column)})`)).toBeCloseTo(solution.rowVolts[cell]!, 8);
      expect(at(vectors, `v(${lineNode(circuit, 'column', column, row)})`)).toBeCloseTo(solution.columnVolts[cell]!, 8);
    }
  }
});
