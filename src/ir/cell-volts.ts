/** Voltages of all cells of a tile whose lines have more than one level: row minus column, cell by cell. */
import { invariant } from '../core/invariant.js';
import type { SegmentEvent } from './events.js';
import { LineVolts } from './line-levels.js';
import type { RailSet } from './mapped.js';

/** Lines with their levels, and what the levels mean. */
export type LeveledLines = Pick<SegmentEvent, 'rows' | 'columns' | 'railSet' | 'negative'> &
  Required<Pick<SegmentEvent, 'levels'>>;

interface SetVolts {
  readonly row: LineVolts;
  readonly column: LineVolts;
}

export class CellVolts {
  readonly #railSets: readonly RailSet[];
  readonly #rows: Float64Array;
  readonly #columns: Float64Array;
  /** Two for each rail set: positive, negative. */
  readonly #sets: SetVolts[] = [];

  constructor(railSets: readonly RailSet[], rows: number, columns: number) {
    this.#railSets = railSets;
    this.#rows = new Float64Array(rows);
    this.#columns = new Float64Array(columns);
  }

  /** Fills `volts` (rows x columns) [V]. */
  fill(volts: Float64Array, { rows, columns, levels, railSet, negative }: LeveledLines): void {
    const { row, column } = this.#setOf(railSet, negative);
    row.fill(this.#rows, rows, levels.rows);
    column.fill(this.#columns, columns, levels.columns);
    let cell = 0;
    for (const ofRow of this.#rows) for (const ofColumn of this.#columns) volts[cell++] = ofRow - ofColumn;
  }

  #setOf(railSet: number, negative: boolean): SetVolts {
    const index = 2 * railSet + Number(negative);
    const set = this.#railSets[railSet];
    invariant(set, 'the rail set of a segment exists');
    const side = negative ? set.negative : set.positive;
    return (this.#sets[index] ??= {
      row: new LineVolts(side.row, this.#rows.length),
      column: new LineVolts(side.column, this.#columns.length),
    });
  }
}
