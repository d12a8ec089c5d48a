/** Scheduled pairs of planes: exact over a period, never far from it, and closer to products than random trains. */
import { describe, expect, it } from 'vitest';
import { PlanePairSchedule } from '../../../src/numerics/plane-pairs.js';
import {
  measureTrains,
  RANDOM_FULL,
  randomTrains,
  SCHEDULED_FULL,
  scheduledTrains,
} from '../../support/train-error.js';

describe('a schedule of plane pairs', () => {
  it.each([
    [1, 1],
    [2, 3],
    [4, 4],
    [5, 1],
  ])('of %i x %i bits shows every pair as often as it weighs', (rowBits, columnBits) => {
    const schedule = new PlanePairSchedule(rowBits, columnBits);
    const once = schedule.take(schedule.period);
    for (let row = 0; row < rowBits; row++) {
      for (let column = 0; column < columnBits; column++) {
        const count = once.filter((pair) => pair.row === row && pair.column === column).length;
        expect(count).toBe(2 ** (row + column));
      }
    }
    expect(schedule.take(schedule.period)).toEqual(once);
  });

  it('starts with the heaviest pair and never owes a pair more than two pulses', () => {
    const schedule = new PlanePairSchedule(8, 8);
    const counts = new Map<string, number>();
    const slots = schedule.take(5000);
    expect(slots[0]).toEqual({ row: 7, column: 7 });
    for (const [index, { row, column }] of slots.entries()) {
      const key = `${row},${column}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const owed = ((index + 1) * 2 ** (row + column)) / schedule.period - (counts.get(key) ?? 0);
      expect(Math.abs(owed)).toBeLessThan(2);
    }
  });

  it('goes on where it stopped, however the slots are taken', () => {
    const [whole, parts] = [new PlanePairSchedule(6, 5), new PlanePairSchedule(6, 5)];
    expect([...parts.take(7), ...parts.take(0), ...parts.take(24)]).toEqual(whole.take(31));
  });

  it('refuses values without bits', () => {
    expect(() => new PlanePairSchedule(0, 8)).toThrow('bits');
    expect(() => new PlanePairSchedule(16, 16)).toThrow('bits');
  });
});

describe.each([
  { slots: 7, scheduled: 0.62, random: 0.98 },
  { slots: 15, scheduled: 0.68, random: 1.47 },
  { slots: 31, scheduled: 0.7, random: 2.06 },
])('an update of 64 x 64 cells in $slots slots', ({ slots, scheduled, random }) => {
  const trial = { lines: 64, slots, updates: 100, values: 'fresh' } as const;

  it('is off by a fraction of a count a cell', () => {
    const { update, sum } = measureTrains(scheduledTrains(), SCHEDULED_FULL, trial);
    expect(Math.abs(update - scheduled)).toBeLessThan(0.05);
    expect(update).toBeLessThanOrEqual(0.8);
    expect(sum).toBeLessThan(1.3 * update * Math.sqrt(trial.updates));
  });

  it('is off by what the binomial distribution says with random trains', () => {
    const { update } = measureTrains(randomTrains(1), RANDOM_FULL, trial);
    expect(Math.abs(update - random)).toBeLessThan(0.1);
  });

  it('does not drift where the values stay the same', () => {
    const { sum } = measureTrains(scheduledTrains(), SCHEDULED_FULL, { ...trial, lines: 16, values: 'same' });
    const single = measureTrains(scheduledTrains(), SCHEDULED_FULL, { ...trial, lines: 16, updates: 1 });
    expect(sum).toBeLessThan(3 * Math.max(single.update, 0.4));
  });
});
