/** Address events at the pins: every order of the four phases, glitches, partners that hang, buffers that fill. */
import { describe, expect, it } from 'vitest';
import { openCell, type Cell } from '../../support/cell-session.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

const ADDRESS_BITS = 12;

async function openReceiver(): Promise<Cell> {
  const cell = await openCell({
    cell: 'ion_aer_in',
    isSampled: true,
    parameters: { AddrW: ADDRESS_BITS },
    ports: {
      aer_req_i: 1,
      aer_addr_i: ADDRESS_BITS,
      aer_ack_o: 1,
      ev_valid_o: 1,
      ev_addr_o: ADDRESS_BITS,
      ev_ready_i: 1,
      quiet_o: 1,
    },
  });
  cell.reset();
  return cell;
}

/** Events that the receiver hands over in `clocks` clocks of `pins`. */
function receive(cell: Cell, clocks: number, pins: (clock: number) => Readonly<Record<string, number>>) {
  const events: { clock: number; address: number }[] = [];
  for (let clock = 0; clock < clocks; clock++) {
    const inputs = { ev_ready_i: 1, ...pins(clock) };
    cell.step(inputs);
    if (cell.ports.get('ev_valid_o') === 1 && inputs.ev_ready_i === 1)
      events.push({ clock, address: cell.ports.get('ev_addr_o') });
  }
  return events;
}

describe('the receiver of address events', () => {
  it.each([1, 2, 3])('takes every event of a sender that keeps the protocol once, pace %i', async (seed) => {
    const cell = await openReceiver();
    const random = randomNumbers(seed);
    const sent: number[] = [];
    let request = 0;
    let address = 0;
    let ready = 1;
    const taken = receive(cell, 3000, () => {
      const acknowledge = cell.ports.get('aer_ack_o');
      if (request === 0 && acknowledge === 0 && random(seed) === 0) {
        request = 1;
        sent.push(address);
      } else if (request === 1 && acknowledge === 1 && random(seed) === 0) {
        request = 0;
      } else if (request === 0 && acknowledge === 0) {
        address = random(2 ** ADDRESS_BITS);
      }
      ready = random(3) === 0 ? 1 - ready : ready;
      return { aer_req_i: request, aer_addr_i: address, ev_ready_i: ready };
    });
    expect(taken.length).toBeGreaterThan(150);
    expect(taken.map((event) => event.address)).toEqual(sent.slice(0, taken.length));
    expect(sent.length - taken.length).toBeLessThanOrEqual(1);
  });

  it('ignores a request of one clock, wherever it falls', async () => {
    const cell = await openReceiver();
    const events = receive(cell, 40, (clock) => ({ aer_req_i: Number(clock % 5 === 2), aer_addr_i: clock }));
    expect(events).toEqual([]);
    expect(cell.ports.get('aer_ack_o')).toBe(0);
  });

  it('is quiet where nothing moves until its pins do', async () => {
    const cell = await openReceiver();
    const quietAfter = (clocks: number, pins: Readonly<Record<string, number>>): number => {
      receive(cell, clocks, () => pins);
      return cell.ports.get('quiet_o');
    };
    expect(quietAfter(8, { aer_req_i: 0 })).toBe(1);
    expect(quietAfter(1, { aer_req_i: 1, aer_addr_i: 3 })).toBe(0);
    expect(quietAfter(8, { aer_req_i: 1 })).toBe(1);
    expect(quietAfter(2, { aer_req_i: 0 })).toBe(0);
    expect(quietAfter(8, { aer_req_i: 0 })).toBe(1);
  });

  it('takes no second event from a gap of one clock in a request', async () => {
    const cell = await openReceiver();
    const events = receive(cell, 40, (clock) => ({ aer_req_i: Number(clock !== 9 && clock !== 14), aer_addr_i: 11 }));
    expect(events).toEqual([{ clock: 4, address: 11 }]);
    expect(cell.ports.get('aer_ack_o')).toBe(1);
  });

  it('takes one event from a request that sticks, and none before it has gone', async () => {
    const cell = await openReceiver();
    expect(receive(cell, 500, () => ({ aer_req_i: 1, aer_addr_i: 5 }))).toHaveLength(1);
    expect(cell.ports.get('quiet_o')).toBe(1);
    expect(receive(cell, 10, () => ({ aer_req_i: 0 }))).toHaveLength(0);
    expect(receive(cell, 10, () => ({ aer_req_i: 1, aer_addr_i: 6 }))).toMatchObject([{ address: 6 }]);
  });

  it('holds back the acknowledge while its event waits', async () => {
    const cell = await openReceiver();
    const idle = { ev_ready_i: 0 };
    receive(cell, 10, () => ({ ...idle, aer_req_i: 1, aer_addr_i: 1 }));
    receive(cell, 10, () => ({ ...idle, aer_req_i: 0 }));
    expect(receive(cell, 10, () => ({ ...idle, aer_req_i: 1, aer_addr_i: 2 }))).toEqual([]);
    expect(cell.ports.get('aer_ack_o')).toBe(0);
    const events = receive(cell, 10, () => ({ aer_req_i: 1, aer_addr_i: 2 }));
    expect(events.map(({ address }) => address)).toEqual([1, 2]);
  });
});

