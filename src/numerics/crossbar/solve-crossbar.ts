/** Voltages and currents of a crossbar of linear cells with wires and drivers, exact to the accuracy asked. */
import { linesOf, voltsOf, type Crossbar, type CrossbarSolution, type End, type SolveOptions } from './crossbar.js';
import { findCrossbarFault, type CrossbarFault } from './crossbar-fault.js';
import { allowedError, DEFAULT_TOLERANCE } from './line-accuracy.js';
import { endCurrents } from './line-currents.js';
import { LineGradients, type SourceVolts } from './line-gradients.js';

/**
 * Solves the network of a crossbar whose cells have the given conductances [S] (rows x columns).
 * A crossbar that has no solution, or no finite one, gives a fault.
 */
export function solveCrossbar(
  crossbar: Crossbar,
  siemens: Float64Array,
  options: SolveOptions = {},
): CrossbarSolution | CrossbarFault {
  const fault = findCrossbarFault(crossbar, siemens);
  if (fault) return fault;
  const gradients = new LineGradients(crossbar);
  gradients.factor(siemens);
  if (options.start) gradients.columnVolts.set(options.start.columnVolts);
  const volts = sourceVolts(crossbar);
  const tolerance = options.tolerance ?? DEFAULT_TOLERANCE;
  const iterations = gradients.solve(volts, allowedError(crossbar, { siemens }, tolerance));
  if (iterations === undefined) return { kind: 'not-converged', iterations: 0 };
  const currents = siemens.map((value, at) => value * cellVolts(gradients, at));
  return solutionOf(crossbar, gradients, currents, iterations);
}

/** Voltages of all sources of a crossbar. */
export function sourceVolts(crossbar: Crossbar): SourceVolts {
  return { row: voltsOf(crossbar.rowLines), column: voltsOf(crossbar.columnLines) };
}

/** What stands in the work space, as a solution with the given currents of the cells. */
export function solutionOf(
  crossbar: Crossbar,
  { rowVolts, columnVolts }: LineGradients,
  cellCurrents: Float64Array,
  iterations: number,
): CrossbarSolution {
  const ends = (direction: 'row' | 'column', end: End): Float64Array =>
    endCurrents(crossbar, direction, cellCurrents, voltsOf(linesOf(crossbar, direction)))[end];
  return {
    kind: 'solution',
    rowVolts: rowVolts.slice(),
    columnVolts: columnVolts.slice(),
    rowCurrents: (end) => ends('row', end),
    columnCurrents: (end) => ends('column', end),
    iterations,
  };
}

function cellVolts({ rowVolts, columnVolts }: LineGradients, cell: number): number {
  return (rowVolts[cell] ?? 0) - (columnVolts[cell] ?? 0);
}
