/**
 * Currents at the ends of lines from the currents of their cells: what enters a line at its ends leaves through
 * its cells, and two ends share it as a current divider does. No difference of neighbouring voltages is taken,
 * so the digits do not depend on how small the wires' resistance is.
 */
import { cellsPerLine, isNode, linesOf, type ByEnd, type Crossbar, type LineDirection } from './crossbar.js';

/** Cells' currents [A] (rows x columns), which leave row lines and enter column lines. */
export function endCurrents(
  crossbar: Crossbar,
  direction: LineDirection,
  cellCurrents: Float64Array,
  volts: ByEnd,
): ByEnd {
  const lines = linesOf(crossbar, direction);
  const count = cellsPerLine(crossbar, direction);
  const ohms = isNode(lines) ? 0 : lines.ohmsPerCell;
  const { sums, moments } = momentsAlongLines(crossbar, direction, cellCurrents);
  const near = new Float64Array(sums.length);
  const far = new Float64Array(sums.length);
  for (const [line, sum] of sums.entries()) {
    const [nearOhms, farOhms] = [1 / (lines.near.siemens[line] ?? 0), 1 / (lines.far.siemens[line] ?? 0)];
    const total = nearOhms + farOhms + ohms * (count - 1);
    if (farOhms === Infinity) near[line] = nearOhms === Infinity ? 0 : sum;
    else if (nearOhms === Infinity) far[line] = sum;
    else if (total === 0) near[line] = far[line] = sum / 2;
    else {
      const drop = (volts.near[line] ?? 0) - (volts.far[line] ?? 0);
      const moment = ohms * (moments[line] ?? 0);
      near[line] = (drop + sum * (farOhms + ohms * (count - 1)) - moment) / total;
      far[line] = (-drop + sum * nearOhms + moment) / total;
    }
  }
  return { near, far };
}

/** Sums of `values` over each line (out of row lines, into column lines), and sums of values times place on the line. */
function momentsAlongLines(
  { rows, columns }: Crossbar,
  direction: LineDirection,
  values: Float64Array,
): { readonly sums: Float64Array; readonly moments: Float64Array } {
  const isRow = direction === 'row';
  const sums = new Float64Array(isRow ? rows : columns);
  const moments = new Float64Array(sums.length);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++) {
      const [line, place] = isRow ? [row, column] : [column, row];
      const value = isRow ? (values[at] ?? 0) : -(values[at] ?? 0);
      sums[line] = (sums[line] ?? 0) + value;
      moments[line] = (moments[line] ?? 0) + place * value;
    }
  return { sums, moments };
}

/** Sums of `values` (rows x columns) over row lines, then over column lines. */
export function sumLines({ rows, columns }: Crossbar, values: Float64Array): Float64Array {
  const sums = new Float64Array(rows + columns);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++) {
      const value = values[at] ?? 0;
      sums[row] = (sums[row] ?? 0) + value;
      sums[rows + column] = (sums[rows + column] ?? 0) + value;
    }
  return sums;
}
