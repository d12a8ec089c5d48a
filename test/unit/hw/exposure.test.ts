/** What cells receive at the pins of the RTL, clock by clock: lines that the program selects, on-time, draws. */
import { describe, expect, it } from 'vitest';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { RandomPlanes } from '../../../src/ir/random-planes.js';
import type { CorpusEntry } from '../../corpus/corpus-entry.js';
import { CORPUS } from '../../corpus/corpus.js';
import { runOnHardware } from '../../corpus/on-hardware.js';
import { UNSIGNED } from '../../corpus/outer-products.js';
import { WIDTHS } from '../../corpus/writing.js';
import { modelOf, openController, record, withoutWarp } from '../../support/controller-run.js';
import { PinLog, type PinClock } from '../../support/pin-log.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

/** Every clock of every data set of an entry, in one list. */
async function pinsOf(title: string): Promise<{ readonly entry: CorpusEntry; readonly pins: readonly PinClock[] }> {
  const [entry, ...others] = CORPUS.filter((each) => each.title.startsWith(title));
  if (!entry || others.length > 0) throw new Error(`one entry is called ${title}`);
  const legal = encode(scheduledModule(entry.program));
  const log = new PinLog(await openController(legal, modelOf(legal)));
  runOnHardware(withoutWarp(log), legal, entry);
  return { entry, pins: log.clocks };
}

/** Signed clocks and clocks of either sign of every cell, row by row. */
function onTimes(pins: readonly PinClock[], { rows, columns }: CorpusEntry['program']) {
  const [signed, all] = [new Array<number>(rows * columns).fill(0), new Array<number>(rows * columns).fill(0)];
  for (const clock of pins.filter(({ fires }) => fires))
    for (const row of clock.rows)
      for (const column of clock.columns) {
        const cell = row * columns + column;
        signed[cell] = (signed[cell] ?? 0) + (clock.isNegative ? -1 : 1);
        all[cell] = (all[cell] ?? 0) + 1;
      }
  return { signed, all };
}

const sum = (one: readonly number[], other: readonly number[]): readonly number[] =>
  one.map((value, cell) => value + (other[cell] ?? 0));

describe('at the pins, in every clock', () => {
  it('serial writing has at most one row and one column on, and fires only where both are', async () => {
    const { pins, entry } = await pinsOf('Open-loop writing, cell by cell');
    const selected = new Set<number>();
    for (const { rows, columns, fires } of pins) {
      expect([rows.length, columns.length]).toEqual(fires ? [1, 1] : [0, 0]);
      if (fires) selected.add((rows[0] ?? 0) * entry.program.columns + (columns[0] ?? 0));
    }
    const wanted = entry.program.dataSets.flatMap(({ entries }) =>
      entries.map(({ row, column }) => row * entry.program.columns + column),
    );
    expect(selected).toEqual(new Set(wanted));
  });

  it.each([
    ['Open-loop writing, cell by cell', true],
    ['Open-loop writing, row by row in pieces', false],
    ['Open-loop writing, row by row in one piece', false],
  ])('%s: the signed on-time of each cell is its width', async (title, isSerial) => {
    const { pins, entry } = await pinsOf(title);
    const widths = WIDTHS.map((width) => width * 2 ** entry.program.tickExponent);
    const other = widths.map((width) => -width).toReversed();
    const { signed, all } = onTimes(pins, entry.program);
    expect(signed).toEqual(sum(widths, other));
    expect(all).toEqual(sum(widths.map(Math.abs), other.map(Math.abs)));
    for (const { rows } of pins) expect(rows.length).toBeLessThanOrEqual(1);
    expect(Math.max(...pins.map(({ columns }) => columns.length)) === 1).toBe(isSerial);
  });

  it('the exact outer product keeps each cell on for the product of its row and column', async () => {
    const { pins, entry } = await pinsOf('Exact outer product');
    const products = UNSIGNED.map(({ rows, columns }) =>
      rows.values.flatMap((x) => columns.values.map((d) => x * d + 0)),
    );
    expect(onTimes(pins, entry.program).signed).toEqual(sum(products[0] ?? [], products[1] ?? []));
  });

  it('a zero shift gives every cell as much charge of one sign as of the other', async () => {
    const { pins, entry } = await pinsOf('Zero shifting');
    const { signed, all } = onTimes(pins, entry.program);
    expect(new Set(signed)).toEqual(new Set([0]));
    // Three pairs of pulses of five clocks
    expect(new Set(all)).toEqual(new Set([2 * 3 * 5]));
  });
});

describe('random planes', () => {
  const PLANES = 4;
  const LINES = 6;
  const TURNS = 40;
  const planes = Array.from({ length: PLANES }, (_, plane) => [plane, plane + 2]);
  const draw = { kind: 'plane', source: { kind: 'random', base: 0 } } as const;

  /** Dwells beside one clock keep the next word waiting at fetch, where a second draw would show. */
  it.each([
    ['back to back', 1],
    ['after waiting at fetch', 9],
  ])('take one new draw a word, %s', async (_, clocks) => {
    const dwell = { kind: 'clocks', clocks } as const;
    const body = [
      segment({ row: draw, column: draw, dwell, fires: true }),
      segment({ row: draw, column: { kind: 'all' }, dwell }),
      segment({ row: { kind: 'all' }, column: { kind: 'none' } }),
    ];
    const program = pulseProgram({
      rows: LINES,
      columns: LINES,
      randomPlanes: PLANES,
      operations: [loop(0, TURNS, ...body)],
      dataSets: [dataSet([], planes, planes)],
    });
    const legal = encode(scheduledModule(program));
    const host = new ControllerHost(await openController(legal), legal);
    host.start();
    host.writeRegister('seed_row', 0x1357_9bdf);
    host.writeRegister('seed_column', 0x0246_8ace);
    const model = new RandomPlanes(0x1357_9bdf, 0x0246_8ace);
    const { events } = record(host, legal, 0);
    const drawn = (side: 'row' | 'column'): readonly number[] => planes[model.draw(side)] ?? [];
    const all = Array.from({ length: LINES }, (__, line) => line);
    const expected = Array.from({ length: TURNS }, () => [
      { rows: drawn('row'), columns: drawn('column') },
      { rows: drawn('row'), columns: all },
      { rows: all, columns: [] },
    ]).flat();
    expect(events.slice(0, -1)).toMatchObject(expected);
    // Not a draw more than words that ask for one
    expect(host.readRegister('seed_row')).toBe(model.state('row'));
    expect(host.readRegister('seed_column')).toBe(model.state('column'));
  });
});
