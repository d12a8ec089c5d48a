/**
 * Crossbars of cells with a nonlinear law, by Newton's method around the linear solve. Cells whose current does not
 * fall with rising voltage make the network the minimum of a convex function (its co-content), so a search along each
 * step that looks at the slope of that function alone always arrives.
 *
 * @see Millar, Phil. Mag. 42 (1951) 1150-1160, for the co-content
 */
import {
  cellsPerLine,
  endsOf,
  isNode,
  linesOf,
  type CellLaw,
  type Crossbar,
  type CrossbarSolution,
  type SolveOptions,
} from './crossbar.js';
import type { LineDirection } from './crossbar.js';
import { findCrossbarFault, findFloatingFault, type CrossbarFault } from './crossbar-fault.js';
import { allowedError, DEFAULT_TOLERANCE } from './line-accuracy.js';
import { LineGradients } from './line-gradients.js';
import { solutionOf, sourceVolts } from './solve-crossbar.js';

/** Newton steps after which the search counts as failed. */
const MAX_STEPS = 200;

/** Halvings of one step after which it is taken as it is. */
const MAX_HALVINGS = 60;

/** Slope of the co-content along a step, as a fraction of that at its start, with which the step is accepted. */
const ENOUGH = 0.9;

/** Error of the first linear solve as a fraction of the largest source, and of others of the cells' departure from their tangents. */
const FIRST_ERROR = 0.01;
const LINEAR_SHARE = 0.03;

/** Solves with chords after which the search counts as failed, and how far above its limit a current may end. */
const MAX_APPROACHES = 100;
const FAR_MORE = 1e4;

/** Factor by which voltages are lowered at a time, and the voltage [V] below which they become zero. */
const LOWERED = 0.9;
const LEAST_VOLTS = 1e-9;

/** Step as a fraction of the cells' voltages below which rounding, not the co-content, gives its slope. */
const TINY_MOVE = 1e-12;

/** Slope [S] that every cell has at least, so that lines whose cells are all off leave the linear network solvable. */
const LEAST_SIEMENS = 1e-18;

/** Voltages of the cells, the currents that the wires bring them, and the cells' own currents and slopes there. */
interface CellState {
  readonly volts: Float64Array;
  readonly wired: Float64Array;
  readonly currents: Float64Array;
  readonly slopes: Float64Array;
}

/**
 * Solves the network of a crossbar whose cells follow `law`, to 1e-10 of every line current unless told otherwise.
 * A crossbar that has no solution, or no finite one, gives a fault.
 */
export function solveNonlinearCrossbar(
  crossbar: Crossbar,
  law: CellLaw,
  options: SolveOptions = {},
): CrossbarSolution | CrossbarFault {
  const fault = findCrossbarFault(crossbar, new Float64Array(crossbar.rows * crossbar.columns).fill(1));
  return fault ?? findConductionFault(crossbar, law) ?? new NewtonSolve(crossbar, law, options).run();
}

/** The search's work space. */
class NewtonSolve {
  readonly #crossbar: Crossbar;
  readonly #law: CellLaw;
  readonly #gradients: LineGradients;
  readonly #tolerance: number;
  readonly #start: CrossbarSolution | undefined;
  #here: CellState;
  #there: CellState;
  /** The cells of the present linear network: conductances, and currents at 0 V. */
  readonly #siemens: Float64Array;
  readonly #sources: Float64Array;
  readonly #departures: Float64Array;
  /** Current [A] that each cell's wires can bring at most. */
  readonly #limits: Float64Array;
  /** Error [V] allowed while the cells are far from their tangents. */
  readonly #firstError: number;
  #iterations = 0;

