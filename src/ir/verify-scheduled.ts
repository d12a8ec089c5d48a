/** What phase `scheduled` guarantees; a violation is a bug of the scheduler, so it throws. */
import type { Side } from './environment.js';
import { serialFaults } from './blocks/line-serial.js';
import { closeLoops } from './close-loops.js';
import { takesEntry } from './operation-facts.js';
import type {
  DataSet,
  LineSelection,
  LoopOperation,
  PlaneSource,
  PulseOperation,
  PulseProgram,
  ScheduledArray,
  ScheduledModule,
  SegmentOperation,
} from './scheduled.js';
import { claimsOf, type Claim } from './verify.js';

/** A level is at most a code of a converter of 8 bits. */
const MAX_LEVEL = 255;
const MAX_ARGUMENT = 255;

/** Order and times are final: loops nest and can be closed, entries and planes exist, dwells are representable. */
export function verifyScheduled(scheduled: ScheduledModule): void {
  const { mapped, program } = scheduled;
  claimsOf('schedule')(program.dataSets.length === mapped.images.length, 'every image has a data set');
  verifyScheduledArray(scheduled);
}

/** The same of whatever runs on an array. */
export function verifyScheduledArray({ program }: ScheduledArray): void {
  const claim = claimsOf('schedule');
  claim(program.restClocks >= 1, 'a rest lasts at least one clock');
  verifyProgram(program, claim);
}

/** The same of a program by itself. */
export function verifyProgram(program: PulseProgram, claim: Claim): void {
  const { operations } = program;
  for (const fault of serialFaults(program)) claim(false, fault);
  verifyConverters(program, claim);
  claim(JSON.stringify(closeLoops(operations)) === JSON.stringify(operations), 'loops end with words that close them');
  for (const operation of operations) verifyOperation(operation, { program, claim, loops: [] });
  for (const dataSet of program.dataSets) verifyDataSet(dataSet, program, claim);
}

/** Times of scans follow from what the converters' block does after reset. */
function verifyConverters({ scan, blocks }: PulseProgram, claim: Claim): void {
  claim((scan.oversampling ?? 0) === 0 || blocks.scan.oversamples, 'means are taken where the block can take them');
  const compares = blocks.scan.comparison === 'on' && blocks.verify !== undefined;
  claim((scan.compares ?? false) === compares, 'scans compare where the block does so after reset');
}

interface OperationContext {
  readonly program: PulseProgram;
  readonly claim: Claim;
  /** Loops around an operation. */
  readonly loops: readonly LoopOperation[];
}

function verifyOperation(operation: PulseOperation, context: OperationContext): void {
  const { claim, loops } = context;
  switch (operation.kind) {
    case 'segment':
      verifySegment(operation, context);
      break;
    case 'loop':
      claim(!loops.some(({ counter }) => counter === operation.counter), 'nested loops use different counters');
      for (const child of operation.body) verifyOperation(child, { ...context, loops: [...loops, operation] });
      break;
    case 'break':
      claim(loops.length > 0, 'a break stands in a loop');
      break;
    case 'choice':
      for (const child of [...operation.then, ...operation.otherwise]) verifyOperation(child, context);
      break;
    case 'command':
      claim(operation.argument <= MAX_ARGUMENT, 'the argument of a command fits');
      break;
    case 'wait':
      break;
  }
}

function verifySegment(segment: SegmentOperation, { program, claim, loops }: OperationContext): void {
  const { row, column, dwell, railSet, levels, tiles } = segment;
  claim(railSet < program.railSets.length, 'the rail set of a segment exists');
  claim(dwell.kind === 'entry' || dwell.clocks >= 1, 'a segment lasts at least one clock');
  claim(levels.row <= MAX_LEVEL && levels.column <= MAX_LEVEL, 'a line has the level of a segment');
  claim(tiles < 2 ** program.tiles, 'the tiles of a segment exist');
  for (const [side, selection] of Object.entries({ row, column })) {
    // Keys of the object above.
    verifySelection(selection, side as Side, { program, claim, loops });
  }
  const { entryOf } = segment;
  // The hardware numbers entries by counters that run over the work list only
  const hasEntry = loops.some(
    ({ count, counter }) => count === 'entries' && (entryOf === undefined || counter === entryOf),
  );
  claim(hasEntry || !takesEntry(segment), 'entries are taken inside a loop that numbers them');
}

function verifySelection(selection: LineSelection, side: Side, { program, claim, loops }: OperationContext): void {
  const isAround = (counter: number): boolean => loops.some((loop) => loop.counter === counter);
  if (selection.kind === 'counter') {
    claim(isAround(selection.counter), 'a line is selected by a loop around it');
    const count = loops.find(({ counter }) => counter === selection.counter)?.count;
    const turns = count === 'entries' ? Math.max(0, ...program.dataSets.map(({ entries }) => entries.length)) : count;
    claim((turns ?? 0) <= program[side === 'row' ? 'rows' : 'columns'], 'a loop that selects lines has a line a turn');
  }
  if (selection.kind !== 'plane') return;
  const { source } = selection;
  if (source.kind === 'counter') claim(isAround(source.counter), 'a plane is selected by a loop around it');
  for (const dataSet of program.dataSets) {
    const planes = side === 'row' ? dataSet.rowPlanes : dataSet.columnPlanes;
    claim(
      indicesOf(source, { program, dataSet, side, loops }).every((index) => planes[index] !== undefined),
      `planes that segments select in ${dataSet.name} exist`,
    );
  }
}

interface PlaneContext {
  readonly program: PulseProgram;
  readonly dataSet: DataSet;
  readonly side: Side;
  readonly loops: readonly LoopOperation[];
}

/** Planes of the memory that a source selects in the runs over a data set. */
function indicesOf(source: PlaneSource, { program, dataSet, side, loops }: PlaneContext): readonly number[] {
  const { entries } = dataSet;
  switch (source.kind) {
    case 'fixed':
      return [source.plane];
    case 'entry':
      return entries.map((entry) => source.base | entry[side]);
    case 'counter': {
      const count = loops.find(({ counter }) => counter === source.counter)?.count ?? 0;
      const turns = count === 'entries' ? entries.length : count;
      return Array.from({ length: turns }, (_, turn) => source.base | turn);
    }
    case 'random':
      return Array.from({ length: program.randomPlanes }, (_, draw) => source.base | draw);
    case 'age':
    case 'marks':
      return [];
  }
}

function verifyDataSet({ name, entries, rowPlanes, columnPlanes }: DataSet, program: PulseProgram, claim: Claim): void {
  const most = 2 ** program.magnitudeBits - 1;
  const rowLimit = Math.max(program.rows, rowPlanes.length);
  const columnLimit = Math.max(program.columns, columnPlanes.length);
  for (const { row, column, magnitude } of entries) {
    claim(row < rowLimit && column < columnLimit, `entries of ${name} name existing lines`);
    claim(Number.isInteger(magnitude) && magnitude >= 1 && magnitude <= most, `dwells of ${name} fit the timer`);
  }
  const exist = (planes: readonly (readonly number[])[], count: number): boolean =>
    planes.every((plane) => plane.every((line) => line < count));
  claim(exist(rowPlanes, program.rows) && exist(columnPlanes, program.columns), `planes of ${name} exist`);
  claim(entries.at(-1)?.last !== false, `the last pulse of ${name} is followed by a rest`);
}
