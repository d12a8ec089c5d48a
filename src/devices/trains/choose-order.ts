/**
 * How many terms of the series of collapse.ts a device needs, and for how many pulses they are enough: measured, not
 * assumed, by following mean and variance of trains pulse by pulse in cells with the steps that change most.
 */
import { LANE_RUNTIME, laneStatements } from '../../numerics/lanes/lane-javascript.js';
import { LaneBuilder, type LaneProgram } from '../../numerics/lanes/lane-program.js';
import { IS_UP, streamName, WEIGHT, type CellLaw } from './cell-law.js';
import {
  COUNT,
  momentsProgram,
  NOISE,
  stepProgram,
  type Collapse,
  type CollapseOrder,
  type CollapseOrders,
} from './collapse.js';

/** The longest train of pulses that has its own bit per slot. */
export const MAX_SLOTS = 31;

/** What may be left out of the mean, in steps or deviations of one step, and of the deviation, relatively. */
const MEAN_TOLERANCE = 1e-3;
const DEVIATION_TOLERANCE = 3e-3;
/** Cells up to here of all, by change, shall be collapsed. */
const COMMON = 0.99;
/** Of the least change that was found to be too much. */
const SAFETY = 0.9;
const ORDERS: readonly CollapseOrder[] = [1, 2, 3, 4, 5, 6];

/** Every train is taken pulse by pulse. */
export const NO_COLLAPSE: Collapse = { order: 1, deviationOrder: 1, maxChange: 0 };

/** The collapse of `law` in an array whose streams are given: the first that takes all but a few cells. */
export function chooseCollapse(law: CellLaw, streams: readonly Float32Array[], cells: number): Collapse {
  const step = compile(stepProgram(new LaneBuilder(), law), streams);
  const samples = sampleCells(step, cells);
  const wanted = MAX_SLOTS * Math.max(...samples.map(({ change, isCommon }) => (isCommon ? change : 0)));
  const maxChangeOf = (orders: CollapseOrders): number => {
    const moments = compile(momentsProgram(new LaneBuilder(), law, orders), streams);
    return SAFETY * Math.min(...samples.map((sample) => changeThatFails(sample, step, moments)));
  };
  let best: Collapse = NO_COLLAPSE;
  for (const order of ORDERS) {
    const maxChange = maxChangeOf({ order, deviationOrder: order });
    if (maxChange > best.maxChange) best = { order, deviationOrder: order, maxChange };
    if (maxChange >= wanted) break;
  }
  // The deviation often needs fewer terms than the mean.
  for (const deviationOrder of ORDERS.filter((order) => order < best.order)) {
    const maxChange = maxChangeOf({ order: best.order, deviationOrder });
    if (maxChange >= Math.min(wanted, best.maxChange)) return { order: best.order, deviationOrder, maxChange };
  }
  return best;
}

/** A polarity of a cell. */
interface Side {
  readonly cell: number;
  readonly isUp: boolean;
}

interface Sample extends Side {
  /** The largest change of its step by a pulse. */
  readonly change: number;
  /** Not one of the few that change more than all others. */
  readonly isCommon: boolean;
}

/** Outputs of a program at a weight, for a number of pulses. */
type Evaluate = (side: Side, weight: number, count: number) => Float64Array;

/** Parts of the cells, ordered by change, that samples stand for. */
const QUANTILES = [0, 0.5, 0.9, COMMON, 0.999, 1];

/** Cells of each polarity from the least change to the greatest. */
function sampleCells(step: Evaluate, cells: number): readonly Sample[] {
  return [true, false].flatMap((isUp) => {
    const changes = Float64Array.from({ length: cells }, (_, cell) => changeOf({ cell, isUp }, step));
    const order = Uint32Array.from(changes.keys()).sort((a, b) => (changes[a] ?? 0) - (changes[b] ?? 0));
    return QUANTILES.map((quantile) => {
      const cell = order[Math.round(quantile * (cells - 1))] ?? 0;
      return { cell, isUp, change: changes[cell] ?? 0, isCommon: quantile <= COMMON };
    });
  });
}

