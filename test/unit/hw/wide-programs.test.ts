/** A tile of many lines, a full work list, loops to their last turn, long dwells, random planes: every index and count reaches its end. */
import { describe, expect, it } from 'vitest';
import { closeLoops } from '../../../src/ir/close-loops.js';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { RandomPlanes } from '../../../src/ir/random-planes.js';
import type { LoopOperation, SegmentOperation } from '../../../src/ir/scheduled.js';
import { observable, openController, record } from '../../support/controller-run.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

const ROWS = 70;
const COLUMNS = 512;
const ENTRIES = 512;
const PLANES = 8;
const MOST_MAGNITUDE = 255;

/** Bits of a dwell of the controllers that the tests build. */
const DWELL_BITS = 20;

const random = randomNumbers(70);
const wide = wideNumbers(random);
const fixed = (clocks: number): SegmentOperation['dwell'] => ({ kind: 'clocks', clocks });
const column = (counter: LoopOperation['counter']): Partial<SegmentOperation> => ({
  column: { kind: 'counter', counter },
});

const OPERATIONS = closeLoops([
  segment({}),
  loop(
    0,
    'entries',
    segment({
      row: { kind: 'entry' },
      column: { kind: 'entry' },
      dwell: { kind: 'entry' },
      polarity: 'entry',
      rest: 'entry',
      fires: true,
    }),
  ),
  loop(0, COLUMNS, segment(column(0))),
  loop(0, 2, loop(1, COLUMNS, segment({ ...column(1), row: { kind: 'all' } }))),
  loop(0, 1, loop(1, 2, loop(2, COLUMNS, segment(column(2))))),
  ...Array.from({ length: 30 }, () =>
    segment({
      row: { kind: 'all' },
      column: { kind: 'plane', source: { kind: 'fixed', plane: random(PLANES) } },
      dwell: fixed(64 + Number(wide(BigInt(2 ** DWELL_BITS - 65)))),
      rest: 'always',
    }),
  ),
]);

const WORK = Array.from({ length: ENTRIES }, () => ({
  row: random(ROWS),
  column: random(COLUMNS),
  negative: random(2) === 1,
  magnitude: 1 + Number(wide(BigInt(MOST_MAGNITUDE - 1))),
  last: random(3) > 0,
}));

const LEGAL = encode(
  scheduledModule(
    pulseProgram({
      rows: ROWS,
      columns: COLUMNS,
      magnitudeBits: 8,
      scan: { ...pulseProgram({ rows: 1, columns: 1 }).scan, shares: COLUMNS / 4, converters: 4 },
      operations: OPERATIONS,
      dataSets: [
        dataSet(
          WORK,
          Array.from({ length: PLANES }, () =>
            Array.from({ length: COLUMNS }, (_, line) => line).filter(() => random(2) === 1),
          ),
        ),
      ],
    }),
  ),
);

describe('a program of many lines, turns and clocks', () => {
  it('does to the clock what its words say', { timeout: 120_000 }, async () => {
    const host = new ControllerHost(await openController(LEGAL), LEGAL);
    host.start();
    const expected = [...interpretLegal(LEGAL, LEGAL.dataSets[0]!)].map(observable);
    const { events, summary } = record(host, LEGAL, 0);
    expect(events.length).toBeGreaterThan(3 * COLUMNS);
    expect(events).toEqual(expected);
    expect(summary).toMatchObject({ errorCode: 0, isStalled: false });
  });
});

// Draws go to 8, so that 4 planes are fewer than there are draws, and 13 are more
describe.each([4, 13])('random planes of many lines: %i of them', (planes) => {
  const [rows, stored, segments] = [400, 13, 90];
  const drawn = { kind: 'plane', source: { kind: 'random', base: 0 } } as const;
  const sets = (lines: number): readonly (readonly number[])[] =>
    Array.from({ length: stored }, () =>
      Array.from({ length: lines }, (_, line) => line).filter(() => random(2) === 1),
    );
  const [rowPlanes, columnPlanes] = [sets(rows), sets(COLUMNS)];
  const dwells = Array.from({ length: segments }, () => 64 + Number(wide(BigInt(2 ** DWELL_BITS - 65))));

  it('are those of the draws, for every dwell', { timeout: 120_000 }, async () => {
    const legal = encode(
      scheduledModule(
        pulseProgram({
          rows,
          columns: COLUMNS,
          randomPlanes: planes,
          scan: { ...pulseProgram({ rows: 1, columns: 1 }).scan, shares: COLUMNS / 4, converters: 4 },
          operations: [
            ...OPERATIONS,
            ...dwells.map((clocks) =>
              segment({ row: drawn, column: drawn, dwell: fixed(clocks), fires: true, rest: 'always' }),
            ),
          ],
          dataSets: [dataSet(WORK, columnPlanes, rowPlanes)],
        }),
      ),
    );
    const host = new ControllerHost(await openController(legal), legal);
    const draws = new Set<number>();
    const planeOf = (all: typeof rowPlanes, draw: number): readonly number[] => {
      draws.add(draw);
      return draw < planes ? (all[draw] ?? []) : [];
    };
    for (let run = 0; run < 2; run++) {
      const seeds = [1n, 1n].map((least) => Number(least + wide(mostOf(32) - 1n))) as [number, number];
      host.start();
      host.writeRegister('seed_row', seeds[0]);
      host.writeRegister('seed_column', seeds[1]);
      const model = new RandomPlanes(...seeds);
      const { events, summary } = record(host, legal, 0);
      const fired = events.filter((event) => event.kind === 'segment' && event.fires);
      const expected = dwells.map(() => ({
        rows: planeOf(rowPlanes, model.draw('row')),
        columns: planeOf(columnPlanes, model.draw('column')),
      }));
      expect(fired.slice(-segments)).toMatchObject(expected);
      expect(summary).toMatchObject({ errorCode: 0, isStalled: false });
      expect([host.readRegister('seed_row'), host.readRegister('seed_column')]).toEqual([
        model.state('row'),
        model.state('column'),
      ]);
    }
    // The last plane that is drawn, and the first draw that selects no line, if draws go that far
    expect([...draws].sort((a, b) => a - b)).toEqual(
      expect.arrayContaining([Math.min(planes, 8) - 1, Math.min(planes, 8)]),
    );
  });
});
