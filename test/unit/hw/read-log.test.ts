/** What counts as read by a test: only that can fail it, so only that shows a mutant. */
import { describe, expect, it } from 'vitest';
import { ReadLog } from '../../support/read-log.js';

/** Words 2 to 5 of eight are watched, as bits 0 to 3. */
function open(): ReadLog {
  return new ReadLog(Uint32Array.of(10, 11, 12, 13, 14, 15, 16, 17), [2, 3, 4, 5]);
}

describe('the log of reads', () => {
  it('tells, row by row, which watched words were read', () => {
    const log = open();
    expect(log.io[2]).toBe(12);
    log.beginRow();
    expect([log.io[0], log.io[3], log.io[5]]).toEqual([10, 13, 15]);
    log.beginRow();
    log.beginRow();
    expect(log.io[4]).toBe(14);
    log.close();
    expect(log.io[2]).toBe(12);
    expect([...log.words]).toEqual([0b1010, 0, 0b0100]);
  });

  it('takes no write for a read, and a part or the whole for what it holds', () => {
    const log = open();
    log.beginRow();
    log.io[2] = 1;
    log.io.set([7, 8], 2);
    log.io.fill(9, 4, 5);
    log.beginRow();
    expect([...log.io.subarray(2, 4)]).toEqual([7, 8]);
    log.beginRow();
    expect([...log.io]).toEqual([10, 11, 7, 8, 9, 15, 16, 17]);
    expect([...log.words]).toEqual([0, 0b0011, 0b1111]);
  });

  it('grows', () => {
    const log = open();
    for (let row = 0; row < 3000; row++) {
      log.beginRow();
      if (row % 1000 === 0) expect(log.io[2]).toBe(12);
    }
    expect([...log.words].flatMap((bits, row) => (bits === 0 ? [] : [[row, bits]]))).toEqual([
      [0, 1],
      [1000, 1],
      [2000, 1],
    ]);
  });
});
