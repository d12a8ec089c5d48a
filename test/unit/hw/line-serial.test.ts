/** Lines behind shift registers: what a board's outputs show is what a line driver would have put there. */
import { describe, expect, it } from 'vitest';
import {
  ShiftRegisterBoard,
  serialFaults,
  serialLoadClocks,
  serialParameters,
  type SerialConfig,
} from '../../../src/ir/blocks/line-serial.js';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { PLAIN_BLOCKS } from '../../../src/ir/blocks/controller-blocks.js';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { RandomPlanes } from '../../../src/ir/random-planes.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { observable, openController, record } from '../../support/controller-run.js';
import { randomProgram, scheduledModule, segment } from '../../support/pulse-program.js';
import { TraceEnvironment } from '../../support/trace-environment.js';
import { randomNumbers, type RandomNumbers } from '../../support/random-numbers.js';

const MAX_LOAD_CLOCKS = 500;

const CONFIGS: readonly SerialConfig[] = [
  { lines: 13, indexBits: 4, lanes: 8, groupBits: 1, levelBits: 1, pins: 4, divider: 2 },
  { lines: 16, indexBits: 4, lanes: 4, groupBits: 2, levelBits: 3, pins: 4, divider: 4 },
  { lines: 9, indexBits: 4, lanes: 16, groupBits: 0, levelBits: 2, pins: 1, divider: 2 },
  { lines: 40, indexBits: 6, lanes: 32, groupBits: 1, levelBits: 1, pins: 8, divider: 2 },
];

type Selection =
  | { readonly kind: 'none' | 'all' }
  | { readonly kind: 'one'; readonly line: number }
  | { readonly kind: 'plane'; readonly isOfSpikes: boolean; readonly lines: readonly boolean[] };

/** A cell and the board behind it. */
class SerialBench {
  readonly board: ShiftRegisterBoard;
  readonly #cell: Cell;
  readonly #config: SerialConfig;

  constructor(cell: Cell, config: SerialConfig) {
    this.#cell = cell;
    this.#config = config;
    this.board = new ShiftRegisterBoard(config);
    cell.reset();
  }

  static async open(config: SerialConfig): Promise<SerialBench> {
    const ports = {
      abort_i: 1,
      load_i: 1,
      end_i: 1,
      kind_i: 3,
      index_i: config.indexBits,
      word_i: config.lanes,
      level_i: config.levelBits,
      ready_o: 1,
      next_o: 1,
      group_o: Math.max(1, config.groupBits),
      commit_i: 1,
      select_i: 1,
      sclk_o: 1,
      data_o: config.pins,
      latch_o: 1,
      rest_o: 1,
    };
    const parameters = Object.fromEntries(serialParameters(config).map(({ port, signal }) => [port, signal]));
    return new SerialBench(await openCell({ cell: 'ion_line_serial', parameters, ports }), config);
  }

  step(inputs: Readonly<Record<string, number>> = {}): void {
    const { ports } = this.#cell;
    this.#cell.step({ load_i: 0, end_i: 0, commit_i: 0, select_i: 0, abort_i: 0, ...inputs });
    const [clock, latch, rest] = ['sclk_o', 'latch_o', 'rest_o'].map((name) => ports.get(name) === 1);
    this.board.step({ clock: clock ?? false, latch: latch ?? false, rest: rest ?? false, data: ports.get('data_o') });
  }

  /** Loads a selection, with a load of the other side that takes `waits` clocks more; the clocks that it took. */
  load(selection: Selection, level: number, waits = 0): number {
    const { lanes, lines } = this.#config;
    switch (selection.kind) {
      case 'none':
        return this.#offer({ kind_i: 0, level_i: level }, waits);
      case 'all':
        return this.#offer({ kind_i: 1, level_i: level }, waits);
      case 'one':
        return this.#offer({ kind_i: 2, index_i: selection.line, level_i: level }, waits);
      case 'plane': {
        const words = Array.from({ length: Math.ceil(lines / lanes) }, (_, group) => {
          const word = selection.lines.slice(group * lanes, (group + 1) * lanes);
          return word.reduce((sum, isSet, lane) => sum + (isSet ? 2 ** lane : 0), 0);
        });
        return this.#offer({ kind_i: selection.isOfSpikes ? 4 : 3, level_i: level }, waits, words);
      }
    }
  }

  /** Offers a selection until its load has ended. The memory answers a clock after it is asked, and keeps its answer. */
  #offer(inputs: Readonly<Record<string, number>>, waits: number, words: readonly number[] = []): number {
    const { ports } = this.#cell;
    let word = words[0] ?? 0;
    for (let clock = 1; clock <= MAX_LOAD_CLOCKS; clock++) {
      // What shows after a clock is what the next one begins with
      const isReady = ports.get('ready_o') === 1;
      const isNext = ports.get('next_o') === 1;
      const group = ports.get('group_o');
      const isLast = isReady && waits-- === 0;
      this.step({ ...inputs, word_i: word, load_i: 1, end_i: Number(isLast) });
      if (isNext) word = words[group] ?? 0;
      if (isLast) return clock;
    }
    throw new Error('the load ends');
  }
}