async function openSender(): Promise<Cell> {
  const cell = await openCell({
    cell: 'ion_aer_out',
    isSampled: true,
    parameters: { AddrW: ADDRESS_BITS },
    ports: {
      ev_valid_i: 1,
      ev_addr_i: ADDRESS_BITS,
      ev_ready_o: 1,
      aer_req_o: 1,
      aer_addr_o: ADDRESS_BITS,
      aer_ack_i: 1,
      sent_o: 1,
      quiet_o: 1,
    },
  });
  cell.reset();
  return cell;
}

describe('the sender of address events', () => {
  it('is quiet where nothing moves until its pins do: idle, ready for an event, or with a partner that hangs', async () => {
    const cell = await openSender();
    const quietAfter = (clocks: number, pins: Readonly<Record<string, number>>): number => {
      for (let clock = 0; clock < clocks; clock++) cell.step(pins);
      return cell.ports.get('quiet_o');
    };
    expect(quietAfter(8, { ev_valid_i: 0, aer_ack_i: 0 })).toBe(1);
    expect(quietAfter(1, { ev_valid_i: 1, ev_addr_i: 5 })).toBe(0);
    expect(quietAfter(8, { ev_valid_i: 0 })).toBe(1);
    expect(cell.ports.get('aer_req_o')).toBe(1);
    expect(quietAfter(1, { aer_ack_i: 1 })).toBe(0);
    expect(quietAfter(8, { ev_valid_i: 1 })).toBe(1);
    expect(cell.ports.get('aer_req_o')).toBe(0);
    expect(quietAfter(1, { aer_ack_i: 0 })).toBe(0);
  });

  it.each([1, 2, 4])('sends every event once, its address before and behind the request, pace %i', async (seed) => {
    const cell = await openSender();
    const random = randomNumbers(seed);
    const given: number[] = [];
    const received: number[] = [];
    let [address, acknowledge, before, addressBefore, sent] = [7, 0, 0, 0, 0];
    for (let clock = 0; clock < 3000; clock++) {
      cell.step({ ev_valid_i: 1, ev_addr_i: address, aer_ack_i: acknowledge });
      const request = cell.ports.get('aer_req_o');
      const onPins = cell.ports.get('aer_addr_o');
      if (request === 1 || acknowledge === 1) expect(onPins).toBe(addressBefore);
      if (request === 1 && before === 0) {
        expect(acknowledge).toBe(0);
        received.push(onPins);
      }
      if (request === 0 && before === 1) expect(acknowledge).toBe(1);
      sent += cell.ports.get('sent_o');
      if (cell.ports.get('ev_ready_o') === 1) {
        given.push(address);
        address = random(2 ** ADDRESS_BITS);
      }
      if (random(seed) === 0) acknowledge = request;
      [before, addressBefore] = [request, onPins];
    }
    expect(received.length).toBeGreaterThan(150);
    expect(received).toEqual(given.slice(0, received.length));
    expect(received.length - sent).toBeLessThanOrEqual(1);
  });

  it('does not take a glitch for an acknowledge, nor begin while one stands', async () => {
    const cell = await openSender();
    cell.step({ aer_ack_i: 1 });
    for (let clock = 0; clock < 5; clock++) cell.step();
    for (let clock = 0; clock < 20; clock++) cell.step({ ev_valid_i: 1, ev_addr_i: 3 });
    expect(cell.ports.get('aer_req_o')).toBe(0);
    for (let clock = 0; clock < 8; clock++) cell.step({ aer_ack_i: 0 });
    expect(cell.ports.get('aer_req_o')).toBe(1);
    for (let clock = 0; clock < 40; clock++) {
      cell.step({ aer_ack_i: Number(clock % 6 === 0) });
      expect(cell.ports.get('aer_req_o')).toBe(1);
    }
  });

  it('waits for ever without an acknowledge, quiet and with its address', async () => {
    const cell = await openSender();
    for (let clock = 0; clock < 1000; clock++) cell.step({ ev_valid_i: 1, ev_addr_i: clock % 64 });
    const pins = ['aer_req_o', 'aer_addr_o', 'ev_ready_o', 'quiet_o'].map((name) => cell.ports.get(name));
    expect(pins).toEqual([1, 0, 0, 1]);
  });
});

