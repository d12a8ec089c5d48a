/** What becomes of converter codes: results, sums, marks and transfers, against their models. */
import { describe, expect, it } from 'vitest';
import { Accumulator, type AccumulateMode } from '../../../src/ir/accumulator.js';
import { Marks, type Mark } from '../../../src/ir/marks.js';
import { SAMPLE_CODE, SAMPLE_NEGATE } from '../../../src/ir/microcode.js';
import { TransferSums } from '../../../src/ir/transfer-marks.js';
import { comparisonAnswer, comparisonMark, verifyMark } from '../../../src/ir/verify-marks.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { uniform } from '../../support/random-crossbar.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

const random = uniform(5);
const below = (count: number): number => Math.floor(random() * count);
const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const signed = (word: number): number => word | 0;
const markOf = (up: number, down: number, at: number): Mark => {
  const [isUp, isDown] = [(up >> at) & 1, (down >> at) & 1];
  if (isUp && isDown) throw new Error('marked both ways');
  if (isUp) return 'up';
  return isDown ? 'down' : 'none';
};

/** The fewest clocks from one step of a scan to the next, and from its start to the first. */
const MIN_STEP = 3;

/** Clocks in which nothing arrives: what stands on the data pins then is not looked at. */
function idle(cell: Cell, clocks: number): void {
  for (let clock = 0; clock < clocks; clock++) cell.step({ start_i: 0, we_i: 0 });
}

/** Reads of a memory that show all of it, or enough. */
const MOST_READS = 128;

describe.each([
  { converters: 3, bits: 8, depth: 8, selectBits: 2 },
  { converters: 1, bits: 12, depth: 4, selectBits: 0 },
  { converters: 8, bits: 32, depth: 16, selectBits: 3 },
  { converters: 4, bits: 32, depth: 512, selectBits: 2 },
])('the result memory of $converters codes of $bits bits, $depth steps', ({ converters, bits, depth, selectBits }) => {
  it('tells codes that are not there from all that are', async () => {
    const cell = await openCell({
      cell: 'ion_result_memory',
      parameters: { Converters: converters, Bits: bits, Depth: depth, SelBits: selectBits },
      ports: {
        clear_i: 1,
        we_i: 1,
        data_i: converters * bits,
        overflow_o: 1,
        host_re_i: 1,
        host_addr_i: Math.log2(depth) + selectBits,
        host_rdata_o: 32,
        host_error_o: 1,
      },
    });
    cell.reset();
    const stored: (readonly number[])[] = [];
    const random = randomNumbers(depth);
    const wide = wideNumbers(random);
    const addresses = depth * 2 ** selectBits;
    const check = (): void => {
      // All of a small memory, and of a large one what a few addresses hold
      for (let at = 0; at < Math.min(addresses, MOST_READS); at++) {
        const address = addresses <= MOST_READS ? at : Number(wide(BigInt(addresses - 1)));
        cell.step({ host_re_i: 1, host_addr_i: address });
        const code = stored[address >> selectBits]?.[address % 2 ** selectBits];
        expect(cell.ports.get('host_error_o'), String(address)).toBe(Number(code === undefined));
        if (code !== undefined) expect(cell.ports.get('host_rdata_o')).toBe(code);
      }
      cell.ports.set('host_re_i', 0);
    };
    for (let step = 0; step < depth; step++) {
      check();
      const codes = many(converters, () => Number(wide(mostOf(bits))));
      cell.ports.setFields('data_i', codes, bits);
      expect(cell.ports.get('overflow_o')).toBe(0);
      cell.step({ we_i: 1 });
      cell.ports.set('we_i', 0);
      stored.push(codes);
    }
    check();
    // One more does not fit, and does no harm
    cell.ports.setFields(
      'data_i',
      many(converters, () => 1),
      bits,
    );
    cell.step({ we_i: 1 });
    expect(cell.ports.get('overflow_o')).toBe(1);
    cell.ports.set('we_i', 0);
    check();
    cell.step({ clear_i: 1 });
    cell.ports.set('clear_i', 0);
    stored.length = 0;
    check();
  });
});

