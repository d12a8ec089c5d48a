/**
 * n pulses of one polarity at once. With A f(w) = E f(w + m + d z) - f(w), the mean of the weight behind n pulses is
 * Newton's series of differences, w + sum over k of C(n, k) A^k w, and the variance adds up what each pulse brings in
 * (e: how its square grows along the way) and what the slope makes of it until the end (r):
 *
 *   A w = m                         e = A(d^2) / d^2,  r = (1 + m')^2 - 1
 *   A^2 w = m m' + (m^2 + d^2) m'' / 2, …           V = d^2 (n + C(n, 2) (e + r) + C(n, 3) (e^2 + e r + r^2) + …)
 *
 * Both end by themselves where steps are constant, are exact up to the order that is kept where steps are straight
 * lines, and are expansions in the change of the step along the train otherwise. choose-order.ts measures what is left
 * out for the device at hand.
 */
import type { LaneBuilder, LaneProgram, LaneValue } from '../../numerics/lanes/lane-program.js';
import type { CellLaw } from './cell-law.js';
import { CellValues } from './cell-values.js';

/** Inputs of the programs beside streams, weight and polarity. */
export const COUNT = 'count';
export const NOISE = 'noise';

/** Deviations of a train that are kept away from bounds; a cell that may come closer is taken pulse by pulse. */
const REACH = 5;

/** Terms of the series that are kept; beyond the fourth only those of steps that are straight lines. */
export type CollapseOrder = 1 | 2 | 3 | 4 | 5 | 6;

/** Terms of the series, and how far the step may change along a train (count x change of a pulse) for them to be enough. */
export interface Collapse {
  /** Of the mean. */
  readonly order: CollapseOrder;
  readonly deviationOrder: CollapseOrder;
  /** Infinity where the series is good for all trains, 0 where it is for none. */
  readonly maxChange: number;
}

/** Terms of both series. */
export type CollapseOrders = Pick<Collapse, 'order' | 'deviationOrder'>;

/** Change of the weight by `COUNT` pulses: its mean and its standard deviation, whose sign means nothing. */
export interface Collapsed {
  readonly mean: LaneValue;
  readonly deviation: LaneValue;
}

/** The weight after one pulse; inputs: weight, polarity, noise, streams. */
export function singlePulseProgram(builder: LaneBuilder, law: CellLaw): LaneProgram {
  const cell = new CellValues(builder, law);
  const moved = builder.add(cell.weight, cell.mean(0));
  const noisy = builder.add(moved, builder.mul(cell.deviation(0), builder.input(NOISE)));
  return builder.program([clip(builder, noisy, cell)]);
}

/**
 * The weight after `COUNT` pulses, and a mask of cells that must be taken pulse by pulse instead.
 */
export function trainProgram(builder: LaneBuilder, law: CellLaw, orders: Collapse): LaneProgram {
  const { maxChange } = orders;
  const cell = new CellValues(builder, law);
  const count = builder.input(COUNT);
  const { mean, deviation } = collapse(builder, cell, orders);
  const moved = builder.add(cell.weight, mean);
  const noisy = builder.add(moved, builder.mul(deviation, builder.input(NOISE)));
  const reach = builder.mul(builder.unary('abs', deviation), builder.constant(REACH));
  const highest = builder.sub(cell.bound('upper'), reach);
  const lowest = builder.add(cell.bound('lower'), reach);
  const isNearUpper = builder.logical(
    'or',
    builder.compare('lt', highest, cell.weight),
    builder.compare('lt', highest, moved),
  );
  const isNearLower = builder.logical(
    'or',
    builder.compare('lt', cell.weight, lowest),
    builder.compare('lt', moved, lowest),
  );
  const isNearBound = builder.logical('or', isNearUpper, isNearLower);
  // One pulse is exact as it is.
  const isTrain = builder.compare('lt', builder.constant(1), count);
  const change = builder.mul(count, count, cell.squaredChange);
  const isSteep = builder.compare('lt', builder.constant(maxChange ** 2), change);
  const isInexact = maxChange === Infinity ? isNearBound : builder.logical('or', isNearBound, isSteep);
  const isSlow = builder.logical('and', maxChange === 0 ? isTrain : isInexact, isTrain);
  return builder.program([clip(builder, noisy, cell), isSlow]);
}

