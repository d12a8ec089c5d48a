/** Voltages and currents of a crossbar of linear cells with wires and drivers, exact to the accuracy asked. */
import { voltsOf, type Crossbar, type CrossbarSolution, type SolveOptions } from './crossbar.js';
import { findCrossbarFault, type CrossbarFault } from './crossbar-fault.js';
import { allowedError, DEFAULT_TOLERANCE } from './line-accuracy.js';
import { endCurrents } from './line-currents.js';
import { LineGradients, MAX_STEPS, type SourceVolts } from './line-gradients.js';

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
  if (iterations === undefined) return { kind: 'not-converged', iterations: MAX_STEPS };
  return linearSolution({ crossbar, siemens, volts }, gradients, iterations);
}

/** Voltages of all sources of a crossbar. */
export function sourceVolts(crossbar: Crossbar): SourceVolts {
  return { row: voltsOf(crossbar.rowLines), column: voltsOf(crossbar.columnLines) };
}

/** Voltages of the lines at the cells. */
type LineVolts = Pick<CrossbarSolution, 'rowVolts' | 'columnVolts'>;

/** A crossbar at voltages of its sources. */
export interface DrivenCrossbar {
  readonly crossbar: Crossbar;
  readonly volts: SourceVolts;
}

/** A solution of linear cells from the lines' voltages, which it keeps. */
export function linearSolution(
  driven: DrivenCrossbar & { readonly siemens: Float64Array },
  lines: LineVolts,
  iterations: number,
): CrossbarSolution {
  const { siemens } = driven;
  const { rowVolts, columnVolts } = lines;
  const currents = new Float64Array(siemens.length);
  for (let at = 0; at < currents.length; at++)
    currents[at] = (siemens[at] ?? 0) * ((rowVolts[at] ?? 0) - (columnVolts[at] ?? 0));
  return solutionOf(driven, lines, currents, iterations);
}

/** A solution from the lines' voltages, which it keeps, and the currents of the cells. */
export function solutionOf(
  { crossbar, volts }: DrivenCrossbar,
  { rowVolts, columnVolts }: LineVolts,
  cellCurrents: Float64Array,
  iterations: number,
): CrossbarSolution {
  return {
    kind: 'solution',
    rowVolts,
    columnVolts,
    rowCurrents: (end) => endCurrents(crossbar, 'row', cellCurrents, volts.row)[end],
    columnCurrents: (end) => endCurrents(crossbar, 'column', cellCurrents, volts.column)[end],
    iterations,
  };
}
