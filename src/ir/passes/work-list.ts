/** From one signed width per cell to the work list of a data set, in the order of the program. */
import { unreachable } from '../../core/invariant.js';
import type { WriteOrder } from '../network.js';
import type { WorkEntry } from '../scheduled.js';

export interface WorkList {
  readonly entries: readonly WorkEntry[];
  readonly rowPlanes: readonly (readonly number[])[];
  readonly columnPlanes: readonly (readonly number[])[];
}

/**
 * Work list for `widths` (rows x columns) [ticks], positive up, negative down, 0 for cells without a pulse.
 * `serial`: cell by cell in reading order. `rows`: per row and polarity all cells start together and
 * leave one by one as their width is reached, so that each sees a single contiguous pulse.
 */
export function workList(order: WriteOrder, widths: Float64Array, columns: number): WorkList {
  switch (order) {
    case 'serial':
      return { entries: serialEntries(widths, columns), rowPlanes: [], columnPlanes: [] };
    case 'rows':
      return rowEntries(widths, columns);
    default:
      return unreachable(order);
  }
}

function serialEntries(widths: Float64Array, columns: number): readonly WorkEntry[] {
  const entries: WorkEntry[] = [];
  widths.forEach((width, cell) => {
    if (width === 0) return;
    const place = { row: Math.floor(cell / columns), column: cell % columns };
    entries.push({ ...place, negative: width < 0, magnitude: Math.abs(width), last: true });
  });
  return entries;
}

function rowEntries(widths: Float64Array, columns: number): WorkList {
  const entries: WorkEntry[] = [];
  const columnPlanes: (readonly number[])[] = [];
  for (let row = 0; row * columns < widths.length; row++) {
    const ofRow = widths.subarray(row * columns, (row + 1) * columns);
    for (const negative of [false, true]) appendBurst({ entries, columnPlanes }, row, negative, ofRow);
  }
  return { entries, rowPlanes: [], columnPlanes };
}

/** Edges of one row and polarity in order of time; the plane of a segment holds the cells not yet done. */
function appendBurst(
  list: { readonly entries: WorkEntry[]; readonly columnPlanes: (readonly number[])[] },
  row: number,
  negative: boolean,
  widths: Float64Array,
): void {
  const pulses = [...widths].map((width, column) => ({ column, width: negative ? -width : width }));
  const edges = [...new Set(pulses.map(({ width }) => width).filter((width) => width > 0))].sort((a, b) => a - b);
  edges.forEach((edge, index) => {
    const column = list.columnPlanes.length;
    list.columnPlanes.push(pulses.filter(({ width }) => width >= edge).map((pulse) => pulse.column));
    const last = index === edges.length - 1;
    list.entries.push({ row, column, negative, magnitude: edge - (edges[index - 1] ?? 0), last });
  });
}
