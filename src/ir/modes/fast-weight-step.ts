/**
 * A step of a layer with fast weights: groups of columns are held at their bias for the time of the step, what the step
 * before adds is written row by row, and every plane of inputs is read. Reads come last, so that the host can decide by
 * their codes what the next step writes.
 */
import { invariant } from '../../core/invariant.js';
import type { DataSet } from '../scheduled.js';
import { biasDecay, type BiasGroup } from './bias-decay.js';
import { dwellOf, loopOf, segmentOf, type ModeArray, type ModeProgram } from './mode-program.js';
import { contiguousWork } from './row-write.js';

export interface FastWeightSettings extends ModeArray {
  readonly readRailSet: number;
  readonly biasRailSet: number;
  readonly writeRailSet: number;
  /** Planes of rows that every step reads. */
  readonly readPlanes: number;
  /** From the commit of a plane to the first step of the converters [clocks]. */
  readonly integrateClocks: number;
  /** For how long the biases are held [clocks]. */
  readonly biasClocks: number;
  /** Columns by the level of their bias; data sets may have others at the same levels. */
  readonly groups: readonly BiasGroup[];
}

/**
 * `bias + groups + sum of the pieces + rests of the rows + planes (integrate + scan)` clocks; data sets have the work of
 * {@link fastWeightWork}.
 */
export function fastWeightStep(settings: FastWeightSettings): Pick<ModeProgram, 'operations'> {
  const { readPlanes, readRailSet, integrateClocks, writeRailSet, biasRailSet, biasClocks, groups, origin } = settings;
  invariant(readPlanes >= 1, 'a step reads a plane');
  const bias = biasDecay({ ...settings, intervals: [{ railSet: biasRailSet, clocks: biasClocks }], groups });
  const pulse = segmentOf(origin, {
    row: { kind: 'entry' },
    column: { kind: 'plane', source: { kind: 'entry', base: 0 } },
    polarity: 'entry',
    railSet: writeRailSet,
    dwell: { kind: 'entry' },
    fires: true,
    rest: 'entry',
  });
  const read = segmentOf(origin, {
    row: { kind: 'plane', source: { kind: 'counter', counter: 1, base: 0 } },
    railSet: readRailSet,
    dwell: dwellOf(integrateClocks),
    samples: { mode: 'store', negate: false },
  });
  return {
    operations: [...bias.operations, loopOf(origin, 0, 'entries', [pulse]), loopOf(origin, 1, readPlanes, [read])],
  };
}

/** What a data set holds, writes and reads. */
export interface FastWeightWork {
  /** Columns of each group of the program, in its order. */
  readonly groups: readonly (readonly number[])[];
  /** Widths of pulses, rounds one after the other: one for each cell (rows x columns), 0 for none [ticks]. */
  readonly rounds: readonly (readonly number[])[];
  /** As many planes of rows as the program reads. */
  readonly reads: readonly (readonly number[])[];
}

/** Entries and planes of a data set; planes of columns are those of the groups, then those of the pulses. */
export function fastWeightWork(
  array: ModeArray,
  { groups, rounds, reads }: FastWeightWork,
): Pick<DataSet, 'entries' | 'rowPlanes' | 'columnPlanes'> {
  const columnPlanes = [...groups];
  const entries = rounds.flatMap((widths) => {
    const work = contiguousWork(array, widths);
    const first = columnPlanes.length;
    columnPlanes.push(...work.columnPlanes);
    return work.entries.map((entry) => ({ ...entry, column: first + entry.column }));
  });
  return { entries, rowPlanes: reads, columnPlanes };
}
