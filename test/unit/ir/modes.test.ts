/** Modes of the controller: what lines do and cells receive is what each mode promises. */
import { describe, expect, it } from 'vitest';
import { Accumulator } from '../../../src/ir/accumulator.js';
import type { ControllerEvent, SegmentEvent } from '../../../src/ir/events.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import { biasDecay } from '../../../src/ir/modes/bias-decay.js';
import { fieldGroups } from '../../../src/ir/modes/field-groups.js';
import { stochasticOuterProduct } from '../../../src/ir/modes/outer-product.js';
import { signedProduct } from '../../../src/ir/modes/read.js';
import { serialWrite } from '../../../src/ir/modes/serial-write.js';
import { stdp } from '../../../src/ir/modes/stdp.js';
import { writeVerify } from '../../../src/ir/modes/write-verify.js';
import { PlanePairSchedule } from '../../../src/numerics/plane-pairs.js';
import { ARRAY, corpusEntry, RAILS, type CorpusEntry } from '../../corpus/corpus-entry.js';
import { COIL } from '../../corpus/conditions.js';
import { CORPUS } from '../../corpus/corpus.js';
import { SIGNED, UNSIGNED } from '../../corpus/outer-products.js';
import { Surroundings } from '../../corpus/surroundings.js';
import { WIDTHS } from '../../corpus/writing.js';
import { cellExposure } from '../../support/cell-exposure.js';

interface Run {
  readonly events: readonly ControllerEvent[];
  readonly segments: readonly SegmentEvent[];
  readonly surroundings: Surroundings;
  readonly clocks: number;
}

function run({ program, plan }: CorpusEntry, index = 0): Run {
  const surroundings = new Surroundings(program, plan);
  const events = [...interpretProgram(program, program.dataSets[index]!, surroundings)];
  const segments = events.filter((event) => event.kind === 'segment');
  return { events, segments, surroundings, clocks: segments.at(-1)?.clock ?? 0 };
}

function entryOf(title: string): CorpusEntry {
  const found = CORPUS.filter((entry) => entry.title.startsWith(title));
  expect(found).toHaveLength(1);
  return found[0]!;
}

const titles = CORPUS.map(({ title }) => title);

describe.each(titles)('%s', (title) => {
  const entry = entryOf(title);

  it('ends with all lines at REST and never starves', () => {
    for (const index of entry.program.dataSets.keys()) {
      const { segments, surroundings } = run(entry, index);
      expect(segments.at(-1)).toMatchObject({ clocks: 0, rows: [], columns: [], railSet: 0, fires: false });
      expect(surroundings.underruns).toBe(0);
      expect(segments.length).toBeGreaterThan(2);
    }
  });
});

const timed = CORPUS.filter(({ mode }) => mode.clocks !== undefined);

it.each(timed.map(({ title }) => title))('%s takes as long as its formula says', (title) => {
  const entry = entryOf(title);
  const formula = entry.mode.clocks?.(entry.program);
  expect(entry.program.dataSets.map((_, index) => run(entry, index).clocks)).toEqual(formula);
});

describe.each([
  ['Open-loop writing, cell by cell', 1],
  ['Open-loop writing, row by row in pieces', 2],
  ['Open-loop writing, row by row in one piece', 1],
] as const)('%s', (title, pieces) => {
  const entry = entryOf(title);

  it('turns every cell on for exactly its width, with its sign', () => {
    const other = WIDTHS.map((width) => -width).toReversed();
    for (const [index, widths] of [WIDTHS, other].entries()) {
      const exposure = cellExposure(run(entry, index).events, entry.program);
      expect(exposure.signed.map((clocks) => clocks + 0)).toEqual(widths.map((width) => width + 0));
      const most = exposure.pulses.map((count, cell) => (widths[cell] === 0 ? 0 : Math.max(1, count)));
      expect(exposure.pulses).toEqual(most);
      expect(Math.max(...exposure.pulses)).toBe(pieces);
    }
  });

  it('drives one row at a time', () => {
    for (const { rows, fires } of run(entry).segments) expect(rows.length).toBe(Number(fires));
  });
});