describe.each([
  { converters: 4, shares: 3, tiles: 1, bits: 6, resultBits: 12 },
  { converters: 1, shares: 1, tiles: 1, bits: 6, resultBits: 32 },
  { converters: 3, shares: 5, tiles: 3, bits: 6, resultBits: 11 },
  { converters: 3, shares: 2, tiles: 1, bits: 12, resultBits: 16 },
])('the accumulators of $converters x $shares, $tiles tiles, codes of $bits bits, sums of $resultBits', (shape) => {
  const { converters, shares, tiles, bits, resultBits } = shape;
  const muxBits = Math.max(1, Math.ceil(Math.log2(shares)));
  const selectBits = Math.ceil(Math.log2(converters));
  const codeBits = bits + Math.ceil(Math.log2(tiles));

  async function open(): Promise<Cell> {
    const parameters = { Converters: converters, Shares: shares, Bits: bits, MuxW: muxBits, Tiles: tiles };
    const cell = await openCell({
      cell: 'ion_accumulate',
      parameters: { ...parameters, ResultW: resultBits, SelBits: selectBits },
      ports: {
        start_i: 1,
        we_i: 1,
        step_i: muxBits,
        mode_i: 4,
        data_i: tiles * converters * bits,
        offset_i: codeBits,
        clear_i: 1,
        flag_clear_i: 1,
        saturated_o: 1,
        quiet_o: 1,
        host_req_i: 1,
        host_addr_i: muxBits + selectBits,
        host_rdata_o: 32,
        host_error_o: 1,
      },
    });
    cell.reset();
    return cell;
  }

  function scan(cell: Cell, model: Accumulator, mode: AccumulateMode | 'store', negate: boolean): void {
    cell.step({ start_i: 1, step_i: 0, mode_i: SAMPLE_CODE[mode] + (negate ? SAMPLE_NEGATE : 0) });
    for (let step = 0; step < shares; step++) {
      cell.ports.set('step_i', step);
      idle(cell, MIN_STEP - 1 + below(2));
      const codes = many(tiles, () => many(converters, () => below(2 ** bits)));
      cell.ports.setFields('data_i', codes.flat(), bits);
      cell.step({ we_i: 1, start_i: 0 });
      cell.ports.setFields(
        'data_i',
        many(tiles * converters, () => below(2 ** bits)),
        bits,
      );
      cell.ports.set('we_i', 0);
      const sums = many(converters, (at) => codes.reduce((sum, tile) => sum + (tile[at] ?? 0), 0));
      if (mode !== 'store') model.take(step, { mode, negate }, sums);
    }
  }

  function check(cell: Cell, model: Accumulator): void {
    idle(cell, 1);
    for (let address = 0; address < 2 ** (muxBits + selectBits); address++) {
      cell.step({ host_req_i: 1, host_addr_i: address });
      const [step, converter] = [address >> selectBits, address % 2 ** selectBits];
      const isThere = step < shares && converter < converters;
      expect(cell.ports.get('host_error_o')).toBe(Number(!isThere));
      if (isThere) expect(signed(cell.ports.get('host_rdata_o'))).toBe(model.sum(step, converter));
    }
    cell.ports.set('host_req_i', 0);
    expect(cell.ports.get('saturated_o')).toBe(Number(model.isSaturated));
  }

  it('follow their model through random scans, with saturation', async () => {
    const cell = await open();
    const offset = below(2 ** codeBits);
    cell.ports.set('offset_i', offset);
    const model = new Accumulator({ converters, shares, resultBits, offset });
    expect(cell.ports.get('quiet_o')).toBe(0);
    idle(cell, shares);
    expect(cell.ports.get('quiet_o')).toBe(1);
    check(cell, model);
    const modes = ['first', 'double', 'add', 'add', 'double', 'store'] as const;
    let saturations = 0;
    for (let turn = 0; turn < 120; turn++) {
      // Towards either end by turns
      scan(cell, model, modes[below(modes.length)] ?? 'add', random() < (turn % 40 < 20 ? 0.1 : 0.9));
      check(cell, model);
      if (model.isSaturated && random() < 0.3) {
        saturations += 1;
        idle(cell, 1);
        cell.step({ flag_clear_i: 1 });
        cell.ports.set('flag_clear_i', 0);
        model.clearFlag();
      }
    }
    if (resultBits < 16) expect(saturations).toBeGreaterThan(0);
  });

  it('are cleared by a command, the scan after it not', async () => {
    const cell = await open();
    const model = new Accumulator({ converters, shares, resultBits, offset: 0 });
    idle(cell, shares + 1);
    scan(cell, model, 'first', false);
    // The earliest scan after a command starts five clocks later
    cell.step({ clear_i: 1 });
    cell.ports.set('clear_i', 0);
    model.clear();
    idle(cell, 4);
    scan(cell, model, 'add', true);
    idle(cell, shares);
    expect(cell.ports.get('quiet_o')).toBe(1);
    check(cell, model);
  });
});

