/** Built-in self-test: patterns on the lines, read back through the converters and compared with expected codes. */
import type { PulseOperation, SegmentOperation } from '../scheduled.js';
import {
  dataSetOf,
  dwellOf,
  linesWhere,
  loopOf,
  readClocks,
  segmentOf,
  type ModeArray,
  type ModeProgram,
} from './mode-program.js';

/** How patterns are driven and read. */
export interface SelfTestSettings extends ModeArray {
  readonly railSet: number;
  /** From the commit of a pattern to the first step of the converters [clocks]. */
  readonly settleClocks: number;
}

/**
 * Checkerboard: even rows with even columns, then odd with odd, then the two other halves; codes become results.
 * `4 (settle + scan)` clocks.
 */
export function checkerboard(settings: SelfTestSettings): ModeProgram {
  const { rows, columns, settleClocks, origin } = settings;
  const halves = (lines: number): readonly (readonly number[])[] =>
    [0, 1].map((parity) => linesWhere(lines, (line) => line % 2 === parity));
  const pattern = (row: number, column: number): SegmentOperation =>
    sampled(settings, {
      row: { kind: 'plane', source: { kind: 'fixed', plane: row } },
      column: { kind: 'plane', source: { kind: 'fixed', plane: column } },
      samples: { mode: 'store', negate: false },
    });
  return {
    operations: [pattern(0, 0), pattern(1, 1), pattern(0, 1), pattern(1, 0)],
    dataSets: [dataSetOf(origin, 'checkerboard', { rowPlanes: halves(rows), columnPlanes: halves(columns) })],
    clocks: (timing) => [readClocks(timing, 4, settleClocks)],
  };
}

/**
 * Walking ones: every row by itself, then every column by itself; codes become results.
 * `(rows + columns) (settle + scan)` clocks.
 */
export function walkingOnes(settings: SelfTestSettings): ModeProgram {
  const { rows, columns, settleClocks, origin } = settings;
  const store = { mode: 'store', negate: false } as const;
  const row = sampled(settings, { row: { kind: 'counter', counter: 0 }, samples: store });
  const column = sampled(settings, { column: { kind: 'counter', counter: 0 }, samples: store });
  return {
    operations: [loopOf(origin, 0, rows, [row]), loopOf(origin, 0, columns, [column])],
    dataSets: [dataSetOf(origin, 'walking ones', {})],
    clocks: (timing) => [readClocks(timing, rows + columns, settleClocks)],
  };
}

/**
 * Every row is compared with its expected codes, the targets; the first that differs stops the test there and tells
 * the host, with the marks as they stand.
 */
export function compareRows(settings: SelfTestSettings): ModeProgram {
  const { rows, origin } = settings;
  const compared = sampled(settings, {
    row: { kind: 'counter', counter: 0 },
    samples: { mode: 'verify', negate: false },
  });
  const stop: PulseOperation = { kind: 'break', condition: 'verified', when: false, origin };
  const tell: PulseOperation = { kind: 'command', unit: 'host', argument: 1, origin };
  return {
    operations: [
      loopOf(origin, 0, rows, [compared, stop]),
      { kind: 'choice', condition: 'verified', then: [], otherwise: [tell], origin },
    ],
    dataSets: [dataSetOf(origin, 'rows', {})],
  };
}

function sampled(
  { railSet, settleClocks, origin }: SelfTestSettings,
  parts: Partial<Pick<SegmentOperation, 'row' | 'column' | 'samples'>>,
): SegmentOperation {
  return segmentOf(origin, { railSet, dwell: dwellOf(settleClocks), ...parts });
}
