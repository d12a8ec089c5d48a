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
  gradients.factor({ siemens });
  if (options.start) gradients.columnVolts.set(options.start.columnVolts);
  const volts = sourceVolts(crossbar);
  const tolerance = options.tolerance ?? DEFAULT_TOLERANCE;
  const iterations = gradients.solve(volts, allowedError(crossbar, { siemens }, tolerance));
  if (iterations === undefined) return { kind: 'not-converged', iterations: 0 };
  const { rowVolts, columnVolts } = gradients;
  const currents = new Float64Array(siemens.length);
  for (let at = 0; at < currents.length; at++)
    currents[at] = (siemens[at] ?? 0) * ((rowVolts[at] ?? 0) - (columnVolts[at] ?? 0));
  return solutionOf(crossbar, gradients, currents, iterations);
}

/** Voltages of all sources of a crossbar. */
export function sourceVolts(crossbar: Crossbar): SourceVolts {
  return { row: voltsOf(crossbar.rowLines), column: voltsOf(crossbar.columnLines) };
}

/** What stands in the work space, which is then the solution's, with the given currents of the cells. */
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
    rowVolts,
    columnVolts,
    rowCurrents: (end) => ends('row', end),
    columnCurrents: (end) => ends('column', end),
    iterations,
  };
}
