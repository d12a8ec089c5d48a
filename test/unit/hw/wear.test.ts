/** Counts of pulses per row: every pulse, a pulse a clock, against plain numbers. */
import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/ir/passes/encode.js';
import type { PulseOperation } from '../../../src/ir/scheduled.js';
import { runOnHardware } from '../../corpus/on-hardware.js';
import type { CorpusEntry } from '../../corpus/corpus-entry.js';
import { wornProgram } from '../../corpus/service.js';
import { openController } from '../../support/controller-run.js';
import { scheduledModule } from '../../support/pulse-program.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { wideNumbers } from '../../support/wide-numbers.js';

const ROWS = 6;
const COUNT_BITS = 5;
const MOST = 2 ** COUNT_BITS - 1;
const PORTS = {
  pulse_i: 1,
  single_i: 1,
  row_i: 3,
  limit_i: COUNT_BITS,
  ok_o: 1,
  reached_o: 1,
  common_o: COUNT_BITS,
  host_req_i: 1,
  host_we_i: 1,
  host_addr_i: 3,
  host_wdata_i: 32,
  host_rdata_o: 32,
  quiet_o: 1,
};

/** Clocks from a pulse to `ok_o`, and of wiping after reset. */
const SETTLE_CLOCKS = ROWS + 6;

async function openWear(limit = 0): Promise<Cell> {
  const cell = await openCell({
    cell: 'ion_wear',
    parameters: { Rows: ROWS, RowW: 3, CountW: COUNT_BITS },
    ports: PORTS,
  });
  cell.reset();
  cell.step({ limit_i: limit });
  expect(cell.ports.get('ok_o')).toBe(0);
  settle(cell);
  expect(cell.ports.get('ok_o')).toBe(1);
  return cell;
}

function settle(cell: Cell): void {
  for (let clock = 0; clock < SETTLE_CLOCKS; clock++) cell.step({ pulse_i: 0 });
  expect(cell.ports.get('quiet_o')).toBe(1);
}

function counts(cell: Cell): readonly number[] {
  return Array.from({ length: ROWS }, (_, row) => {
    cell.step({ host_req_i: 1, host_addr_i: row });
    cell.step({ host_req_i: 0 });
    return cell.ports.get('host_rdata_o');
  });
}

describe('wear', () => {
  it.each([1, 2, 3])('counts every pulse of every row, however close, and stays at the end (%i)', async (seed) => {
    const cell = await openWear();
    const random = randomNumbers(seed);
    const expected = Array.from({ length: ROWS }, () => 0);
    let common = 0;
    for (let clock = 0; clock < 150; clock++) {
      // Rows repeat at once, after a clock, and not at all
      const row = random(3) === 0 ? random(ROWS) : clock % 2;
      const [pulse, single] = [random(4) === 0 ? 0 : 1, random(6) === 0 ? 0 : 1];
      cell.step({ pulse_i: pulse, single_i: single, row_i: row });
      if (pulse === 1 && single === 1) expected[row] = Math.min(MOST, (expected[row] ?? 0) + 1);
      if (pulse === 1 && single === 0) common = Math.min(MOST, common + 1);
    }
    settle(cell);
    expect(counts(cell)).toEqual(expected);
    expect(Math.max(...expected)).toBe(MOST);
    expect(cell.ports.get('common_o')).toBe(common);
  });

  it.each([
    [10, 0],
    [6, 4],
    [0, 10],
  ])('ends at the limit after %i pulses on a row and %i on several', async (own, common) => {
    const cell = await openWear(10);
    const pulses = [...Array.from({ length: own }, () => 1), ...Array.from({ length: common }, () => 0)];
    let reached = 0;
    const step = (inputs: Readonly<Record<string, number>>): void => {
      cell.step(inputs);
      reached += cell.ports.get('reached_o');
    };
    for (const [index, single] of pulses.entries()) {
      expect([cell.ports.get('ok_o'), reached]).toEqual([1, 0]);
      step({ pulse_i: 1, single_i: single, row_i: 2 });
      step({ pulse_i: 0 });
      for (let clock = 0; clock < 5; clock++) step({});
      expect(cell.ports.get('ok_o')).toBe(Number(index < pulses.length - 1));
    }
    expect(reached).toBe(1);
    for (let clock = 0; clock < 5; clock++) step({});
    expect([cell.ports.get('ok_o'), reached]).toEqual([0, 1]);
  });

  it('goes on from counts that the host restores', async () => {
    const cell = await openWear(9);
    cell.step({ host_req_i: 1, host_we_i: 1, host_addr_i: 4, host_wdata_i: 8 });
    cell.step({ host_req_i: 0, host_we_i: 0 });
    settle(cell);
    expect(cell.ports.get('ok_o')).toBe(1);
    cell.step({ pulse_i: 1, single_i: 1, row_i: 4 });
    settle(cell);
    expect(cell.ports.get('ok_o')).toBe(0);
    expect(counts(cell)).toEqual([0, 0, 0, 0, 9, 0]);
  });
});

