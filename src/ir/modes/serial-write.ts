/** Open-loop writing, cell by cell: a pulse of its own width for every cell that changes. */
import { invariant } from '../../core/invariant.js';
import type { WorkEntry } from '../scheduled.js';
import { dataSetOf, loopOf, segmentOf, type ModeArray, type ModeProgram } from './mode-program.js';

/** Signed widths of pulses, one list for each data set. */
export interface WidthSettings extends ModeArray {
  readonly railSet: number;
  /** Widths of all cells, row by row; negative ones reverse the polarity, cells of width 0 are left out [ticks]. */
  readonly widths: readonly (readonly number[])[];
}

/**
 * One segment for every cell that is not 0, on its row and column alone, each followed by a rest:
 * `sum |w| tick + pulses rest` clocks. Cells without a pulse cost nothing.
 */
export function serialWrite(settings: WidthSettings): ModeProgram {
  const { railSet, widths, origin } = settings;
  const lists = widths.map((cells) => serialEntries(settings, cells));
  const pulse = segmentOf(origin, {
    row: { kind: 'entry' },
    column: { kind: 'entry' },
    polarity: 'entry',
    railSet,
    dwell: { kind: 'entry' },
    fires: true,
    rest: 'entry',
  });
  return {
    operations: [loopOf(origin, 0, 'entries', [pulse])],
    dataSets: lists.map((entries, index) => dataSetOf(origin, `widths ${index}`, { entries })),
    clocks: ({ tickExponent, restClocks }) =>
      lists.map((entries) =>
        entries.reduce((sum, { magnitude }) => sum + magnitude * 2 ** tickExponent + restClocks, 0),
      ),
  };
}

function serialEntries(array: ModeArray, widths: readonly number[]): readonly WorkEntry[] {
  checkWidths(array, widths);
  return widths.flatMap((width, cell) =>
    width === 0
      ? []
      : [
          {
            row: Math.floor(cell / array.columns),
            column: cell % array.columns,
            negative: width < 0,
            magnitude: Math.abs(width),
            last: true,
          },
        ],
  );
}

/** Widths are whole, and there is one for every cell. */
export function checkWidths({ rows, columns }: ModeArray, widths: readonly number[]): void {
  invariant(widths.length === rows * columns, 'every cell has a width');
  invariant(widths.every(Number.isSafeInteger), 'widths are whole numbers of ticks');
}
