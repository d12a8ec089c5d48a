/** What the host knows of the cells of a tile: means of what it has read of them since they last moved. */

export class CellReadings {
  readonly #width: number;
  readonly #sums: Float64Array;
  /** Reads of every row. */
  readonly #counts: Int32Array;

  constructor(rows: number, cellColumns: number) {
    this.#width = cellColumns;
    this.#sums = new Float64Array(rows * cellColumns);
    this.#counts = new Int32Array(rows);
  }

  /** Cells have moved: what has been read of these rows counts no longer. */
  forget(rows: Iterable<number>): void {
    for (const row of rows) {
      this.#counts[row] = 0;
      this.#sums.fill(0, row * this.#width, (row + 1) * this.#width);
    }
  }

  /** Adds a read of a row. */
  add(row: number, values: ArrayLike<number>): void {
    this.#counts[row] = (this.#counts[row] ?? 0) + 1;
    for (let cell = 0; cell < this.#width; cell++) {
      const at = row * this.#width + cell;
      this.#sums[at] = (this.#sums[at] ?? 0) + (values[cell] ?? NaN);
    }
  }

  /** Whether nothing has been read of `row` since its cells moved. */
  isUnknown(row: number): boolean {
    return this.#counts[row] === 0;
  }

  /** Mean of the reads of a cell, counted through all rows; NaN where there is none. */
  mean(cell: number): number {
    return (this.#sums[cell] ?? NaN) / (this.#counts[Math.floor(cell / this.#width)] ?? NaN);
  }
}
