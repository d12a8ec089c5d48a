/**
 * Open-loop writing, row by row: all cells of a row and a polarity at once, their widths told apart by the columns that
 * are on. Either pieces of 1, 2, 4 .. ticks add up to the width (few segments, but a pulse comes in pieces), or columns
 * go off one after the other as their pulses end (one piece each, for devices whose response is not linear in time).
 */
import type { WorkEntry } from '../scheduled.js';
import { dataSetOf, linesWhere, loopOf, segmentOf, type ModeArray, type ModeProgram } from './mode-program.js';
import { checkWidths, type WidthSettings } from './serial-write.js';

/** Columns that are on together, and for how long [ticks]. */
interface Piece {
  readonly columns: readonly number[];
  readonly ticks: number;
}

/** Cuts the pulses of one row and polarity, whose widths are given by column (0: none), into pieces. */
type Cut = (widths: readonly number[]) => readonly Piece[];

/**
 * Binary-weighted: one piece for each bit that any cell of the row has, the longest first. At most
 * `2 rows b` segments, `(2^b - 1) tick` clocks for a row and polarity with all bits, and a rest after each.
 */
export function binaryWrite(settings: WidthSettings): ModeProgram {
  return rowWrite(settings, binaryPieces);
}

/**
 * Contiguous: all columns go on together, and each goes off when its width is over, so that a cell sees one pulse.
 * As many segments as a row and polarity has different widths; they last as long as its longest.
 */
export function contiguousWrite(settings: WidthSettings): ModeProgram {
  return rowWrite(settings, contiguousPieces);
}

/** What {@link contiguousWrite} does with one list of widths (rows x columns) [ticks]. */
export function contiguousWork(array: ModeArray, widths: readonly number[]): RowWork {
  return rowWork(array, widths, contiguousPieces);
}

function binaryPieces(widths: readonly number[]): readonly Piece[] {
  const bits = Math.max(...widths).toString(2).length;
  const pieces = Array.from({ length: bits }, (_, index): Piece => {
    const ticks = 2 ** (bits - 1 - index);
    return { ticks, columns: linesWhere(widths.length, (column) => hasPiece(widths[column] ?? 0, ticks)) };
  });
  return pieces.filter(({ columns }) => columns.length > 0);
}

function hasPiece(width: number, ticks: number): boolean {
  return Math.floor(width / ticks) % 2 === 1;
}

function contiguousPieces(widths: readonly number[]): readonly Piece[] {
  const ends = [...new Set(widths.filter((width) => width > 0))].sort((a, b) => a - b);
  return ends.map((end, index) => ({
    ticks: end - (ends[index - 1] ?? 0),
    columns: linesWhere(widths.length, (column) => (widths[column] ?? 0) >= end),
  }));
}

function rowWrite(settings: WidthSettings, cut: Cut): ModeProgram {
  const { railSet, widths, origin } = settings;
  const works = widths.map((cells) => rowWork(settings, cells, cut));
  const piece = segmentOf(origin, {
    row: { kind: 'entry' },
    column: { kind: 'plane', source: { kind: 'entry', base: 0 } },
    polarity: 'entry',
    railSet,
    dwell: { kind: 'entry' },
    fires: true,
    rest: 'entry',
  });
  return {
    operations: [loopOf(origin, 0, 'entries', [piece])],
    dataSets: works.map((work, index) => dataSetOf(origin, `widths ${index}`, work)),
    clocks: ({ tickExponent, restClocks }) =>
      works.map(({ entries }) =>
        entries.reduce((sum, { magnitude, last }) => sum + magnitude * 2 ** tickExponent + (last ? restClocks : 0), 0),
      ),
  };
}

/** Entries and column planes of one data set; pieces with the same columns share a plane. */
export interface RowWork {
  readonly entries: readonly WorkEntry[];
  readonly columnPlanes: readonly (readonly number[])[];
}

function rowWork(array: ModeArray, widths: readonly number[], cut: Cut): RowWork {
  checkWidths(array, widths);
  const columnPlanes: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const planeOf = ({ columns }: Piece): number => {
    const key = columns.join();
    const plane = known.get(key) ?? columnPlanes.push(columns) - 1;
    known.set(key, plane);
    return plane;
  };
  const entries = Array.from({ length: array.rows }, (_, row) =>
    [false, true].flatMap((negative) => {
      const cells = widths.slice(row * array.columns, (row + 1) * array.columns);
      const magnitudes = cells.map((width) => Math.max(0, negative ? -width : width));
      if (magnitudes.every((width) => width === 0)) return [];
      const pieces = cut(magnitudes);
      return pieces.map((piece, index) => ({
        row,
        column: planeOf(piece),
        negative,
        magnitude: piece.ticks,
        last: index === pieces.length - 1,
      }));
    }),
  ).flat();
  return { entries, columnPlanes };
}
