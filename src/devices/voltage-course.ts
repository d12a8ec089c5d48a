/**
 * The voltages of cells behind wires while a pulse moves the cells: solved again and again, each part of the pulse at the
 * voltages that the two solutions before it foretell for its middle.
 */

/** Part of a pulse that is held at the voltages of its beginning, before anything is known of their course. */
const FIRST_PART = 1 / 32;

/** Departure of a solved voltage from the foretold one that parts aim at, as a fraction of the largest in the tile. */
const DEPARTURE = 1e-4;

/** Length of a part in terms of the one before: departures grow with its square. */
const LEAST_GROWTH = 0.3;
const MOST_GROWTH = 4;

/** What a course needs of its tile. */
export interface CoursePhysics {
  /** Writes the voltages of all cells as they are now to `volts` [V]. */
  solve(volts: Float64Array): void;
  /** Holds all cells at `volts` [V] for `seconds`. */
  hold(volts: Float64Array, seconds: number): void;
}

/** Work space for the pulses of a tile of `cells` cells. */
export class VoltageCourse {
  readonly #now: Float64Array;
  readonly #before: Float64Array;
  /** Change of the voltages over the part before, per second [V/s]. */
  readonly #slope: Float64Array;
  readonly #middle: Float64Array;

  constructor(cells: number) {
    this.#now = new Float64Array(cells);
    this.#before = new Float64Array(cells);
    this.#slope = new Float64Array(cells);
    this.#middle = new Float64Array(cells);
  }

  /** A pulse of `seconds` from the voltages that hold now. */
  run(seconds: number, physics: CoursePhysics): void {
    physics.solve(this.#now);
    const allowed = DEPARTURE * largest(this.#now);
    this.#slope.fill(0);
    let part = seconds * FIRST_PART;
    physics.hold(this.#now, part);
    let isFirst = true;
    for (let left = seconds - part; left > 0;) {
      const departure = this.#advance(part, physics);
      const growth = isFirst ? firstGrowth(departure, allowed) : 0.9 * Math.sqrt(allowed / departure);
      const wanted = part * Math.max(LEAST_GROWTH, isFirst ? growth : Math.min(MOST_GROWTH, growth));
      // What would be left for a short last part is taken along
      part = wanted > 0.8 * left ? left : wanted;
      for (let cell = 0; cell < this.#middle.length; cell++)
        this.#middle[cell] = (this.#now[cell] ?? NaN) + ((this.#slope[cell] ?? NaN) * part) / 2;
      physics.hold(this.#middle, part);
      left = part === left ? 0 : left - part;
      isFirst = false;
    }
  }

  /** Solves behind a part of `seconds`; returns how far voltages are from what their slopes foretold [V]. */
  #advance(seconds: number, physics: CoursePhysics): number {
    this.#before.set(this.#now);
    physics.solve(this.#now);
    let departure = 0;
    for (let cell = 0; cell < this.#now.length; cell++) {
      const change = (this.#now[cell] ?? NaN) - (this.#before[cell] ?? NaN);
      departure = Math.max(departure, Math.abs(change - (this.#slope[cell] ?? NaN) * seconds));
      this.#slope[cell] = change / seconds;
    }
    return departure;
  }
}

/** Behind the first part only the change is known: a small one may go on to the end, a large one first shows its bend. */
function firstGrowth(change: number, allowed: number): number {
  return change / FIRST_PART <= 4 * allowed ? Infinity : 2;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
