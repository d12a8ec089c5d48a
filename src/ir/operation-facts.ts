/** Questions about operations that more than one part of the compiler asks. */
import { bitsFor } from './bit-width.js';
import type { LineSelection, PlaneSource, PulseOperation, SegmentOperation } from './scheduled.js';

/** Calls `visit` for every segment in `operations`, in order. */
export function forEachSegment(
  operations: readonly PulseOperation[],
  visit: (segment: SegmentOperation) => void,
): void {
  for (const operation of operations) {
    if (operation.kind === 'segment') visit(operation);
    else if (operation.kind === 'loop') forEachSegment(operation.body, visit);
    else if (operation.kind === 'choice') {
      forEachSegment(operation.then, visit);
      forEachSegment(operation.otherwise, visit);
    }
  }
}

/** Bits of the highest level that a segment of `operations` gives its lines. */
export function levelBitsOf(operations: readonly PulseOperation[]): number {
  let most = 1;
  forEachSegment(operations, ({ levels }) => {
    most = Math.max(most, levels.row, levels.column);
  });
  return bitsFor(most);
}

/** The plane that a selection loads. */
export function planeOf(selection: LineSelection): PlaneSource | undefined {
  return selection.kind === 'plane' ? selection.source : undefined;
}

/** Whether a segment works on a work-list entry. */
export function takesEntry({ row, column, dwell, polarity, rest }: SegmentOperation): boolean {
  const namesEntry = [row, column].some(
    (selection) => selection.kind === 'entry' || planeOf(selection)?.kind === 'entry',
  );
  return namesEntry || dwell.kind === 'entry' || polarity === 'entry' || rest === 'entry';
}
