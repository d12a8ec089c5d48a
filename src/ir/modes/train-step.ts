/**
 * Training: one data set for each vector that is read. First come the pulses that the step before has asked for, then
 * the planes of the vector, one by one, whose codes the host gets and decides upon. One program for all steps: a data
 * set without pulses only reads, and planes without lines read nothing.
 */
import { invariant } from '../../core/invariant.js';
import type { PulseOperation, SegmentOperation } from '../scheduled.js';
import { dwellOf, loopOf, segmentOf, type ModeArray, type ModeProgram } from './mode-program.js';

export interface TrainingSettings extends ModeArray {
  readonly writeRailSet: number;
  readonly readRailSet: number;
  /** Planes of rows that every data set reads. */
  readonly readPlanes: number;
  /** From the commit of a plane to the first step of the converters [clocks]. */
  readonly integrateClocks: number;
  /**
   * Whether an entry names the row and the column of one cell, or planes of rows and columns whose crossings are pulsed;
   * planes of rows stand behind those that are read.
   */
  readonly pulses: 'cells' | 'planes';
}

/**
 * A segment and a rest for each entry, then one sampling segment for each plane:
 * `sum of the widths + entries rest + planes (integrate + scan)` clocks.
 */
export function trainStep(settings: TrainingSettings): Pick<ModeProgram, 'operations'> {
  const { readPlanes, origin } = settings;
  invariant(readPlanes >= 1, 'a step reads a plane');
  const operations: readonly PulseOperation[] = [
    loopOf(origin, 0, 'entries', [pulseSegment(settings)]),
    loopOf(origin, 1, readPlanes, [readSegment(settings)]),
  ];
  return { operations };
}

function pulseSegment({ writeRailSet, pulses, origin }: TrainingSettings): SegmentOperation {
  const entry = { kind: 'entry' } as const;
  const plane = { kind: 'plane', source: { kind: 'entry', base: 0 } } as const;
  return segmentOf(origin, {
    row: pulses === 'cells' ? entry : plane,
    column: pulses === 'cells' ? entry : plane,
    polarity: 'entry',
    railSet: writeRailSet,
    dwell: { kind: 'entry' },
    fires: true,
    rest: 'entry',
  });
}

function readSegment({ readRailSet, integrateClocks, origin }: TrainingSettings): SegmentOperation {
  return segmentOf(origin, {
    row: { kind: 'plane', source: { kind: 'counter', counter: 1, base: 0 } },
    railSet: readRailSet,
    dwell: dwellOf(integrateClocks),
    samples: { mode: 'store', negate: false },
  });
}
