/** Random pulse programs that use everything the sequencer knows, with what is around them. */
import fc from 'fast-check';
import { allocateLoops } from '../../src/ir/allocate-loops.js';
import { closeLoops } from '../../src/ir/close-loops.js';
import type { Side } from '../../src/ir/environment.js';
import type { CommandUnit, Condition } from '../../src/ir/microcode.js';
import type { DataSet, LineSelection, PulseOperation, PulseProgram, SegmentOperation } from '../../src/ir/scheduled.js';
import { ORIGIN } from './mapped-fixture.js';
import { dataSet, loop, pulseProgram, segment } from './pulse-program.js';
import type { ConditionPatterns } from './trace-environment.js';

export interface ProgramTrial {
  readonly program: PulseProgram;
  readonly patterns: ConditionPatterns;
}

/** What the controller around the sequencer can do. */
export interface Surroundings {
  readonly hasSpikes: boolean;
  readonly hasMarks: boolean;
  /** Whether programs look at conditions and tell units. */
  readonly hasControl: boolean;
}

/** Planes of each side; bases and indices below stay inside. */
const PLANES = 16;
const MAX_ENTRIES = 6;
const CONDITIONS: readonly Condition[] = ['always', 'field', 'rails', 'compliance', 'wear'];
const UNITS: readonly CommandUnit[] = ['field', 'rails', 'random', 'host'];

interface Context extends Surroundings {
  /** Sides that have a line for every turn of every loop. */
  readonly longSides: readonly Side[];
  readonly maxLevel: number;
  /** Loops around, and whether one of them runs over the entries. */
  readonly depth: number;
  readonly inEntries: boolean;
}

export function arbitraryProgram(surroundings: Surroundings): fc.Arbitrary<ProgramTrial> {
  const shape = fc.record({
    rows: fc.constantFrom(1, 3, 6, 70),
    columns: fc.constantFrom(1, 2, 5, 16, 130),
    maxLevel: fc.constantFrom(1, 1, 3, 7),
    tickExponent: fc.constantFrom(0, 0, 1, 3),
    restClocks: fc.integer({ min: 1, max: 4 }),
    randomPlanes: fc.integer({ min: 0, max: 5 }),
  });
  return shape
    .chain(({ rows, columns, maxLevel, ...rest }) => {
      const longSides = [
        ...(rows >= MAX_ENTRIES ? ['row' as const] : []),
        ...(columns >= MAX_ENTRIES ? ['column' as const] : []),
      ];
      const context: Context = { ...surroundings, longSides, maxLevel, depth: 0, inEntries: false };
      return fc.record({
        operations: operations(context).map((body) => closeLoops([segment({ origin: ORIGIN }), ...body])),
        dataSets: fc.tuple(dataSets(rows, columns, 0), dataSets(rows, columns, MAX_ENTRIES)),
        patterns: patterns(),
        base: fc.constant({ rows, columns, ...rest }),
      });
    })
    .filter(({ operations: all }) => allocateLoops(all) !== undefined)
    .map(({ operations: all, dataSets: sets, patterns: holds, base }) => ({
      program: pulseProgram({ ...base, scan: scanOf(base.columns), magnitudeBits: 4, operations: all, dataSets: sets }),
      patterns: holds,
    }));
}

/** At most four converters, so that results of all programs fit their window. */
function scanOf(columns: number): PulseProgram['scan'] {
  const shares = Math.max(Math.min(2, columns), Math.ceil(columns / 4));
  return { ...pulseProgram({ rows: 1, columns }).scan, shares, converters: Math.ceil(columns / shares) };
}

function patterns(): fc.Arbitrary<ConditionPatterns> {
  // A condition that never holds would be waited for without end.
  const pattern = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n });
  return fc.record({ field: pattern, rails: pattern, compliance: pattern, wear: pattern });
}

function dataSets(rows: number, columns: number, maxEntries: number): fc.Arbitrary<DataSet> {
  const entry = fc.record({
    row: fc.nat(Math.min(rows, PLANES) - 1),
    column: fc.nat(Math.min(columns, PLANES) - 1),
    negative: fc.boolean(),
    magnitude: fc.integer({ min: 1, max: 15 }),
    last: fc.boolean(),
  });
  const planes = (lines: number) =>
    fc.array(
      fc.uniqueArray(fc.nat(lines - 1), { maxLength: 8 }).map((list) => list.sort((a, b) => a - b)),
      { minLength: PLANES, maxLength: PLANES },
    );
  const entries = fc.array(entry, { minLength: Math.min(1, maxEntries), maxLength: maxEntries });
  return fc
    .tuple(entries, planes(columns), planes(rows))
    .map(([list, columnPlanes, rowPlanes]) => dataSet(list, columnPlanes, rowPlanes));
}