describe('wear of many rows', () => {
  const shape = { Rows: 70, RowW: 7, CountW: 24 };
  const most = 2 ** shape.CountW - 1;

  it('goes on from any count, and ends at any limit', async () => {
    const ports = { ...PORTS, row_i: shape.RowW, host_addr_i: shape.RowW };
    const cell = await openCell({
      cell: 'ion_wear',
      parameters: shape,
      ports: { ...ports, limit_i: shape.CountW, common_o: shape.CountW },
    });
    const random = randomNumbers(24);
    const wide = wideNumbers(random);
    for (let trial = 0; trial < 8; trial++) {
      cell.reset();
      for (let row = 0; row < shape.Rows + 2; row++) cell.step();
      const start = Array.from({ length: shape.Rows }, () => Number(wide(BigInt(most))));
      for (const [row, count] of start.entries())
        cell.step({ host_req_i: 1, host_we_i: 1, host_addr_i: row, host_wdata_i: count });
      cell.step({ host_req_i: 0, host_we_i: 0 });
      const pulses = Array.from({ length: shape.Rows }, () => random(3));
      for (const [row, count] of pulses.entries())
        for (let pulse = 0; pulse < count; pulse++) cell.step({ pulse_i: 1, single_i: 1, row_i: row });
      for (let clock = 0; clock < 9; clock++) cell.step({ pulse_i: 1, single_i: 0 });
      settle(cell);
      const expected = start.map((count, row) => Math.min(most, count + (pulses[row] ?? 0)));
      const found = expected.map((_, row) => {
        cell.step({ host_req_i: 1, host_addr_i: row });
        return cell.ports.get('host_rdata_o');
      });
      expect(found).toEqual(expected);
      expect(cell.ports.get('common_o')).toBe(9);
      cell.ports.set('host_req_i', 0);
      const worst = Math.max(...expected) + 9;
      for (const limit of [worst + 1, worst, worst - 1, 1 + Number(wide(BigInt(most - 1)))]) {
        if (limit > most) continue;
        for (let clock = 0; clock < 4; clock++) cell.step({ limit_i: limit });
        expect([limit, cell.ports.get('ok_o')]).toEqual([limit, Number(worst < limit)]);
      }
    }
  });
});

describe.each([0x00_7ff8, 0x7f_fff8, 0xff_fff8])('pulses on several rows, counted from %i on', (start) => {
  it('end at the limit with those of the most used row, and at the end of the count', async () => {
    const [countBits, most] = [24, 2 ** 24 - 1];
    const cell = await openCell({
      cell: 'ion_wear',
      parameters: { Rows: ROWS, RowW: 3, CountW: countBits, CommonStart: `24'd${String(start)}` },
      ports: { ...PORTS, limit_i: countBits, common_o: countBits },
    });
    cell.reset();
    settle(cell);
    const limit = Math.min(most, start + 12);
    cell.step({ limit_i: limit, pulse_i: 1, single_i: 1, row_i: 4 });
    settle(cell);
    for (let common = start; common < start + 20; common++) {
      expect(cell.ports.get('common_o')).toBe(Math.min(most, common));
      expect([common, cell.ports.get('ok_o')]).toEqual([common, Number(common + 1 < limit)]);
      cell.step({ pulse_i: 1, single_i: 0 });
      settle(cell);
    }
  });
});

/** `operations` without those that look at the wear. */
function heedless(operations: readonly PulseOperation[]): readonly PulseOperation[] {
  return operations
    .filter((operation) => !('condition' in operation) || operation.condition !== 'wear')
    .map((operation) => (operation.kind === 'loop' ? { ...operation, body: heedless(operation.body) } : operation));
}

describe('a row that has had its pulses', () => {
  async function runOf(entry: CorpusEntry) {
    const legal = encode(scheduledModule(entry.program));
    const [run] = runOnHardware(await openController(legal), legal, entry);
    return run!;
  }

  it('ends the run with the code of wear, all lines at rest', async () => {
    const entry = wornProgram(6);
    const operations = heedless(entry.program.operations);
    const run = await runOf({ ...entry, program: { ...entry.program, operations } });
    expect(run.summary).toMatchObject({ errorCode: 16, isStalled: false });
    expect(run.events.at(-1)).toMatchObject({ rows: [], columns: [], fires: false });
    const { rows, common } = run.remains.wear!;
    // Looked at a few clocks after the pulse, so that some more may have come
    expect(Math.max(...rows) + common).toBeGreaterThanOrEqual(6);
    expect(Math.max(...rows) + common).toBeLessThanOrEqual(8);
  });

  it('lets a program decide that looks at the wear', async () => {
    const run = await runOf(wornProgram(6));
    expect(run.summary).toMatchObject({ errorCode: 0, isStalled: false });
    const { rows, common } = run.remains.wear!;
    expect(Math.max(...rows) + common).toBeGreaterThanOrEqual(6);
  });
});
