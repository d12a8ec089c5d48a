/**
 * How many terms of the series of collapse.ts a device needs, and for how many pulses they are enough: measured, not
 * assumed, by following mean and variance of trains pulse by pulse in cells with the steepest steps.
 */
import { LANE_RUNTIME, laneStatements } from '../../numerics/lanes/lane-javascript.js';
import { LaneBuilder, type LaneProgram } from '../../numerics/lanes/lane-program.js';
import { IS_UP, streamName, WEIGHT, type CellLaw } from './cell-law.js';
import { COUNT, momentsProgram, NOISE, stepProgram, type CollapseOrder } from './collapse.js';

/** The longest train of pulses that has its own bit per slot. */
export const MAX_SLOTS = 31;

/** Terms of the series and the number of pulses that they hold for; 1 where no train can be collapsed. */
export interface Collapse {
  readonly order: CollapseOrder;
  readonly limit: number;
}

/** What may be left out of the mean, in steps or deviations of one step, and of the deviation, relatively. */
const MEAN_TOLERANCE = 1e-3;
const DEVIATION_TOLERANCE = 3e-3;
const ORDERS: readonly CollapseOrder[] = [1, 2, 3, 4];

/** The collapse of `law` in an array whose streams are given. */
export function chooseCollapse(law: CellLaw, streams: readonly Float32Array[], cells: number): Collapse {
  const step = compile(stepProgram(new LaneBuilder(), law), streams);
  const samples = sampleCells(step, cells);
  let best: Collapse = { order: 1, limit: 1 };
  for (const order of ORDERS) {
    const moments = compile(momentsProgram(new LaneBuilder(), law, order), streams);
    const limit = Math.min(...samples.map((sample) => limitOf(sample, step, moments)));
    if (limit > best.limit) best = { order, limit };
    if (limit >= MAX_SLOTS) break;
  }
  return best;
}

interface Sample {
  readonly cell: number;
  readonly isUp: boolean;
}

/** Outputs of a program at a weight, for a number of pulses. */
type Evaluate = (sample: Sample, weight: number, count: number) => Float64Array;

/** The steepest cell of each polarity, and a few more. */
function sampleCells(step: Evaluate, cells: number): readonly Sample[] {
  const samples = [true, false].map((isUp) => {
    let steepest = 0;
    let cell = 0;
    for (let candidate = 0; candidate < cells; candidate++) {
      const slope = slopeOf({ cell: candidate, isUp }, step);
      if (slope > steepest) [steepest, cell] = [slope, candidate];
    }
    return { cell, isUp };
  });
  const more = [0, 1, 2].filter((cell) => cell < cells);
  return [...samples, ...more.flatMap((cell) => [true, false].map((isUp) => ({ cell, isUp })))];
}

/** The largest slope of the step that a cell has at three weights. */
function slopeOf(sample: Sample, step: Evaluate): number {
  const [, , atZero = 0, lower = 0, upper = 0] = step(sample, 0, 1);
  let slope = Math.abs(atZero);
  for (const weight of [lower, upper]) slope = Math.max(slope, Math.abs(step(sample, weight, 1)[2] ?? 0));
  return slope;
}

const WEIGHTS = 9;

/** Pulses up to which a series is good at every weight of a cell. */
function limitOf(sample: Sample, step: Evaluate, moments: Evaluate): number {
  const [, , , lower = 0, upper = 0] = step(sample, 0, 1);
  let limit = Infinity;
  for (let place = 0; place < WEIGHTS && limit > 1; place++) {
    const weight = lower + ((place + 0.5) / WEIGHTS) * (upper - lower);
    limit = Math.min(limit, limitAt(sample, weight, step, moments));
  }
  return limit;
}

// eslint-disable-next-line max-params -- a sample is in two parts
function limitAt(sample: Sample, start: number, step: Evaluate, moments: Evaluate): number {
  const [first = 0, deviation = 0, , lower = 0, upper = 0] = step(sample, start, 1);
  const scale = Math.max(Math.abs(first), Math.abs(deviation));
  let [mean, variance] = [start, 0];
  for (let count = 1; count <= MAX_SLOTS; count++) {
    [mean, variance] = follow(sample, mean, variance, step);
    const reach = 5 * Math.sqrt(variance);
    // Cells that come so close to a bound are taken pulse by pulse.
    if (Math.max(start, mean) + reach > upper || Math.min(start, mean) - reach < lower) return MAX_SLOTS;
    const [change = NaN, found = NaN] = moments(sample, start, count);
    const isMean = Math.abs(start + change - mean) <= MEAN_TOLERANCE * scale;
    const isDeviation = Math.abs(Math.abs(found) - Math.sqrt(variance)) <= DEVIATION_TOLERANCE * Math.sqrt(variance);
    if (!isMean || !isDeviation) return count - 1;
  }
  return MAX_SLOTS;
}

/** Nodes and weights of the Gauss-Hermite rule with three points. */
const NODES = [
  [-Math.sqrt(3), 1 / 6],
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
] as const;

/** Mean and variance after one more pulse, of a weight that is normal before it. */
// eslint-disable-next-line max-params -- two moments
function follow(sample: Sample, mean: number, variance: number, step: Evaluate): readonly [number, number] {
  let [shift, square, noise] = [0, 0, 0];
  for (const [node, share] of NODES) {
    const offset = node * Math.sqrt(variance);
    const [m = NaN, d = NaN] = step(sample, mean + offset, 1);
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
