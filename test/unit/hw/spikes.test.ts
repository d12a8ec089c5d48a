/** Spikes in hardware: cells against their models, clock by clock, over random traffic and at every corner. */
import { describe, expect, it } from 'vitest';
import type { Side } from '../../../src/ir/environment.js';
import { SpikePlanes, type SpikeEvent, type SpikeInputs, type SpikeSizes } from '../../../src/ir/spike-planes.js';
import { TickClock } from '../../../src/ir/tick-clock.js';
import { openCell, type Cell, type CellShape } from '../../support/cell-session.js';
import { randomNumbers, type RandomNumbers } from '../../support/random-numbers.js';

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly lanes: readonly [number, number];
  readonly planes: number;
  readonly depth: number;
}

const log2 = (count: number): number => Math.ceil(Math.log2(count));
const wordsOf = (lines: number, lanes: number): number => Math.ceil(lines / lanes);

/** A running ion_spikes beside its model. */
class SpikeBench {
  readonly model: SpikePlanes;
  readonly seen = new Set<string>();
  readonly #cell: Cell;
  readonly #shape: Shape;
  readonly #lineBits: number;
  #wasCleared = true;
  #expected: readonly (readonly number[])[] | undefined;

  constructor(cell: Cell, shape: Shape) {
    this.#cell = cell;
    this.#shape = shape;
    this.#lineBits = Math.max(bitsOf(shape.rows), bitsOf(shape.columns));
    this.model = new SpikePlanes(sizesOf(shape));
    cell.reset();
  }

  static async open(shape: Shape): Promise<SpikeBench> {
    return new SpikeBench(await openSpikes(shape), shape);
  }

