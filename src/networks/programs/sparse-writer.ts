/**
 * Which rows a step writes: those whose largest change is largest, as long as there is time. A row is written at once,
 * all of its columns together, by pulses that begin together and end one after the other; what is beyond one pulse takes
 * more of them. Rows without a change take no time.
 */
import { nearestPulse, type WidthPulse } from '../recurrent/short-term-law.js';

export interface SparseWriterSetup {
  readonly rows: number;
  readonly columns: number;
  readonly pulses: readonly WidthPulse[];
  /** Time that the pulses of a step have, rests included, and the rest behind a row [clocks]. */
  readonly clocks: number;
  readonly restClocks: number;
}

/** Widths of one row, round by round (columns) [ticks], and what they are worth. */
interface RowPlan {
  readonly row: number;
  readonly rounds: readonly (readonly number[])[];
  readonly largest: number;
  readonly sum: number;
  readonly clocks: number;
}

export class SparseWriter {
  /** Changes that were asked for and those that there was no time for [S], over all steps; most rows of a step. */
  asked = 0;
  leftOut = 0;
  mostRows = 0;
  readonly #setup: SparseWriterSetup;
  readonly #wanted: Float64Array;

  constructor(setup: SparseWriterSetup) {
    this.#setup = setup;
    this.#wanted = new Float64Array(setup.rows * setup.columns);
  }

  /** Rounds of widths (rows x columns) [ticks] for the changes (rows x columns) [S] that `fill` writes over zeros. */
  plan(fill: (wanted: Float64Array) => void): readonly (readonly number[])[] {
    const { rows, columns, clocks } = this.#setup;
    this.#wanted.fill(0);
    fill(this.#wanted);
    const plans = Array.from({ length: rows }, (_, row) => this.#planRow(row)).filter(
      ({ rounds }) => rounds.length > 0,
    );
    let left = clocks;
    const written: RowPlan[] = [];
    for (const plan of plans.toSorted((a, b) => b.largest - a.largest || a.row - b.row)) {
      this.asked += plan.sum;
      if (plan.clocks <= left) {
        left -= plan.clocks;
        written.push(plan);
      } else this.leftOut += plan.sum;
    }
    this.mostRows = Math.max(this.mostRows, written.length);
    const most = Math.max(0, ...written.map(({ rounds }) => rounds.length));
    return Array.from({ length: most }, (_, round) => {
      const widths = new Array<number>(rows * columns).fill(0);
      for (const { row, rounds } of written) {
        rounds[round]?.forEach((ticks, column) => {
          widths[row * columns + column] = ticks;
        });
      }
      return widths;
    });
  }

  #planRow(row: number): RowPlan {
    const { columns, pulses, restClocks, clocks: most } = this.#setup;
    const wanted = this.#wanted.subarray(row * columns, (row + 1) * columns);
    const sum = wanted.reduce((total, siemens) => total + siemens, 0);
    const largest = Math.max(...wanted);
    const rounds: number[][] = [];
    let clocks = 0;
    // A row that takes longer than a step is not written anyway
    while (clocks <= most) {
      const widths = Array.from(wanted, (siemens, column) => {
        const pulse = siemens > 0 ? nearestPulse({ pulses }, siemens) : undefined;
        // What is left of a change within reach of one pulse is its error
        const isLast = siemens <= (pulses.at(-1)?.step ?? NaN);
        wanted[column] = isLast ? 0 : siemens - (pulse?.step ?? 0);
        return pulse?.ticks ?? 0;
      });
      const longest = Math.max(...widths);
      if (longest === 0) break;
      clocks += longest + restClocks;
      rounds.push(widths);
    }
    return { row, rounds, largest, sum, clocks };
  }
}
