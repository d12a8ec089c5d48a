/** Updates that become a work list: rounding against its model, entries against the list, and the mean of many. */
import { describe, expect, it } from 'vitest';
import { PulseRounding } from '../../../src/ir/pulse-rounding.js';
import { openCell } from '../../support/cell-session.js';
import { uniform } from '../../support/random-crossbar.js';

const DRAWS = 100_000;
const random = uniform(3);
const below = (count: number): number => Math.floor(random() * count);

describe('stochastic rounding', () => {
  it.each([4, 8, 12])('is unbiased with %i fraction bits, whatever the fraction', (fractionBits) => {
    const full = 2 ** fractionBits;
    const fractions = [1, full / 4, full / 2, full - 1, Math.floor(full / 3), 3 * full + Math.floor((5 * full) / 7)];
    for (const [index, size] of fractions.entries()) {
      const rounding = new PulseRounding({ fractionBits, grainBits: 0, isWhole: true }, 17 + index);
      let total = 0;
      for (let draw = 0; draw < DRAWS; draw++) total += rounding.round(size);
      expect(Math.abs(total / DRAWS - size) / full, String(size)).toBeLessThan(1e-3);
    }
  });

  it('leaves no cell with a bias where the number of cells is that of the strata', () => {
    const rounding = new PulseRounding({ fractionBits: 8, grainBits: 0, isWhole: true }, 99);
    const turns = 20_000;
    const ups = new Array<number>(16).fill(0);
    for (let turn = 0; turn < turns; turn++)
      for (let place = 0; place < 16; place++) ups[place] = (ups[place] ?? 0) + rounding.round(100) / 256;
    for (const up of ups) expect(Math.abs(up / turns - 100 / 256)).toBeLessThan(0.015);
  });

  it('strays less than independent draws: sums of sixteen', () => {
    const rounding = new PulseRounding({ fractionBits: 8, grainBits: 0, isWhole: true }, 5);
    let square = 0;
    const turns = 4000;
    for (let turn = 0; turn < turns; turn++) {
      let sum = 0;
      for (let place = 0; place < 16; place++) sum += rounding.round(100) / 256;
      square += (sum - (16 * 100) / 256) ** 2;
    }
    // Coins of this bias: 16 p (1 - p) = 3.81
    expect(square / turns).toBeLessThan(0.3);
  });

  it.each([
    { fractionBits: 8, grainBits: 0, isWhole: true },
    { fractionBits: 8, grainBits: 3, isWhole: false },
    { fractionBits: 8, grainBits: 3, isWhole: true },
    { fractionBits: 12, grainBits: 0, isWhole: true },
    { fractionBits: 4, grainBits: 2, isWhole: false },
  ])('is the same in hardware: %o', async (rule) => {
    const cell = await openCell({
      cell: 'ion_stochastic_round',
      parameters: { ValueW: 16, FracW: rule.fractionBits, Grain: rule.grainBits },
      ports: {
        value_i: 16,
        negative_o: 1,
        size_o: 16,
        size_i: 16,
        whole_i: 1,
        rounded_o: 16,
        draw_i: 1,
        seed_we_i: 1,
        seed_i: 32,
        seed_o: 32,
      },
    });
    cell.reset();
    for (const seed of [0, 0xdead_beef]) {
      const model = new PulseRounding(rule, seed);
      cell.step({ seed_we_i: 1, seed_i: seed, draw_i: 0 });
      cell.ports.set('seed_we_i', 0);
      for (let draw = 0; draw < 500; draw++) {
        const value = draw === 0 ? -32768 : below(65536) - 32768;
        cell.step({ value_i: value & 0xffff, size_i: Math.abs(value), whole_i: Number(rule.isWhole), draw_i: 0 });
        expect([cell.ports.get('negative_o'), cell.ports.get('size_o')]).toEqual([Number(value < 0), Math.abs(value)]);
        expect(cell.ports.get('seed_o')).toBe(model.state);
        expect(cell.ports.get('rounded_o')).toBe(model.round(Math.abs(value)));
        cell.step({ draw_i: 1 });
      }
    }
  });
});

const SMALL = { rowBits: 2, columnBits: 3, entryBits: 5, magnitudeBits: 6, valueBits: 10, fractionBits: 4 };
const LARGE = { rowBits: 7, columnBits: 3, entryBits: 10, magnitudeBits: 9, valueBits: 16, fractionBits: 8 };