describe.each([
  { converters: 4, shares: 3, rows: 4, bits: 5 },
  { converters: 3, shares: 2, rows: 70, bits: 12 },
  { converters: 1, shares: 1, rows: 2, bits: 5 },
  { converters: 1, shares: 2, rows: 5, bits: 28 },
])(
  'verification by $converters converters of $shares columns, codes of $bits bits',
  ({ converters, shares, rows, bits }) => {
    const codes = 2 ** bits;
    const muxBits = Math.max(1, Math.ceil(Math.log2(shares)));
    const stepBits = Math.ceil(Math.log2(shares));
    const selectBits = Math.ceil(Math.log2(converters));
    const rowBits = Math.ceil(Math.log2(rows));

    it.each([false, true])('marks as its model does; by comparison %s', async (compares) => {
      const cell = await openCell({
        cell: 'ion_verify',
        parameters: {
          Converters: converters,
          Shares: shares,
          Bits: bits,
          MuxW: muxBits,
          RowW: rowBits,
          SelBits: selectBits,
        },
        ports: {
          start_i: 1,
          we_i: 1,
          step_i: muxBits,
          row_i: rowBits,
          data_i: bits * converters,
          compare_i: 1,
          answer_i: 2 * converters,
          tolerance_i: bits,
          show_i: 1,
          threshold_o: bits * converters,
          up_o: converters,
          down_o: converters,
          host_req_i: 1,
          host_we_i: 1,
          host_addr_i: rowBits + stepBits + selectBits,
          host_wdata_i: 32,
          host_rdata_o: 32,
          host_error_o: 1,
        },
      });
      cell.reset();
      const targets = new Map<number, number | undefined>();
      const addressOf = (row: number, step: number, at: number): number =>
        (((row << stepBits) + step) << selectBits) + at;
      const everyCell = many(rows, (row) =>
        many(shares, (step) => many(converters, (at) => addressOf(row, step, at))),
      ).flat(2);
      for (const address of everyCell) {
        const target = address > 0 && random() < 0.2 ? undefined : below(codes);
        targets.set(address, target);
        cell.step({
          host_req_i: 1,
          host_we_i: 1,
          host_addr_i: address,
          host_wdata_i: target === undefined ? below(codes) : codes + target,
        });
      }
      cell.ports.set('host_we_i', 0);
      for (const address of everyCell) {
        cell.step({ host_addr_i: address });
        const target = targets.get(address);
        expect(cell.ports.get('host_rdata_o') >= codes).toBe(target !== undefined);
        if (target !== undefined) expect(cell.ports.get('host_rdata_o')).toBe(codes + target);
        expect(cell.ports.get('host_error_o')).toBe(0);
      }
      cell.step({ host_req_i: 0, compare_i: Number(compares) });
      const found = new Set<Mark>();
      for (let turn = 0; turn < 80; turn++) {
        const row = below(rows);
        const tolerance = turn % 4 === 0 ? below(codes) : below(4);
        const isShown = turn % 3 > 0;
        cell.step({ start_i: 1, row_i: row, step_i: 0, tolerance_i: tolerance, show_i: Number(isShown) });
        for (let step = 0; step < shares; step++) {
          const wanted = many(converters, (at) => targets.get(addressOf(row, step, at)));
          // From the first settling clock on: the threshold stands before the strobe
          const thresholds = cell.ports.get('threshold_o');
          if (!isShown) expect(thresholds).toBe(0);
          for (const [at, target] of wanted.entries())
            if (isShown && target !== undefined) expect(Math.floor(thresholds / codes ** at) % codes).toBe(target);
          cell.ports.set('step_i', step);
          idle(cell, MIN_STEP - 1);
          const read = wanted.map((target) => Math.max(0, Math.min(codes - 1, (target ?? 9) + below(9) - 4)));
          const answers = read.map((code, at) => comparisonAnswer(code, wanted[at] ?? 0, tolerance));
          // Where one of the two counts, the other is noise
          cell.ports.setFields('data_i', compares ? read.map(() => below(codes)) : read, bits);
          cell.ports.setFields('answer_i', compares ? answers : read.map(() => below(3)), 2);
          cell.ports.set('we_i', 0);
          const marks = settled(cell, { we_i: 1 }, () => {
            const [up, down] = [cell.ports.get('up_o'), cell.ports.get('down_o')];
            return many(converters, (at) => markOf(up, down, at));
          });
          const expected = read.map((code, at) =>
            compares
              ? comparisonMark(answers[at] ?? 0, wanted[at] !== undefined)
              : verifyMark(code, wanted[at], tolerance),
          );
          expect(marks).toEqual(expected);
          for (const mark of expected) found.add(mark);
        }
      }
      expect([...found].sort()).toEqual(['down', 'none', 'up']);
    });
  },
);

