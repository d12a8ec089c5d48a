/** What sizing and encoding need to know of a pulse program, gathered in one walk. */
import { invariant } from '../core/invariant.js';
import type { PulseOperation, PulseProgram, SegmentOperation } from './scheduled.js';

export interface ProgramFacts {
  readonly usesPlanes: boolean;
  readonly hasEntryLoop: boolean;
  /** Largest count of a counted loop. */
  readonly maxCount: number;
  /** Shortest and longest segment or rest [clocks]. */
  readonly minClocks: number;
  readonly maxClocks: number;
  /** Largest number of work-list entries of a data set. */
  readonly maxEntries: number;
}

/** Facts of `program`; throws where it is not what the scheduler promises. */
export function gatherFacts(program: PulseProgram): ProgramFacts {
  const segments: SegmentOperation[] = [];
  const counts: number[] = [];
  let entryLoops = 0;
  const visit = (operation: PulseOperation, inEntries: boolean, isInLoop: boolean): void => {
    if (operation.kind === 'segment') {
      checkSegment(operation, inEntries);
      segments.push(operation);
      return;
    }
    const overEntries = operation.count === 'entries';
    if (operation.count === 'entries') {
      entryLoops += 1;
      invariant(entryLoops === 1 && !isInLoop, 'a program runs over its work list once');
      invariant(operation.body.filter(takesEntry).length === 1, 'an iteration takes one entry');
    } else counts.push(operation.count);
    for (const child of operation.body) visit(child, overEntries, true);
  };
  for (const operation of program.operations) visit(operation, false, false);
  return {
    usesPlanes: segments.some((segment) => segment.column.kind === 'plane'),
    hasEntryLoop: entryLoops > 0,
    maxCount: Math.max(1, ...counts),
    ...dwellRange(program, segments),
    maxEntries: Math.max(0, ...program.dataSets.map((dataSet) => dataSet.entries.length)),
  };
}

/** Whether a segment works on the current work-list entry. */
export function takesEntry(operation: PulseOperation): boolean {
  if (operation.kind === 'loop') return false;
  const { row, column, dwell } = operation;
  return dwell.kind === 'entry' || [row.kind, column.kind].some((kind) => kind === 'entry' || kind === 'plane');
}

function checkSegment(segment: SegmentOperation, inEntries: boolean): void {
  invariant(segment.row.kind !== 'plane', 'planes select columns');
  invariant(inEntries || !takesEntry(segment), 'entries are taken inside the loop over them');
  invariant(segment.rest !== 'entry' || takesEntry(segment), 'a rest by the entry needs an entry');
  invariant(segment.dwell.kind === 'entry' || segment.dwell.clocks >= 1, 'a dwell lasts at least one clock');
}

function dwellRange(
  program: PulseProgram,
  segments: readonly SegmentOperation[],
): { readonly minClocks: number; readonly maxClocks: number } {
  const tick = 2 ** program.tickExponent;
  const fixed = segments.flatMap(({ dwell }) => (dwell.kind === 'clocks' ? [dwell.clocks] : []));
  const isTimed = segments.some(({ dwell }) => dwell.kind === 'entry');
  const longestTimed = (2 ** program.magnitudeBits - 1) * tick;
  return {
    minClocks: Math.min(...fixed, isTimed ? tick : Infinity, program.restClocks || Infinity),
    maxClocks: Math.max(1, ...fixed, isTimed ? longestTimed : 1, program.restClocks),
  };
}
