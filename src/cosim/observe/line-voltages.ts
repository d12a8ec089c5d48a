/** Voltages of the lines of a tile, as the rails make them; what wires take away shows in the cells only. */
import { invariant } from '../../core/invariant.js';
import { LineVolts } from '../../ir/line-levels.js';
import type { PulseProgram } from '../../ir/scheduled.js';
import type { ObservedCommit } from '../comparison.js';

export type LinesOfCommit = Pick<ObservedCommit, 'rows' | 'columns' | 'levels' | 'railSet' | 'negative'>;

interface SideVolts {
  readonly row: LineVolts;
  readonly column: LineVolts;
}

export class LineVoltages {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  readonly #program: Pick<PulseProgram, 'railSets' | 'rows' | 'columns'>;
  /** Two for each rail set: positive, negative. */
  readonly #sets = new Map<number, SideVolts>();

  constructor(program: Pick<PulseProgram, 'railSets' | 'rows' | 'columns'>) {
    this.#program = program;
    this.rows = new Float64Array(program.rows);
    this.columns = new Float64Array(program.columns);
  }

  /** Sets the voltages as of a commit [V]. */
  apply({ rows, columns, levels, railSet, negative }: LinesOfCommit): void {
    const { row, column } = this.#sideVolts(railSet, negative);
    row.fill(this.rows, rows, levels?.rows ?? rows.map(() => 1));
    column.fill(this.columns, columns, levels?.columns ?? columns.map(() => 1));
  }

  #sideVolts(railSet: number, negative: boolean): SideVolts {
    const index = 2 * railSet + Number(negative);
    const known = this.#sets.get(index);
    if (known) return known;
    const set = this.#program.railSets[railSet];
    invariant(set, 'the rail set of a commit exists');
    const side = negative ? set.negative : set.positive;
    const made = {
      row: new LineVolts(side.row, this.rows.length),
      column: new LineVolts(side.column, this.columns.length),
    };
    this.#sets.set(index, made);
    return made;
  }
}
