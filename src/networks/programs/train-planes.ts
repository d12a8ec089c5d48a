/** Random trains as planes: in each slot the rows and columns that fire, one entry for each pair of signs that meet. */
import type { WorkEntry } from '../../ir/scheduled.js';
import type { SampleTrains } from '../arrays/outer-product-update.js';
import type { WeightCells } from '../arrays/weight-cells.js';
import type { TileStep } from './program-tile.js';

export interface TrainPlanes {
  readonly cells: WeightCells;
  /** Index of the first plane of rows. */
  readonly firstPlane: number;
  /** Width of a slot [ticks]. */
  readonly magnitude: number;
}

/** The pulses of `trains`; each is followed by a rest, so that every slot is a pulse of its own. */
export function trainSteps(
  trains: SampleTrains,
  { cells, firstPlane, magnitude }: TrainPlanes,
): Required<Omit<TileStep, 'reads'>> {
  const perWeight = cells.cellColumns / cells.columns;
  const columnBits = Uint32Array.from({ length: cells.cellColumns }, (_, cell) => {
    return trains.columnBits[Math.floor(cell / perWeight)] ?? 0;
  });
  // The minus cell of a pair goes the other way
  const columnSigns = Int8Array.from({ length: cells.cellColumns }, (_, cell) => {
    return (trains.columnSigns[Math.floor(cell / perWeight)] ?? 1) * (cell % perWeight === 0 ? 1 : -1);
  });
  const rowPlanes: (readonly number[])[] = [];
  const columnPlanes: (readonly number[])[] = [];
  const entries: WorkEntry[] = [];
  for (let slot = 0; slot < trains.slots; slot++) {
    const rows = [1, -1].map((sign) => firing(trains.rowBits, trains.rowSigns, { slot, sign }));
    const columns = [1, -1].map((sign) => firing(columnBits, columnSigns, { slot, sign }));
    for (const [rowSide, columnSide] of MEETINGS) {
      const [on, off] = [rows[rowSide] ?? [], columns[columnSide] ?? []];
      if (on.length === 0 || off.length === 0) continue;
      const place = { row: firstPlane + rowPlanes.push(on) - 1, column: columnPlanes.push(off) - 1 };
      entries.push({ ...place, negative: rowSide !== columnSide, magnitude, last: true });
    }
  }
  return { entries, rowPlanes, columnPlanes };
}

/** Sides of signs that meet: equal ones first, so that polarity turns once a slot. */
const MEETINGS = [
  [0, 0],
  [1, 1],
  [0, 1],
  [1, 0],
] as const;

function firing(
  bits: Uint32Array,
  signs: Int8Array,
  { slot, sign }: { readonly slot: number; readonly sign: number },
): readonly number[] {
  const lines: number[] = [];
  bits.forEach((word, line) => {
    if (((word >>> slot) & 1) === 1 && (signs[line] ?? 1) === sign) lines.push(line);
  });
  return lines;
}
