/** Lines without a path to a source, by a walk over lines (a wire holds its line together) and conducting cells. */
import { endsOf, type Crossbar, type CrossbarLines } from './crossbar.js';
import type { LinePlace } from './crossbar-fault.js';

/**
 * Lines that no conducting cell joins, directly or over other lines, to a line with a source.
 * One whose cells all have zero conductance floats too: it carries no current, but its voltage is undefined.
 */
export function findFloatingLines(crossbar: Crossbar, siemens: Float64Array): readonly LinePlace[] {
  const { rows, columns } = crossbar;
  // Rows first, then columns
  const isHeld = new Uint8Array(rows + columns);
  markDriven(crossbar.rowLines, isHeld.subarray(0, rows));
  markDriven(crossbar.columnLines, isHeld.subarray(rows));
  if (!isHeld.includes(0)) return [];
  spread(crossbar, siemens, isHeld);
  const floating = [...isHeld.keys()].filter((line) => isHeld[line] === 0);
  return floating.map((line) =>
    line < rows ? { direction: 'row', line } : { direction: 'column', line: line - rows },
  );
}

function markDriven(lines: CrossbarLines, isHeld: Uint8Array): void {
  for (const [, { siemens }] of endsOf(lines))
    for (const [line, conductance] of siemens.entries()) if (conductance > 0) isHeld[line] = 1;
}

/** Marks every line that conducting cells join to a marked one, each line walked once. */
function spread({ rows, columns }: Crossbar, siemens: Float64Array, isHeld: Uint8Array): void {
  const reached = [...isHeld.keys()].filter((line) => isHeld[line] === 1);
  for (let line = reached.pop(); line !== undefined; line = reached.pop()) {
    const isRow = line < rows;
    const count = isRow ? columns : rows;
    for (let at = 0; at < count; at++) {
      const cell = isRow ? line * columns + at : at * columns + line - rows;
      const other = isRow ? rows + at : at;
      if (isHeld[other] === 1 || !((siemens[cell] ?? 0) > 0)) continue;
      isHeld[other] = 1;
      reached.push(other);
    }
  }
}
