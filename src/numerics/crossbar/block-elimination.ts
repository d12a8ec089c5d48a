/**
 * A crossbar's network by direct elimination: first every line across the array, then, step by step along it, the
 * nodes of all lines that run along the longer side. One dense symmetric block of the shorter side's size stands for
 * each step, so factors take rows x columns x shorter side numbers.
 */
import { isNode, linesOf, type Crossbar, type LineDirection } from './crossbar.js';
import type { SourceVolts } from './line-gradients.js';
import { createLineSolver, type LineSolver } from './line-solver.js';

/** Numbers that the factors of a crossbar consist of. */
export function eliminationSize({ rows, columns }: Crossbar): number {
  return rows * columns * Math.min(rows, columns);
}

/** The factored network. */
export class BlockElimination {
  readonly #crossbar: Crossbar;
  readonly #siemens: Float64Array;
  /** Lines along the longer side are eliminated block by block, those across first. */
  readonly #along: LineDirection;
  readonly #across: LineSolver;
  /** Places in arrays over cells: `line` counts lines along, `step` the blocks. */
  readonly #at: (line: number, step: number) => number;
  readonly #width: number;
  readonly #steps: number;
  /** Inverses of the blocks; one block where lines along have no resistance. */
  readonly #inverses: readonly Float64Array[];
  /** Conductance of the wire between steps. */
  readonly #wire: number;

