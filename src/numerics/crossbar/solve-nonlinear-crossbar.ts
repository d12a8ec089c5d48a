/**
 * Crossbars of cells with a nonlinear law, by Newton's method around the linear solve. Cells whose current does not
 * fall with rising voltage make the network the minimum of a convex function (its co-content), so a search along each
 * step that looks at the slope of that function alone always arrives.
 *
 * @see Millar, Phil. Mag. 42 (1951) 1150-1160, for the co-content
 */
import type { CellLaw, Crossbar, CrossbarSolution, SolveOptions } from './crossbar.js';
import { findCrossbarFault, type CrossbarFault } from './crossbar-fault.js';
import { allowedError, DEFAULT_TOLERANCE } from './line-accuracy.js';
import { largestSource, LineGradients, ROUNDING, type AllowedError, type SourceVolts } from './line-gradients.js';
import { currentLimits, findConductionFault, setIdealVolts } from './nonlinear-start.js';
import { solutionOf, sourceVolts } from './solve-crossbar.js';

/** Newton steps after which the search counts as failed. */
const MAX_STEPS = 200;

/** Halvings of one step after which it is taken as it is. */
const MAX_HALVINGS = 60;

/** Slope of the co-content along a step, as a fraction of that at its start, with which the step is accepted. */
const ENOUGH = 0.9;

/** Residual of early linear solves as a fraction of the largest source, and of others of the cells' departure. */
const FIRST_SHARE = 0.01;
const DEPARTURE_SHARE = 0.01;

/** Margin of a network, inverted, above which early residuals must be smaller in proportion. */
const MARGIN_FACTOR = 10;

/** Solves with chords after which the search counts as failed, and how far above its limit a current may end. */
const MAX_APPROACHES = 100;
const FAR_MORE = 1e4;

/** Factor by which voltages are lowered at a time, and the voltage [V] below which they become zero. */
const LOWERED = 0.9;
const LEAST_VOLTS = 1e-9;

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
  if (fault) return fault;
  const solve = new NewtonSolve(crossbar, law, options);
  return findConductionFault(crossbar, law, solve.largestVolts) ?? solve.run();
}

/** The search's work space. */
class NewtonSolve {
  readonly largestVolts: number;
  readonly #crossbar: Crossbar;
  readonly #law: CellLaw;
  readonly #options: SolveOptions;
  readonly #gradients: LineGradients;
  readonly #volts: SourceVolts;
  #here: CellState;
  #there: CellState;
  /** The cells of the present linear network: conductances, and currents at 0 V. */
  readonly #siemens: Float64Array;
  readonly #sources: Float64Array;
  readonly #departures: Float64Array;
  /** Current [A] that each cell's wires can bring at most. */
  readonly #limits: Float64Array;
  /** Residual [V] with which every linear solve may end while the cells are far from their tangents. */
  #roughest: number | undefined;
  #iterations = 0;

