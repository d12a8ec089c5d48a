/** Rails: clocks from a command to settled, limits that nothing passes, and converters that do not answer. */
import { describe, expect, it } from 'vitest';
import { RAIL_LIMIT_WORD, railParameters, type RailConfig } from '../../../src/ir/blocks/rails.js';
import { railOutcome, type RailAnswer, type RailTiming } from '../../../src/ir/rail-unit.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

const CONFIG: RailConfig = {
  rails: [
    { code: 100, low: 50, high: 200 },
    { code: 7, low: 7, high: 7 },
    { code: 300, low: 0, high: 1023 },
  ],
  codeBits: 10,
  countBits: 12,
  settleClocks: 12,
  answerClocks: 20,
};

const PORTS = {
  clear_i: 1,
  host_req_i: 1,
  host_we_i: 1,
  host_addr_i: 5,
  host_wdata_i: 32,
  host_rdata_o: 32,
  host_error_o: 1,
  busy_i: 1,
  frozen_i: 1,
  command_i: 1,
  index_i: 2,
  settle_i: 12,
  limit_i: 12,
  fire_i: 1,
  settled_o: 1,
  unsettled_o: 1,
  refused_o: 1,
  dac_req_o: 1,
  dac_idx_o: 2,
  dac_code_o: 10,
  dac_ack_i: 1,
  left_o: 12,
  quiet_o: 1,
  warp_i: 1,
  skip_i: 12,
};

/** A cell with converters that answer after so many clocks, and what they have been told. */
class RailBench {
  readonly sent: (readonly [rail: number, code: number])[] = [];
  readonly events = new Set<string>();
  answer: RailAnswer = { riseClocks: 1, fallClocks: 1 };
  readonly #cell: Cell;
  #waited = 0;
  #clocks = 0;

  constructor(cell: Cell) {
    this.#cell = cell;
    cell.reset();
    cell.ports.set('settle_i', CONFIG.settleClocks);
    cell.ports.set('limit_i', CONFIG.answerClocks);
  }

  static async open(): Promise<RailBench> {
    const parameters = Object.fromEntries(railParameters(CONFIG).map(({ port, signal }) => [port, signal]));
    const bench = new RailBench(await openCell({ cell: 'ion_rail', parameters, ports: PORTS }));
    bench.untilSettled();
    return bench;
  }

  get(name: string): number {
    return this.#cell.ports.get(name);
  }

  /** One clock: the converter looks at the request of the clock before. */
  step(inputs: Readonly<Record<string, number>> = {}): void {
    const { ports } = this.#cell;
    const request = ports.get('dac_req_o');
    const answer = ports.get('dac_ack_i');
    this.#waited = request === answer ? 0 : this.#waited + 1;
    const due = request === 1 ? this.answer.riseClocks : this.answer.fallClocks;
    if (request !== answer && this.#waited > due) {
      if (request === 1) this.sent.push([ports.get('dac_idx_o'), ports.get('dac_code_o')]);
      ports.set('dac_ack_i', request);
      this.#waited = 0;
    }
    this.#cell.step(inputs);
    this.#clocks += 1;
    for (const event of ['unsettled_o', 'refused_o']) if (ports.get(event) === 1) this.events.add(event);
  }

  /** Times of settling and waiting other than those of the configuration. */
  take(timing: RailTiming): void {
    this.#cell.ports.set('settle_i', timing.settleClocks);
    this.#cell.ports.set('limit_i', timing.answerClocks);
  }