  /** One clock of both, in which loaders read word `word` of the planes of `age`. */
  step(inputs: SpikeInputs, age: number, word = 0): void {
    this.#drive(inputs, age, word);
    expect(this.#cell.ports.get('tick_index_o')).toBe(this.model.tickIndex);
    const pending = this.model.pending;
    const isQuiet = this.model.isQuiet && inputs.event === undefined;
    const words = [this.#word('row', age, word), this.#word('column', age, word)];
    const { overflow, overlap, outside, spike } = this.model.step(inputs);
    for (const [name, happened] of Object.entries({ overflow, overlap, spike })) if (happened) this.seen.add(name);
    expect(this.#outputs()).toEqual({
      overflow_o: Number(overflow),
      overlap_o: Number(overlap),
      outside_o: Number(outside),
      pending_o: Number(pending),
      quiet_o: Number(isQuiet),
    });
    // Read in the clock before; the planes of the running tick, and of a clear, are written in that very clock
    if (this.#expected) {
      expect([this.#cell.ports.lines('row_word_o'), this.#cell.ports.lines('column_word_o')]).toEqual(this.#expected);
    }
    this.#expected = age > 0 && !this.#wasCleared ? words : undefined;
    this.#wasCleared = inputs.clear === true;
  }

  #drive(inputs: SpikeInputs, age: number, word: number): void {
    const { event } = inputs;
    this.#cell.step({
      clear_i: Number(inputs.clear === true),
      tick_i: Number(inputs.tick === true),
      take_i: Number(inputs.take === true),
      refractory_i: inputs.refractory,
      ev_valid_i: Number(event !== undefined),
      ev_addr_i: event ? (event.side === 'column' ? 2 ** this.#lineBits : 0) + event.line : 0,
      row_re_i: 1,
      row_addr_i: this.#address('row', age, word),
      column_re_i: 1,
      column_addr_i: this.#address('column', age, word),
    });
  }

  #outputs(): Readonly<Record<string, number>> {
    const names = ['overflow_o', 'overlap_o', 'outside_o', 'pending_o', 'quiet_o'];
    return Object.fromEntries(names.map((name) => [name, this.#cell.ports.get(name)]));
  }

  #address(side: Side, age: number, word: number): number {
    const { lines, lanes } = sideOf(this.#shape, side);
    const words = wordsOf(lines, lanes);
    const { planes } = this.#shape;
    return ((this.model.tickIndex - age + planes) % planes) * 2 ** log2(words) + (word % words);
  }

  #word(side: Side, age: number, word: number): readonly number[] {
    const { lines, lanes } = sideOf(this.#shape, side);
    const first = (word % wordsOf(lines, lanes)) * lanes;
    const spiking = this.model.lines(side, age);
    return spiking.filter((line) => line >= first && line < first + lanes).map((line) => line - first);
  }
}

function sideOf({ rows, columns, lanes }: Shape, side: Side): { readonly lines: number; readonly lanes: number } {
  return side === 'row' ? { lines: rows, lanes: lanes[0] } : { lines: columns, lanes: lanes[1] };
}

function bitsOf(lines: number): number {
  return Math.max(1, log2(lines));
}

function sizesOf({ rows, columns, lanes, planes, depth }: Shape): SpikeSizes {
  const words = Math.max(wordsOf(rows, lanes[0]), wordsOf(columns, lanes[1]));
  return { lines: { row: rows, column: columns }, planes, words, bufferDepth: depth };
}

function openSpikes({ rows, columns, lanes, planes, depth }: Shape): Promise<Cell> {
  const groupBits = [log2(wordsOf(rows, lanes[0])), log2(wordsOf(columns, lanes[1]))] as const;
  return openCell({
    cell: 'ion_spikes',
    isSampled: true,
    parameters: {
      Planes: planes,
      BufferDepth: depth,
      Rows: rows,
      RowW: bitsOf(rows),
      RowLanes: lanes[0],
      RowWords: wordsOf(rows, lanes[0]),
      RowGroupBits: groupBits[0],
      Columns: columns,
      ColumnW: bitsOf(columns),
      ColumnLanes: lanes[1],
      ColumnWords: wordsOf(columns, lanes[1]),
      ColumnGroupBits: groupBits[1],
    },
    ports: {
      clear_i: 1,
      tick_i: 1,
      refractory_i: log2(planes),
      ev_valid_i: 1,
      ev_addr_i: Math.max(bitsOf(rows), bitsOf(columns)) + 1,
      ev_ready_o: 1,
      local_valid_i: 1,
      local_line_i: bitsOf(columns),
      take_i: 1,
      pending_o: 1,
      row_re_i: 1,
      row_addr_i: log2(planes) + groupBits[0],
      row_word_o: lanes[0],
      tick_index_o: log2(planes),
      column_re_i: 1,
      column_addr_i: log2(planes) + groupBits[1],
      column_word_o: lanes[1],
      overflow_o: 1,
      overlap_o: 1,
      outside_o: 1,
      quiet_o: 1,
    },
  });
}

const SHAPES: readonly Shape[] = [
  { rows: 5, columns: 3, lanes: [5, 3], planes: 4, depth: 2 },
  { rows: 64, columns: 64, lanes: [64, 64], planes: 16, depth: 16 },
  { rows: 40, columns: 130, lanes: [40, 64], planes: 8, depth: 4 },
  { rows: 64, columns: 16, lanes: [16, 16], planes: 2, depth: 2 },
];

function randomEvent(random: RandomNumbers, { rows, columns }: Shape): SpikeEvent {
  const lines = 2 ** Math.max(bitsOf(rows), bitsOf(columns));
  // Few lines, so that spikes overlap, and now and then one that is none
  const line = random(4) === 0 ? random(lines) : random(Math.min(6, lines));
  return { side: random(2) === 0 ? 'row' : 'column', line };
}

describe.each(SHAPES)('spike planes of $rows + $columns lines, $planes ticks', (shape) => {
  it.each([1, 2])('do what the model says, traffic %i', async (seed) => {
    const bench = await SpikeBench.open(shape);
    const random = randomNumbers(seed);
    let refractory = 0;
    for (let clock = 0; clock < 3000; clock++) {
      const phase = Math.floor(clock / 500);
      // Registers change while nothing runs
      if (bench.model.isQuiet && random(4) === 0) refractory = phase % 3 === 0 ? 0 : random(shape.planes);
      const busy = phase % 2 === 0 ? 6 : 2;
      bench.step(
        {
          tick: random(phase === 3 ? 3 : 25) === 0,
          clear: random(900) === 0,
          take: random(10) === 0,
          refractory,
          ...(random(busy) === 0 && { event: randomEvent(random, shape) }),
        },
        random(shape.planes - 1),
        random(8),
      );
    }
    expect(bench.seen).toEqual(new Set(['overflow', 'overlap', 'spike']));
  });
});

describe('an event', () => {
  const shape: Shape = { rows: 20, columns: 20, lanes: [20, 20], planes: 4, depth: 4 };
  const spike = { side: 'column', line: 7 } as const;

  async function swept(): Promise<SpikeBench> {
    const bench = await SpikeBench.open(shape);
    for (let clock = 0; clock < 6; clock++) bench.step({ refractory: 0 }, 1);
    expect(bench.model.isQuiet).toBe(true);
    return bench;
  }

  // Clocks from the event to the tick, and the age at which it is found then
  it.each([
    [1, 0],
    [3, 0],
    [4, 1],
    [5, 1],
  ])('that comes %i clocks before a tick has age %i after it', async (clocks, age) => {
    const bench = await swept();
    bench.step({ refractory: 0, event: spike }, 1);
    for (let clock = 1; clock < clocks; clock++) bench.step({ refractory: 0 }, 1);
    bench.step({ refractory: 0, tick: true }, 1);
    for (let clock = 0; clock < 8; clock++) bench.step({ refractory: 0 }, 1);
    expect([0, 1, 2].filter((at) => bench.model.lines('column', at).length > 0)).toEqual([age]);
  });

  it.each([
    [1, [0]],
    [2, [1]],
    [3, [2]],
  ])('overlaps in a refractory time of %i ticks up to age %j', async (refractory, [last]) => {
    for (const age of [0, 1, 2]) {
      const bench = await swept();
      const rest = (): void => {
        for (let clock = 0; clock < 10; clock++) bench.step({ refractory }, 1);
      };
      bench.step({ refractory, event: spike }, 1);
      rest();
      for (let tick = 0; tick < age; tick++) {
        bench.step({ refractory, tick: true }, 1);
        rest();
      }
      bench.step({ refractory, event: spike }, 1);
      rest();
      expect(bench.model.lines('column', 0).length).toBe(age === 0 || age > last! ? 1 : 0);
    }
  });
});

describe('neurons of the same array', () => {
  it('go before the bus, whose event waits', async () => {
    const cell = await openSpikes({ rows: 4, columns: 4, lanes: [4, 4], planes: 4, depth: 4 });
    cell.reset();
    for (let clock = 0; clock < 6; clock++) cell.step();
    cell.step({ local_valid_i: 1, local_line_i: 2, ev_valid_i: 1, ev_addr_i: 1 });
    expect(cell.ports.get('ev_ready_o')).toBe(0);
    cell.step({ local_valid_i: 0 });
    expect(cell.ports.get('ev_ready_o')).toBe(1);
    cell.step({ ev_valid_i: 0 });
    for (let clock = 0; clock < 12; clock++) cell.step();
    const plane = cell.ports.get('tick_index_o');
    cell.step({ row_re_i: 1, column_re_i: 1, row_addr_i: plane, column_addr_i: plane });
    cell.step();
    expect(cell.ports.lines('row_word_o')).toEqual([1]);
    expect(cell.ports.lines('column_word_o')).toEqual([2]);
  });
});

describe('neurons and the bus of a wide array', () => {
  const shape: Shape = { rows: 64, columns: 130, lanes: [64, 64], planes: 4, depth: 4 };

  it('spike on their own line and no other', async () => {
    const cell = await openSpikes(shape);
    for (let column = 0; column < shape.columns; column++) {
      const row = (column * 37) % shape.rows;
      cell.reset();
      for (let clock = 0; clock < 16; clock++) cell.step();
      cell.step({ local_valid_i: 1, local_line_i: column });
      cell.step({ local_valid_i: 0, ev_valid_i: 1, ev_addr_i: row });
      cell.step({ ev_valid_i: 0 });
      for (let clock = 0; clock < 12; clock++) cell.step();
      const plane = cell.ports.get('tick_index_o');
      const words = [0, 1, 2].map((word) => {
        cell.step({ row_re_i: 1, row_addr_i: plane, column_re_i: 1, column_addr_i: 4 * plane + word });
        cell.step();
        expect(cell.ports.lines('row_word_o')).toEqual([row]);
        return cell.ports.lines('column_word_o').map((line) => 64 * word + line);
      });
      expect(words.flat()).toEqual([column]);
    }
  });
});

describe('ticks', () => {
  const TICK: CellShape = {
    cell: 'ion_tick',
    isSampled: true,
    parameters: { DivW: 8 },
    ports: {
      div_i: 8,
      start_i: 1,
      run_i: 1,
      take_i: 1,
      tick_o: 1,
      pending_o: 1,
      late_o: 1,
      left_o: 48,
      warp_i: 1,
      skip_i: 8,
    },
  };

  it.each([1, 2, 3, 10])('come every %i clocks of a run and are pending until they are taken', async (period) => {
    const cell = await openCell(TICK);
    const random = randomNumbers(period);
    cell.reset();
    cell.step({ div_i: period });
    cell.step({ start_i: 1 });
    const model = new TickClock(period, 0);
    cell.ports.set('start_i', 0);
    cell.ports.set('run_i', 1);
    for (let clock = 1; clock < 300; clock++) {
      const pends = model.pendingFrom(clock) === clock;
      const take = pends && random(period) === 0;
      const isLate = pends && !take && (clock - model.lateClock) % period === 0 && clock >= model.lateClock;
      cell.step({ take_i: Number(take) });
      const seen = ['tick_o', 'pending_o', 'late_o'].map((name) => cell.ports.get(name));
      expect(seen).toEqual([Number(clock % period === 0), Number(pends), Number(isLate)]);
      expect(TickClock.count(period, 0, clock + 1) - TickClock.count(period, 0, clock)).toBe(seen[0]);
      if (take) model.take(clock);
    }
  });

  it('stop with the run, and with a divider of zero', async () => {
    const cell = await openCell(TICK);
    cell.reset();
    let ticks = 0;
    for (let clock = 0; clock < 40; clock++) {
      cell.step({ div_i: clock < 20 ? 0 : 3, run_i: Number(clock < 20) });
      ticks += cell.ports.get('tick_o');
    }
    expect(ticks).toBe(0);
    expect(cell.ports.get('left_o')).toBe(2 ** 48 - 1);
  });

  it('come at the same clocks with time warp', async () => {
    const cell = await openCell(TICK);
    cell.reset();
    cell.step({ div_i: 200 });
    cell.step({ start_i: 1 });
    cell.ports.set('start_i', 0);
    cell.ports.set('run_i', 1);
    const ticks: number[] = [];
    let left = 0;
    for (let clock = 0; clock < 2000;) {
      const skip = Math.min(left, 150);
      clock += 1 + skip;
      cell.step({ warp_i: Number(skip > 0), skip_i: skip, take_i: cell.ports.get('pending_o') });
      if (cell.ports.get('tick_o') === 1) ticks.push(clock);
      left = Math.max(0, cell.ports.get('left_o') - 1 - skip);
    }
    expect(ticks).toEqual(Array.from({ length: ticks.length }, (_, index) => 200 * (index + 1)));
    expect(ticks.length).toBeGreaterThan(8);
  });
});
