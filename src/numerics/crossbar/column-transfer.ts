/**
 * Reads of one crossbar as a product with a matrix: the current of every column line is a linear function of all
 * sources' voltages. By reciprocity the coefficients of one column are the currents at all sources with 1 V at that
 * column's ends and 0 V elsewhere, so there is one solve per column, however many sources there are.
 */
import {
  endsOf,
  linesOf,
  withSourceVolts,
  type ByEnd,
  type Crossbar,
  type End,
  type LineDirection,
} from './crossbar.js';
import { findCrossbarFault, findSourceFault, type CrossbarFault } from './crossbar-fault.js';
import { allowedError, DEFAULT_TOLERANCE } from './line-accuracy.js';
import { LineGradients, MAX_STEPS, type SourceVolts } from './line-gradients.js';
import { linearSolution } from './solve-crossbar.js';

/** The matrix of a crossbar. */
export interface ColumnTransfer {
  readonly kind: 'transfer';
  /** Currents [A] from the sources into every column line, both ends together. */
  readonly currents: (volts: SourceVolts) => Float64Array | CrossbarFault;
}

/** A source: one end of a line. */
interface Port {
  readonly direction: LineDirection;
  readonly end: End;
  readonly line: number;
}

/** The matrix of a crossbar with cells of these conductances [S] (rows x columns); one linear solve per column. */
export function transferToColumns(crossbar: Crossbar, siemens: Float64Array): ColumnTransfer | CrossbarFault {
  const fault = findCrossbarFault(crossbar, siemens);
  if (fault) return fault;
  const { columns } = crossbar;
  const ports = listPorts(crossbar);
  const matrix = new Float64Array(ports.length * columns);
  const gradients = new LineGradients(crossbar);
  gradients.factor({ siemens });
  const allowed = allowedError(crossbar, { siemens }, DEFAULT_TOLERANCE);
  const volts = { row: emptyEnds(crossbar.rows), column: emptyEnds(columns) };
  for (let column = 0; column < columns; column++) {
    for (const end of ['near', 'far'] as const) volts.column[end].fill(0).fill(1, column, column + 1);
    gradients.columnVolts.fill(0);
    const iterations = gradients.solve(volts, allowed);
    if (iterations === undefined) return { kind: 'not-converged', iterations: MAX_STEPS };
    const { rowCurrents, columnCurrents } = linearSolution({ crossbar, siemens, volts }, gradients, iterations);
    const currents = {
      row: { near: rowCurrents('near'), far: rowCurrents('far') },
      column: { near: columnCurrents('near'), far: columnCurrents('far') },
    };
    for (const [index, { direction, end, line }] of ports.entries())
      matrix[index * columns + column] = currents[direction][end][line] ?? 0;
  }
  return {
    kind: 'transfer',
    currents: (sources) =>
      findSourceFault(withSourceVolts(crossbar, sources)) ?? multiply(ports, matrix, sources, columns),
  };
}

function listPorts(crossbar: Crossbar): readonly Port[] {
  return (['row', 'column'] as const).flatMap((direction) =>
    endsOf(linesOf(crossbar, direction)).flatMap(([end, { siemens }]) =>
      [...siemens.keys()].filter((line) => siemens[line] !== 0).map((line) => ({ direction, end, line })),
    ),
  );
}

function emptyEnds(count: number): ByEnd {
  return { near: new Float64Array(count), far: new Float64Array(count) };
}

/** Sum over the ports of voltage times coefficients; most sources of a read are at 0 V and cost nothing. */
function multiply(ports: readonly Port[], matrix: Float64Array, sources: SourceVolts, columns: number): Float64Array {
  const currents = new Float64Array(columns);
  for (const [index, { direction, end, line }] of ports.entries()) {
    const volts = sources[direction][end][line] ?? 0;
    if (volts === 0) continue;
    for (let column = 0, at = index * columns; column < columns; column++, at++)
      currents[column] = (currents[column] ?? 0) + volts * (matrix[at] ?? 0);
  }
  return currents;
}
