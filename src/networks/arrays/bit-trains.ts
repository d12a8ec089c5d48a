/**
 * Trains without chance: values of both sides as whole numbers of a few bits, whose planes meet pair by pair.
 * Scheduled: in each slot the pair that is owed most, so that a cell comes within a fraction of a pulse of its share.
 * Exact: every pair once, for as long as it weighs, so that a cell is on in proportion to its product.
 */
import { PlanePairSchedule, type PlanePair } from '../../numerics/plane-pairs.js';
import { linesOfBit } from './column-reader.js';
import { cellsOfColumns, largestOf, meetings, type LineTrains, type LineTrainsSetup } from './line-trains.js';
import { RandomRounding } from './random-rounding.js';
import { wholeTicks } from './step-inverse.js';
import { takeSnapshot, type ArraySnapshot } from './synapse-array.js';
import type { LinePulse } from './update-method.js';

/** Values as whole numbers of a few bits with a sign, the largest with all bits. */
function wholeNumbers(values: ArrayLike<number>, bits: number): Int32Array {
  const largest = largestOf(values);
  const scale = largest === 0 ? 0 : (2 ** bits - 1) / largest;
  return Int32Array.from(values, (value) => Math.sign(value) * Math.round(Math.abs(value) * scale));
}

/** Lines whose magnitude has a bit, by sign. */
function plane(values: Int32Array, bit: number): readonly (readonly number[])[] {
  return [1, -1].map((sign) => linesOfBit(values, sign, bit));
}

/** Both sides of one sample as whole numbers. */
interface Sides {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

function sidesOf(x: ArrayLike<number>, d: ArrayLike<number>, sign: number, { cells, bits }: LineTrainsSetup): Sides {
  const directed = Float64Array.from(d, (error) => sign * error);
  return { rows: wholeNumbers(x, bits), columns: wholeNumbers(cellsOfColumns(directed, cells), bits) };
}

function meet({ rows, columns }: Sides, pair: PlanePair, seconds: number): readonly LinePulse[] {
  return meetings(plane(rows, pair.row), plane(columns, pair.column), seconds);
}

/** Nominal pulses that the largest product asks for. */
function pulsesNeeded(x: ArrayLike<number>, d: ArrayLike<number>, change: number, weightStep: number): number {
  return (Math.abs(change) * largestOf(x) * largestOf(d)) / weightStep;
}

/** See the head of this file; the number of slots of a sample is rounded at random, to the right mean. */
export class ScheduledTrains implements LineTrains {
  readonly #setup: LineTrainsSetup;
  readonly #rounding: RandomRounding;
  #schedule: PlanePairSchedule;
  /** Samples, and slots within the period of the schedule. */
  readonly #counters = new Float64Array(2);

  constructor(setup: LineTrainsSetup) {
    this.#setup = setup;
    this.#rounding = new RandomRounding(setup.seed);
    this.#schedule = new PlanePairSchedule(setup.bits, setup.bits);
  }

  pulses(x: ArrayLike<number>, d: ArrayLike<number>, change: number): readonly LinePulse[] {
    const { weightStep, slots, pulseSeconds } = this.#setup;
    const [events = 0, taken = 0] = this.#counters;
    const needed = Math.min(slots, pulsesNeeded(x, d, change, weightStep));
    const count = this.#rounding.round(needed, events, 0);
    this.#counters.set([events + 1, (taken + count) % this.#schedule.period]);
    if (count === 0) return [];
    const sides = sidesOf(x, d, Math.sign(change), this.#setup);
    return this.#schedule.take(count).flatMap((pair) => meet(sides, pair, pulseSeconds));
  }

  snapshot(): ArraySnapshot {
    return { counters: this.#counters.slice() };
  }

  restore(snapshot: ArraySnapshot): void {
    takeSnapshot(snapshot, 'counters', this.#counters);
    const { bits } = this.#setup;
    this.#schedule = new PlanePairSchedule(bits, bits);
    this.#schedule.take(this.#counters[1] ?? 0);
  }
}

/** See the head of this file; pulses shorter than half a tick are left out. */
export class ExactTrains implements LineTrains {
  readonly #setup: LineTrainsSetup;

  constructor(setup: LineTrainsSetup) {
    this.#setup = setup;
  }

  pulses(x: ArrayLike<number>, d: ArrayLike<number>, change: number): readonly LinePulse[] {
    const { weightStep, slots, pulseSeconds, bits, longestSeconds, tickSeconds } = this.#setup;
    const needed = Math.min(slots, pulsesNeeded(x, d, change, weightStep));
    if (needed === 0) return [];
    const most = 4 ** (bits - 1);
    const unit = Math.min((needed * pulseSeconds) / (2 ** bits - 1) ** 2, longestSeconds / most);
    const sides = sidesOf(x, d, Math.sign(change), this.#setup);
    const pulses: LinePulse[] = [];
    for (let row = bits - 1; row >= 0; row--) {
      for (let column = bits - 1; column >= 0; column--) {
        const seconds = wholeTicks(unit * 2 ** (row + column), tickSeconds);
        if (seconds > 0) pulses.push(...meet(sides, { row, column }, seconds));
      }
    }
    return pulses;
  }

  snapshot(): ArraySnapshot {
    return {};
  }

  restore(): void {
    // A sample knows nothing of those before
  }
}
