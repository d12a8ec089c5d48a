/** Lines behind shift registers: what a board's outputs show is what a line driver would have put there. */
import { describe, expect, it } from 'vitest';
import {
  ShiftRegisterBoard,
  serialLoadClocks,
  serialParameters,
  type SerialConfig,
} from '../../../src/ir/blocks/line-serial.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { randomNumbers, type RandomNumbers } from '../../support/random-numbers.js';

const CONFIGS: readonly SerialConfig[] = [
  { lines: 13, indexBits: 4, lanes: 8, groupBits: 1, levelBits: 1, pins: 4, divider: 2 },
  { lines: 16, indexBits: 4, lanes: 4, groupBits: 2, levelBits: 3, pins: 4, divider: 4 },
  { lines: 9, indexBits: 4, lanes: 16, groupBits: 0, levelBits: 2, pins: 1, divider: 2 },
];

type Selection =
  | { readonly kind: 'none' | 'all' }
  | { readonly kind: 'one'; readonly line: number }
  | { readonly kind: 'plane'; readonly lines: readonly boolean[] };

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
      kind_i: 2,
      index_i: config.indexBits,
      group_i: Math.max(1, config.groupBits),
      word_i: config.lanes,
      level_i: config.levelBits,
      ready_o: 1,
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
    this.#cell.step({ load_i: 0, commit_i: 0, select_i: 0, abort_i: 0, ...inputs });
    const [clock, latch, rest] = ['sclk_o', 'latch_o', 'rest_o'].map((name) => ports.get(name) === 1);
    this.board.step({ clock: clock ?? false, latch: latch ?? false, rest: rest ?? false, data: ports.get('data_o') });
  }

  /** Loads a selection; the clocks that it took. */
  load(selection: Selection, level: number): number {
    const { lanes, lines } = this.#config;
    switch (selection.kind) {
      case 'none':
        return this.#offer({ kind_i: 0, level_i: level });
      case 'all':
        return this.#offer({ kind_i: 1, level_i: level });
      case 'one':
        return this.#offer({ kind_i: 2, index_i: selection.line, level_i: level });
      case 'plane': {
        let clocks = 0;
        for (let group = 0; group * lanes < lines; group++) {
          const word = selection.lines.slice(group * lanes, (group + 1) * lanes);
          const bits = word.reduce((sum, isSet, lane) => sum + (isSet ? 2 ** lane : 0), 0);
          clocks += this.#offer({ kind_i: 3, group_i: group, word_i: bits, level_i: level });
        }
        return clocks;
      }
    }
  }

  /** The cell is ready in the last clock of what it is offered: known from how long its bits take. */
  #offer(inputs: Readonly<Record<string, number>>): number {
    const { divider, levelBits, lanes, lines, pins } = this.#config;
    const first = inputs['kind_i'] === 3 ? (inputs['group_i'] ?? 0) * lanes : 0;
    const last = inputs['kind_i'] === 3 ? Math.min(lines, first + lanes) : lines;
    const clocks = Math.ceil((last - first) / pins) * levelBits * divider;
    for (let clock = 1; clock <= clocks; clock++) {
      this.step({ ...inputs, load_i: 1 });
      // What shows after a clock is what the next one begins with
      if (clock < clocks) expect(this.#cell.ports.get('ready_o')).toBe(Number(clock === clocks - 1));
    }
    return clocks;
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
      return { kind: 'plane', lines: Array.from({ length: lines }, () => random(2) === 1) };
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

describe.each(CONFIGS)('$lines lines at $levelBits bits behind $pins pins', (config) => {
  it('show on the board what was selected, from the commit on', async () => {
    const bench = await SerialBench.open(config);
    const random = randomNumbers(config.lines);
    let shown: readonly number[] = Array.from({ length: config.lines }, () => 0);
    expect(bench.board.levels).toEqual(shown);
    for (let segment = 0; segment < 60; segment++) {
      const selection = randomSelection(random, config);
      const level = 1 + random(2 ** config.levelBits - 1);
      expect(bench.load(selection, level)).toBe(serialLoadClocks(config));
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
