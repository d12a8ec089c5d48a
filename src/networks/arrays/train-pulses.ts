/** Random trains as pulses of lines: in each slot the rows and columns that fire, one for each pair of signs that meet. */
import type { DrawnTrains } from '../../devices/trains/draw-trains.js';
import type { LinePulse } from './update-method.js';
import type { WeightCells } from './weight-cells.js';

/** The pulses of `trains`, each of `seconds`; a weight rises where the signs of its row and of its column are equal. */
export function trainPulses(trains: DrawnTrains, cells: WeightCells, seconds: number): readonly LinePulse[] {
  const perWeight = cells.cellColumns / cells.columns;
  const columnBits = Uint32Array.from({ length: cells.cellColumns }, (_, cell) => {
    return trains.columnBits[Math.floor(cell / perWeight)] ?? 0;
  });
  // The minus cell of a pair goes the other way
  const columnSigns = Int8Array.from({ length: cells.cellColumns }, (_, cell) => {
    return (trains.columnSigns[Math.floor(cell / perWeight)] ?? 1) * (cell % perWeight === 0 ? 1 : -1);
  });
  const pulses: LinePulse[] = [];
  for (let slot = 0; slot < trains.slots; slot++) {
    const rows = [1, -1].map((sign) => firing(trains.rowBits, trains.rowSigns, { slot, sign }));
    const columns = [1, -1].map((sign) => firing(columnBits, columnSigns, { slot, sign }));
    pulses.push(...meetings(rows, columns, seconds));
  }
  return pulses;
}

/** Lines of both signs, positive ones first. */
type SignedLines = readonly (readonly number[])[];

/** One pulse for each pair of signs whose lines meet. */
export function meetings(rows: SignedLines, columns: SignedLines, seconds: number): readonly LinePulse[] {
  return MEETINGS.flatMap(([rowSide, columnSide]) => {
    const [on, across] = [rows[rowSide] ?? [], columns[columnSide] ?? []];
    if (on.length === 0 || across.length === 0) return [];
    return [{ rows: on, columns: across, isDown: rowSide !== columnSide, seconds }];
  });
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