describe('outer products', () => {
  const full = 7 * 7;
  const products = (updates: typeof SIGNED, index: number): readonly number[] =>
    updates[index]!.rows.values.flatMap((x) => updates[index]!.columns.values.map((d) => x * d));

  it('are exact where every pair of planes has its time', () => {
    const entry = entryOf('Exact');
    for (const index of UNSIGNED.keys()) {
      const { signed } = cellExposure(run(entry, index).events, entry.program);
      expect(signed.map((clocks) => clocks + 0)).toEqual(products(UNSIGNED, index).map((product) => product + 0));
    }
  });

  it.each([
    ['Scheduled outer product, four', SIGNED],
    ['Scheduled outer product, two', UNSIGNED],
  ] as const)('%s phases: each cell gets the slots of its pairs of bits', (title, updates) => {
    const entry = entryOf(title);
    const schedule = new PlanePairSchedule(3, 3);
    for (const [index, { rows, columns }] of updates.entries()) {
      const pairs = schedule.take(7);
      const count = (x: number, d: number): number =>
        pairs.filter(({ row, column }) => (Math.abs(x) >> row) & (Math.abs(d) >> column) & 1).length;
      const expected = rows.values.flatMap((x) => columns.values.map((d) => Math.sign(x * d) * count(x, d) + 0));
      const { signedSegments, signed } = cellExposure(run(entry, index).events, entry.program);
      expect(signedSegments.map((slots) => slots + 0)).toEqual(expected);
      expect(signed.map((clocks) => clocks + 0)).toEqual(expected.map((slots) => 2 * slots));
      for (const [cell, product] of products(updates, index).entries()) {
        expect(Math.abs(signedSegments[cell]! - (7 * product) / full)).toBeLessThan(1.5);
      }
    }
  });

  it.each([
    [true, SIGNED],
    [false, UNSIGNED],
  ] as const)('of random trains (signed rows: %s) come close to the products in many slots', (signedRows, updates) => {
    const slots = 4000;
    const mode = stochasticOuterProduct({ ...ARRAY, railSet: 1, slotClocks: 1, signedRows, updates, slots });
    const entry = corpusEntry({ title: '', summary: '', mode, plan: { seeds: { row: 77, column: 1234 } } });
    const { signedSegments } = cellExposure(run(entry).events, entry.program);
    for (const [cell, product] of products(updates, 0).entries()) {
      // Planes are drawn with probabilities 1/2, 1/4, 1/8: a count of a slot stands for 8 x 8
      const chance = Math.abs(product) / 64;
      const deviation = Math.sqrt(slots * chance * (1 - chance));
      expect(Math.abs(signedSegments[cell]! - (slots * product) / 64)).toBeLessThanOrEqual(4.5 * deviation);
    }
  });

  it('drive no cell in two directions and turn the polarity at most once', () => {
    for (const title of ['Scheduled outer product, four', 'Outer product of random trains, four']) {
      const signs = run(entryOf(title))
        .segments.filter(({ fires }) => fires)
        .map(({ negative }) => negative);
      const turns = signs.filter((negative, index) => index > 0 && negative !== signs[index - 1]).length;
      expect(turns).toBe(1);
    }
  });
});

describe('zero shifting', () => {
  it('balances the charge of every cell', () => {
    const entry = entryOf('Zero shifting');
    const { signed, pulses } = cellExposure(run(entry).events, entry.program);
    expect(signed.map((clocks) => clocks + 0)).toEqual(signed.map(() => 0));
    expect(pulses).toEqual(pulses.map(() => 6));
  });
});