/** The largest change of a step that a cell has at three weights. */
function changeOf(side: Side, step: Evaluate): number {
  const [, , atZero = 0, lower = 0, upper = 0] = step(side, 0, 1);
  let change = atZero;
  for (const weight of [lower, upper]) change = Math.max(change, step(side, weight, 1)[2] ?? 0);
  return change;
}

const WEIGHTS = 9;

/** The least change along a train, over all weights of a cell, with which a series is not good. */
function changeThatFails(side: Side, step: Evaluate, moments: Evaluate): number {
  const [, , , lower = 0, upper = 0] = step(side, 0, 1);
  let change = Infinity;
  for (let place = 0; place < WEIGHTS; place++) {
    const weight = lower + ((place + 0.5) / WEIGHTS) * (upper - lower);
    const [, , single = NaN] = step(side, weight, 1);
    const count = countThatFails(side, weight, step, moments);
    if (count <= MAX_SLOTS) change = Math.min(change, single * count);
  }
  return change;
}

function countThatFails(side: Side, start: number, step: Evaluate, moments: Evaluate): number {
  const [first = 0, deviation = 0, , lower = 0, upper = 0] = step(side, start, 1);
  const scale = Math.max(Math.abs(first), Math.abs(deviation));
  let [mean, variance] = [start, 0];
  for (let count = 1; count <= MAX_SLOTS; count++) {
    [mean, variance] = follow(side, mean, variance, step);
    const reach = 5 * Math.sqrt(variance);
    // Cells that come so close to a bound are taken pulse by pulse.
    if (Math.max(start, mean) + reach > upper || Math.min(start, mean) - reach < lower) return Infinity;
    const [change = NaN, found = NaN] = moments(side, start, count);
    const isMean = Math.abs(start + change - mean) <= MEAN_TOLERANCE * scale;
    const isDeviation = Math.abs(Math.abs(found) - Math.sqrt(variance)) <= DEVIATION_TOLERANCE * Math.sqrt(variance);
    if (!isMean || !isDeviation) return count;
  }
  return Infinity;
}

/** Nodes and weights of the Gauss-Hermite rule with three points. */
const NODES = [
  [-Math.sqrt(3), 1 / 6],
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
] as const;

/** Mean and variance after one more pulse, of a weight that is normal before it. */

function follow(side: Side, mean: number, variance: number, step: Evaluate): readonly [number, number] {
  let [shift, square, noise] = [0, 0, 0];
  for (const [node, share] of NODES) {
    const offset = node * Math.sqrt(variance);
    const [m = NaN, d = NaN] = step(side, mean + offset, 1);
    shift += share * (offset + m);
    square += share * (offset + m) ** 2;
    noise += share * d * d;
  }
  return [mean + shift, square - shift * shift + noise];
}

function compile(program: LaneProgram, streams: readonly Float32Array[]): Evaluate {
  const inputs = new Map([
    [WEIGHT, 'weight'],
    [COUNT, 'count'],
    [IS_UP, 'isUp'],
    [NOISE, '0'],
    ...streams.map((_, index) => [streamName(index), `streams[${String(index)}][cell]`] as const),
  ]);
  const { lines, outputs } = laneStatements(program, (name) => inputs.get(name) ?? 'NaN');
  const stores = outputs.map((output, index) => `out[${String(index)}] = ${output};`);
  const text = ['return ({ cell, isUp }, weight, count) => {', ...lines, ...stores, 'return out;', '};'].join('\n');
  const out = new Float64Array(outputs.length);
  // The constructor makes what the text returns.
  const make = new Function('streams', 'out', ...Object.keys(LANE_RUNTIME), text) as (
    ...values: readonly unknown[]
  ) => Evaluate;
  return make(streams, out, ...Object.values(LANE_RUNTIME));
}
