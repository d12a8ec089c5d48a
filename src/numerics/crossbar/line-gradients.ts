/**
 * Linear crossbars by conjugate gradients on the voltages of the row lines, those of the column lines eliminated
 * exactly in every step. With R and C the row and column ladders (cells included) and G the cells, the system is
 *   (R - G C^-1 G) u = currents,
 * preconditioned by R^-1: one solve of every line per step. R^-1 (R - G C^-1 G) = 1 - M, where M has no negative
 * entry and row sums up to 1, so its eigenvalues lie in (0, 1] whatever the array. R^-1 is applied to every residual,
 * so the matrix R itself is never needed, and no difference of neighbouring voltages is ever taken.
 *
 * @see Reid, SIAM J. Numer. Anal. 9 (1972) 325-332, for eliminating one of two halves;
 * Varga, Matrix Iterative Analysis (1962) section 3.6, for bounding the inverse of an M-matrix by one vector
 */
import type { ByEnd, Crossbar } from './crossbar.js';
import { createLineSolver, type LineSolver } from './line-solver.js';

/** Voltages of the sources of all lines. */
export interface SourceVolts {
  readonly row: ByEnd;
  readonly column: ByEnd;
}

/** Cells that are resistors, each with a source of current beside it where `sources` is given (rows x columns). */
export interface LinearCells {
  /** Conductance [S]. */
  readonly siemens: Float64Array;
  /** Current [A] from row to column at 0 V. */
  readonly sources?: Float64Array;
}

/** Largest error [V] allowed at any node, from voltages of row lines and column lines near the solution. */
export type AllowedError = (rowVolts: Float64Array, columnVolts: Float64Array) => number;

/** Steps between two looks at the true residual. */
const STEPS_PER_ROUND = 60;

/** Steps of one solve after which the search counts as failed. */
export const MAX_STEPS = 20_000;

/** Part of the allowed residual that the steps aim at; the rest covers rounding in the recurrences. */
const AIM = 0.5;

/** Residual as a fraction of the largest voltage below which rounding is all there is. */
export const ROUNDING = 4e-15;

/** A margin above this is worth no further sweep. */
const GOOD_MARGIN = 0.05;

/* eslint-disable @typescript-eslint/no-non-null-assertion -- all arrays have one element per cell, and indices run over cells */

/** Work space of the solves of one crossbar; `rowVolts` and `columnVolts` hold the last result. */
export class LineGradients {
  readonly rowVolts: Float64Array;
  readonly columnVolts: Float64Array;
  readonly #rows: LineSolver;
  readonly #columns: LineSolver;
  readonly #length: number;
  readonly #lineCount: number;
  #siemens: Float64Array;
  #sources: Float64Array | undefined;
  #margin: number | undefined;
  /** Preconditioned residual: how far R^-1 would move the row voltages. */
  readonly #residual: Float64Array;
  readonly #direction: Float64Array;
  /** G C^-1 G times the direction. */
  readonly #pulled: Float64Array;
  readonly #scratch: Float64Array;

