/** The monitor by itself: every code, which of several is told, what stays, and what saturates. */
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../src/ir/error-codes.js';
import { eventBit, FAULT_PRIORITY, faultBit, INTERRUPTS } from '../../../src/ir/blocks/monitor.js';
import { firstDifference, type CellModel } from '../../support/cell-model.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

const PORTS = {
  clear_i: 1,
  fire_start_i: 1,
  convert_i: 1,
  underrun_i: 1,
  finish_i: 1,
  addr_i: 6,
  info_i: 12,
  fault_i: 21,
  strict_i: 1,
  event_i: 6,
  busy_i: 1,
  armed_i: 1,
  field_ok_i: 1,
  settled_i: 1,
  cause_i: 6,
  time_re_i: 1,
  time_lo_o: 32,
  time_hi_o: 32,
  underrun_o: 32,
  pulses_o: 32,
  adc_conv_o: 32,
  err_code_o: 32,
  err_info_o: 32,
  status_o: 32,
  intr_o: 9,
  abort_i: 1,
  abort_o: 1,
  warp_i: 1,
  skip_i: 48,
};

async function openMonitor(): Promise<Cell> {
  const cell = await openCell({ cell: 'ion_monitor', parameters: { AddrW: 6, InfoW: 12, UnderrunW: 3 }, ports: PORTS });
  cell.reset();
  return cell;
}

const mask = (...codes: readonly number[]): number => codes.reduce((bits, code) => bits | (1 << faultBit(code)), 0);

type TimeInputs = Readonly<Record<'warp_i' | 'skip_i' | 'time_re_i', number>>;

const TIME_SPAN = 2 ** 48;

/** Time as plain numbers. */
class TimeModel implements CellModel<TimeInputs> {
  time = 0;
  #high = 0;

  reset(): void {
    this.time = 0;
    this.#high = 0;
  }

