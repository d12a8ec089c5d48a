/**
 * Plasticity by the times of spikes: a line that spikes starts a waveform, a staircase of levels over the ticks that
 * follow, and a cell sees the difference of its row's and its column's. Superposition happens in the array; the
 * controller only asks, once a tick, which lines spiked how many ticks ago.
 */
import { invariant } from '../../core/invariant.js';
import { minSegmentClocks } from '../plane-load.js';
import type { SegmentOperation } from '../scheduled.js';
import { dataSetOf, dwellOf, loopOf, segmentOf, waitFor, type ModeArray, type ModeProgram } from './mode-program.js';

/** From the beginning of the `age`-th tick after the one of its spike on, a line has this level. */
export interface WaveformStep {
  readonly age: number;
  readonly level: number;
}

/** Waveforms of spikes and for how many ticks they run. */
export interface StdpSettings extends ModeArray {
  readonly railSet: number;
  readonly ticks: number;
  /** Staircases in order of age; the last step goes back to level 0, which is REST. */
  readonly rowWaveform: readonly WaveformStep[];
  readonly columnWaveform: readonly WaveformStep[];
  /** Segments of a tick in front of the first step of a side, so that steps which belong together share one; else 0. */
  readonly firstSegment?: { readonly row: number; readonly column: number };
  /** Oldest age that the memory of spikes keeps. */
  readonly memoryTicks: number;
  /** Whether the guard limits how long the waveforms go on without a pause. */
  readonly fires: boolean;
}

/**
 * For each tick S segments, S the longer of the two staircases where both begin together: lines whose spike is as old as the step
 * take its level, all others stay as they are. A tick takes `S G + 5` clocks, G words to a plane, and its
 * last step begins as many after it.
 * A line must not spike again before its waveform has ended: the last of two steps in the same tick would win.
 */
export function stdp(settings: StdpSettings): ModeProgram {
  const { ticks, rowWaveform, columnWaveform, origin } = settings;
  checkWaveform(rowWaveform, settings.memoryTicks);
  checkWaveform(columnWaveform, settings.memoryTicks);
  const { row, column } = settings.firstSegment ?? { row: 0, column: 0 };
  const count = tickSegments(settings);
  const steps = Array.from({ length: count }, (_, index) =>
    stepSegment(settings, rowWaveform[index - row], columnWaveform[index - column], index === count - 1),
  );
  return {
    operations: [loopOf(origin, 0, ticks, [waitFor(origin, 'tick'), ...steps])],
    dataSets: [dataSetOf(origin, 'spikes', {})],
  };
}

/** Segments of a tick. */
export function tickSegments({
  rowWaveform,
  columnWaveform,
  firstSegment = { row: 0, column: 0 },
}: Pick<StdpSettings, 'rowWaveform' | 'columnWaveform' | 'firstSegment'>): number {
  return Math.max(firstSegment.row + rowWaveform.length, firstSegment.column + columnWaveform.length);
}

function stepSegment(
  { rows, columns, railSet, fires, origin }: StdpSettings,
  row: WaveformStep | undefined,
  column: WaveformStep | undefined,
  isLast: boolean,
): SegmentOperation {
  return segmentOf(origin, {
    row: selectionOf(row),
    column: selectionOf(column),
    levels: { row: row?.level ?? 0, column: column?.level ?? 0 },
    holds: true,
    railSet,
    // Planes load behind the step before; behind the last one the program waits, and its lines are held
    dwell: dwellOf(isLast ? 1 : minSegmentClocks(Math.max(rows, columns))),
    fires,
  });
}

function selectionOf(step: WaveformStep | undefined): SegmentOperation['row'] {
  return step ? { kind: 'plane', source: { kind: 'age', ticks: step.age } } : { kind: 'none' };
}

function checkWaveform(steps: readonly WaveformStep[], memoryTicks: number): void {
  invariant(steps.length >= 2 && steps.at(-1)?.level === 0, 'a waveform begins and goes back to level 0');
  const ages = steps.map(({ age }) => age);
  invariant(
    ages.every((age, index) => Number.isInteger(age) && age > (ages[index - 1] ?? 0)),
    'steps of a waveform come in order of age, the first a tick after the spike',
  );
  invariant(
    ages.every((age) => age <= memoryTicks),
    'the memory of spikes reaches back to the last step',
  );
}
