/** Counting some data sets in the place of all: a first one that is like no other counts once. */
import { describe, expect, it } from 'vitest';
import { countDataSets, type DataSetCounts } from '../../../../src/networks/run/data-set-counts.js';
import { dataSet, drawFrom, loop, pulseProgram, segment } from '../../../support/pulse-program.js';

const draw = drawFrom(7);

function entries(count: number) {
  return Array.from({ length: count }, () => {
    return { row: draw(4), column: draw(4), negative: draw(2) === 1, magnitude: 1 + draw(15), last: true };
  });
}

const pulse = segment({
  row: { kind: 'entry' },
  column: { kind: 'entry' },
  polarity: 'entry',
  dwell: { kind: 'entry' },
  fires: true,
  rest: 'entry',
});

/** One data set of 5000 pulses, 400 of some four. */
const program = pulseProgram({
  ...{ rows: 4, columns: 4 },
  operations: [loop(0, 'entries', pulse)],
  dataSets: [dataSet(entries(5000)), ...Array.from({ length: 400 }, () => dataSet(entries(2 + draw(5))))],
});

function pulsesOf({ parts }: DataSetCounts): number {
  return parts.reduce((sum, { weight, counter }) => sum + weight * counter.pulses, 0);
}

describe('counts of data sets', () => {
  const whole = countDataSets(program);

  it('are exact where all are looked at', () => {
    expect(whole).toMatchObject({ seen: 401, all: 401 });
    const pulses = program.dataSets.reduce((sum, { entries: list }) => sum + list.length, 0);
    expect(pulsesOf(whole)).toBe(pulses);
  });

  it('are near where some are, however large the first one is', () => {
    const some = countDataSets(program, 400);
    expect(some.seen).toBeLessThan(100);
    expect(pulsesOf(some) / pulsesOf(whole)).toBeGreaterThan(0.95);
    expect(pulsesOf(some) / pulsesOf(whole)).toBeLessThan(1.05);
  });

  it('are those of one data set where there is one, and none where there is none', () => {
    const [first] = program.dataSets;
    expect(pulsesOf(countDataSets({ ...program, dataSets: [first!] }, 1))).toBe(5000);
    expect(pulsesOf(countDataSets({ ...program, dataSets: [] }))).toBe(0);
  });
});