describe('the product of a signed vector', () => {
  it.each([1, 2, 3, 5])('of %i bits is what the partial sums end with', (bits) => {
    const high = 2 ** bits - 1;
    const values = [high, -1, 0, -high];
    const conductance = (row: number, column: number): number => 1 + row + 3 * column;
    const mode = signedProduct({ ...ARRAY, railSet: 2, integrateClocks: 2, inputs: [{ values, bits }] });
    const entry = corpusEntry({ title: '', summary: '', mode });
    const { converters, shares } = entry.program.scan;
    const sums = new Accumulator({ converters, shares, resultBits: 16, offset: 0 });
    // A binary sequencer of the sample modes: first, then twice or plus, by turns
    const modes = [
      'first',
      'add',
      ...Array.from({ length: 2 * (bits - 1) }, (_, i) => (i % 2 === 0 ? 'double' : 'add')),
    ];
    let turn = -1;
    let lines: readonly number[] = [];
    for (const event of run(entry).events) {
      if (event.kind === 'segment') {
        lines = event.rows;
        turn += 1;
        continue;
      }
      const codes = Array.from({ length: converters }, (_, converter) =>
        lines.reduce((sum, row) => sum + conductance(row, converter * shares + event.share), 0),
      );
      const sampleMode = modes[turn] as 'first' | 'add' | 'double';
      sums.take(event.share, { mode: sampleMode, negate: sampleMode === 'add' }, codes);
    }
    for (let column = 0; column < ARRAY.columns; column++) {
      const expected = values.reduce((sum, x, row) => sum + x * conductance(row, column), 0);
      expect(sums.sum(column % shares, Math.floor(column / shares))).toBe(expected);
    }
  });

  it('asks for the sample modes that add up to it', () => {
    const segments = entryOf('Matrix-vector').program.operations.flatMap((operation) =>
      operation.kind === 'loop' ? operation.body : [operation],
    );
    const modes = segments.map((operation) => (operation.kind === 'segment' ? operation.samples : undefined));
    expect(modes).toEqual([
      { mode: 'first', negate: false },
      { mode: 'add', negate: true },
      { mode: 'double', negate: false },
      { mode: 'add', negate: true },
    ]);
  });
});

describe('STDP', () => {
  const entry = entryOf('Spike-timing');
  const period = entry.plan.ticks!.clocks;
  const { segments, surroundings } = run(entry);
  const levelOf = (segment: SegmentEvent, side: 'rows' | 'columns', line: number): number =>
    segment.levels?.[side][segment[side].indexOf(line)] ?? 0;

  it('holds the waveform of every line that spiked', () => {
    const start = surroundings.notes[0]!.clock - period - 1;
    for (let tick = 1; tick <= 6; tick++) {
      // Well behind the segments of the tick
      const clock = start + tick * period + 13;
      const shown = segments.findLast((segment) => segment.clock <= clock)!;
      for (const side of ['row', 'column'] as const) {
        for (let line = 0; line < 4; line++) {
          const spike = entry.plan.ticks!.spikes.find((each) => each.side === side && each.line === line);
          const age = spike ? tick - spike.tick : -1;
          const level = side === 'row' ? [0, 1, 2, 2, 0][age] : [0, 3, 3, 0][age];
          const lines = side === 'row' ? 'rows' : 'columns';
          expect(levelOf(shown, lines, line), `${side} ${line} in tick ${tick}`).toBe(level ?? 0);
        }
      }
    }
  });

  it('takes S G + 5 clocks behind a tick', () => {
    const taken = surroundings.notes.filter(({ text }) => text === 'tick').map(({ clock }) => clock);
    for (const clock of taken.slice(0, -1)) {
      const commits = segments.filter((segment) => segment.clock > clock && segment.clock < clock + period - 1);
      expect(commits).toHaveLength(3);
      expect(commits.at(-1)!.clock - clock).toBeLessThanOrEqual(3 + 5);
    }
  });

  it('refuses waveforms that never end, go back in time or outlast the memory', () => {
    const settings = { ...ARRAY, railSet: 1, ticks: 1, memoryTicks: 4, fires: true };
    const good = [
      { age: 1, level: 1 },
      { age: 3, level: 0 },
    ];
    const early = [{ age: 0, level: 1 }, ...good];
    const bad = [[{ age: 1, level: 1 }], [...good, { age: 2, level: 0 }], [good[0]!, { age: 5, level: 0 }], early];
    expect(() => stdp({ ...settings, rowWaveform: good, columnWaveform: good })).not.toThrow();
    for (const waveform of bad) {
      expect(() => stdp({ ...settings, rowWaveform: waveform, columnWaveform: good })).toThrow(
        /begins and goes back|order of age|reaches back/,
      );
    }
  });
});

