/** Pulses of lines as a field of cells takes them: time and number for every cell, time for every line. */
import { serialLines, type FieldPulses } from './cell-field.js';
import type { LinePulse } from './update-method.js';

export class LineField {
  readonly #columns: number;
  readonly #pulses: Required<FieldPulses>;

  /** For `rows` rows of `columns` cells. */
  constructor(rows: number, columns: number) {
    this.#columns = columns;
    const count = rows * columns;
    const lines = serialLines(rows, columns);
    this.#pulses = { seconds: new Float64Array(count), counts: new Int16Array(count), lines };
  }

  /** All `pulses` in one update, with how many cells got one; a view that the next call overwrites. */
  collect(pulses: readonly LinePulse[]): Required<FieldPulses> & { readonly total: number } {
    const { seconds, counts, lines } = this.#pulses;
    seconds.fill(0);
    counts.fill(0);
    for (const times of Object.values(lines) as readonly Float64Array[]) times.fill(0);
    let total = 0;
    pulses.forEach((pulse, index) => {
      total += this.#add(pulse, pulses[index - 1]?.goesOn ?? false);
    });
    return { ...this.#pulses, total };
  }

  /** Cells that see a pulse begin; none does where lines stay on from the pulse before. */
  #add(pulse: LinePulse, isRest: boolean): number {
    const { seconds, counts } = this.#pulses;
    const sign = pulse.isDown ? -1 : 1;
    for (const row of pulse.rows) {
      for (const column of pulse.columns) {
        const cell = row * this.#columns + column;
        seconds[cell] = (seconds[cell] ?? 0) + sign * pulse.seconds;
        if (!isRest) counts[cell] = (counts[cell] ?? 0) + sign;
      }
    }
    this.#time(pulse, isRest ? 0 : 1);
    return isRest ? 0 : pulse.rows.length * pulse.columns.length;
  }

  #time({ rows, columns, isDown, seconds }: LinePulse, count: number): void {
    const { rowUp, rowDown, rowPulses, columnUp, columnDown, columnPulses, whole } = this.#pulses.lines;
    const [byRow, byColumn] = isDown ? [rowDown, columnDown] : [rowUp, columnUp];
    for (const row of rows) {
      byRow[row] = (byRow[row] ?? 0) + seconds;
      rowPulses[row] = (rowPulses[row] ?? 0) + count;
    }
    for (const column of columns) {
      byColumn[column] = (byColumn[column] ?? 0) + seconds;
      columnPulses[column] = (columnPulses[column] ?? 0) + count;
    }
    const side = isDown ? 1 : 0;
    whole[side] = (whole[side] ?? 0) + seconds;
  }
}