  constructor(crossbar: Crossbar, siemens: Float64Array) {
    const { rows, columns } = crossbar;
    this.#crossbar = crossbar;
    this.#siemens = siemens;
    this.#along = columns >= rows ? 'row' : 'column';
    this.#at = this.#along === 'row' ? (line, step) => line * columns + step : (line, step) => step * columns + line;
    [this.#width, this.#steps] = [Math.min(rows, columns), Math.max(rows, columns)];
    const across = this.#along === 'row' ? 'column' : 'row';
    this.#across = createLineSolver(across, linesOf(crossbar, across), [rows, columns]);
    this.#across.factor(siemens);
    const lines = linesOf(crossbar, this.#along);
    this.#wire = isNode(lines) ? 0 : 1 / lines.ohmsPerCell;
    this.#inverses = isNode(lines) ? [this.#invertSum(this.#cellBlocks())] : this.#invertChain(this.#cellBlocks());
  }

  /** Voltages at the cells for voltages of all sources, into the given arrays. */
  solve(volts: SourceVolts, rowVolts: Float64Array, columnVolts: Float64Array): void {
    const [along, across] = this.#along === 'row' ? [rowVolts, columnVolts] : [columnVolts, rowVolts];
    const acrossEnds = this.#along === 'row' ? volts.column : volts.row;
    const currents = new Float64Array(along.length);
    const ends = this.#along === 'row' ? volts.row : volts.column;
    // What the lines across bring while only ideal sources hold lines along, all other nodes at 0 V
    along.fill(0);
    this.#hold(along, ends);
    for (let at = 0; at < currents.length; at++) currents[at] = (this.#siemens[at] ?? 0) * (along[at] ?? 0);
    this.#across.drive(currents, across, acrossEnds);
    for (let at = 0; at < currents.length; at++) currents[at] = (this.#siemens[at] ?? 0) * (across[at] ?? 0);
    if (this.#wire === 0) this.#solveNodes(currents, along, ends);
    else this.#solveChain(currents, along, ends);
    this.#hold(along, ends);
    for (let at = 0; at < currents.length; at++) currents[at] = (this.#siemens[at] ?? 0) * (along[at] ?? 0);
    this.#across.drive(currents, across, acrossEnds);
  }

  /** By step, what the cells and the line across them are to the lines along: G - G C^-1 G. */
  #cellBlocks(): Float64Array[] {
    const [width, steps] = [this.#width, this.#steps];
    const blocks = Array.from({ length: steps }, () => new Float64Array(width * width));
    const [currents, volts] = [new Float64Array(width * steps), new Float64Array(width * steps)];
    for (let from = 0; from < width; from++) {
      currents.fill(0);
      for (let step = 0; step < steps; step++) {
        const at = this.#at(from, step);
        currents[at] = this.#siemens[at] ?? 0;
      }
      this.#across.solve(currents, volts);
      for (const [step, block] of blocks.entries())
        for (let line = 0; line < width; line++) {
          const at = this.#at(line, step);
          const own = line === from ? (this.#siemens[at] ?? 0) : 0;
          block[line * width + from] = own - (this.#siemens[at] ?? 0) * (volts[at] ?? 0);
        }
    }
    return blocks;
  }

  /** Conductance [S] of a line along to its sources at a step. */
  #endSiemens(line: number, step: number): number {
    const { near, far } = linesOf(this.#crossbar, this.#along);
    const isNodes = this.#wire === 0;
    const first = isNodes || step === 0 ? (near.siemens[line] ?? 0) : 0;
    return first + (isNodes || step === this.#steps - 1 ? (far.siemens[line] ?? 0) : 0);
  }

  #invertSum(blocks: readonly Float64Array[]): Float64Array {
    const width = this.#width;
    const sum = new Float64Array(width * width);
    for (const block of blocks) for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (block[at] ?? 0);
    invert(
      sum,
      Float64Array.from({ length: width }, (_, line) => this.#endSiemens(line, 0)),
    );
    return sum;
  }

  #invertChain(blocks: readonly Float64Array[]): readonly Float64Array[] {
    const [wire, steps, width] = [this.#wire, this.#steps, this.#width];
    for (const [step, block] of blocks.entries()) {
      const before = blocks[step - 1];
      if (before)
        for (let at = 0; at < block.length; at++) block[at] = (block[at] ?? 0) - wire ** 2 * (before[at] ?? 0);
      const pieces = (step > 0 ? 1 : 0) + (step < steps - 1 ? 1 : 0);
      invert(
        block,
        Float64Array.from({ length: width }, (_, line) => pieces * wire + this.#endSiemens(line, step)),
      );
    }
    return blocks;
  }

  #solveNodes(currents: Float64Array, volts: Float64Array, ends: SourceVolts['row']): void {
    const [width, steps] = [this.#width, this.#steps];
    this.#injectEnds(currents, ends);
    const sums = new Float64Array(width);
    for (let line = 0; line < width; line++)
      for (let step = 0; step < steps; step++) sums[line] = (sums[line] ?? 0) + (currents[this.#at(line, step)] ?? 0);
    const solved = new Float64Array(width);
    multiply(this.#inverses[0] ?? sums, sums, solved);
    for (let line = 0; line < width; line++)
      for (let step = 0; step < steps; step++) volts[this.#at(line, step)] = solved[line] ?? 0;
  }

  #solveChain(currents: Float64Array, volts: Float64Array, ends: SourceVolts['row']): void {
    const [width, steps, wire] = [this.#width, this.#steps, this.#wire];
    this.#injectEnds(currents, ends);
    const [right, left] = [new Float64Array(width), new Float64Array(width)];
    const partial = this.#inverses.map(() => new Float64Array(width));
    for (const [step, inverse] of this.#inverses.entries()) {
      for (let line = 0; line < width; line++)
        right[line] = (currents[this.#at(line, step)] ?? 0) + wire * (left[line] ?? 0);
      multiply(inverse, right, left);
      partial[step]?.set(left);
    }
    right.fill(0);
    for (let step = steps - 1; step >= 0; step--) {
      multiply(this.#inverses[step] ?? left, right, left);
      for (let line = 0; line < width; line++) {
        const value = (partial[step]?.[line] ?? 0) + (left[line] ?? 0);
        volts[this.#at(line, step)] = value;
        right[line] = wire * value;
      }
    }
  }

  /** Adds the sources' currents to the nodes at the ends, those of ideal ones to the nodes beside. */
  #injectEnds(currents: Float64Array, ends: SourceVolts['row']): void {
    const last = this.#steps - 1;
    const add = (line: number, step: number, current: number): void => {
      const at = this.#at(line, step);
      currents[at] = (currents[at] ?? 0) + current;
    };
    const { near, far } = linesOf(this.#crossbar, this.#along);
    for (let line = 0; line < this.#width; line++)
      for (const [siemens, volts, step, beside] of [
        [near.siemens[line] ?? 0, ends.near[line] ?? 0, 0, 1],
        [far.siemens[line] ?? 0, ends.far[line] ?? 0, last, last - 1],
      ] as const)
        if (siemens < Infinity) add(line, step, siemens * volts);
        else if (last > 0) add(line, beside, this.#wire * volts);
  }

  /** Sets the nodes that ideal sources hold. */
  #hold(volts: Float64Array, ends: SourceVolts['row']): void {
    const { near, far } = linesOf(this.#crossbar, this.#along);
    const last = this.#steps - 1;
    for (let line = 0; line < this.#width; line++) {
      const [isNear, isFar] = [near.siemens[line] === Infinity, far.siemens[line] === Infinity];
      if (isNear) volts[this.#at(line, 0)] = ends.near[line] ?? 0;
      if (isFar) volts[this.#at(line, last)] = ends.far[line] ?? 0;
      if (this.#wire > 0 || !(isNear || isFar)) continue;
      const held = (isNear ? ends.near[line] : ends.far[line]) ?? 0;
      for (let step = 0; step <= last; step++) volts[this.#at(line, step)] = held;
    }
  }
}

/**
 * Inverts a symmetric positive definite matrix plus a diagonal in place, by Gauss-Jordan elimination, which needs no
 * pivoting there; rows and columns whose diagonal is Infinity become zero.
 */
function invert(matrix: Float64Array, diagonal: Float64Array): void {
  const width = diagonal.length;
  for (const [line, value] of diagonal.entries()) {
    matrix[line * width + line] = (matrix[line * width + line] ?? 0) + value;
    if (value === Infinity) clear(matrix, line, width);
  }
  for (const [pivot, value] of diagonal.entries()) if (value < Infinity) eliminate(matrix, pivot, width);
}

function clear(matrix: Float64Array, line: number, width: number): void {
  for (let other = 0; other < width; other++) matrix[line * width + other] = matrix[other * width + line] = 0;
}

function eliminate(matrix: Float64Array, pivot: number, width: number): void {
  const start = pivot * width;
  const inverse = 1 / (matrix[start + pivot] ?? 0);
  for (let column = 0; column < width; column++) matrix[start + column] = (matrix[start + column] ?? 0) * inverse;
  matrix[start + pivot] = inverse;
  for (let row = 0, at = 0; row < width; row++, at += width) {
    const factor = row === pivot ? 0 : (matrix[at + pivot] ?? 0);
    if (factor === 0) continue;
    matrix[at + pivot] = 0;
    for (let column = 0; column < width; column++)
      matrix[at + column] = (matrix[at + column] ?? 0) - factor * (matrix[start + column] ?? 0);
  }
}

/** product = matrix x vector, square. */
function multiply(matrix: Float64Array, vector: Float64Array, product: Float64Array): void {
  const width = vector.length;
  const paired = width - (width % 2);
  for (let row = 0, at = 0; row < width; row++) {
    // Two sums, because an addition waits for the one before
    let [even, odd] = [0, 0];
    for (let column = 0; column < paired; column += 2, at += 2) {
      even += (matrix[at] ?? 0) * (vector[column] ?? 0);
      odd += (matrix[at + 1] ?? 0) * (vector[column + 1] ?? 0);
    }
    if (paired < width) even += (matrix[at++] ?? 0) * (vector[paired] ?? 0);
    product[row] = even + odd;
  }
}
