/**
 * Voltages along the lines of one direction for given currents into their nodes: every line is a ladder of wire
 * pieces with a conductance to ground at each node. Eliminating node by node only adds and multiplies positive
 * numbers, so no digit is lost however small the wire's resistance is.
 */
import { isNode, type ByEnd, type CrossbarLines, type LineDirection, type LineEnd } from './crossbar.js';
import { solveColumns, solveRows } from './ladder-sweeps.js';

/** Steps through an array over cells: along a line of a direction, and from line to line. */
interface Strides {
  readonly lineCount: number;
  readonly cellCount: number;
  readonly along: number;
  readonly across: number;
}

/** The lines of one direction, factored for conductances of the cells. */
export interface LineSolver {
  /** Takes the cells' conductances (rows x columns), each from its node to ground. */
  factor(siemens: Float64Array): void;
  /** Voltages for currents into the nodes with every source at 0 V; both may be the same array. */
  solve(currents: Float64Array, volts: Float64Array): void;
  /** As `solve`, with sources of these voltages; uses up `currents`. */
  drive(currents: Float64Array, volts: Float64Array, sources: ByEnd): void;
}

/** A solver for the lines of a direction of rows x columns cells. */
export function createLineSolver(
  direction: LineDirection,
  lines: CrossbarLines,
  size: readonly [number, number],
): LineSolver {
  const [rows, columns] = size;
  const strides =
    direction === 'row'
      ? { lineCount: rows, cellCount: columns, along: 1, across: columns }
      : { lineCount: columns, cellCount: rows, along: columns, across: 1 };
  return isNode(lines) ? new NodeLines(lines, strides) : new WireLines(lines, strides);
}

/** Enough lines to keep a divider busy, and few enough for the nearest cache. */
const FACTORED_TOGETHER = 8;

class WireLines implements LineSolver {
  /** By cell: share of a current into the node that goes on to the next node; for a line's last node, 1/(ohms x siemens). */
  readonly #shares: Float64Array;
  readonly #lines: CrossbarLines;
  readonly #strides: Strides;
  readonly #siemensPerCell: number;

  constructor(lines: CrossbarLines, strides: Strides) {
    this.#lines = lines;
    this.#strides = strides;
    this.#siemensPerCell = 1 / lines.ohmsPerCell;
    this.#shares = new Float64Array(strides.lineCount * strides.cellCount);
  }

  factor(siemens: Float64Array): void {
    const { lineCount } = this.#strides;
    for (let line = 0; line < lineCount; line += FACTORED_TOGETHER)
      this.#factorLines(siemens, line, Math.min(FACTORED_TOGETHER, lineCount - line));
  }