  constructor(crossbar: Crossbar, law: CellLaw, { tolerance, start }: SolveOptions) {
    const length = crossbar.rows * crossbar.columns;
    this.#crossbar = crossbar;
    this.#law = law;
    this.#tolerance = tolerance ?? DEFAULT_TOLERANCE;
    this.#start = start;
    this.#gradients = new LineGradients(crossbar);
    this.#here = emptyState(length);
    this.#there = emptyState(length);
    this.#siemens = new Float64Array(length);
    this.#sources = new Float64Array(length);
    this.#departures = new Float64Array(length);
    this.#limits = currentLimits(crossbar);
    this.#firstError = FIRST_ERROR * largestSource(crossbar);
  }

  run(): CrossbarSolution | CrossbarFault {
    const fault = this.#guess();
    if (fault) return fault;
    if (!this.#approach()) return this.#failure();
    // A search along a step needs currents that the wires really bring; whole steps forgive
    let error = Math.min(this.#firstError, LINEAR_SHARE * this.#mismatch());
    for (let step = 0; step < MAX_STEPS; step++) {
      [this.#here, this.#there] = [this.#there, this.#here];
      this.#setTangents();
      const needed = this.#solveLinear(error);
      if (needed === undefined) return this.#failure();
      this.#evaluate(this.#there);
      const isWhole = this.#shorten();
      const mismatch = this.#mismatch();
      // Half of the error to the linear solve, half to the cells' departure from their tangents
      const isExact = this.#gradients.residualLimit(error) <= this.#gradients.residualLimit(needed);
      if (isWhole && isExact && this.#gradients.margin * mismatch <= this.#gradients.residualLimit(needed))
        return this.#solution();
      error = isWhole ? Math.min(this.#firstError, LINEAR_SHARE * mismatch) : 0;
    }
    return this.#failure();
  }

  #failure(): CrossbarFault {
    return { kind: 'not-converged', iterations: this.#iterations };
  }

  #solution(): CrossbarSolution {
    return solutionOf(this.#crossbar, this.#gradients, this.#there.wired, this.#iterations);
  }

  /** Cell voltages to begin with: those of a similar solution, or those without any drop; lower where that is too much. */
  #guess(): CrossbarFault | undefined {
    const here = this.#here;
    const { columns } = this.#crossbar;
    if (this.#start) {
      const { rowVolts, columnVolts } = this.#start;
      for (let at = 0; at < here.volts.length; at++) here.volts[at] = (rowVolts[at] ?? 0) - (columnVolts[at] ?? 0);
      this.#gradients.columnVolts.set(columnVolts);
    } else setIdealVolts(this.#crossbar, here.volts);
    this.#evaluate(here);
    this.#lowerVolts();
    for (let at = 0; at < here.volts.length; at++) {
      const value = (here.currents[at] ?? 0) + (here.slopes[at] ?? 0);
      const place = { kind: 'cell', row: Math.floor(at / columns), column: at % columns } as const;
      if (!Number.isFinite(value)) return { kind: 'not-finite', place, value };
    }
    return undefined;
  }

  /**
   * Solves with chords instead of tangents until no cell takes far more current than its wires could ever bring:
   * the tangent of an exponential there would make the linear network a short circuit. False where that does not end.
   */
  #approach(): boolean {
    const limits = this.#limits;
    for (let attempt = 0; attempt < MAX_APPROACHES; attempt++) {
      this.#setChords(attempt);
      if (this.#solveLinear(this.#firstError) === undefined) return false;
      this.#evaluate(this.#there);
      const { currents } = this.#there;
      if (currents.every((current, at) => Math.abs(current) <= FAR_MORE * (limits[at] ?? 0))) return true;
      [this.#here, this.#there] = [this.#there, this.#here];
      this.#lowerVolts();
    }
    return false;
  }

  /** Lowers the voltages of cells that take more current than their limit. */
  #lowerVolts(): void {
    const { volts, currents } = this.#here;
    const limits = this.#limits;
    for (let isLow = false; !isLow;) {
      isLow = true;
      for (let at = 0; at < volts.length; at++) {
        if (Math.abs(currents[at] ?? 0) <= (limits[at] ?? 0) || volts[at] === 0) continue;
        isLow = false;
        volts[at] = (Math.abs(volts[at] ?? 0) > LEAST_VOLTS ? LOWERED : 0) * (volts[at] ?? 0);
      }
      if (!isLow) this.#evaluate(this.#here);
    }
  }

  #evaluate({ volts, currents, slopes }: CellState): void {
    this.#law(volts, currents, slopes);
    for (let at = 0; at < slopes.length; at++) slopes[at] = Math.max(slopes[at] ?? 0, LEAST_SIEMENS);
  }

  /**
   * Linear cells through the origin and the cells' present currents; after the first time, halfway there on a
   * logarithmic scale, because a cell that gives way to another and back would never settle.
   */
  #setChords(attempt: number): void {
    const { volts, currents, slopes } = this.#here;
    this.#sources.fill(0);
    for (let at = 0; at < volts.length; at++) {
      const quotient = (currents[at] ?? 0) / (volts[at] ?? 0);
      const chord = quotient > 0 && quotient < Infinity ? quotient : (slopes[at] ?? 0);
      this.#siemens[at] = attempt === 0 ? chord : Math.sqrt(chord * (this.#siemens[at] ?? 0));
    }
  }

  /** Linear cells along the tangents of the cells' laws. */
  #setTangents(): void {
    const { volts, currents, slopes } = this.#here;
    this.#siemens.set(slopes);
    for (let at = 0; at < volts.length; at++)
      this.#sources[at] = (currents[at] ?? 0) - (slopes[at] ?? 0) * (volts[at] ?? 0);
  }

  /** Solves the linear network to `error` [V] or the error that the tolerance needs, which it returns. */
  #solveLinear(error: number): number | undefined {
    const [siemens, sources] = [this.#siemens, this.#sources];
    const { rowVolts, columnVolts } = this.#gradients;
    this.#gradients.factor(siemens, sources);
    const allowed = allowedError(this.#crossbar, { siemens, sources }, this.#tolerance);
    let needed = 0;
    const steps = this.#gradients.solve(sourceVolts(this.#crossbar), (row, column) => {
      needed = allowed(row, column) / 2;
      return Math.max(needed, error);
    });
    if (steps === undefined) return undefined;
    this.#iterations += steps;
    const { volts, wired } = this.#there;
    for (let at = 0; at < volts.length; at++) {
      const cellVolts = (rowVolts[at] ?? 0) - (columnVolts[at] ?? 0);
      volts[at] = cellVolts;
      wired[at] = (siemens[at] ?? 0) * cellVolts + (sources[at] ?? 0);
    }
    return needed;
  }

  /** Bound [V] for the error of any node's voltage that cells make whose currents differ from what the wires bring. */
  #mismatch(): number {
    const { currents, wired } = this.#there;
    for (let at = 0; at < wired.length; at++) this.#departures[at] = Math.abs((currents[at] ?? 0) - (wired[at] ?? 0));
    return this.#gradients.errorOf(this.#departures);
  }

