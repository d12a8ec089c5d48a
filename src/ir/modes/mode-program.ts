/**
 * What a mode of the controller contributes to a pulse program, and the few words that modes are written in. A mode is
 * a function of a small record; it knows the lines and the data, but neither the chip nor the device.
 */
import type { Span } from '../../core/span.js';
import { invariant } from '../../core/invariant.js';
import type { Condition } from '../microcode.js';
import { scanClocks } from '../scan-clocks.js';
import type { DataSet, LoopOperation, PulseOperation, PulseProgram, SegmentOperation } from '../scheduled.js';

/** The parts of a {@link PulseProgram} that a mode decides. */
export interface ModeProgram extends Pick<PulseProgram, 'operations' | 'dataSets'> {
  /** Planes that random selections draw from, where there are any. */
  readonly randomPlanes?: number;
  /**
   * Clocks of each data set from the first commit to the one that leaves all lines at REST. It holds where no segment
   * is shorter than loading its planes, and is absent where conditions decide.
   */
  readonly clocks?: (timing: ModeTiming) => readonly number[];
}

/** What the duration of a mode depends on beside its data. */
export type ModeTiming = Pick<PulseProgram, 'scan' | 'restClocks' | 'tickExponent'>;

/** The array that a mode works on, and the place in the source that asked for it. */
export interface ModeArray {
  readonly rows: number;
  readonly columns: number;
  readonly origin: Span;
}

/** What a mode says of a segment: all but what is as in a segment that selects and moves nothing. */
export type SegmentParts = Partial<Omit<SegmentOperation, 'kind' | 'origin'>> &
  Pick<SegmentOperation, 'railSet' | 'dwell'>;

/** A segment of the first tile at level 1, positive, that neither fires nor holds nor rests nor samples. */
export function segmentOf(origin: Span, parts: SegmentParts): SegmentOperation {
  return {
    kind: 'segment',
    row: { kind: 'none' },
    column: { kind: 'none' },
    levels: { row: 1, column: 1 },
    holds: false,
    polarity: 'positive',
    fires: false,
    rest: 'never',
    samples: 'never',
    tiles: 1,
    origin,
    ...parts,
  };
}

/** A loop whose operations may select by `counter`. */
export function loopOf(
  origin: Span,
  counter: number,
  count: LoopOperation['count'],
  body: readonly PulseOperation[],
): LoopOperation {
  invariant(count === 'entries' || count >= 1, 'a loop turns at least once');
  return { kind: 'loop', counter, count, body, origin };
}

/** Waits for `condition`; `always` waits only for what came before. */
export function waitFor(origin: Span, condition: Condition): PulseOperation {
  return { kind: 'wait', condition, origin };
}

/** A data set of these entries and planes; what open-loop bookkeeping believes is none of a mode's business. */
export function dataSetOf(
  origin: Span,
  name: string,
  data: Partial<Pick<DataSet, 'entries' | 'rowPlanes' | 'columnPlanes' | 'modulators' | 'occasion'>>,
): DataSet {
  return {
    name,
    entries: data.entries ?? [],
    rowPlanes: data.rowPlanes ?? [],
    columnPlanes: data.columnPlanes ?? [],
    ...(data.modulators && { modulators: data.modulators }),
    ...(data.occasion && { occasion: data.occasion }),
    believed: [],
    targets: [],
    changed: 0,
    disturb: 0,
    origin,
  };
}

/** A dwell that stands in the program. */
export function dwellOf(clocks: number): SegmentOperation['dwell'] {
  invariant(Number.isSafeInteger(clocks) && clocks >= 1, 'a segment lasts a whole number of clocks');
  return { kind: 'clocks', clocks };
}

/** Clocks of `count` sampling segments that integrate for `integrateClocks` each. */
export function readClocks({ scan }: ModeTiming, count: number, integrateClocks: number): number {
  return count * (integrateClocks + scanClocks(scan));
}

/** Every index below `count` that `isIn` takes, ascending: the lines of a plane. */
export function linesWhere(count: number, isIn: (line: number) => boolean): readonly number[] {
  return Array.from({ length: count }, (_, line) => line).filter(isIn);
}
