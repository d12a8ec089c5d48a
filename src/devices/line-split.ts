/** The four groups of cells that a drive makes of a tile: by whether their row and their column are selected. */
import type { CellGroup, LineList } from '../numerics/normal.js';
import type { TileDrive } from './kernel.js';

interface MutableLineList extends LineList {
  count: number;
}

/** Groups of the last drive; the lists are reused, so that a pulse allocates nothing. */
export class LineSplit {
  readonly both: CellGroup;
  readonly rowOnly: CellGroup;
  readonly columnOnly: CellGroup;
  readonly neither: CellGroup;
  /** Every cell, whatever the drive. */
  readonly whole: CellGroup;
  readonly #rows: Side;
  readonly #columns: Side;

  constructor(rows: number, columns: number) {
    this.#rows = new Side(rows);
    this.#columns = new Side(columns);
    this.both = { rows: this.#rows.selected, columns: this.#columns.selected };
    this.rowOnly = { rows: this.#rows.selected, columns: this.#columns.others };
    this.columnOnly = { rows: this.#rows.others, columns: this.#columns.selected };
    this.neither = { rows: this.#rows.others, columns: this.#columns.others };
    this.whole = { rows: allLines(rows), columns: allLines(columns) };
  }

  /** Sorts the lines into selected and others. */
  select({ rows, columns }: TileDrive): void {
    this.#rows.select(rows);
    this.#columns.select(columns);
  }
}

/** The lines of one side of a tile. */
class Side {
  readonly selected: MutableLineList;
  readonly others: MutableLineList;
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
    this.selected = { indices: new Int32Array(size), count: 0 };
    this.others = { indices: new Int32Array(size), count: 0 };
  }

  /** `lines` ascend. */
  select(lines: readonly number[]): void {
    const { selected, others } = this;
    selected.count = 0;
    others.count = 0;
    for (let line = 0; line < this.#size; line++) {
      const list = lines[selected.count] === line ? selected : others;
      list.indices[list.count++] = line;
    }
  }
}

function allLines(size: number): LineList {
  return { indices: Int32Array.from({ length: size }, (_, line) => line), count: size };
}