  constructor(crossbar: Crossbar, law: CellLaw, options: SolveOptions) {
    const length = crossbar.rows * crossbar.columns;
    this.#crossbar = crossbar;
    this.#law = law;
    this.#options = options;
    this.#gradients = new LineGradients(crossbar);
    this.#volts = sourceVolts(crossbar);
    this.largestVolts = largestSource(this.#volts);
    this.#here = emptyState(length);
    this.#there = emptyState(length);
    this.#siemens = new Float64Array(length);
    this.#sources = new Float64Array(length);
    this.#departures = new Float64Array(length);
    this.#limits = currentLimits(crossbar, this.largestVolts);
  }

  run(): CrossbarSolution | CrossbarFault {
    const fault = this.#guess();
    if (fault) return fault;
    if (!this.#approach()) return this.#failure();
    let [rough, before, limit] = [Infinity, Infinity, this.#departureLimit()];
    for (let step = 0; step < MAX_STEPS; step++) {
      [this.#here, this.#there] = [this.#there, this.#here];
      this.#setTangents();
      if (!this.#solveLinear(rough)) return this.#failure();
      this.#evaluate(this.#there);
      const isWhole = this.#shorten();
      const departure = this.#departure();
      if (rough === 0) limit = this.#departureLimit();
      if (isWhole && rough === 0 && departure <= limit) return this.#solution();
      // Departures square from step to step; a step that may be the last is solved exactly, and so is one to search along
      const isLast = (departure / before) * departure * (departure / before) <= limit;
      rough = isWhole && !isLast ? DEPARTURE_SHARE * departure : 0;
      before = departure;
    }
    return this.#failure();
  }

  /** Departure [V] that leaves half of the allowed error to the linear solve. */
  #departureLimit(): number {
    const { margin, rowVolts, columnVolts } = this.#gradients;
    return Math.max(margin * this.#allowed()(rowVolts, columnVolts), ROUNDING * this.largestVolts);
  }

  /** Half of the error that the tolerance allows in the present linear network. */
  #allowed(): AllowedError {
    const cells = { siemens: this.#siemens, sources: this.#sources };
    return allowedError(this.#crossbar, cells, (this.#options.tolerance ?? DEFAULT_TOLERANCE) / 2);
  }

  #failure(): CrossbarFault {
    return { kind: 'not-converged', iterations: this.#iterations };
  }

  #solution(): CrossbarSolution {
    const driven = { crossbar: this.#crossbar, volts: this.#volts };
    return solutionOf(driven, this.#gradients, this.#there.wired, this.#iterations);
  }

  /** Cell voltages to begin with: those of a similar solution, or those without any drop; lower where that is too much. */
  #guess(): CrossbarFault | undefined {
    const here = this.#here;
    const { columns } = this.#crossbar;
    if (this.#options.start) {
      const { rowVolts, columnVolts } = this.#options.start;
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
      if (!this.#solveLinear(Infinity)) return false;
      this.#evaluate(this.#there);
      if (isBelow(this.#there.currents, limits, FAR_MORE)) return true;
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
    for (let at = 0; at < volts.length; at++) {
      const slope = slopes[at] ?? 0;
      this.#siemens[at] = slope;
      this.#sources[at] = (currents[at] ?? 0) - slope * (volts[at] ?? 0);
    }
  }

  /** Solves the linear network to the error that the tolerance allows, or to a residual of `rough` [V]; false where it fails. */
  #solveLinear(rough: number): boolean {
    const cells = { siemens: this.#siemens, sources: this.#sources };
    const gradients = this.#gradients;
    gradients.factor(cells);
    this.#roughest ??= FIRST_SHARE * this.largestVolts * Math.min(1, MARGIN_FACTOR * gradients.margin);
    const steps = gradients.solve(this.#volts, this.#allowed(), Math.min(rough, this.#roughest));
    if (steps === undefined) return false;
    this.#iterations += steps;
    const { volts, wired } = this.#there;
    for (let at = 0; at < volts.length; at++) {
      const cellVolts = (gradients.rowVolts[at] ?? 0) - (gradients.columnVolts[at] ?? 0);
      volts[at] = cellVolts;
      wired[at] = (cells.siemens[at] ?? 0) * cellVolts + (cells.sources[at] ?? 0);
    }
    return true;
  }

  /** Residual [V] that cells make whose currents differ from what the wires bring. */
  #departure(): number {
    const { currents, wired } = this.#there;
    for (let at = 0; at < wired.length; at++) this.#departures[at] = Math.abs((currents[at] ?? 0) - (wired[at] ?? 0));
    return this.#gradients.residualOf(this.#departures);
  }

  /** Halves the step from `#here` to `#there` until the co-content's slope along it is smaller; whether it stayed whole. */
  #shorten(): boolean {
    const [here, there] = [this.#here, this.#there];
    const allowed = ENOUGH * Math.abs(slopeAlong(here, here.volts, there.volts));
    let slope = slopeAlong(there, here.volts, there.volts);
    // Rounding of the currents times the whole voltage: below it, the slope says nothing
    const noise = ROUNDING * this.largestVolts * sumOfSizes(there.wired);
    let part = 1;
    for (let halving = 0; halving < MAX_HALVINGS; halving++) {
      if (Math.abs(slope) <= allowed || slope <= noise) break;
      part /= 2;
      for (let at = 0; at < there.volts.length; at++) {
        there.volts[at] = ((here.volts[at] ?? 0) + (there.volts[at] ?? 0)) / 2;
        there.wired[at] = ((here.wired[at] ?? 0) + (there.wired[at] ?? 0)) / 2;
      }
      this.#evaluate(there);
      slope = slopeAlong(there, here.volts, there.volts) / part;
    }
    return part === 1;
  }
}

function emptyState(length: number): CellState {
  const array = (): Float64Array => new Float64Array(length);
  return { volts: array(), wired: array(), currents: array(), slopes: array() };
}

/** Derivative of the co-content in a state along a move: currents that cells take and wires do not bring. */
function slopeAlong({ currents, wired }: CellState, from: Float64Array, to: Float64Array): number {
  let slope = 0;
  for (let at = 0; at < from.length; at++)
    slope += ((currents[at] ?? 0) - (wired[at] ?? 0)) * ((to[at] ?? 0) - (from[at] ?? 0));
  return slope;
}

function sumOfSizes(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += Math.abs(value);
  return sum;
}

/** Whether no current is more than `factor` times its limit; false where one is not a number. */
function isBelow(currents: Float64Array, limits: Float64Array, factor: number): boolean {
  for (let at = 0; at < currents.length; at++)
    if (!(Math.abs(currents[at] ?? 0) <= factor * (limits[at] ?? 0))) return false;
  return true;
}