describe('the buffer of events', () => {
  const openBuffer = (depth: number): Promise<Cell> =>
    openCell({
      cell: 'ion_event_fifo',
      isSampled: true,
      parameters: { Width: 8, Depth: depth },
      ports: { clear_i: 1, we_i: 1, data_i: 8, overflow_o: 1, valid_o: 1, data_o: 8, take_i: 1, quiet_o: 1 },
    });

  it.each([2, 4, 16])('of depth %i keeps order and tells every event that it drops', async (depth) => {
    const cell = await openBuffer(depth);
    const random = randomNumbers(depth);
    const [kept, taken]: [number[], number[]] = [[], []];
    let drops = 0;
    cell.reset();
    for (let clock = 0; clock < 4000; clock++) {
      const isFast = Math.floor(clock / 200) % 2 === 0;
      const inputs = {
        we_i: Number(random(isFast ? 2 : 4) === 0),
        data_i: random(256),
        take_i: Number(random(isFast ? 4 : 2) === 0),
      };
      cell.step(inputs);
      const isDropped = cell.ports.get('overflow_o') === 1;
      if (isDropped) drops++;
      else if (inputs.we_i === 1) kept.push(inputs.data_i);
      if (inputs.take_i === 1 && cell.ports.get('valid_o') === 1) taken.push(cell.ports.get('data_o'));
      // One more at the output than fits behind it
      expect(kept.length - taken.length).toBeLessThanOrEqual(depth + 1);
      if (isDropped) expect(kept.length - taken.length).toBeGreaterThanOrEqual(depth - 1);
    }
    expect(drops).toBeGreaterThan(10);
    expect(taken).toEqual(kept.slice(0, taken.length));
  });

  it('forgets everything on a clear', async () => {
    const cell = await openBuffer(4);
    cell.reset();
    for (let clock = 0; clock < 4; clock++) cell.step({ we_i: 1 });
    cell.step({ we_i: 0, clear_i: 1 });
    cell.step({ clear_i: 0 });
    expect([cell.ports.get('valid_o'), cell.ports.get('quiet_o')]).toEqual([0, 1]);
  });
});

describe.each([
  [5, 2],
  [16, 12],
  [32, 32],
])('a counter of events, %i bits', (Width, AmountW) => {
  it('stays where the next count would wrap, until it is cleared', async () => {
    const cell = await openCell({
      cell: 'ion_event_counter',
      isSampled: true,
      parameters: { Width, AmountW },
      ports: { clear_i: 1, amount_i: AmountW, count_o: 32 },
    });
    const wide = wideNumbers(randomNumbers(9));
    cell.reset();
    let count = 0;
    let isFull = false;
    const most = 2 ** Width - 1;
    for (let clock = 0; clock < 600; clock++) {
      const amount = Number(wide(mostOf(AmountW)));
      const clear = clock % 100 === 99;
      cell.step({ amount_i: amount, clear_i: Number(clear) });
      expect(cell.ports.get('count_o')).toBe(count);
      isFull ||= count + amount > most;
      if (clear) count = 0;
      else if (count + amount <= most) count += amount;
    }
    expect(isFull).toBe(true);
  });
});
