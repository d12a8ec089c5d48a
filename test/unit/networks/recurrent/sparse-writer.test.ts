/** Which rows a step writes, how wide and in which order, and what it leaves out. */
import { describe, expect, it } from 'vitest';
import { SparseWriter } from '../../../../src/networks/programs/sparse-writer.js';

/** Steps go with the width: one for ten ticks. */
const PULSES = [10, 20, 40, 100].map((ticks) => ({ ticks, step: ticks / 10 }));

function writerOf(clocks: number): SparseWriter {
  return new SparseWriter({ rows: 3, columns: 2, pulses: PULSES, clocks, restClocks: 5 });
}

describe('a sparse writer', () => {
  it('takes the nearest widths, and more pulses for what is beyond one', () => {
    const writer = writerOf(1000);
    const rounds = writer.plan((wanted) => wanted.set([0.2, 1.9, 0, 0, 12, 3.9]));
    expect(rounds).toEqual([
      [0, 20, 0, 0, 100, 40],
      [0, 0, 0, 0, 20, 0],
    ]);
    expect([writer.mostRows, writer.leftOut]).toEqual([2, 0]);
  });

  it('writes the rows of the largest changes where there is time for some', () => {
    // The third row takes 45 clocks, the first one 25, the second one 45
    const writer = writerOf(70);
    const rounds = writer.plan((wanted) => wanted.set([2, 1, 3.8, 0, 4, 4]));
    expect(rounds).toEqual([[20, 10, 0, 0, 40, 40]]);
    expect(writer.leftOut).toBeCloseTo(3.8, 12);
    expect(writer.asked).toBeCloseTo(14.8, 12);
  });

  it('does not write a row that takes longer than the step has', () => {
    const writer = writerOf(150);
    expect(writer.plan((wanted) => wanted.set([1000, 0, 1, 0, 0, 0]))).toEqual([[0, 0, 10, 0, 0, 0]]);
    expect(writer.leftOut).toBe(1000);
  });

  it('writes nothing where nothing changes', () => {
    expect(writerOf(100).plan(() => undefined)).toEqual([]);
  });
});