/** Mean change and deviation of a train, for comparisons. */
export function momentsProgram(builder: LaneBuilder, law: CellLaw, orders: CollapseOrders): LaneProgram {
  const cell = new CellValues(builder, law);
  const { mean, deviation } = collapse(builder, cell, orders);
  return builder.program([mean, deviation]);
}

/** Mean and deviation of one step, its change along a train, and bounds; inputs as of a single pulse without noise. */
export function stepProgram(builder: LaneBuilder, law: CellLaw): LaneProgram {
  const cell = new CellValues(builder, law);
  return builder.program([
    cell.mean(0),
    cell.deviation(0),
    builder.unary('sqrt', cell.squaredChange),
    cell.bound('lower'),
    cell.bound('upper'),
  ]);
}

function clip(builder: LaneBuilder, weight: LaneValue, cell: CellValues): LaneValue {
  return builder.min(cell.bound('upper'), builder.max(cell.bound('lower'), weight));
}

/** Pulse counts n, (n - 1) / 2, (n - 2) / 3, …: each makes the next binomial coefficient. */
function binomialFactor(builder: LaneBuilder, k: number): LaneValue {
  const rest = builder.sub(builder.input(COUNT), builder.constant(k));
  return builder.mul(rest, builder.constant(1 / (k + 1)));
}

function collapse(builder: LaneBuilder, cell: CellValues, { order, deviationOrder }: CollapseOrders): Collapsed {
  return {
    mean: collapsedMean(builder, cell, order),
    deviation: collapsedDeviation(builder, cell, deviationOrder),
  };
}

function collapsedMean(builder: LaneBuilder, cell: CellValues, order: CollapseOrder): LaneValue {
  const count = builder.input(COUNT);
  if (cell.isRelative) {
    const growth = binomialSeries(builder, relativeDifferences(builder, cell).slice(0, order));
    return builder.mul(builder.mul(count, cell.mean(0)), growth);
  }
  return builder.mul(count, binomialSeries(builder, meanDifferences(builder, cell).slice(0, order)));
}

/** The sum of `terms`, each times the binomial coefficient of its place over the count. */
function binomialSeries(builder: LaneBuilder, terms: readonly LaneValue[]): LaneValue {
  // Horner's scheme over binomial coefficients; the differences are over the first one.
  const last = terms.length - 1;
  let sum = terms[last] ?? builder.constant(0);
  for (let k = last; k > 0; k--) {
    sum = builder.add(terms[k - 1] ?? sum, builder.mul(binomialFactor(builder, k), sum));
  }
  return sum;
}

/** A w, A^2 w, … in leading orders of the change along the train. */
function meanDifferences(builder: LaneBuilder, cell: CellValues): readonly LaneValue[] {
  const { add, mul } = operations(builder);
  const [m, m1, m2, m3] = [0, 1, 2, 3].map((order) => cell.mean(order)) as [LaneValue, LaneValue, LaneValue, LaneValue];
  const noise = square(builder, cell.deviation(0));
  const squares = add(square(builder, m), noise);
  const half = builder.constant(0.5);
  const slopes = mul(m1, m1);
  const bends = mul(m, m2);
  return [
    m,
    add(mul(m, m1), mul(half, squares, m2)),
    add(mul(m, add(slopes, bends)), mul(half, squares, add(mul(builder.constant(3), m1, m2), mul(m, m3)))),
    mul(m, m1, add(slopes, mul(builder.constant(4), bends))),
    mul(m, slopes, slopes),
    mul(m, slopes, slopes, m1),
  ];
}

/** The same over m, where the mean square of a step is `gain` m^2. */
function relativeDifferences(builder: LaneBuilder, cell: CellValues): readonly LaneValue[] {
  const { add, mul } = operations(builder);
  const [m, m1, m2, m3] = [0, 1, 2, 3].map((order) => cell.mean(order)) as [LaneValue, LaneValue, LaneValue, LaneValue];
  const halfGain = mul(builder.constant(0.5), cell.gain);
  const slopes = mul(m1, m1);
  const bends = mul(m, m2);
  const twists = add(mul(builder.constant(3), m1, bends), mul(m, mul(m, m3)));
  return [
    builder.constant(1),
    add(m1, mul(halfGain, bends)),
    add(add(slopes, bends), mul(halfGain, twists)),
    mul(m1, add(slopes, mul(builder.constant(4), bends))),
    mul(slopes, slopes),
    mul(slopes, slopes, m1),
  ];
}

