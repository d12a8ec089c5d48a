/** The array at the converters: what each of them answers, from the lines that are on and the pulses that cells got. */
import type { CommittedLines } from '../../src/ir/environment.js';
import type { PulseProgram } from '../../src/ir/scheduled.js';

/** Code of one cell by itself; `pulses` counts what it got so far, potentiations less depressions. */
export type CellCode = (row: number, column: number, pulses: number, tile: number) => number;

export interface ArrayPlan {
  readonly code?: CellCode;
  /** What each conversion of a mean adds to a code, by its number. */
  readonly noise?: readonly number[];
}

export class ArrayCodes {
  readonly #program: Pick<PulseProgram, 'columns' | 'tiles' | 'scan'>;
  readonly #plan: ArrayPlan;
  readonly #pulses = new Map<string, number>();
  #rows: readonly number[] = [];
  #tiles: readonly number[] = [];

  constructor(program: Pick<PulseProgram, 'columns' | 'tiles' | 'scan'>, plan: ArrayPlan) {
    this.#program = program;
    this.#plan = plan;
  }

  /** The row that is read, the lowest one where several are. */
  get row(): number | undefined {
    return this.#rows[0];
  }

  /** The tile whose codes are compared: the lowest one that takes part. */
  get tile(): number {
    return this.#tiles[0] ?? 0;
  }

  commit({ rows, columns, tiles = 1, fires, negative }: CommittedLines): void {
    this.#rows = rows;
    this.#tiles = Array.from({ length: this.#program.tiles }, (_, tile) => tile).filter((tile) => (tiles >> tile) & 1);
    if (!fires) return;
    for (const tile of this.#tiles)
      for (const row of rows)
        for (const column of columns) {
          const cell = cellName(row, column, tile);
          this.#pulses.set(cell, (this.#pulses.get(cell) ?? 0) + (negative ? -1 : 1));
        }
  }

  /** Pulses that a cell of the first tile got. */
  pulses(row: number, column: number, tile = 0): number {
    return this.#pulses.get(cellName(row, column, tile)) ?? 0;
  }

  /** Code of a cell by itself. */
  code(row: number, column: number, tile: number): number {
    return this.#plan.code?.(row, column, this.pulses(row, column, tile), tile) ?? 0;
  }

  /** Answers of one strobe, converter 0 of tile 0 first; a tile that does not take part has no current. */
  answers(share: number, turn: number): readonly number[] {
    const { tiles, scan } = this.#program;
    return Array.from({ length: tiles * scan.converters }, (_, at) => {
      const [tile, converter] = [Math.floor(at / scan.converters), at % scan.converters];
      return this.#answer(tile, converter * scan.shares + share, turn);
    });
  }

  /** Currents of the rows that are on add up, as far as the converter goes. */
  #answer(tile: number, column: number, turn: number): number {
    const { noise = [] } = this.#plan;
    if (!this.#tiles.includes(tile) || column >= this.#program.columns) return 0;
    const current = this.#rows.reduce((sum, row) => sum + this.code(row, column, tile), 0);
    return Math.min(Math.max(current + (noise[turn] ?? 0), 0), 2 ** this.#program.scan.bits - 1);
  }
}

function cellName(row: number, column: number, tile: number): string {
  return `${String(tile)} ${String(row)} ${String(column)}`;
}