function operations(context: Context): fc.Arbitrary<readonly PulseOperation[]> {
  return fc.array(operation(context), { minLength: 1, maxLength: 3 });
}

function operation(context: Context): fc.Arbitrary<PulseOperation> {
  const { depth, hasControl } = context;
  const choices: fc.WeightedArbitrary<PulseOperation>[] = [{ weight: 6, arbitrary: segments(context) }];
  if (depth < 3) choices.push({ weight: 3, arbitrary: loops(context) });
  if (hasControl) {
    const condition = fc.constantFrom(...CONDITIONS);
    const origin = fc.constant(ORIGIN);
    choices.push({ weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), condition, origin }) });
    choices.push({
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('command' as const),
        unit: fc.constantFrom(...UNITS),
        argument: fc.nat(255),
        origin,
      }),
    });
    if (depth > 0) {
      choices.push({
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('break' as const), condition, when: fc.boolean(), origin }),
      });
    }
    if (depth < 3) {
      const arm = fc.oneof(fc.constant([]), operations({ ...context, hasControl: false }));
      choices.push({
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('choice' as const),
          condition,
          then: arm,
          otherwise: arm,
          origin,
        }),
      });
    }
  }
  return fc.oneof(...choices);
}

function loops(context: Context): fc.Arbitrary<PulseOperation> {
  const inner = { ...context, depth: context.depth + 1 };
  const counted = fc
    .tuple(fc.integer({ min: 1, max: 4 }), operations(inner))
    .map(([count, body]) => loop(context.depth, count, ...body));
  const overEntries = operations({ ...inner, inEntries: true }).map((body) => loop(context.depth, 'entries', ...body));
  return fc.oneof(counted, overEntries);
}

function segments(context: Context): fc.Arbitrary<SegmentOperation> {
  const { maxLevel, inEntries } = context;
  const level = fc.integer({ min: 0, max: maxLevel });
  const clocks = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant(700));
  const fixed = clocks.map((count) => ({ kind: 'clocks' as const, clocks: count }));
  return fc
    .record({
      row: selections('row', context),
      column: selections('column', context),
      levels: fc.record({ row: level, column: level }),
      holds: fc.boolean(),
      railSet: fc.nat(2),
      polarity: fc.constantFrom('positive', 'negative', ...(inEntries ? (['entry'] as const) : [])),
      dwell: inEntries ? fc.oneof(fixed, fc.constant({ kind: 'entry' as const })) : fixed,
      fires: fc.boolean(),
      rest: fc.constantFrom('never', 'never', 'always', ...(inEntries ? (['entry'] as const) : [])),
      samples: fc.oneof(
        { weight: 5, arbitrary: fc.constant('never' as const) },
        { weight: 1, arbitrary: fc.constant({ mode: 'store' as const, negate: false }) },
      ),
    })
    .map((parts) => segment(parts));
}

function selections(
  side: Side,
  { depth, inEntries, hasSpikes, hasMarks, longSides }: Context,
): fc.Arbitrary<LineSelection> {
  const base = fc.constantFrom(0, 8);
  const plane = (source: fc.Arbitrary<Extract<LineSelection, { kind: 'plane' }>['source']>) =>
    source.map((each) => ({ kind: 'plane' as const, source: each }));
  const choices: fc.Arbitrary<LineSelection>[] = [
    fc.constantFrom({ kind: 'none' }, { kind: 'all' }, { kind: 'keep' }),
    plane(fc.nat(PLANES - 1).map((index) => ({ kind: 'fixed', plane: index }))),
    plane(base.map((each) => ({ kind: 'random', base: each }))),
  ];
  if (depth > 0) {
    const counter = fc.nat(depth - 1);
    if (longSides.includes(side)) choices.push(counter.map((each) => ({ kind: 'counter', counter: each })));
    choices.push(
      plane(fc.tuple(counter, base).map(([each, first]) => ({ kind: 'counter', counter: each, base: first }))),
    );
  }
  if (inEntries) {
    choices.push(fc.constant({ kind: 'entry' }));
    choices.push(plane(fc.constant({ kind: 'entry', base: 0 })));
  }
  if (hasSpikes) choices.push(plane(fc.nat(3).map((ticks) => ({ kind: 'age', ticks }))));
  if (hasMarks) choices.push(plane(fc.constantFrom('up', 'down').map((direction) => ({ kind: 'marks', direction }))));
  return fc.oneof(...choices);
}