describe('bias-controlled decay', () => {
  it('holds each group at its level for the intervals and lets everything else rest', () => {
    const { segments } = run(entryOf('Bias-controlled'));
    const held = segments.filter(({ railSet }) => railSet >= 2 && segments.length > 0);
    for (const { rows, fires } of held) expect([rows, fires]).toEqual([[], false]);
    const full = held.filter(({ columns }) => columns.length === 3);
    expect(full.map(({ clocks, railSet }) => [railSet, clocks])).toEqual([
      [RAILS.bias, 12],
      [RAILS.read, 6],
      [RAILS.bias, 12],
      [RAILS.read, 6],
    ]);
    for (const { columns, levels } of full)
      expect([columns, levels?.columns]).toEqual([
        [0, 1, 3],
        [2, 2, 3],
      ]);
  });

  it('refuses a column in two groups', () => {
    const groups = [1, 2].map((level) => ({ columns: [0], level }));
    expect(() => biasDecay({ ...ARRAY, groups, intervals: [{ railSet: 1, clocks: 4 }] })).toThrow('one group');
  });
});

describe('write-verify', () => {
  const entry = entryOf('Write and verify');
  const { events, segments, surroundings } = run(entry);

  it('brings every cell with a target into its tolerance', () => {
    const { target, tolerance } = entry.plan.verify!;
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 3; column++) {
        const error = surroundings.codeOf(row, column) - (target(row, column) ?? NaN);
        expect(Math.abs(error)).toBeLessThanOrEqual(tolerance);
      }
      expect(surroundings.codeOf(row, 3)).toBe(entry.plan.code!(row, 3, 0, 0));
    }
    expect(surroundings.notes.filter(({ text }) => text.startsWith('host'))).toEqual([]);
  });

  it('pulses no further than it must, with the widths of its attempts', () => {
    const { pulses } = cellExposure(events, entry.program);
    expect(pulses.slice(0, 4)).toEqual([1, 1, 2, 0]);
    const widths = segments.filter(({ fires, columns }) => fires && columns.includes(2)).map(({ clocks }) => clocks);
    expect(widths.slice(0, 2)).toEqual([2, 3]);
  });

  it('tells the host of a row that no attempt brings there', () => {
    const mode = writeVerify({ ...ARRAY, readRailSet: 2, writeRailSet: 1, integrateClocks: 2, attempts: [1, 1] });
    const stuck = corpusEntry({
      title: '',
      summary: '',
      mode,
      plan: { code: () => 3, verify: { target: (row) => (row === 2 ? 60 : 3), tolerance: 0 } },
    });
    const notes = run(stuck).surroundings.notes.map(({ text }) => text);
    expect(notes).toEqual(['host 1']);
  });
});

describe('refresh', () => {
  it('pulses what has drifted, once a round, and nothing else', () => {
    const entry = entryOf('Refresh');
    const { signedSegments } = cellExposure(run(entry).events, entry.program);
    expect(signedSegments.map((count) => count + 0)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, -1, -1, -1, -1]);
  });
});

describe('transfer', () => {
  it('pulses the slow tile where the sums of the fast one reach a step', () => {
    const entry = entryOf('Transfer');
    const { events, segments } = run(entry);
    for (const { tiles, fires, railSet } of segments) if (railSet !== 0) expect(tiles).toBe(fires ? 2 : 1);
    const { signedSegments } = cellExposure(events, entry.program);
    const { code, transfer: rule } = entry.plan;
    const expected = Array.from({ length: 16 }, (_, cell) => {
      const moved = code!(Math.floor(cell / 4), cell % 4, 0, 0) - rule!.zero;
      return Math.abs(moved) >= rule!.threshold ? Math.sign(moved) : 0;
    });
    expect(signedSegments.map((count) => count + 0)).toEqual(expected);
    expect(new Set(expected)).toEqual(new Set([-1, 0, 1]));
  });
});

