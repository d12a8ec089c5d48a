/** Pulse programs of any shape for tests of the controller: written out, or drawn from a seed. */
import type {
  DataSet,
  LineSelection,
  LoopOperation,
  PulseOperation,
  PulseProgram,
  ScheduledModule,
  SegmentOperation,
  WorkEntry,
} from '../../src/ir/scheduled.js';
import { PLAIN_BLOCKS } from '../../src/ir/blocks/controller-blocks.js';
import { closeLoops } from '../../src/ir/close-loops.js';
import { minSegmentClocks } from '../../src/ir/plane-load.js';
import { mappedFixture, ORIGIN } from './mapped-fixture.js';

/** A scheduled module around `program`; the device's ratings are those of the fixture unless a limit is given. */
export function scheduledModule(program: PulseProgram, maxPulseSeconds?: number): ScheduledModule {
  const mapped = mappedFixture({ images: [[[0]]] });
  const rating = { ...mapped.device.ratings[1]!, max: maxPulseSeconds ?? 1e9 };
  const device = { ...mapped.device, ratings: [mapped.device.ratings[0]!, rating] };
  return { phase: 'scheduled', mapped: { ...mapped, device }, program };
}

/** A program without operations; what a test does not say is small. */
export function pulseProgram(parts: Partial<PulseProgram> & Pick<PulseProgram, 'rows' | 'columns'>): PulseProgram {
  const shares = Math.min(2, parts.columns);
  return {
    name: 'Trial',
    origin: ORIGIN,
    clockHz: 1e6,
    railSets: mappedFixture({ images: [[[0]]] }).railSets,
    tickExponent: 0,
    magnitudeBits: 8,
    restClocks: 3,
    tiles: 1,
    randomPlanes: 0,
    scan: {
      converters: Math.ceil(parts.columns / shares),
      shares,
      bits: 12,
      minAmperes: 0,
      maxAmperes: 1e-6,
      settleClocks: 2,
      conversionClocks: 3,
    },
    blocks: PLAIN_BLOCKS,
    operations: [],
    dataSets: [],
    ...parts,
  };
}

/** A segment that selects nothing for one clock, with what a test wants changed. */
export function segment(parts: Partial<SegmentOperation>): SegmentOperation {
  return {
    kind: 'segment',
    row: { kind: 'none' },
    column: { kind: 'none' },
    levels: { row: 1, column: 1 },
    holds: false,
    railSet: 1,
    polarity: 'positive',
    dwell: { kind: 'clocks', clocks: 1 },
    fires: false,
    rest: 'never',
    samples: 'never',
    tiles: 1,
    origin: ORIGIN,
    ...parts,
  };
}

export function loop(
  counter: LoopOperation['counter'],
  count: LoopOperation['count'],
  ...body: readonly PulseOperation[]
): LoopOperation {
  return { kind: 'loop', counter, count, body, origin: ORIGIN };
}

export function dataSet(
  entries: readonly WorkEntry[],
  columnPlanes: DataSet['columnPlanes'] = [],
  rowPlanes: DataSet['rowPlanes'] = [],
): DataSet {
  return {
    name: 'set',
    entries,
    rowPlanes,
    columnPlanes,
    believed: [],
    targets: [],
    changed: 0,
    disturb: 0,
    origin: ORIGIN,
  };
}

/** Numbers below a bound, the same for the same seed (mulberry32). */
export type Draw = (below: number) => number;

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A program of random loops, lines and times on a tile, with data sets of random length (one of them empty). */
export function randomProgram(rows: number, columns: number, seed: number): PulseProgram {
  const draw = drawFrom(seed);
  const usesPlanes = draw(2) === 1;
  const shortest = usesPlanes ? minSegmentClocks(columns) : 1;
  const tickExponent = Math.ceil(Math.log2(shortest)) + draw(3);
  const planeCount = usesPlanes ? 1 + draw(5) : 0;
  const context = { draw, rows, columns, shortest };
  const entryLoop = loop(0, 'entries', ...entryBody(context, usesPlanes));
  return pulseProgram({
    rows,
    columns,
    tickExponent,
    magnitudeBits: 4 + draw(5),
    restClocks: shortest + draw(4),
    operations: closeLoops([...block(context, 1, []), entryLoop, ...block(context, 0, [])]),
    dataSets: [0, 1 + draw(4), 5 + draw(20)].map((count) =>
      dataSet(
        Array.from({ length: count }, () => ({
          row: draw(rows),
          column: draw(usesPlanes ? planeCount : columns),
          negative: draw(2) === 1,
          magnitude: 1 + draw(15),
          last: draw(3) > 0,
        })),
        Array.from({ length: planeCount }, () =>
          Array.from({ length: columns }, (_, column) => column).filter(() => draw(2) === 1),
        ),
      ),
    ),
  });
}

interface RandomContext {
  readonly draw: Draw;
  readonly rows: number;
  readonly columns: number;
  readonly shortest: number;
}

const COUNTERS = [0, 1, 2] as const;
const RESTS = ['never', 'entry', 'always'] as const;

function entryBody(context: RandomContext, usesPlanes: boolean): readonly PulseOperation[] {
  const { draw } = context;
  const taking = segment({
    row: draw(4) === 0 ? { kind: 'all' } : { kind: 'entry' },
    column: usesPlanes ? { kind: 'plane', source: { kind: 'entry', base: 0 } } : { kind: 'entry' },
    polarity: 'entry',
    railSet: 1 + draw(2),
    dwell: { kind: 'entry' },
    fires: true,
    rest: RESTS[draw(3)]!,
  });
  const extra = draw(2) === 1 ? [plainSegment(context, [0])] : [];
  return draw(2) === 1 ? [taking, ...extra] : [...extra, taking];
}

function block(context: RandomContext, depth: number, counters: readonly (0 | 1 | 2)[]): readonly PulseOperation[] {
  const { draw } = context;
  return Array.from({ length: 1 + draw(2) }, () => {
    const free = COUNTERS.filter((counter) => !counters.includes(counter));
    const counter = free[draw(free.length || 1)];
    if (depth === 3 || counter === undefined || draw(2) === 0) return plainSegment(context, counters);
    const count = 1 + draw(Math.min(4, context.rows, context.columns));
    return loop(counter, count, ...block(context, depth + 1, [...counters, counter]));
  });
}

function plainSegment(context: RandomContext, counters: readonly (0 | 1 | 2)[]): SegmentOperation {
  const { draw, shortest } = context;
  return segment({
    row: plainLines(draw, counters, context.rows),
    column: plainLines(draw, counters, context.columns),
    railSet: draw(3),
    dwell: { kind: 'clocks', clocks: shortest + (draw(3) === 0 ? draw(100_000) : draw(3)) },
    fires: draw(3) === 0,
    rest: draw(2) === 0 ? 'never' : 'always',
    samples: draw(4) === 0 ? { mode: 'store', negate: false } : 'never',
  });
}

/** Counter 0 may run over more entries than there are lines, so it selects none in the loop over them. */
function plainLines(draw: Draw, counters: readonly (0 | 1 | 2)[], count: number): LineSelection {
  const counter = counters.length === 1 && counters[0] === 0 ? undefined : counters[draw(counters.length || 1)];
  if (counter !== undefined && draw(2) === 0 && count > 3) return { kind: 'counter', counter };
  return draw(2) === 0 ? { kind: 'all' } : { kind: 'none' };
}