function randomSelection(random: RandomNumbers, { lines }: SerialConfig): Selection {
  switch (random(4)) {
    case 0:
      return { kind: 'none' };
    case 1:
      return { kind: 'all' };
    case 2:
      return { kind: 'one', line: random(lines) };
    default:
      return {
        kind: 'plane',
        isOfSpikes: random(2) === 1,
        lines: Array.from({ length: lines }, () => random(2) === 1),
      };
  }
}

function isSelected(selection: Selection, line: number): boolean {
  switch (selection.kind) {
    case 'none':
      return false;
    case 'all':
      return true;
    case 'one':
      return selection.line === line;
    case 'plane':
      return selection.lines[line] ?? false;
  }
}

/** Programs of any shape on lines behind boards: loads are long, so segments come late, and pulses end in time. */
describe.each([
  { rows: 6, columns: 70, seed: 3, divider: 4 },
  { rows: 40, columns: 9, seed: 8, divider: 2 },
])('$rows x $columns lines behind boards (program $seed)', ({ rows, columns, seed, divider }) => {
  const program = {
    ...randomProgram(rows, columns, seed),
    blocks: { ...PLAIN_BLOCKS, serial: { pins: 1, divider } },
  };
  const legal = encode(scheduledModule(program));

  it('show what both interpreters say, at the same clocks', async () => {
    const host = new ControllerHost(await openController(legal), legal);
    host.start();
    for (const [index, dataSet] of legal.dataSets.entries()) {
      const surroundings = new TraceEnvironment({}, new RandomPlanes(1, 1));
      const words = [...interpretLegal(legal, dataSet, surroundings)];
      expect(words).toEqual([...interpretProgram(program, program.dataSets[index]!)]);
      const { events, summary } = record(host, legal, index);
      expect(events).toEqual(words.map(observable));
      expect(summary).toMatchObject({ errorCode: 0, isStalled: false, underruns: surroundings.underruns.length });
    }
  });
});

describe('a program that boards cannot run', () => {
  const base = randomProgram(6, 8, 3);
  const refused = (parts: Parameters<typeof segment>[0], tiles = 1) =>
    serialFaults({
      ...base,
      tiles,
      operations: [segment(parts)],
      blocks: { ...PLAIN_BLOCKS, serial: { pins: 2, divider: 2 } },
    });

  it('is told apart', () => {
    expect(refused({ row: { kind: 'all' } })).toEqual([]);
    expect(refused({ levels: { row: 2, column: 1 } })).toEqual(['lines behind shift registers have one level']);
    expect(refused({ holds: true })).toEqual(['lines behind shift registers do not hold']);
    expect(refused({ column: { kind: 'keep' } })).toEqual(['a board forgets what it had selected']);
    expect(refused({ column: { kind: 'plane', source: { kind: 'marks', direction: 'up' } } })).toEqual([
      'marks stay inside the chip',
    ]);
    expect(refused({}, 2)).toEqual(['boards of shift registers belong to one tile']);
    const withPins = { ...base, operations: [], blocks: { ...PLAIN_BLOCKS, serial: { pins: 4, divider: 3 } } };
    expect(serialFaults(withPins)).toHaveLength(2);
    expect(serialFaults(base)).toEqual([]);
  });
});

describe.each(CONFIGS)('$lines lines at $levelBits bits behind $pins pins', (config) => {
  it('show on the board what was selected, from the commit on', async () => {
    const bench = await SerialBench.open(config);
    const random = randomNumbers(config.lines);
    let shown: readonly number[] = Array.from({ length: config.lines }, () => 0);
    expect(bench.board.levels).toEqual(shown);
    for (let segment = 0; segment < 60; segment++) {
      const selection = randomSelection(random, config);
      const level = 1 + random(2 ** config.levelBits - 1);
      const waits = random(3) === 0 ? random(5) : 0;
      expect(bench.load(selection, level, waits)).toBe(serialLoadClocks(config) + waits);
      for (let idle = random(3); idle > 0; idle--) bench.step();
      // Nothing that is shifted shows before its commit
      expect(bench.board.levels).toEqual(shown);
      bench.step({ commit_i: 1, select_i: 1 });
      shown = shown.map((_, line) => (isSelected(selection, line) ? level : 0));
      bench.step();
      expect(bench.board.levels).toEqual(shown);
      if (random(3) > 0) continue;
      bench.step({ commit_i: 1 });
      shown = shown.map(() => 0);
      expect(bench.board.levels).toEqual(shown);
    }
  });

  it('rest in the clock after an abort in any clock of a load, and load anew after it', async () => {
    const bench = await SerialBench.open(config);
    for (let clock = 1; clock < serialLoadClocks(config); clock++) {
      bench.load({ kind: 'all' }, 1);
      bench.step({ commit_i: 1, select_i: 1 });
      for (let shifted = 0; shifted < clock; shifted++) bench.step({ load_i: 1, kind_i: 1, level_i: 1 });
      bench.step({ abort_i: 1, commit_i: 1 });
      expect(bench.board.levels).toEqual(Array.from({ length: config.lines }, () => 0));
      expect(bench.load({ kind: 'one', line: config.lines - 1 }, 1)).toBe(serialLoadClocks(config));
      bench.step({ commit_i: 1, select_i: 1 });
      bench.step();
      expect(bench.board.levels).toEqual(
        Array.from({ length: config.lines }, (_, line) => Number(line === config.lines - 1)),
      );
    }
  });
});