  /** Halves the step from `#here` to `#there` until the co-content's slope along it is smaller; whether it stayed whole. */
  #shorten(): boolean {
    const [here, there] = [this.#here, this.#there];
    const move = there.volts.map((value, at) => value - (here.volts[at] ?? 0));
    const change = there.wired.map((value, at) => value - (here.wired[at] ?? 0));
    const allowed = ENOUGH * Math.abs(slopeAlong(here, move));
    const isTiny = largestOf(move) <= TINY_MOVE * largestOf(here.volts);
    let part = 1;
    for (let halving = 0; halving < MAX_HALVINGS; halving++) {
      const slope = slopeAlong(there, move);
      if (Math.abs(slope) <= allowed || slope <= 0 || isTiny) break;
      part /= 2;
      for (let at = 0; at < move.length; at++) {
        there.volts[at] = (here.volts[at] ?? 0) + part * (move[at] ?? 0);
        there.wired[at] = (here.wired[at] ?? 0) + part * (change[at] ?? 0);
      }
      this.#evaluate(there);
    }
    return part === 1;
  }
}

function emptyState(length: number): CellState {
  const array = (): Float64Array => new Float64Array(length);
  return { volts: array(), wired: array(), currents: array(), slopes: array() };
}

/** Derivative of the co-content along `move` in a state: currents that cells take and wires do not bring. */
function slopeAlong({ currents, wired }: CellState, move: Float64Array): number {
  let slope = 0;
  for (let at = 0; at < move.length; at++) slope += ((currents[at] ?? 0) - (wired[at] ?? 0)) * (move[at] ?? 0);
  return slope;
}