describe.each([
  { rows: 3, columns: 5, isWhole: false, grainBits: 0, ...SMALL },
  { rows: 3, columns: 5, isWhole: true, grainBits: 0, ...SMALL },
  { rows: 4, columns: 2, isWhole: false, grainBits: 2, ...SMALL },
  { rows: 1, columns: 1, isWhole: false, grainBits: 0, ...SMALL },
  { rows: 100, columns: 6, isWhole: false, grainBits: 0, ...LARGE },
])('the work list of $rows x $columns updates, whole $isWhole, grains of 2^$grainBits', (shape) => {
  const { rows, columns, isWhole, grainBits } = shape;
  const { rowBits, columnBits, entryBits, magnitudeBits, valueBits, fractionBits } = shape;

  it('has the pulses of its model, and stops where it is full', async () => {
    const cell = await openCell({
      cell: 'ion_update_list',
      parameters: {
        Rows: rows,
        Columns: columns,
        RowW: rowBits,
        ColumnW: columnBits,
        EntryColW: 4,
        MagnitudeW: magnitudeBits,
        EntryW: entryBits,
        ValueW: valueBits,
        FracW: fractionBits,
        Grain: grainBits,
      },
      ports: {
        start_i: 1,
        abort_i: 1,
        whole_i: 1,
        busy_o: 1,
        entries_o: entryBits + 1,
        overflow_o: 1,
        seed_we_i: 1,
        seed_i: 32,
        seed_o: 32,
        work_we_o: 1,
        work_addr_o: entryBits,
        work_data_o: 4 + rowBits + magnitudeBits + 2,
        host_req_i: 1,
        host_we_i: 1,
        host_addr_i: rowBits + columnBits,
        host_wdata_i: 32,
        host_rdata_o: 32,
      },
    });
    cell.reset();
    let model = new PulseRounding({ fractionBits, grainBits, isWhole }, 1);
    const overflows: boolean[] = [];
    for (let turn = 0; turn < 24; turn++) {
      const full = 2 ** fractionBits;
      const width = [1.25 * full, 2.5 * full, 12.5 * full, 2 ** (valueBits - 1)][turn % 4]!;
      if (turn % 5 === 1) {
        const seed = below(2 ** 32);
        model = new PulseRounding({ fractionBits, grainBits, isWhole }, seed);
        cell.step({ seed_we_i: 1, seed_i: seed });
        cell.ports.set('seed_we_i', 0);
      }
      const updates = Array.from({ length: rows * columns }, () => (random() < 0.2 ? 0 : below(2 * width) - width));
      for (const [at, update] of updates.entries()) {
        const address = (Math.floor(at / columns) << columnBits) + (at % columns);
        cell.step({ host_req_i: 1, host_we_i: 1, host_addr_i: address, host_wdata_i: update >>> 0 });
        cell.step({ host_we_i: 0 });
        expect(cell.ports.get('host_rdata_o') | 0).toBe(update);
      }
      cell.step({ host_req_i: 0, start_i: 1, whole_i: Number(isWhole) });
      cell.ports.set('start_i', 0);
      const written: number[] = [];
      while (cell.ports.get('busy_o') === 1) {
        if (cell.ports.get('work_we_o') === 1) {
          expect(cell.ports.get('work_addr_o')).toBe(written.length);
          written.push(cell.ports.get('work_data_o'));
        }
        cell.step();
      }
      const expected: number[] = [];
      for (const [at, update] of updates.entries()) {
        const entries = model.entries(Math.floor(at / columns), at % columns, update);
        for (const { row, column, magnitude, negative } of entries)
          expected.push(
            column + 2 ** 4 * (row + 2 ** rowBits * (magnitude + 2 ** magnitudeBits * (Number(negative) + 2))),
          );
        if (expected.length > 2 ** entryBits) break;
      }
      const isFull = expected.length > 2 ** entryBits;
      overflows.push(isFull);
      expect(written).toEqual(expected.slice(0, 2 ** entryBits));
      expect(cell.ports.get('entries_o')).toBe(written.length);
      expect(cell.ports.get('overflow_o')).toBe(Number(isFull));
      expect(cell.ports.get('seed_o')).toBe(model.state);
    }
    expect(new Set(overflows).size).toBe(rows * columns > 1 && !(isWhole && rows * columns < 8) ? 2 : 1);
  });

  it('is given up on an abort', async () => {
    const cell = await openCell({
      cell: 'ion_update_list',
      parameters: { Rows: rows, Columns: columns, RowW: rowBits, ColumnW: columnBits },
      ports: {
        start_i: 1,
        abort_i: 1,
        busy_o: 1,
        work_we_o: 1,
        host_req_i: 1,
        host_we_i: 1,
        host_addr_i: rowBits + columnBits,
        host_wdata_i: 32,
      },
    });
    cell.reset();
    cell.step({ host_req_i: 1, host_we_i: 1, host_wdata_i: 5000 });
    cell.step({ host_req_i: 0, start_i: 1 });
    for (let clock = 0; clock < 8; clock++) cell.step({ start_i: 0 });
    expect([cell.ports.get('busy_o'), cell.ports.get('work_we_o')]).toEqual([1, 1]);
    cell.step({ abort_i: 1 });
    expect([cell.ports.get('busy_o'), cell.ports.get('work_we_o')]).toEqual([0, 0]);
  });
});
