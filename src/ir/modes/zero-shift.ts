/** Zero shifting: pulses up and down in turn bring every cell to the point where both steps are equally large. */
import { dataSetOf, dwellOf, loopOf, segmentOf, type ModeArray, type ModeProgram } from './mode-program.js';

/** Pulses up and down in pairs. */
export interface ZeroShiftSettings extends ModeArray {
  readonly railSet: number;
  /** Pairs of one pulse up and one down. */
  readonly pairs: number;
  /** Width of a pulse [clocks]. */
  readonly pulseClocks: number;
}

/**
 * All rows and all columns, positive and negative by turns, a rest after each pulse: `2 pairs (pulse + rest)` clocks.
 * The charge balances: signed on-time of every cell is 0.
 */
export function zeroShift({ railSet, pairs, pulseClocks, origin }: ZeroShiftSettings): ModeProgram {
  const pulse = (polarity: 'positive' | 'negative') =>
    segmentOf(origin, {
      row: { kind: 'all' },
      column: { kind: 'all' },
      polarity,
      railSet,
      dwell: dwellOf(pulseClocks),
      fires: true,
      rest: 'always',
    });
  return {
    operations: [loopOf(origin, 0, pairs, [pulse('positive'), pulse('negative')])],
    dataSets: [dataSetOf(origin, 'all cells', {})],
    clocks: ({ restClocks }) => [2 * pairs * (pulseClocks + restClocks)],
  };
}
