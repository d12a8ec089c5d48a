/** Short-term plasticity: the voltage at which the lines rest sets how fast cells forget. */
import { invariant } from '../../core/invariant.js';
import { minSegmentClocks } from '../plane-load.js';
import type { SegmentOperation } from '../scheduled.js';
import { dataSetOf, dwellOf, loopOf, segmentOf, type ModeArray, type ModeProgram } from './mode-program.js';

/** Columns that are biased alike. */
export interface BiasGroup {
  readonly columns: readonly number[];
  /** Level of the bias; 0 is the rest voltage of the rail set. */
  readonly level: number;
}

/** For how long which rail set is the rest of all lines. */
export interface BiasInterval {
  readonly railSet: number;
  readonly clocks: number;
}

/** Intervals one after the other [clocks], and groups of columns. */
export interface BiasSettings extends ModeArray {
  readonly intervals: readonly BiasInterval[];
  /** Groups with a level of their own within the rail set; none: all columns rest alike. */
  readonly groups: readonly BiasGroup[];
}

/**
 * Intervals follow each other without a gap: all lines at REST of the interval's rail set, or each group of columns at
 * its level. Groups are set one after the other and then stay, so the first interval comes `G` clocks later for each
 * group but the last (G words to a plane): `sum clocks + G max(0, groups - 1)` clocks.
 */
export function biasDecay(settings: BiasSettings): ModeProgram {
  const { intervals, groups, columns, origin } = settings;
  checkGroups(groups, columns);
  const [first, ...others] = intervals;
  invariant(first, 'a decay lasts');
  const setUp = minSegmentClocks(columns);
  const following = others.map(({ railSet, clocks }) =>
    segmentOf(origin, { holds: groups.length > 0, railSet, dwell: dwellOf(clocks) }),
  );
  const lead = Math.max(0, groups.length - 1) * setUp;
  return {
    operations: [...firstInterval(settings, first, setUp), ...following],
    dataSets: [dataSetOf(origin, 'bias', { columnPlanes: groups.map((group) => group.columns) })],
    clocks: () => [lead + intervals.reduce((sum, { clocks }) => sum + clocks, 0)],
  };
}

/** The first segment releases what was on before; the others add their groups. */
function firstInterval(
  { groups, origin }: BiasSettings,
  { railSet, clocks }: BiasInterval,
  setUp: number,
): readonly SegmentOperation[] {
  if (groups.length === 0) return [segmentOf(origin, { railSet, dwell: dwellOf(clocks) })];
  return groups.map(({ level }, plane) =>
    segmentOf(origin, {
      column: { kind: 'plane', source: { kind: 'fixed', plane } },
      levels: { row: 0, column: level },
      holds: plane > 0,
      railSet,
      dwell: dwellOf(plane === groups.length - 1 ? clocks : setUp),
    }),
  );
}

function checkGroups(groups: readonly BiasGroup[], columns: number): void {
  const grouped = groups.flatMap((group) => group.columns);
  invariant(new Set(grouped).size === grouped.length, 'a column belongs to one group');
  invariant(
    grouped.every((column) => column >= 0 && column < columns),
    'groups are of columns of the array',
  );
}

/** Pulses of all cells and a decay after each, by turns. */
export interface PulsedDecaySettings extends BiasSettings {
  readonly pulseRailSet: number;
  readonly pulses: number;
  readonly pulseClocks: number;
}

/** What a bias does between pulses: `pulses` times a pulse on all cells, then the intervals of {@link biasDecay}. */
export function pulsedDecay(settings: PulsedDecaySettings): ModeProgram {
  const { pulseRailSet, pulses, pulseClocks, origin } = settings;
  const decay = biasDecay(settings);
  const pulse = segmentOf(origin, {
    row: { kind: 'all' },
    column: { kind: 'all' },
    railSet: pulseRailSet,
    dwell: dwellOf(pulseClocks),
    fires: true,
  });
  return {
    ...decay,
    operations: [loopOf(origin, 0, pulses, [pulse, ...decay.operations])],
    clocks: (timing) => (decay.clocks?.(timing) ?? []).map((clocks) => pulses * (pulseClocks + clocks)),
  };
}
