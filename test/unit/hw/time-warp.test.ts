/** Time warp: skipping clocks changes nothing but the cost, and the cost does not depend on the dwell. */
import { describe, expect, it } from 'vitest';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import type { PulseProgram } from '../../../src/ir/scheduled.js';
import { observable, openController, record, withoutWarp } from '../../support/controller-run.js';
import { dataSet, loop, pulseProgram, randomProgram, scheduledModule, segment } from '../../support/pulse-program.js';

/** One pulse per cell of an array, each followed by a rest. */
function serialWrite(rows: number, columns: number, parts: Partial<PulseProgram>): PulseProgram {
  const entries = Array.from({ length: rows * columns }, (_, cell) => ({
    row: Math.floor(cell / columns),
    column: cell % columns,
    negative: cell % 3 === 0,
    magnitude: 1 + (cell % 15),
    last: true,
  }));
  const pulse = segment({
    row: { kind: 'entry' },
    column: { kind: 'entry' },
    dwell: { kind: 'entry' },
    fires: true,
    rest: 'entry',
  });
  return pulseProgram({
    rows,
    columns,
    magnitudeBits: 4,
    operations: [loop(0, 'entries', pulse)],
    dataSets: [dataSet(entries)],
    ...parts,
  });
}

describe('a controller with and without time warp', () => {
  it.each([4, 5, 6])('does the same in random program %i', async (seed) => {
    const legal = encode(scheduledModule(randomProgram(5, 6, seed)));
    const warped = new ControllerHost(await openController(legal), legal);
    const plain = new ControllerHost(withoutWarp(await openController(legal)), legal);
    warped.start();
    plain.start();
    for (const index of legal.dataSets.keys()) {
      const skipped = record(warped, legal, index);
      const every = record(plain, legal, index);
      expect(every.events).toEqual(skipped.events);
      expect(every.summary).toEqual({ ...skipped.summary, evaluatedClocks: every.summary.evaluatedClocks });
      expect(every.summary.evaluatedClocks).toBeGreaterThanOrEqual(every.summary.clocks);
    }
    expect(plain.readRegister('time_lo')).toBe(warped.readRegister('time_lo'));
    expect(plain.clocks).toBe(warped.clocks);
  });

  it.each([
    ['10 ns', 0, 1],
    ['150 ms', 18, 10_000],
    ['hours', 40, 2 ** 41],
  ])(
    'evaluates at most 3.1 clocks for a pulse of the order of %s and its rest',
    async (_, tickExponent, restClocks) => {
      const legal = encode(scheduledModule(serialWrite(10, 10, { tickExponent, restClocks, clockHz: 1e8 })));
      const host = new ControllerHost(await openController(legal), legal);
      host.start();
      const { events, summary } = record(host, legal, 0);
      expect(events).toEqual([...interpretLegal(legal, legal.dataSets[0]!)].map(observable));
      expect(summary.evaluatedClocks / summary.pulses).toBeLessThanOrEqual(3.1);
    },
  );

  it('runs back to back segments of one clock without any clock between them', async () => {
    const hold = (counter: 0 | 1 | 2) =>
      segment({ row: { kind: 'counter', counter }, column: { kind: 'all' }, fires: true });
    const operations = [loop(0, 5, loop(1, 7, loop(2, 9, hold(2))), hold(0))];
    const legal = encode(scheduledModule(pulseProgram({ rows: 9, columns: 3, operations, dataSets: [dataSet([])] })));
    const host = new ControllerHost(await openController(legal), legal);
    host.start();
    const { events, summary } = record(host, legal, 0);
    expect(events).toHaveLength(5 * (7 * 9 + 1) + 1);
    expect(summary).toMatchObject({ clocks: events.length - 1, underruns: 0, pulses: events.length - 1 });
  });
});