  constructor(crossbar: Crossbar) {
    const { rows, columns } = crossbar;
    this.#length = rows * columns;
    this.#lineCount = rows + columns;
    this.#rows = createLineSolver('row', crossbar.rowLines, [rows, columns]);
    this.#columns = createLineSolver('column', crossbar.columnLines, [rows, columns]);
    this.rowVolts = new Float64Array(this.#length);
    this.columnVolts = new Float64Array(this.#length);
    this.#residual = new Float64Array(this.#length);
    this.#direction = new Float64Array(this.#length);
    this.#pulled = new Float64Array(this.#length);
    this.#scratch = new Float64Array(this.#length);
    this.#siemens = new Float64Array(0);
  }

  /** Takes the cells. */
  factor({ siemens, sources }: LinearCells): void {
    this.#siemens = siemens;
    this.#sources = sources;
    this.#rows.factor(siemens);
    this.#columns.factor(siemens);
    this.#margin = undefined;
  }

  /**
   * Solves from the voltages that stand in `columnVolts`. Afterwards no node is wrong by more than `allowed`, or than
   * rounding makes it; where `rough` [V] is given, a residual that small is enough without a proof of the error.
   * Returns the number of steps, or undefined where they did not suffice.
   */
  solve(volts: SourceVolts, allowed: AllowedError, rough = 0): number | undefined {
    const rounding = ROUNDING * largestSource(volts);
    const limit = (): number => Math.max(this.margin * allowed(this.rowVolts, this.columnVolts), rounding);
    this.#solveRows(volts.row, this.rowVolts);
    for (let steps = 0; steps < MAX_STEPS;) {
      const energy = this.#startResidual(volts.column);
      const size = largest(this.#residual);
      const aim = size <= rough ? rough : Math.max(rough, limit());
      if (size <= aim) {
        for (let at = 0; at < this.#length; at++) this.rowVolts[at]! += this.#residual[at]!;
        return steps;
      }
      steps += this.#descend(energy, AIM * aim);
      this.#solveColumns(volts.column, this.columnVolts);
      this.#solveRows(volts.row, this.#residual);
      const left = this.#takeRowVolts();
      if (left <= rough || left <= limit()) return steps;
    }
    return undefined;
  }

  /** A preconditioned residual below d leaves no node wrong by more than d divided by this; see `#findMargin`. */
  get margin(): number {
    this.#margin ??= this.#findMargin();
    return this.#margin;
  }

  /** Bound [V] for the preconditioned residual, and for the direct move of column nodes, by currents of these sizes in the cells. */
  residualOf(currents: Float64Array): number {
    const [siemens, followed, total] = [this.#siemens, this.#scratch, this.#pulled];
    this.#columns.solve(currents, followed);
    const direct = largest(followed);
    for (let at = 0; at < this.#length; at++) total[at] = currents[at]! + siemens[at]! * followed[at]!;
    this.#rows.solve(total, followed);
    return largest(followed) + direct;
  }

  /** Voltages of the row lines for those of the column lines. */
  #solveRows(ends: ByEnd, volts: Float64Array): void {
    const currents = this.#scratch;
    const { columnVolts } = this;
    const [siemens, sources] = [this.#siemens, this.#sources];
    if (sources)
      for (let at = 0; at < this.#length; at++) currents[at] = siemens[at]! * columnVolts[at]! - sources[at]!;
    else for (let at = 0; at < this.#length; at++) currents[at] = siemens[at]! * columnVolts[at]!;
    this.#rows.drive(currents, volts, ends);
  }

  /** Voltages of the column lines for those of the row lines. */
  #solveColumns(ends: ByEnd, volts: Float64Array): void {
    const currents = this.#scratch;
    const { rowVolts } = this;
    const [siemens, sources] = [this.#siemens, this.#sources];
    if (sources) for (let at = 0; at < this.#length; at++) currents[at] = siemens[at]! * rowVolts[at]! + sources[at]!;
    else for (let at = 0; at < this.#length; at++) currents[at] = siemens[at]! * rowVolts[at]!;
    this.#columns.drive(currents, volts, ends);
  }

  /**
   * Residual of row voltages that are right for `columnVolts`: what the column lines' move to their own new voltages
   * brings into the rows. Returns its energy, residual times preconditioned residual.
   */
  #startResidual(ends: ByEnd): number {
    const [siemens, currents, moved] = [this.#siemens, this.#pulled, this.#direction];
    const { columnVolts } = this;
    this.#solveColumns(ends, moved);
    for (let at = 0; at < this.#length; at++) {
      currents[at] = siemens[at]! * (moved[at]! - columnVolts[at]!);
      columnVolts[at] = moved[at]!;
    }
    this.#rows.solve(currents, this.#residual);
    return product(currents, this.#residual);
  }

  /** Conjugate gradient steps until the preconditioned residual is below `aim` [V]; returns how many. */
  #descend(startEnergy: number, aim: number): number {
    let energy = startEnergy;
    let [weight, norm] = [0, 0];
    for (let step = 1; ; step++) {
      this.#turn(weight);
      // p R p, because p = z + weight p' and z R p' = 0
      norm = energy + weight ** 2 * norm;
      this.#columns.solve(this.#scratch, this.#scratch);
      const pull = this.#pull();
      this.#rows.solve(this.#pulled, this.#scratch);
      const length = energy / (norm - pull);
      const echo = product(this.#pulled, this.#scratch);
      const size = this.#advance(length);
      const next = length ** 2 * (norm - 2 * pull + echo) - energy;
      if (size <= aim || step === STEPS_PER_ROUND || !(next > 0)) return step;
      weight = next / energy;
      energy = next;
    }
  }

  /** New direction, and its currents through the cells into the columns. */
  #turn(weight: number): void {
    const [siemens, direction, residual, currents] = [this.#siemens, this.#direction, this.#residual, this.#scratch];
    for (let at = 0; at < this.#length; at++) {
      const along = residual[at]! + (weight === 0 ? 0 : weight * direction[at]!);
      direction[at] = along;
      currents[at] = siemens[at]! * along;
    }
  }

  /** Currents that the columns, following the direction, send back into the rows; returns their work along it. */
  #pull(): number {
    const [siemens, direction, pulled, volts] = [this.#siemens, this.#direction, this.#pulled, this.#scratch];
    let work = 0;
    for (let at = 0; at < this.#length; at++) {
      const current = siemens[at]! * volts[at]!;
      pulled[at] = current;
      work += current * direction[at]!;
    }
    return work;
  }

  /** Goes along the direction; returns the largest preconditioned residual left. */
  #advance(length: number): number {
    const [direction, residual, followed] = [this.#direction, this.#residual, this.#scratch];
    const { rowVolts } = this;
    let size = 0;
    for (let at = 0; at < this.#length; at++) {
      const along = direction[at]!;
      rowVolts[at]! += length * along;
      const left = residual[at]! - length * (along - followed[at]!);
      residual[at] = left;
      size = Math.max(size, Math.abs(left));
    }
    return size;
  }

  /** Takes the row voltages in `residual`; returns the largest move. */
  #takeRowVolts(): number {
    let size = 0;
    for (let at = 0; at < this.#length; at++) {
      size = Math.max(size, Math.abs(this.#residual[at]! - this.rowVolts[at]!));
      this.rowVolts[at] = this.#residual[at]!;
    }
    return size;
  }

  /**
   * A margin such that preconditioned residuals below d leave no node wrong by more than d / margin. Because M has no
   * negative entry, (1 - M) x >= m > 0 for some positive x does it with m / max x; sweeps with all sources at 1 V give
   * (1 - M) x for x = 1 + M 1 + ... without a subtraction.
   */
  #findMargin(): number {
    const [share, siemens] = [this.#scratch, this.#siemens];
    const ones = new Float64Array(this.#lineCount).fill(1);
    const ends = { near: ones, far: ones };
    let margin = 0;
    share.fill(0);
    for (let count = 1; count <= this.#lineCount; count++) {
      this.#columns.drive(share, share, ends);
      for (let at = 0; at < this.#length; at++) share[at]! *= siemens[at]!;
      this.#rows.drive(share, share, ends);
      const bound = least(share) / count;
      if (bound > GOOD_MARGIN) return bound;
      if (margin > 0 && bound < 1.1 * margin) return Math.max(bound, margin);
      margin = bound;
      for (let at = 0; at < this.#length; at++) share[at]! *= siemens[at]!;
    }
    return margin;
  }
}

/** Largest voltage [V] of any source, which no node exceeds. */
export function largestSource({ row, column }: SourceVolts): number {
  return Math.max(largest(row.near), largest(row.far), largest(column.near), largest(column.far));
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

function largest(values: Float64Array): number {
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  return size;
}

function least(values: Float64Array): number {
  let size = Infinity;
  for (const value of values) size = Math.min(size, value);
  return size;
}
