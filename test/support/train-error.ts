/** How far the coincidences of pulse trains are from the products that they stand for: scheduled and random trains. */
import { PlanePairSchedule, type PlanePair } from '../../src/numerics/plane-pairs.js';
import { drawFrom, type Draw } from './pulse-program.js';

const BITS = 8;
const FULL = 2 ** BITS - 1;

/** Error of the coincidences of a cell, of one update and of the sum of all, root mean square [counts]. */
export interface TrainError {
  readonly update: number;
  readonly sum: number;
}

export interface TrainTrial {
  /** Rows and columns of the array. */
  readonly lines: number;
  /** Slots of an update. */
  readonly slots: number;
  readonly updates: number;
  /** Fresh uniform values for every update, or the same in all of them. */
  readonly values: 'fresh' | 'same';
}

/** Slots of one update; a slot without a pair moves nothing. */
export type Trains = (slots: number) => readonly (PlanePair | undefined)[];

/** Planes by the schedule, which goes on from update to update. */
export function scheduledTrains(): Trains {
  const schedule = new PlanePairSchedule(BITS, BITS);
  return (slots) => schedule.take(slots);
}

/** Planes by two random numbers of the controller's kind: the trailing zeros of eight bits. */
export function randomTrains(seed: number): Trains {
  const draw = drawFrom(seed);
  return (slots) => Array.from({ length: slots }, () => randomPair(draw));
}

function randomPair(draw: Draw): PlanePair | undefined {
  const [row, column] = [randomPlane(draw), randomPlane(draw)];
  return row < 0 || column < 0 ? undefined : { row, column };
}

/** The most significant plane for every second number, the next one for every fourth, and so on; -1: none. */
function randomPlane(draw: Draw): number {
  const bits = draw(2 ** BITS);
  return bits === 0 ? -1 : BITS - 1 - (31 - Math.clz32(bits & -bits));
}

/** Error of `trains` on uniform values of eight bits; `full` is what a count of one slot stands for on a side. */
export function measureTrains(trains: Trains, full: number, trial: TrainTrial): TrainError {
  const { lines, slots, updates, values } = trial;
  const draw = drawFrom(7);
  const vector = (): readonly number[] => Array.from({ length: lines }, () => draw(2 ** BITS));
  const sums = new Float64Array(lines * lines);
  let [rows, columns] = [vector(), vector()];
  let squares = 0;
  for (let update = 0; update < updates; update++) {
    if (values === 'fresh') [rows, columns] = [vector(), vector()];
    const counts = pairCounts(trains(slots));
    for (const [index, sum] of sums.entries()) {
      const [x, d] = [rows[Math.floor(index / lines)] ?? 0, columns[index % lines] ?? 0];
      const error = coincidences(counts, x, d) - (slots * x * d) / full ** 2;
      squares += error ** 2;
      sums[index] = sum + error;
    }
  }
  const square = sums.reduce((total, sum) => total + sum ** 2, 0);
  return { update: Math.sqrt(squares / (updates * sums.length)), sum: Math.sqrt(square / sums.length) };
}

/** The products that scheduled trains count are fractions of 255 x 255, those of random ones of 256 x 256. */
export const SCHEDULED_FULL = FULL;
export const RANDOM_FULL = 2 ** BITS;

function pairCounts(pairs: readonly (PlanePair | undefined)[]): readonly number[] {
  const counts = Array.from({ length: BITS * BITS }, () => 0);
  for (const pair of pairs) if (pair) counts[pair.row * BITS + pair.column]! += 1;
  return counts;
}

function coincidences(counts: readonly number[], x: number, d: number): number {
  let sum = 0;
  for (let row = 0; row < BITS; row++) {
    if (((x >> row) & 1) === 0) continue;
    for (let column = 0; column < BITS; column++) sum += ((d >> column) & 1) * (counts[row * BITS + column] ?? 0);
  }
  return sum;
}
