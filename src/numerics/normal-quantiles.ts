/**
 * The normal distribution as a table of equally probable values, so that half a random word becomes a variate by one
 * look-up. Only sums, products, divisions and square roots: the table is the same bit for bit on every machine.
 *
 * A half word is a sign and 15 bits that choose one of 32,768 equally probable parts of |z|; the entry is the mean of its
 * part. The outermost 16 parts, |z| > 3.49, are divided again into 4,096, so that the tail ends beyond 5.3 deviations.
 * Mean and odd moments are exact, the variance is 1 to rounding, the fourth moment 3 within 1e-4.
 */

/** Parts of |z| that a half word without its sign chooses from. */
const PARTS = 2 ** 15;
/** Parts from here on are the tail. */
export const TAIL_START = PARTS - 16;
/** Parts of the tail. */
export const TAIL_PARTS = 2 ** 12;
/** Entries of the table: parts of the body, 16 that are never used, parts of the tail. */
export const QUANTILE_COUNT = PARTS + TAIL_PARTS;

let table: Float32Array | undefined;

/** The table; parts of the tail begin at entry 32,768. */
export function normalQuantiles(): Float32Array {
  table ??= makeTable();
  return table;
}

function makeTable(): Float32Array {
  const values = new Float64Array(QUANTILE_COUNT);
  const tail = 0.5 - TAIL_START / PARTS / 2;
  const edge = fillMeans(values.subarray(0, TAIL_START), { from: 0, density: density(0) }, 0.5 / PARTS);
  fillMeans(values.subarray(PARTS), edge, tail / TAIL_PARTS);
  let squares = 0;
  for (let part = 0; part < TAIL_START; part++) squares += (values[part] ?? NaN) ** 2 / PARTS;
  for (let part = PARTS; part < QUANTILE_COUNT; part++) squares += ((values[part] ?? NaN) ** 2 * 2 * tail) / TAIL_PARTS;
  const scale = 1 / Math.sqrt(squares);
  return Float32Array.from(values, (value) => value * scale);
}

/** Where a part begins, and the density there. */
interface Edge {
  readonly from: number;
  readonly density: number;
}

/** Writes the means of neighbouring parts of `probability` each, from `edge` on; returns where the last one ends. */
function fillMeans(means: Float64Array, edge: Edge, probability: number): Edge {
  let { from, density: before } = edge;
  const first = upperTail(from);
  for (let index = 0; index < means.length; index++) {
    const rest = first - (index + 1) * probability;
    // The last part has no end where nothing is left.
    const to = rest > probability / 2 ? quantile(rest, from + probability / before) : Infinity;
    const after = to === Infinity ? 0 : density(to);
    means[index] = (before - after) / probability;
    [from, before] = [to, after];
  }
  return { from, density: before };
}

/** The x with `rest` of the distribution above it, from a guess below it. */
function quantile(rest: number, guess: number): number {
  let x = guess;
  for (let step = 0; step < 3; step++) {
    const miss = (upperTail(x) - rest) / density(x);
    // Halley's step: the density falls by x per unit.
    x += miss / (1 - (x * miss) / 2);
  }
  return x;
}

const INVERSE_ROOT = 1 / Math.sqrt(2 * Math.PI);

function density(x: number): number {
  return INVERSE_ROOT * exponentialOf((-x * x) / 2);
}

/** e^y: the Taylor series of y / 2^8, squared eight times. */
function exponentialOf(y: number): number {
  const part = y / 256;
  let sum = 1;
  for (let term = 12; term > 0; term--) sum = 1 + (part * sum) / term;
  for (let squaring = 0; squaring < 8; squaring++) sum *= sum;
  return sum;
}

/** The part of the distribution above x >= 0: a series near the middle, a continued fraction beyond. */
function upperTail(x: number): number {
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let odd = 3; term > 1e-18; odd += 2) {
      term *= (x * x) / odd;
      sum += term;
    }
    return 0.5 - density(x) * sum;
  }
  let fraction = x;
  for (let level = 60; level > 0; level--) fraction = x + level / fraction;
  return density(x) / fraction;
}
