/** Columns that a verify or transfer scan wants to move, as hw/ion_marks.sv collects them. */

/** Which way a cell is to go: more conductance, less, or none. */
export type Mark = 'up' | 'down' | 'none';

/** Marks of the last scan that made any. */
export class Marks {
  readonly #shares: number;
  readonly #columns: number;
  readonly #marks = new Map<number, Mark>();

  constructor(shares: number, columns: number) {
    this.#shares = shares;
    this.#columns = columns;
  }

  /** Whether nothing is to move: what condition `verified` tells. */
  get isEmpty(): boolean {
    return this.#marks.size === 0;
  }

  /** A scan that marks begins. */
  start(): void {
    this.#marks.clear();
  }

  /** Marks of one step, converter by converter. */
  take(step: number, marks: readonly Mark[]): void {
    for (const [converter, mark] of marks.entries()) {
      const column = converter * this.#shares + step;
      if (mark !== 'none' && column < this.#columns) this.#marks.set(column, mark);
    }
  }

  /** Marked columns, ascending. */
  columns(direction: 'up' | 'down'): readonly number[] {
    const found = [...this.#marks].filter(([, mark]) => mark === direction);
    return found.map(([column]) => column).sort((one, other) => one - other);
  }
}