describe('forming', () => {
  it('stops at the pulse after which a cell conducts, or after the last attempt', () => {
    const entry = entryOf('Forming');
    const { pulses, signed } = cellExposure(run(entry).events, entry.program);
    const attempts = [1, 2, 4];
    const expected = Array.from({ length: 16 }, (_, cell) =>
      Math.min(3, entry.plan.formedAfter!(Math.floor(cell / 4), cell % 4)),
    );
    expect(pulses).toEqual(expected);
    expect(signed).toEqual(expected.map((count) => attempts.slice(0, count).reduce((sum, width) => sum + width, 0)));
  });
});

describe('writing in a field', () => {
  const entry = entryOf('Pulses by state');
  const { events, segments, surroundings } = run(entry);

  it('gives every cell its pulses', () => {
    const { signedSegments, signed } = cellExposure(events, entry.program);
    const asked = [1, 0, -1, 2, 0, 0, 0, 0, -1, 1, 0, 0, 0, 0, 0, 1];
    expect(signedSegments.map((count) => count + 0)).toEqual(asked);
    expect(signed.map((clocks) => clocks + 0)).toEqual(asked.map((count) => 2 * count));
  });

  it('enters each state once and pulses only when the field is there', () => {
    expect(surroundings.notes.map(({ text }) => text)).toEqual(['field 1', 'field 2', 'field 0']);
    const [up, down, after] = surroundings.notes.map(({ clock }) => clock);
    for (const { fires, negative, clock, clocks } of segments) {
      if (!fires) continue;
      expect(clock).toBeGreaterThanOrEqual((negative ? down! : up!) + COIL.settleClocks + 2 * COIL.periodClocks);
      expect(clock + clocks).toBeLessThanOrEqual(negative ? after! : down!);
    }
  });

  it('asks nothing of the coil where no pulse needs it', () => {
    const states = { up: 1, down: 2, after: 0 };
    const pulses = Array.from({ length: 16 }, (_, cell) => Number(cell === 3));
    const mode = fieldGroups({ ...ARRAY, railSet: 1, pulses, pulseClocks: 1, states });
    const only = run(corpusEntry({ title: '', summary: '', mode, plan: { field: COIL } }));
    expect(only.surroundings.notes.map(({ text }) => text)).toEqual(['field 1', 'field 0']);
  });
});

describe('modes refuse', () => {
  it('widths that do not fit the array', () => {
    expect(() => serialWrite({ ...ARRAY, railSet: 1, widths: [[1, 2]] })).toThrow('every cell');
    expect(() => serialWrite({ ...ARRAY, railSet: 1, widths: [WIDTHS.map((width) => width / 2)] })).toThrow('whole');
  });

  it('vectors that their bits do not hold', () => {
    const inputs = [{ values: [8, 0, 0, 0], bits: 3 }];
    expect(() => signedProduct({ ...ARRAY, railSet: 2, integrateClocks: 1, inputs })).toThrow('3 bits');
  });

  it('slots without time', () => {
    const update = { ...ARRAY, railSet: 1, signedRows: true, updates: SIGNED, slots: 3 };
    expect(() => stochasticOuterProduct({ ...update, slotClocks: 0 })).toThrow();
    expect(() => stochasticOuterProduct({ ...update, slotClocks: 1, slots: 0 })).toThrow('once');
  });

  it('negative rows where there are two phases', () => {
    const update = { ...ARRAY, railSet: 1, signedRows: false, updates: SIGNED, slots: 3, slotClocks: 1 };
    expect(() => stochasticOuterProduct(update)).toThrow('not negative');
  });
});