/** Reads outputs that follow the inputs at once, then takes the clock with `inputs`. */
function settled<T>(cell: Cell, inputs: Readonly<Record<string, number>>, read: () => T): T {
  // A clock in which nothing is stored lets the data of the pins through
  cell.step({ start_i: 0, we_i: 0 });
  const value = read();
  cell.step(inputs);
  cell.ports.set('we_i', 0);
  return value;
}

describe.each([
  { converters: 4, shares: 3, columns: 11 },
  { converters: 3, shares: 1, columns: 3 },
  { converters: 1, shares: 8, columns: 8 },
])('marks of $columns columns', ({ converters, shares, columns }) => {
  it('stand in the clock after the last step', async () => {
    const cell = await openCell({
      cell: 'ion_marks',
      parameters: { Converters: converters, Shares: shares, Columns: columns },
      ports: { start_i: 1, we_i: 1, up_i: converters, down_i: converters, up_o: columns, down_o: columns, empty_o: 1 },
    });
    cell.reset();
    const model = new Marks(shares, columns);
    expect(cell.ports.get('empty_o')).toBe(1);
    for (let turn = 0; turn < 60; turn++) {
      const density = turn % 5 === 0 ? 0 : 0.6 / (1 + (turn % 7));
      cell.step({ start_i: 1, we_i: 0 });
      model.start();
      for (let step = 0; step < shares; step++) {
        idle(cell, below(3));
        const marks = many(converters, (at): Mark => {
          if (random() >= density || at * shares + step >= columns) return 'none';
          return random() < 0.5 ? 'up' : 'down';
        });
        cell.ports.setFields(
          'up_i',
          marks.map((mark) => Number(mark === 'up')),
          1,
        );
        cell.ports.setFields(
          'down_i',
          marks.map((mark) => Number(mark === 'down')),
          1,
        );
        cell.step({ start_i: 0, we_i: 1 });
        model.take(step, marks);
      }
      expect(cell.ports.lines('up_o')).toEqual(model.columns('up'));
      expect(cell.ports.lines('down_o')).toEqual(model.columns('down'));
      expect(cell.ports.get('empty_o')).toBe(Number(model.isEmpty));
    }
  });
});

