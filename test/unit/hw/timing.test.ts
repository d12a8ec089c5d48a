/** The clocks that the goals name, on whole controllers; `npm run timing` prints them. */
import { describe, expect, it } from 'vitest';
import {
  holds,
  measureAbort,
  measureSegments,
  measureTicks,
  measureVerifyLoop,
  type ClockGoal,
} from '../../support/clock-goals.js';

const LONGEST_CLOCKS = 5000;

describe('a controller', { timeout: 120_000 }, () => {
  it.each<readonly [string, number, () => Promise<readonly ClockGoal[]>]>([
    ['hands over a segment a clock, and each lasts what it should', 4, () => measureSegments(LONGEST_CLOCKS)],
    ['needs S G + 5 clocks for a tick of spike timing', 6, measureTicks],
    ['needs 6 clocks beside the converter for a turn of write and verify', 2, measureVerifyLoop],
    ['is at REST two clocks after an abort', 1, measureAbort],
  ])('%s', async (_, count, measure) => {
    const goals = (await measure()).filter(({ goal }) => goal !== undefined);
    expect(goals).toHaveLength(count);
    expect(goals.filter((goal) => !holds(goal))).toEqual([]);
  });
});
