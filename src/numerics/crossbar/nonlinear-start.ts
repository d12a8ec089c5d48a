/** What is known of a nonlinear crossbar before it is solved: a first guess, bounds, and which lines nothing holds. */
import { cellsPerLine, isNode, linesOf, type CellLaw, type Crossbar, type LineDirection } from './crossbar.js';
import { findFloatingFault, type CrossbarFault } from './crossbar-fault.js';

/** Voltages of the cells if wires and drivers had no resistance; lines without source at the mean of the others. */
export function setIdealVolts(crossbar: Crossbar, volts: Float64Array): void {
  const { rows, columns } = crossbar;
  const [rowVolts, columnVolts] = [idealVolts(crossbar, 'row'), idealVolts(crossbar, 'column')];
  const driven = [...rowVolts, ...columnVolts].filter((value) => value !== undefined);
  const mean = driven.reduce((sum, value) => sum + value, 0) / driven.length;
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++)
      volts[at] = (rowVolts[row] ?? mean) - (columnVolts[column] ?? mean);
}

function idealVolts(crossbar: Crossbar, direction: LineDirection): readonly (number | undefined)[] {
  const { near, far } = linesOf(crossbar, direction);
  return Array.from(near.siemens, (siemens, line) => {
    const strongest = siemens >= (far.siemens[line] ?? 0) ? near : far;
    return strongest.siemens[line] === 0 ? undefined : strongest.volts[line];
  });
}

/** Current [A] that the wires at a cell can bring at most, by cell: all sources at once against the shortest wires. */
export function currentLimits(crossbar: Crossbar, largestVolts: number): Float64Array {
  const { rows, columns } = crossbar;
  const limits = new Float64Array(rows * columns);
  const range = 2 * largestVolts;
  const [atRow, atColumn] = [nodeConductance(crossbar, 'row'), nodeConductance(crossbar, 'column')];
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++) {
      const least = Math.min(atRow(row, column), atColumn(column, row));
      limits[at] = least === Infinity ? Infinity : range * least;
    }
  return limits;
}

/** Conductance [S] of wires and drivers at a node of a line. */
function nodeConductance(crossbar: Crossbar, direction: LineDirection): (line: number, place: number) => number {
  const lines = linesOf(crossbar, direction);
  const last = cellsPerLine(crossbar, direction) - 1;
  const isOneNode = isNode(lines);
  return (line, place) => {
    const near = isOneNode || place === 0 ? (lines.near.siemens[line] ?? 0) : 0;
    const far = isOneNode || place === last ? (lines.far.siemens[line] ?? 0) : 0;
    return near + far + (isOneNode ? 0 : 2 / lines.ohmsPerCell) || Infinity;
  };
}

/** Lines without a source, from cells that carry current at a voltage of either sign. */
export function findConductionFault(crossbar: Crossbar, law: CellLaw, largestVolts: number): CrossbarFault | undefined {
  const length = crossbar.rows * crossbar.columns;
  if (findFloatingFault(crossbar, new Float64Array(length)) === undefined) return undefined;
  const probe = largestVolts || 1;
  const [currents, slopes] = [new Float64Array(length), new Float64Array(length)];
  const conducts = new Float64Array(length);
  for (const volts of [probe, -probe]) {
    law(new Float64Array(length).fill(volts), currents, slopes);
    for (let at = 0; at < length; at++) if (currents[at] !== 0) conducts[at] = 1;
  }
  return findFloatingFault(crossbar, conducts);
}