  /** A few neighbouring lines step by step: a division of one line need not wait for that of another. */
  #factorLines(siemens: Float64Array, first: number, count: number): void {
    const { cellCount, along, across } = this.#strides;
    const shares = this.#shares;
    const wire = this.#siemensPerCell;
    const behind = this.#lines.near.siemens.slice(first, first + count);
    const far = this.#lines.far.siemens;
    let start = first * across;
    for (let cell = 1; cell < cellCount; cell++, start += along)
      for (let line = 0, at = start; line < count; line++, at += across) {
        const total = (siemens[at] ?? 0) + (behind[line] ?? 0);
        const share = wire / (wire + total);
        shares[at] = share;
        // Wire and all before it in series; an ideal source leaves the wire alone
        behind[line] = total === Infinity ? wire : total * share;
      }
    for (let line = 0, at = start; line < count; line++, at += across)
      shares[at] = wire / ((siemens[at] ?? 0) + (behind[line] ?? 0) + (far[first + line] ?? 0));
  }

  solve(currents: Float64Array, volts: Float64Array): void {
    const { lineCount, cellCount, along } = this.#strides;
    const ladder = { shares: this.#shares, ohms: this.#lines.ohmsPerCell, lineCount, cellCount };
    if (along === 1) solveRows(ladder, currents, volts);
    else solveColumns(ladder, currents, volts);
  }

  drive(currents: Float64Array, volts: Float64Array, { near, far }: ByEnd): void {
    const { cellCount, along } = this.#strides;
    const last = (cellCount - 1) * along;
    this.#inject(currents, this.#lines.near, near, [0, along]);
    this.#inject(currents, this.#lines.far, far, [last, last - along]);
    this.solve(currents, volts);
    this.#hold(volts, this.#lines.near, near, 0);
    this.#hold(volts, this.#lines.far, far, last);
  }

  /** Adds the current of the sources at one end to its node, of ideal ones to the node beside it. */
  #inject(currents: Float64Array, end: LineEnd, sources: Float64Array, [at, beside]: readonly [number, number]): void {
    const { lineCount, across, cellCount } = this.#strides;
    for (let line = 0; line < lineCount; line++) {
      const siemens = end.siemens[line] ?? 0;
      if (siemens === 0) continue;
      const volts = sources[line] ?? 0;
      if (siemens < Infinity) addTo(currents, line * across + at, siemens * volts);
      else if (cellCount > 1) addTo(currents, line * across + beside, this.#siemensPerCell * volts);
    }
  }

  #hold(volts: Float64Array, { siemens }: LineEnd, sources: Float64Array, at: number): void {
    const { lineCount, across } = this.#strides;
    for (let line = 0; line < lineCount; line++)
      if (siemens[line] === Infinity) volts[line * across + at] = sources[line] ?? 0;
  }
}

/** Lines without resistance: one unknown each. */
class NodeLines implements LineSolver {
  /** Reciprocal of a line's conductance to ground [ohm]. */
  readonly #ohms: Float64Array;
  readonly #lines: CrossbarLines;
  readonly #strides: Strides;

  constructor(lines: CrossbarLines, strides: Strides) {
    this.#lines = lines;
    this.#strides = strides;
    this.#ohms = new Float64Array(strides.lineCount);
  }

  factor(siemens: Float64Array): void {
    for (let line = 0; line < this.#strides.lineCount; line++) {
      const ends = (this.#lines.near.siemens[line] ?? 0) + (this.#lines.far.siemens[line] ?? 0);
      this.#ohms[line] = 1 / (this.#sum(siemens, line) + ends);
    }
  }

  solve(currents: Float64Array, volts: Float64Array): void {
    for (let line = 0; line < this.#strides.lineCount; line++)
      this.#fill(volts, line, (this.#ohms[line] ?? 0) * this.#sum(currents, line));
  }

  drive(currents: Float64Array, volts: Float64Array, sources: ByEnd): void {
    for (let line = 0; line < this.#strides.lineCount; line++) {
      const near = this.#lines.near.siemens[line] ?? 0;
      const far = this.#lines.far.siemens[line] ?? 0;
      const [nearVolts, farVolts] = [sources.near[line] ?? 0, sources.far[line] ?? 0];
      const sum = this.#sum(currents, line) + (near > 0 ? near * nearVolts : 0) + (far > 0 ? far * farVolts : 0);
      const held = near === Infinity ? nearVolts : far === Infinity ? farVolts : undefined;
      this.#fill(volts, line, held ?? (this.#ohms[line] ?? 0) * sum);
    }
  }

  #sum(values: Float64Array, line: number): number {
    const { cellCount, along, across } = this.#strides;
    let sum = 0;
    for (let cell = 0, at = line * across; cell < cellCount; cell++, at += along) sum += values[at] ?? 0;
    return sum;
  }

  #fill(values: Float64Array, line: number, value: number): void {
    const { cellCount, along, across } = this.#strides;
    for (let cell = 0, at = line * across; cell < cellCount; cell++, at += along) values[at] = value;
  }
}

function addTo(values: Float64Array, index: number, addend: number): void {
  values[index] = (values[index] ?? 0) + addend;
}
