/** Trains whose coincidences make an outer product: how many pulses cells get, against what they should. */
import { describe, expect, it } from 'vitest';
import { ExactTrains, ScheduledTrains } from '../../../src/networks/arrays/bit-trains.js';
import { LineField } from '../../../src/networks/arrays/line-field.js';
import type { LineTrains, LineTrainsSetup } from '../../../src/networks/arrays/line-trains.js';
import { RandomTrains } from '../../../src/networks/arrays/random-trains.js';
import { rowPulses } from '../../../src/networks/arrays/row-pulses.js';
import { WeightCells } from '../../../src/networks/arrays/weight-cells.js';

const [ROWS, COLUMNS] = [6, 5];
const BITS = 4;
const X = [15, -11, 7, 4, -2, 0].map((value) => value / 15);
const D = [-15, 9, 6, -3, 1].map((value) => value / 15);

function setup(change: Partial<LineTrainsSetup> = {}): LineTrainsSetup {
  const cells = new WeightCells({
    ...{ rows: ROWS, columns: COLUMNS, encoding: { scheme: 'single' }, window: { low: 0, high: 1 } },
  });
  return {
    ...{ cells, weightStep: 0.01, pulseSeconds: 1e-3, tickSeconds: 0, longestSeconds: Infinity },
    ...{ slots: 31, bits: BITS, seed: 3, ...change },
  };
}

/** Signed pulses of every cell in one sample after the other. */
function countsOf(trains: LineTrains, change: number, samples: number): readonly Int16Array[] {
  const field = new LineField(ROWS, COLUMNS);
  return Array.from({ length: samples }, () => field.collect(trains.pulses(X, D, change)).counts.slice());
}

const wanted = (pulses: number): number[] => X.flatMap((x) => D.map((d) => pulses * x * d));

function rms(errors: readonly number[]): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
}

/** Errors of all counts of all samples. */
function errorsOf(samples: readonly Int16Array[], pulses: number): number[] {
  const goal = wanted(pulses);
  return samples.flatMap((counts) => goal.map((each, cell) => (counts[cell] ?? NaN) - each));
}

describe('counts', () => {
  // 24 slots: both sides of the largest product always fire
  const samples = 400;
  const random = errorsOf(countsOf(new RandomTrains(setup()), 0.24, samples), 24);
  const scheduled = errorsOf(countsOf(new ScheduledTrains(setup()), 0.24, samples), 24);

  it('of random trains scatter as a binomial law says', () => {
    const variance = wanted(24).map((mean) => Math.abs(mean) * (1 - Math.abs(mean) / 24));
    const theory = Math.sqrt(variance.reduce((sum, each) => sum + each, 0) / variance.length);
    expect(rms(random) / theory).toBeCloseTo(1, 1);
  });

  it('of scheduled trains stay within a fraction of a pulse, far nearer than random ones', () => {
    // A pair of planes is off by less than one, and a cell adds up a few of sixteen
    expect(rms(scheduled)).toBeLessThan(1);
    expect(rms(scheduled)).toBeLessThan(rms(random) / 2);
  });

  it('of scheduled trains add up to the product over a period: nothing is lost between samples', () => {
    const trains = new ScheduledTrains(setup({ slots: 31 }));
    // 15 slots fifteen times: the 225 slots after which every pair has met as often as it weighs
    const sums = new Float64Array(ROWS * COLUMNS);
    for (const counts of countsOf(trains, 0.15, 15)) counts.forEach((count, cell) => (sums[cell]! += count));
    expect([...sums]).toEqual(wanted(225).map((each) => Math.round(each) + 0));
  });

  it('of less than a pulse are right on average', () => {
    for (const Trains of [RandomTrains, ScheduledTrains]) {
      const found = countsOf(new Trains(setup()), 0.004, 6000);
      const mean = found.reduce((sum, counts) => sum + (counts[0] ?? NaN), 0) / found.length;
      expect(mean).toBeCloseTo(-0.4, 1.5);
    }
  });

  it('go on from a snapshot', () => {
    for (const Trains of [RandomTrains, ScheduledTrains]) {
      const whole = new Trains(setup());
      countsOf(whole, 0.07, 5);
      const taken = new Trains(setup());
      taken.restore(structuredClone(whole.snapshot()));
      expect(countsOf(taken, 0.07, 5)).toEqual(countsOf(whole, 0.07, 5));
    }
  });
});

describe('exact trains', () => {
  it('keep a cell on for as long as its product says, in pulses that double', () => {
    const field = new LineField(ROWS, COLUMNS);
    const { seconds } = field.collect(new ExactTrains(setup()).pulses(X, D, 0.24));
    wanted(24).forEach((pulses, cell) => {
      expect(seconds[cell]).toBeCloseTo(pulses * 1e-3, 12);
    });
  });

  it('leave out what is shorter than half a tick, and no more', () => {
    const field = new LineField(ROWS, COLUMNS);
    const { seconds } = field.collect(new ExactTrains(setup({ tickSeconds: 1e-4 })).pulses(X, D, 0.24));
    // The least pulse is 24 / 225 ms, that is 1.07 ticks: each of sixteen is off by half a tick at most
    const errors = wanted(24).map((pulses, cell) => (seconds[cell] ?? NaN) - pulses * 1e-3);
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(16 * 0.5e-4);
    expect(Math.max(...errors.map(Math.abs))).toBeGreaterThan(0);
  });

  it('are as long as the device stands at most', () => {
    const pulses = new ExactTrains(setup({ longestSeconds: 2e-3 })).pulses(X, D, 10);
    expect(Math.max(...pulses.map(({ seconds }) => seconds))).toBeCloseTo(2e-3, 12);
  });
});

describe('rows of pulses', () => {
  const widths = Float64Array.of(3, 1, 0, -2, 3, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0);
  const pulses = rowPulses(widths, COLUMNS);

  it('keep every cell on for its width, in one pulse', () => {
    const { seconds, counts, total } = new LineField(3, COLUMNS).collect(pulses);
    expect([...seconds]).toEqual([...widths]);
    expect([...counts]).toEqual([...widths].map((width) => Math.sign(width)));
    expect(total).toBe(6);
  });

  it('take as long as the longest of a row and polarity', () => {
    expect(pulses.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(3 + 2 + 1);
    expect(pulses.map(({ goesOn }) => goesOn)).toEqual([true, false, false, false]);
  });
});
