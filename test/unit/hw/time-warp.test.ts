/** Time warp: skipping clocks changes nothing but the cost, and the cost does not depend on the dwell. */
import { describe, expect, it } from 'vitest';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import type { DataSet, PulseProgram } from '../../../src/ir/scheduled.js';
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

/** A pulse of `clocks` for every cell of a 10 x 10 array, where a tick is one clock. */
function onePulseEach(clocks: number): DataSet {
  return dataSet(
    Array.from({ length: 100 }, (_, cell) => ({
      row: Math.floor(cell / 10),
      column: cell % 10,
      negative: false,
      magnitude: clocks,
      last: true,
    })),
  );
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

  it('costs no more evaluated clocks for 150 ms than for 10 ns, and at most 3.1 a pulse', async () => {
    const pulses = { clockHz: 1e8, restClocks: 100_000, magnitudeBits: 24 };
    const legal = encode(
      scheduledModule(serialWrite(10, 10, { ...pulses, dataSets: [onePulseEach(1), onePulseEach(15e6)] })),
    );
    const host = new ControllerHost(await openController(legal), legal);
    host.start();
    const [short, long] = [0, 1].map((index) => {
      const { events, summary } = record(host, legal, index);
      expect(events).toEqual([...interpretLegal(legal, legal.dataSets[index]!)].map(observable));
      return summary;
    });
    expect(short).toMatchObject({ pulses: 100, clocks: 100 * (1 + pulses.restClocks) });
    expect(long).toMatchObject({ pulses: 100, clocks: 100 * (15e6 + pulses.restClocks) });
    expect(long!.evaluatedClocks).toBeLessThanOrEqual(short!.evaluatedClocks);
    expect(long!.evaluatedClocks / long!.pulses).toBeLessThanOrEqual(3.1);
  });

  it('counts pulses and rests of hours exactly, at the same cost', async () => {
    const legal = encode(scheduledModule(serialWrite(10, 10, { tickExponent: 40, restClocks: 2 ** 41 })));
    const host = new ControllerHost(await openController(legal), legal);
    host.start();
    const { events, summary } = record(host, legal, 0);
    expect(events).toEqual([...interpretLegal(legal, legal.dataSets[0]!)].map(observable));
    expect(summary.evaluatedClocks / summary.pulses).toBeLessThanOrEqual(3.1);
  });

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