  /** Clocks until all rails have settled. */
  untilSettled(most = 400): number {
    const start = this.#clocks;
    while (this.get('settled_o') === 0 && this.#clocks - start < most) this.step();
    return this.#clocks - start;
  }

  command(rail: number): void {
    this.step({ command_i: 1, index_i: rail });
    this.#cell.ports.set('command_i', 0);
  }

  write(address: number, value: number): number {
    this.step({ host_req_i: 1, host_we_i: 1, host_addr_i: address / 4, host_wdata_i: value });
    this.#cell.ports.set('host_req_i', 0);
    return this.get('host_error_o');
  }

  read(address: number): number {
    this.step({ host_req_i: 1, host_we_i: 0, host_addr_i: address / 4 });
    this.#cell.ports.set('host_req_i', 0);
    return this.get('host_rdata_o');
  }

  /** Skips where the cell says that only counters move: all of what a count has left, or less; much where none is. */
  skip(lessBy: number): number {
    const found = this.get('left_o');
    const most = found === 0 ? 50 : Math.max(0, found - lessBy);
    const left = this.get('quiet_o') === 1 ? most : 0;
    this.step({ warp_i: Number(left > 0), skip_i: left });
    this.#cell.ports.set('warp_i', 0);
    return 1 + left;
  }
}

describe('rails', () => {
  it('are sent after reset, inside their limits, before they count as settled', async () => {
    const bench = await RailBench.open();
    expect(bench.sent).toEqual(CONFIG.rails.map(({ code }, rail) => [rail, code]));
    expect(bench.get('settled_o')).toBe(1);
    expect([0, 4, 8].map((address) => bench.read(address))).toEqual(CONFIG.rails.map(({ code }) => code));
    expect(bench.read(4 * RAIL_LIMIT_WORD)).toBe(200 * 2 ** 16 + 50);
  });

  it('settle in exactly the clocks that the model says', async () => {
    const bench = await RailBench.open();
    const random = randomNumbers(5);
    for (let run = 0; run < 60; run++) {
      bench.answer = { riseClocks: random(12), fallClocks: random(12) };
      const outcome = railOutcome(CONFIG, bench.answer, true);
      bench.command(random(3));
      expect(bench.get('settled_o')).toBe(0);
      expect({ kind: 'settled', clocks: 1 + bench.untilSettled() }).toEqual(outcome);
    }
    expect(bench.events).toEqual(new Set());
  });

  it.each([0, 1, 2])('settle in as many clocks where those that only count are skipped, but %i', async (lessBy) => {
    const bench = await RailBench.open();
    bench.command(2);
    let clocks = 1;
    let evaluated = 0;
    for (; bench.get('settled_o') === 0; evaluated++) {
      // A converter's wait is not the cell's to skip
      if (bench.get('dac_req_o') === bench.get('dac_ack_i')) clocks += bench.skip(lessBy);
      else {
        bench.step();
        clocks += 1;
      }
    }
    expect({ kind: 'settled', clocks }).toEqual(railOutcome(CONFIG, bench.answer, true));
    expect(evaluated).toBeLessThan(clocks);
  });

  it('settle in as many clocks as they are told to, over the whole width of the count', async () => {
    const bench = await RailBench.open();
    const wide = wideNumbers(randomNumbers(12));
    for (let run = 0; run < 60; run++) {
      const settleClocks = 1 + Number(wide(mostOf(CONFIG.countBits) - 1n));
      const timing = { settleClocks, answerClocks: 20 + Number(wide(mostOf(CONFIG.countBits) - 20n)) };
      bench.take(timing);
      bench.command(run % 3);
      let clocks = 1;
      while (bench.get('settled_o') === 0) {
        const isAnswered = bench.get('dac_req_o') === bench.get('dac_ack_i');
        clocks += isAnswered ? bench.skip(Number(wide(2n))) : 1;
        if (!isAnswered) bench.step();
      }
      expect({ kind: 'settled', clocks }).toEqual(railOutcome(timing, bench.answer, true));
    }
  });

  it('never leave their limits, whoever asks', async () => {
    const bench = await RailBench.open();
    bench.sent.length = 0;
    for (const [rail, code] of [
      [0, 201],
      [0, 49],
      [1, 8],
      [1, 6],
    ] as const) {
      bench.events.clear();
      expect(bench.write(4 * rail, code)).toBe(0);
      bench.untilSettled();
      expect(bench.events).toEqual(new Set(['refused_o']));
    }
    expect(bench.sent).toEqual([]);
    bench.write(0, 200);
    bench.untilSettled();
    expect(bench.sent).toEqual([[0, 200]]);
    // Tightened behind a code's back
    bench.write(4 * RAIL_LIMIT_WORD, 150 * 2 ** 16 + 50);
    bench.command(0);
    const { clocks } = railOutcome(CONFIG, bench.answer, false);
    for (let clock = 1; clock < clocks; clock++) {
      expect(bench.get('refused_o')).toBe(0);
      bench.step();
    }
    expect([bench.get('refused_o'), bench.sent.length]).toEqual([1, 1]);
  });

  it('take the codes between their limits and no other', async () => {
    const bench = await RailBench.open();
    const random = randomNumbers(8);
    const found = new Set<boolean>();
    for (let trial = 0; trial < 120; trial++) {
      const [low, high] = [random(1024), random(1024)];
      const around = [low - 1, low, low + 1, high - 1, high, high + 1, random(1024)];
      const code = Math.min(1023, Math.max(0, around[random(around.length)] ?? 0));
      const isInside = code >= low && code <= high;
      expect(bench.write(4 * (RAIL_LIMIT_WORD + 2), high * 2 ** 16 + low)).toBe(0);
      bench.events.clear();
      bench.sent.length = 0;
      bench.write(8, code);
      bench.untilSettled();
      expect(bench.sent).toEqual(isInside ? [[2, code]] : []);
      expect(bench.events).toEqual(new Set(isInside ? [] : ['refused_o']));
      found.add(isInside);
    }
    expect(found.size).toBe(2);
  });

  it('refuse codes during a run, limits once frozen, and rails that do not exist', async () => {
    const bench = await RailBench.open();
    bench.step({ busy_i: 1 });
    expect([bench.write(0, 60), bench.write(4 * RAIL_LIMIT_WORD, 0)]).toEqual([1, 1]);
    bench.step({ busy_i: 0, frozen_i: 1 });
    expect([bench.write(4 * RAIL_LIMIT_WORD, 0), bench.write(0, 60)]).toEqual([1, 0]);
    expect([bench.write(12, 1), bench.write(4 * RAIL_LIMIT_WORD + 12, 1)]).toEqual([1, 1]);
    expect([bench.read(0), bench.read(4 * RAIL_LIMIT_WORD)]).toEqual([60, 200 * 2 ** 16 + 50]);
  });

  it('wait for the end of a pulse', async () => {
    const bench = await RailBench.open();
    bench.sent.length = 0;
    bench.step({ fire_i: 1 });
    bench.command(1);
    for (let clock = 0; clock < 50; clock++) bench.step();
    expect(bench.sent).toEqual([]);
    bench.step({ fire_i: 0 });
    bench.untilSettled();
    expect(bench.sent).toEqual([[1, 7]]);
  });

  it('send nothing in a pulse, whenever it begins, and each code once when it has ended', async () => {
    const told = new Set<boolean>();
    for (let delay = 0; delay < 12; delay++) {
      const bench = await RailBench.open();
      bench.sent.length = 0;
      bench.command(2);
      for (let clock = 0; clock < delay; clock++) bench.step();
      const isRequested = bench.get('dac_req_o') === 1 || bench.sent.length > 0;
      bench.step({ fire_i: 1 });
      expect(bench.events).toEqual(new Set(['unsettled_o']));
      for (let clock = 0; clock < 60; clock++) bench.step();
      // What has been asked for before the pulse is sent, and nothing else
      expect([delay, bench.sent.length]).toEqual([delay, Number(isRequested)]);
      bench.step({ fire_i: 0 });
      bench.untilSettled();
      expect(bench.sent).toEqual([[2, 300]]);
      told.add(isRequested);
    }
    expect(told.size).toBe(2);
  });

  it('settle from the last code on where one is written while they settle', async () => {
    const standing = await RailBench.open();
    standing.write(0, 101);
    const first = standing.untilSettled();
    standing.write(0, 102);
    // Settling is left in a clock of its own
    const again = standing.untilSettled() + 1;
    for (let settling = 2; settling < CONFIG.settleClocks; settling++) {
      const bench = await RailBench.open();
      bench.sent.length = 0;
      bench.write(0, 102);
      for (let clock = 0; clock < first - settling; clock++) bench.step();
      expect([settling, bench.get('settled_o'), bench.sent]).toEqual([settling, 0, [[0, 102]]]);
      bench.write(0, 103);
      expect(bench.untilSettled()).toBe(again);
      expect(bench.sent).toEqual([
        [0, 102],
        [0, 103],
      ]);
    }
  });

  it.each(['request', 'answer', 'settling'] as const)('tell a pulse that meets them moving: %s', async (phase) => {
    const bench = await RailBench.open();
    bench.answer = { riseClocks: 5, fallClocks: 5 };
    bench.command(2);
    const isIn = (): boolean => {
      const [request, answer] = [bench.get('dac_req_o'), bench.get('dac_ack_i')];
      if (phase === 'request') return request === 1;
      return phase === 'answer'
        ? answer === 1 && request === 0
        : request === 0 && answer === 0 && bench.sent.length > 3;
    };
    while (!isIn()) bench.step();
    expect(bench.events).toEqual(new Set());
    bench.step({ fire_i: 1 });
    expect(bench.events).toEqual(new Set(['unsettled_o']));
  });

  it.each([[{ riseClocks: 99, fallClocks: 1 }], [{ riseClocks: 1, fallClocks: 99 }]])(
    'tell a converter that does not answer, and try again when told to: %o',
    async (answer) => {
      const bench = await RailBench.open();
      bench.answer = answer;
      bench.command(0);
      const outcome = railOutcome(CONFIG, answer, true);
      expect(outcome.kind).toBe('unanswered');
      for (let clock = 1; clock < outcome.clocks; clock++) {
        expect(bench.get('unsettled_o')).toBe(0);
        bench.step();
      }
      expect(bench.get('unsettled_o')).toBe(1);
      for (let clock = 0; clock < 120; clock++) bench.step();
      expect([bench.get('settled_o'), bench.get('dac_req_o'), bench.get('unsettled_o')]).toEqual([0, 0, 0]);
      bench.answer = { riseClocks: 1, fallClocks: 1 };
      bench.step({ clear_i: 1 });
      bench.step({ clear_i: 0 });
      expect(bench.untilSettled()).toBeLessThan(60);
      expect(bench.sent.at(-1)).toEqual([0, 100]);
    },
  );
});
