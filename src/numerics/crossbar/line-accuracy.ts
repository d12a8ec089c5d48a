/** From the accuracy asked of line currents to the error that node voltages may have. */
import type { Crossbar } from './crossbar.js';
import type { AllowedError, LinearCells } from './line-gradients.js';
import { sumLines } from './line-currents.js';

/** Fraction of the largest line current below which a line's current is not resolved further. */
const SMALL_LINE = 1e-3;

/** Error of a line current as a fraction of it where nothing else is asked. */
export const DEFAULT_TOLERANCE = 1e-10;

/**
 * The error e [V] of node voltages with which no line current is wrong by more than `tolerance` of it: a line's
 * current is the sum of its cells', and a cell's is wrong by at most 2 e times its conductance.
 */
export function allowedError(crossbar: Crossbar, cells: LinearCells, tolerance: number): AllowedError {
  let totals: Float64Array | undefined;
  return (rowVolts, columnVolts) => {
    totals ??= sumLines(crossbar, cells.siemens);
    const currents = lineCurrents(crossbar, cells, rowVolts, columnVolts);
    let largest = 0;
    for (const current of currents) largest = Math.max(largest, Math.abs(current));
    let error = Infinity;
    for (const [line, total] of totals.entries()) {
      if (total === 0) continue;
      const current = Math.max(Math.abs(currents[line] ?? 0), SMALL_LINE * largest);
      error = Math.min(error, (tolerance * current) / (2 * total));
    }
    return error;
  };
}

/** Currents [A] of the cells summed over row lines, then over column lines. */
function lineCurrents(
  { rows, columns }: Crossbar,
  { siemens, sources }: LinearCells,
  rowVolts: Float64Array,
  columnVolts: Float64Array,
): Float64Array {
  const sums = new Float64Array(rows + columns);
  for (let row = 0, at = 0; row < rows; row++) {
    let rowSum = 0;
    for (let line = rows; line < rows + columns; line++, at++) {
      const volts = (rowVolts[at] ?? 0) - (columnVolts[at] ?? 0);
      const current = (siemens[at] ?? 0) * volts + (sources ? (sources[at] ?? 0) : 0);
      rowSum += current;
      sums[line] = (sums[line] ?? 0) + current;
    }
    sums[row] = rowSum;
  }
  return sums;
}