describe.each([
  { converters: 2, shares: 3, rows: 4, threshold: 40, bits: 6, sumBits: 9 },
  { converters: 1, shares: 1, rows: 2, threshold: 1, bits: 6, sumBits: 9 },
  { converters: 2, shares: 2, rows: 2, threshold: 10, bits: 6, sumBits: 9 },
  { converters: 3, shares: 2, rows: 2, threshold: 0, bits: 6, sumBits: 9 },
  { converters: 3, shares: 2, rows: 2, threshold: 100, bits: 12, sumBits: 16 },
])('transfer by $converters converters of $shares columns, threshold $threshold', (shape) => {
  const { converters, shares, rows, threshold, bits, sumBits } = shape;
  const muxBits = Math.max(1, Math.ceil(Math.log2(shares)));
  const stepBits = Math.ceil(Math.log2(shares));
  const selectBits = Math.ceil(Math.log2(converters));
  const rowBits = Math.ceil(Math.log2(rows));

  it('follows its model, clock by clock at the fastest pace', async () => {
    const cell = await openCell({
      cell: 'ion_transfer',
      parameters: {
        Converters: converters,
        Shares: shares,
        Bits: bits,
        MuxW: muxBits,
        RowW: rowBits,
        SumW: sumBits,
        SelBits: selectBits,
      },
      ports: {
        start_i: 1,
        we_i: 1,
        marks_i: 1,
        negate_i: 1,
        step_i: muxBits,
        row_i: rowBits,
        data_i: bits * converters,
        zero_i: bits,
        threshold_i: sumBits - 1,
        chop_i: 1,
        up_o: converters,
        down_o: converters,
        flag_clear_i: 1,
        saturated_o: 1,
        host_req_i: 1,
        host_we_i: 1,
        host_addr_i: rowBits + stepBits + selectBits,
        host_wdata_i: 32,
        host_rdata_o: 32,
        host_error_o: 1,
      },
    });
    cell.reset();
    const zero = 10 * 2 ** (bits - 6);
    // Not all of the way to the ends
    const span = 25 * 2 ** (sumBits - 6);
    let model = new TransferSums({ sumBits, zero, threshold });
    let hasSaturated = false;
    const addressOf = (row: number, step: number, at: number): number =>
      (((row << stepBits) + step) << selectBits) + at;
    const everyCell = many(rows, (row) =>
      many(shares, (step) => many(converters, (at) => addressOf(row, step, at))),
    ).flat(2);
    const check = (): void => {
      idle(cell, 2);
      for (const address of everyCell) {
        cell.step({ host_req_i: 1, host_addr_i: address });
        expect(signed(cell.ports.get('host_rdata_o'))).toBe(model.sum(address));
      }
      cell.ports.set('host_req_i', 0);
      expect(cell.ports.get('saturated_o')).toBe(Number(model.isSaturated));
      hasSaturated ||= model.isSaturated;
      // The flag is cleared, the sums stay
      cell.step({ flag_clear_i: 1 });
      cell.ports.set('flag_clear_i', 0);
      const cleared = new TransferSums({ sumBits, zero, threshold });
      for (const address of everyCell) cleared.write(address, model.sum(address));
      model = cleared;
    };
    for (const address of everyCell) {
      const sum = below(2 * span + 1) - span;
      model.write(address, sum);
      cell.step({ host_req_i: 1, host_we_i: 1, host_addr_i: address, host_wdata_i: sum >>> 0 });
    }
    cell.step({ host_req_i: 0, host_we_i: 0, zero_i: zero, threshold_i: threshold });
    check();
    const found = new Set<Mark>();
    for (let turn = 0; turn < 150; turn++) {
      // Mostly one way, so that sums reach their ends
      const [row, negate, chop] = [below(rows), Number(random() < 0.1), Math.floor(turn / 60) % 2];
      const isTransfer = random() < 0.8;
      cell.step({ start_i: 1, row_i: row, step_i: 0, negate_i: negate, chop_i: chop, marks_i: Number(isTransfer) });
      for (let step = 0; step < shares; step++) {
        cell.ports.set('step_i', step);
        const codes = many(converters, () => below(2 ** bits));
        cell.ports.setFields('data_i', codes, bits);
        idle(cell, MIN_STEP - 1);
        const [up, down] = [cell.ports.get('up_o'), cell.ports.get('down_o')];
        cell.step({ we_i: 1 });
        cell.ports.set('we_i', 0);
        if (!isTransfer) continue;
        const expected = codes.map((code, at) => model.take(addressOf(row, step, at), code, negate !== chop));
        expect(many(converters, (at) => markOf(up, down, at))).toEqual(expected);
        for (const mark of expected) found.add(mark);
      }
      if (turn % 3 === 0) check();
    }
    check();
    expect([...found].sort()).toEqual(threshold === 0 ? ['none'] : expect.arrayContaining(['down', 'up']));
    expect(hasSaturated).toBe(threshold < 39 * 2 ** (bits - 6));
  });
});
