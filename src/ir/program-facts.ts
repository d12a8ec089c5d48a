/** What sizing and encoding need to know of a pulse program, gathered in one walk. */
import { invariant } from '../core/invariant.js';
import { bitsFor, ceilLog2 } from './bit-width.js';
import type { Side } from './environment.js';
import { CONDITION_CODE, UNIT_CODE } from './microcode.js';
import { forEachSegment, levelBitsOf, planeOf, takesEntry } from './operation-facts.js';
import type { LineSelection, PlaneSource, PulseOperation, PulseProgram, Room, SegmentOperation } from './scheduled.js';

export interface ProgramFacts {
  readonly row: SideFacts;
  readonly column: SideFacts;
  readonly hasEntryLoop: boolean;
  /** Largest count of a counted loop. */
  readonly maxCount: number;
  /** Bits of the highest level of a line. */
  readonly levelBits: number;
  /** Conditions that it looks at and units that it tells, a bit for each code. */
  readonly conditions: number;
  readonly units: number;
  /** Longest segment or rest [clocks]. */
  readonly maxClocks: number;
  /** Largest number of work-list entries of a data set that the program may be given. */
  readonly maxEntries: number;
}

/** What a program selects on one side. */
export interface SideFacts {
  /** Whether planes come from a memory, and whether entries name them. */
  readonly usesMemory: boolean;
  readonly usesEntryPlanes: boolean;
  readonly usesCounterPlanes: boolean;
  readonly usesRandom: boolean;
  readonly usesSpikes: boolean;
  readonly usesMarks: boolean;
  /** Planes of the memory that the program or a data set speaks of. */
  readonly planeCount: number;
  /** Bits of the largest number in a program word that is no plane of the memory: an age, a direction. */
  readonly otherBits: number;
}

/** Facts of `program`; throws where it is not what the scheduler promises. */
export function gatherFacts(program: PulseProgram): ProgramFacts {
  const counts: number[] = [];
  let hasEntryLoop = false;
  const countOfLoop = new Map<number, number>();
  const maxEntries = program.dataSets.reduce(
    (most, { entries }) => Math.max(most, entries.length),
    roomOf(program).entries,
  );
  let conditions = 0;
  let units = 0;
  const visit = (operation: PulseOperation, inEntries: boolean): void => {
    if (operation.kind === 'segment') checkSegment(operation, inEntries);
    if ('condition' in operation) conditions |= 1 << CONDITION_CODE[operation.condition];
    if (operation.kind === 'command') units |= 1 << UNIT_CODE[operation.unit];
    if (operation.kind === 'choice')
      for (const each of [...operation.then, ...operation.otherwise]) visit(each, inEntries);
    if (operation.kind !== 'loop') return;
    const overEntries = operation.count === 'entries';
    const turns = operation.count === 'entries' ? maxEntries : operation.count;
    countOfLoop.set(operation.counter, Math.max(turns, countOfLoop.get(operation.counter) ?? 1));
    if (overEntries) hasEntryLoop = true;
    else counts.push(turns);
    for (const child of operation.body) visit(child, inEntries || overEntries);
  };
  for (const operation of program.operations) visit(operation, false);
  return {
    row: sideFacts(program, 'row', countOfLoop),
    column: sideFacts(program, 'column', countOfLoop),
    hasEntryLoop,
    maxCount: Math.max(1, ...counts),
    levelBits: levelBitsOf(program.operations),
    conditions,
    units,
    maxClocks: maxClocks(program),
    maxEntries,
  };
}

function roomOf({ room }: PulseProgram): Room {
  return room ?? { entries: 0, rowPlanes: 0, columnPlanes: 0 };
}

function checkSegment(segment: SegmentOperation, inEntries: boolean): void {
  invariant(
    inEntries || segment.entryOf !== undefined || !takesEntry(segment),
    'entries are taken inside a loop that numbers them',
  );
  invariant(segment.dwell.kind === 'entry' || segment.dwell.clocks >= 1, 'a dwell lasts at least one clock');
}

function maxClocks(program: PulseProgram): number {
  let most = Math.max(1, program.restClocks);
  const longestTimed = (2 ** program.magnitudeBits - 1) * 2 ** program.tickExponent;
  forEachSegment(program.operations, ({ dwell }) => {
    most = Math.max(most, dwell.kind === 'clocks' ? dwell.clocks : longestTimed);
  });
  return most;
}

function sideFacts(program: PulseProgram, side: Side, countOfLoop: ReadonlyMap<number, number>): SideFacts {
  const sources: PlaneSource[] = [];
  forEachSegment(program.operations, (segment) => {
    const source = planeOf(segment[side] satisfies LineSelection);
    if (source) sources.push(source);
  });
  const uses = (kind: PlaneSource['kind']): boolean => sources.some((source) => source.kind === kind);
  const usesMemory = sources.some(({ kind }) => kind !== 'age' && kind !== 'marks');
  const planes = side === 'row' ? 'rowPlanes' : 'columnPlanes';
  const stored = program.dataSets.reduce((most, each) => Math.max(most, each[planes].length), roomOf(program)[planes]);
  return {
    usesMemory,
    usesEntryPlanes: uses('entry'),
    usesCounterPlanes: uses('counter'),
    usesRandom: uses('random'),
    usesSpikes: uses('age'),
    usesMarks: uses('marks'),
    planeCount: usesMemory
      ? Math.max(1, stored, ...sources.map((source) => planesOf(source, program, countOfLoop)))
      : 0,
    otherBits: Math.max(0, ...sources.map((source) => otherBitsOf(source, program))),
  };
}

/** Planes that a source may reach: its base with all bits of the index that joins it. */
function planesOf(
  source: PlaneSource,
  { randomPlanes }: PulseProgram,
  countOfLoop: ReadonlyMap<number, number>,
): number {
  switch (source.kind) {
    case 'fixed':
      return source.plane + 1;
    case 'entry':
      return source.base + 1;
    case 'counter':
      return source.base + 2 ** ceilLog2(countOfLoop.get(source.counter) ?? 1);
    case 'random':
      return source.base + 2 ** ceilLog2(randomPlanes);
    case 'age':
    case 'marks':
      return 0;
  }
}

/** An age becomes the index of a plane of the ring, which must fit where the age stood. */
function otherBitsOf(source: PlaneSource, { blocks }: PulseProgram): number {
  if (source.kind === 'age') return Math.max(bitsFor(source.ticks), ceilLog2(blocks.spikes?.planes ?? 1));
  return source.kind === 'marks' ? 1 : 0;
}
