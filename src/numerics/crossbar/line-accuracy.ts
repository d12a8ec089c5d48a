/** From the accuracy asked of line currents to the error that node voltages may have. */
import type { Crossbar } from './crossbar.js';
import type { AllowedError } from './line-gradients.js';
import { sumLines } from './line-currents.js';

/** Fraction of the largest line current below which a line's current is not resolved further. */
const SMALL_LINE = 1e-3;

/** Error of a line current as a fraction of it where nothing else is asked. */
export const DEFAULT_TOLERANCE = 1e-10;

/**
 * The error e [V] of node voltages with which no line current is wrong by more than `tolerance` of it: a line's
 * current is the sum of its cells', and a cell's is wrong by at most 2 e times its conductance.
 */
export function allowedError(
  crossbar: Crossbar,
  cells: { readonly siemens: Float64Array; readonly sources?: Float64Array },
  tolerance: number,
): AllowedError {
  const { siemens, sources } = cells;
  const totals = sumLines(crossbar, siemens);
  const currents = new Float64Array(siemens.length);
  return (rowVolts, columnVolts) => {
    for (let at = 0; at < currents.length; at++)
      currents[at] = (siemens[at] ?? 0) * ((rowVolts[at] ?? 0) - (columnVolts[at] ?? 0)) + (sources?.[at] ?? 0);
    const lines = sumLines(crossbar, currents);
    const largest = lines.reduce((size, current) => Math.max(size, Math.abs(current)), 0);
    let error = Infinity;
    for (const [line, total] of totals.entries()) {
      if (total === 0) continue;
      const current = Math.max(Math.abs(lines[line] ?? 0), SMALL_LINE * largest);
      error = Math.min(error, (tolerance * current) / (2 * total));
    }
    return error;
  };
}
