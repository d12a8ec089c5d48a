/**
 * Random trains whose coincidences make an outer product: in each slot the line of x fires with a probability that is
 * proportional to |x| and the line of d to |d|, so that the expected change of a weight is learningRate x d.
 *
 *   k = learningRate max|x| max|d| / stepSize,  length = min(ceil(k), 31)
 *   P(x fires) = |x| b,  P(d fires) = |d| a,  a b length stepSize = learningRate
 *
 * as aihwkit chooses them (commit 4545f11, rpu_pulsed: update_bl_management and update_management).
 */
import { invariant } from '../../core/invariant.js';
import { keyOfSeed } from '../../numerics/normal.js';
import { philox4x32 } from '../../numerics/philox.js';
import { MAX_SLOTS } from './choose-order.js';
import type { Trains } from './update-array.js';

/** How trains are chosen. */
export interface TrainLaw {
  readonly learningRate: number;
  /** Mean step of the device, in the unit of the weight. */
  readonly stepSize: number;
  /** Slots of every train, at most 31; where it is absent, as many as the largest product needs. */
  readonly length?: number;
  /** Whether the larger of both sides fires as often as the other at its largest entry. */
  readonly isBalanced: boolean;
}

/** Which trains are drawn: the same address draws the same ones. */
export interface TrainAddress {
  readonly seed: number;
  readonly event: number;
}

/** Trains and the number of their slots. */
export interface DrawnTrains extends Trains {
  readonly slots: number;
}

/** Trains of x (rows) and d (columns). */
export function drawTrains(
  x: ArrayLike<number>,
  d: ArrayLike<number>,
  law: TrainLaw,
  { seed, event }: TrainAddress,
): DrawnTrains {
  const { slots, perX, perD } = chances(largest(x), largest(d), law);
  const draw = (values: ArrayLike<number>, perUnit: number, side: number): Uint32Array =>
    Uint32Array.from({ length: values.length }, (_, line) =>
      drawSlots(Math.abs(values[line] ?? NaN) * perUnit, { key: keyOfSeed(seed), line, event, side, slots }),
    );
  return {
    slots,
    rowBits: draw(x, perX, 0),
    columnBits: draw(d, perD, 1),
    rowSigns: signsOf(x),
    columnSigns: signsOf(d),
  };
}

interface Chances {
  readonly slots: number;
  /** Chance of a slot for one unit of x and of d. */
  readonly perX: number;
  readonly perD: number;
}

/** Takes a whole number of slots that rounding has made a little more for what it was. */
const ROUNDED_DOWN = 1 - 1e-12;

function chances(maxX: number, maxD: number, { learningRate, stepSize, length, isBalanced }: TrainLaw): Chances {
  invariant(learningRate >= 0 && stepSize > 0, 'a learning rate is not negative, and a step not 0');
  invariant(
    length === undefined || (length >= 1 && length <= MAX_SLOTS),
    `a train has up to ${String(MAX_SLOTS)} slots`,
  );
  if (maxX === 0 || maxD === 0 || learningRate === 0) return { slots: 0, perX: 0, perD: 0 };
  const needed = (learningRate * maxX * maxD) / stepSize;
  const slots = length ?? Math.min(Math.ceil(needed * ROUNDED_DOWN), MAX_SLOTS);
  const both = Math.sqrt(learningRate / (stepSize * slots));
  if (!isBalanced) return { slots, perX: both, perD: both };
  // Where a train is too short for the largest product, it is d that saturates.
  const balance = Math.sqrt(maxX / (maxD * Math.min(1, slots / needed)));
  return { slots, perX: both / balance, perD: both * balance };
}

function largest(values: ArrayLike<number>): number {
  let max = 0;
  for (const value of Array.from(values)) {
    invariant(Number.isFinite(value), 'inputs of an update are finite');
    max = Math.max(max, Math.abs(value));
  }
  return max;
}

function signsOf(values: ArrayLike<number>): Int8Array {
  return Int8Array.from({ length: values.length }, (_, line) => ((values[line] ?? 0) < 0 ? -1 : 1));
}

interface SlotAddress {
  readonly key: Uint32Array;
  readonly line: number;
  readonly event: number;
  /** 0 for rows, 1 for columns. */
  readonly side: number;
  readonly slots: number;
}

/** In word 3 of the counters of trains: neither normal.ts nor lane-normals.ts sets this bit alone. */
const TRAIN_DRAWS = 0x4000_0000;
/** Bits of a probability. */
const PRECISION = 24;

/**
 * A word whose bits are 1 with `probability`, each for itself: from the least bit of the probability to the greatest,
 * a 1 joins the word with a random one by `or`, a 0 by `and`.
 */
function drawSlots(probability: number, { key, line, event, side, slots }: SlotAddress): number {
  const mask = 2 ** slots - 1;
  const scaled = Math.round(probability * 2 ** PRECISION);
  if (scaled <= 0) return 0;
  if (scaled >= 2 ** PRECISION) return mask;
  const words = new Uint32Array(4);
  let result = 0;
  for (let bit = 0; bit < PRECISION; bit++) {
    if (bit % 4 === 0) {
      words.set([line, bit / 4, event, TRAIN_DRAWS + side]);
      philox4x32(words, key, words);
    }
    const random = words[bit % 4] ?? 0;
    result = ((scaled >>> bit) & 1) === 1 ? result | random : result & random;
  }
  return (result & mask) >>> 0;
}
