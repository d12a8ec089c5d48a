/** What cells receive in a run: for how long both of their lines were on while something fired, and how often. */
import type { ControllerEvent, SegmentEvent } from '../../src/ir/events.js';

export interface CellExposure {
  /** Clocks with positive polarity less those with negative. */
  readonly signed: readonly number[];
  /** Pulses: from where a cell goes on to where it goes off or turns. */
  readonly pulses: readonly number[];
  /** Pulses with positive polarity less those with negative, one for each segment. */
  readonly signedSegments: readonly number[];
}

/** Exposure of every cell of an array with `columns`, row by row; only segments that `isCounted` takes count. */
export function cellExposure(
  events: Iterable<ControllerEvent>,
  array: { readonly rows: number; readonly columns: number },
  isCounted: (segment: SegmentEvent) => boolean = () => true,
): CellExposure {
  const zeros = (): number[] => Array.from({ length: array.rows * array.columns }, () => 0);
  const [signed, pulses, signedSegments] = [zeros(), zeros(), zeros()];
  let before = zeros();
  for (const event of events) {
    if (event.kind !== 'segment') continue;
    const now = zeros();
    if (event.fires && isCounted(event)) {
      for (const row of event.rows)
        for (const column of event.columns) now[row * array.columns + column] = signOf(event);
    }
    for (const [cell, sign] of now.entries()) {
      signed[cell]! += sign * event.clocks;
      signedSegments[cell]! += sign;
      if (sign !== 0 && sign !== before[cell]) pulses[cell]! += 1;
    }
    before = now;
  }
  return { signed, pulses, signedSegments };
}

function signOf({ negative }: SegmentEvent): number {
  return negative ? -1 : 1;
}