function collapsedDeviation(builder: LaneBuilder, cell: CellValues, order: CollapseOrder): LaneValue {
  const { add, mul } = operations(builder);
  const count = builder.input(COUNT);
  const m1 = cell.mean(1);
  const r = mul(m1, add(builder.constant(2), m1));
  if (cell.isRelative) {
    const growth =
      order === 2 ? secondGrowth(builder, cell) : growthSeries(builder, { e: relativeGrowth(builder, cell), r }, order);
    return mul(cell.deviation(0), builder.unary('sqrt', mul(count, growth)));
  }
  const [d, d1, d2] = [0, 1, 2].map((derivative) => cell.deviation(derivative)) as [LaneValue, LaneValue, LaneValue];
  if (builder.constantOf(d1) === 0) {
    return mul(d, builder.unary('sqrt', mul(count, growthSeries(builder, { e: builder.constant(0), r }, order))));
  }
  const variance = square(builder, d);
  const squares = add(square(builder, cell.mean(0)), variance);
  const slope = mul(builder.constant(2), d, d1);
  const bend = mul(squares, add(mul(d1, d1), mul(d, d2)));
  const second = add(mul(cell.mean(0), slope), bend, mul(r, variance));
  const total = mul(count, order === 1 ? variance : add(variance, mul(binomialFactor(builder, 1), second)));
  return builder.unary('sqrt', builder.max(builder.constant(0), total));
}

/** e of noise that is `ratio` of the step: 2 m' + (1 + ratio^2) (m'^2 + m m''). */
function relativeGrowth(builder: LaneBuilder, cell: CellValues): LaneValue {
  const { add, mul } = operations(builder);
  const m1 = cell.mean(1);
  return add(mul(builder.constant(2), m1), mul(cell.gain, add(mul(m1, m1), mul(cell.mean(0), cell.mean(2)))));
}

/** The series of two terms, where e + r is 4 m' + m'^2 + gain (m'^2 + m m''). */
function secondGrowth(builder: LaneBuilder, cell: CellValues): LaneValue {
  const { add, mul } = operations(builder);
  const m1 = cell.mean(1);
  const slopes = mul(m1, m1);
  const curved = add(slopes, mul(cell.gain, add(slopes, mul(cell.mean(0), cell.mean(2)))));
  const first = add(mul(builder.constant(4), m1), curved);
  const one = builder.constant(1);
  if (builder.constantOf(first) === 0) return one;
  return builder.max(builder.constant(0), add(one, mul(binomialFactor(builder, 1), first)));
}

/** The variance over n times that of one step; at least 0, where a series that ends early might fall below. */
function growthSeries(
  builder: LaneBuilder,
  { e, r }: { readonly e: LaneValue; readonly r: LaneValue },
  order: CollapseOrder,
): LaneValue {
  const { add, mul } = operations(builder);
  const one = builder.constant(1);
  if (order === 1 || (builder.constantOf(e) === 0 && builder.constantOf(r) === 0)) return one;
  const first = add(e, r);
  const terms = [one, first];
  // e^k + e^(k-1) r + … + r^k
  let power = e;
  for (let k = 2; k < order; k++) {
    power = mul(power, e);
    terms.push(add(power, mul(r, terms[k - 1] ?? first)));
  }
  let sum = terms[order - 1] ?? one;
  for (let k = order - 1; k > 0; k--) sum = add(terms[k - 1] ?? one, mul(binomialFactor(builder, k), sum));
  return builder.max(builder.constant(0), sum);
}

function square(builder: LaneBuilder, value: LaneValue): LaneValue {
  return builder.mul(value, value);
}

interface Operations {
  add(...terms: readonly [LaneValue, ...LaneValue[]]): LaneValue;
  mul(...factors: readonly [LaneValue, ...LaneValue[]]): LaneValue;
}

function operations(builder: LaneBuilder): Operations {
  return {
    add: (...terms) => terms.reduce((sum, term) => builder.add(sum, term)),
    mul: (...factors) => builder.mul(...factors),
  };
}