/** Voltages of the cells if wires and drivers had no resistance; lines without source at the mean of the others. */
function setIdealVolts(crossbar: Crossbar, volts: Float64Array): void {
  const { rows, columns } = crossbar;
  const [rowVolts, columnVolts] = [idealVolts(crossbar, 'row'), idealVolts(crossbar, 'column')];
  const driven = [...rowVolts, ...columnVolts].filter((value) => value !== undefined);
  const mean = driven.reduce((sum, value) => sum + value, 0) / driven.length;
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++)
      volts[at] = (rowVolts[row] ?? mean) - (columnVolts[column] ?? mean);
}

function idealVolts(crossbar: Crossbar, direction: LineDirection): readonly (number | undefined)[] {
  const { near, far } = linesOf(crossbar, direction);
  return Array.from(near.siemens, (siemens, line) => {
    const strongest = siemens >= (far.siemens[line] ?? 0) ? near : far;
    return strongest.siemens[line] === 0 ? undefined : strongest.volts[line];
  });
}

/** Current [A] that the wires at a cell can bring at most, by cell: all sources at once against the shortest wires. */
function currentLimits(crossbar: Crossbar): Float64Array {
  const { rows, columns } = crossbar;
  const limits = new Float64Array(rows * columns);
  const range = 2 * largestSource(crossbar);
  const [atRow, atColumn] = [nodeConductance(crossbar, 'row'), nodeConductance(crossbar, 'column')];
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++) {
      const least = Math.min(atRow(row, column), atColumn(column, row));
      limits[at] = least === Infinity ? Infinity : range * least;
    }
  return limits;
}

/** Conductance [S] of wires and drivers at a node of a line. */
function nodeConductance(crossbar: Crossbar, direction: LineDirection): (line: number, place: number) => number {
  const lines = linesOf(crossbar, direction);
  const last = cellsPerLine(crossbar, direction) - 1;
  const isOneNode = isNode(lines);
  return (line, place) => {
    const near = isOneNode || place === 0 ? (lines.near.siemens[line] ?? 0) : 0;
    const far = isOneNode || place === last ? (lines.far.siemens[line] ?? 0) : 0;
    return near + far + (isOneNode ? 0 : 2 / lines.ohmsPerCell) || Infinity;
  };
}

/** Largest difference [V] between sources and ground. */
function largestSource(crossbar: Crossbar): number {
  let largest = 0;
  for (const lines of [crossbar.rowLines, crossbar.columnLines])
    for (const [, { siemens, volts }] of endsOf(lines))
      for (const [line, value] of volts.entries())
        if (siemens[line] !== 0) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/** Lines without a source, from cells that carry current at a voltage of either sign. */
function findConductionFault(crossbar: Crossbar, law: CellLaw): CrossbarFault | undefined {
  const length = crossbar.rows * crossbar.columns;
  if (findFloatingFault(crossbar, new Float64Array(length)) === undefined) return undefined;
  const probe = largestSource(crossbar) || 1;
  const { currents, slopes } = emptyState(length);
  const conducts = new Float64Array(length);
  for (const volts of [probe, -probe]) {
    law(new Float64Array(length).fill(volts), currents, slopes);
    for (let at = 0; at < length; at++) if (currents[at] !== 0) conducts[at] = 1;
  }
  return findFloatingFault(crossbar, conducts);
}

function largestOf(values: Float64Array): number {
  return values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
}