  outputs(): Readonly<Record<string, number>> {
    return { time_lo_o: this.time % 2 ** 32, time_hi_o: this.#high };
  }

  advance({ warp_i, skip_i, time_re_i }: TimeInputs): void {
    if (time_re_i === 1) this.#high = Math.floor(this.time / 2 ** 32);
    this.time = (this.time + warp_i * skip_i + 1) % TIME_SPAN;
  }
}

describe('the monitor', () => {
  it('knows every code that has words', () => {
    expect(FAULT_PRIORITY.toSorted((one, other) => one - other)).toEqual(
      ERROR_CODES.map(({ code }) => code).filter((code) => code > 0),
    );
  });

  it('tells each fault, ends the run a clock later, and of two tells the more urgent', async () => {
    const cell = await openMonitor();
    const { ports } = cell;
    for (const [rank, code] of FAULT_PRIORITY.entries()) {
      for (const other of FAULT_PRIORITY.slice(rank)) {
        cell.step({ fault_i: mask(code, other), addr_i: code, info_i: 100 + code });
        expect([ports.get('abort_o'), ports.get('intr_o') & 2]).toEqual([1, 2]);
        cell.step({ fault_i: mask(5), addr_i: 0, info_i: 0 });
        expect(ports.get('err_code_o')).toBe(code * 2 ** 16 + code);
        expect(ports.get('err_info_o')).toBe(100 + code);
        cell.step({ fault_i: 0, clear_i: 1 });
        cell.step({ clear_i: 0 });
        expect([ports.get('err_code_o') & 0xff, ports.get('abort_o')]).toEqual([0, 0]);
      }
    }
  });

  it('does not lose a fault in the clock of a clear', async () => {
    const cell = await openMonitor();
    cell.step({ fault_i: mask(7) });
    cell.step({ fault_i: mask(9), clear_i: 1 });
    cell.step({ fault_i: 0, clear_i: 0 });
    expect(cell.ports.get('err_code_o') & 0xff).toBe(9);
  });

  it('keeps where a fault has been, and all that stands beside it', async () => {
    const wide = wideNumbers(randomNumbers(4));
    const cell = await openCell({
      cell: 'ion_monitor',
      parameters: { AddrW: 16, InfoW: 32 },
      ports: { ...PORTS, addr_i: 16, info_i: 32 },
    });
    cell.reset();
    for (const code of [...FAULT_PRIORITY, ...FAULT_PRIORITY, ...FAULT_PRIORITY]) {
      const [address, info] = [wide(mostOf(16)), wide(mostOf(32))].map(Number);
      cell.step({ addr_i: address!, info_i: info!, fault_i: mask(code) });
      expect(cell.ports.get('status_o') >>> 16).toBe(address);
      // What comes later is not kept
      cell.step({ addr_i: Number(wide(mostOf(16))), info_i: Number(wide(mostOf(32))), fault_i: 0 });
      expect(cell.ports.get('err_code_o')).toBe(address! * 2 ** 16 + code);
      expect(cell.ports.get('err_info_o')).toBe(info);
      cell.step({ clear_i: 1 });
      cell.step({ clear_i: 0 });
    }
  });

  it.each([0x0000_7ff0, 0x00ff_fff0, 0x7fff_fff0, 0xffff_fff0])(
    'counts every event from %i on, to the ends of its counters and no further',
    async (start) => {
      const parameters = { AddrW: 6, InfoW: 12, CountStart: `32'd${String(start)}` };
      const cell = await openCell({ cell: 'ion_monitor', parameters, ports: PORTS });
      const random = randomNumbers(start % 1000);
      const counters = [
        { output: 'underrun_o', event: 'underrun_i', most: 2 ** 16 - 1 },
        { output: 'pulses_o', event: 'fire_start_i', most: 2 ** 32 - 1 },
        { output: 'adc_conv_o', event: 'convert_i', most: 2 ** 32 - 1 },
      ];
      cell.reset();
      const first = counters.map(({ most }) => start % (most + 1));
      let counts = first;
      for (let clock = 0; clock < 120; clock++) {
        const isClear = clock === 80;
        const events = counters.map(() => random(3) % 2);
        const inputs = counters.map(({ event }, at) => [event, events[at]!] as const);
        cell.step({ ...Object.fromEntries(inputs), clear_i: Number(isClear) });
        // A pulse's begin is counted a clock later
        cell.step({ underrun_i: 0, fire_start_i: 0, convert_i: 0, clear_i: 0 });
        const counted = isClear ? first : counts;
        counts = counters.map(({ most, event }, at) => {
          const isLost = isClear && event !== 'fire_start_i';
          return Math.min(most, counted[at]! + (isLost ? 0 : events[at]!));
        });
        expect(counters.map(({ output }) => cell.ports.get(output))).toEqual(counts);
      }
    },
  );

  it('takes an underrun for a fault where it is strict', async () => {
    const cell = await openMonitor();
    cell.step({ underrun_i: 1 });
    expect([cell.ports.get('err_code_o') & 0xff, cell.ports.get('intr_o')]).toEqual([0, 4]);
    cell.step({ strict_i: 1 });
    expect(cell.ports.get('abort_o')).toBe(1);
    cell.step({ underrun_i: 0 });
    expect([cell.ports.get('err_code_o') & 0xff, cell.ports.get('underrun_o')]).toEqual([11, 2]);
  });

  it("blames nobody for a pulse that the host's own abort leaves unarmed", async () => {
    const cell = await openMonitor();
    cell.step({ abort_i: 1 });
    cell.step({ abort_i: 0, fault_i: mask(6) });
    cell.step({ fault_i: 0 });
    expect(cell.ports.get('err_code_o')).toBe(0);
  });

  it('counts to the end and no further, and forgets when told to', async () => {
    const cell = await openMonitor();
    const { ports } = cell;
    for (let clock = 0; clock < 12; clock++) cell.step({ underrun_i: 1, fire_start_i: clock % 2, convert_i: 1 });
    cell.step({ underrun_i: 0, fire_start_i: 0, convert_i: 0 });
    expect([ports.get('underrun_o'), ports.get('pulses_o'), ports.get('adc_conv_o')]).toEqual([7, 6, 12]);
    cell.step({ clear_i: 1 });
    expect([ports.get('underrun_o'), ports.get('pulses_o'), ports.get('adc_conv_o')]).toEqual([0, 0, 0]);
  });

  it('counts all clocks of time, skipped or not, over the ends of its halves and of the whole', async () => {
    const random = randomNumbers(48);
    const model = new TimeModel();
    // To a few clocks before the next multiple of `unit`
    const towards = (unit: number): number => Math.max(0, unit - (model.time % unit) - 4 + random(4));
    const skips = [
      () => towards(2 ** 24),
      () => towards(2 ** 32),
      () => towards(TIME_SPAN),
      () => random(6),
      () => random(2 ** 24),
      () => random(2 ** 24) * 2 ** 24 + random(2 ** 24),
    ];
    const stimulus = (): TimeInputs => ({
      warp_i: Number(random(4) === 0),
      skip_i: skips[random(skips.length)]!(),
      time_re_i: random(2),
    });
    const shape = { cell: 'ion_monitor', parameters: { AddrW: 6, InfoW: 12, UnderrunW: 3 }, ports: PORTS };
    expect(await firstDifference({ shape, model, clocks: 4000, stimulus })).toBeUndefined();
  });

  it('shows states and causes, and passes events on as interrupts', async () => {
    const cell = await openMonitor();
    const { ports } = cell;
    cell.step({ busy_i: 1, field_ok_i: 1, cause_i: 0b10_0001, addr_i: 9 });
    expect(ports.get('status_o')).toBe(9 * 2 ** 16 + 0b10_0001 * 2 ** 8 + 0b0101);
    cell.step({ busy_i: 0, armed_i: 1, field_ok_i: 0, settled_i: 1, cause_i: 0 });
    expect(ports.get('status_o') & 0xffff).toBe(0b1010);
    for (const interrupt of INTERRUPTS) {
      if (interrupt === 'done' || interrupt === 'fault' || interrupt === 'underrun') continue;
      cell.step({ event_i: 2 ** eventBit(interrupt) });
      expect(INTERRUPTS[Math.log2(ports.get('intr_o'))]).toBe(interrupt);
    }
  });
});
