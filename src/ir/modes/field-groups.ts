/**
 * Writing where the direction needs a field: all pulses that share a state of the coil come together, because turning
 * the coil costs more time and energy than anything else. Pulses have one width; their number moves the cell.
 */
import { invariant } from '../../core/invariant.js';
import { ceilLog2 } from '../bit-width.js';
import type { PulseOperation } from '../scheduled.js';
import {
  dataSetOf,
  dwellOf,
  linesWhere,
  loopOf,
  segmentOf,
  waitFor,
  type ModeArray,
  type ModeProgram,
} from './mode-program.js';

/** Pulses of equal width [clocks] whose direction is a state of the coil. */
export interface FieldSettings extends ModeArray {
  readonly railSet: number;
  /** Signed number of pulses of each cell, row by row. */
  readonly pulses: readonly number[];
  readonly pulseClocks: number;
  /** State of the coil for pulses up and down, and the one afterwards. */
  readonly states: { readonly up: number; readonly down: number; readonly after: number };
}

/** Pulses in one state of the coil. */
interface FieldGroup {
  readonly state: number;
  readonly negative: boolean;
  /** Pulses of the cell that gets most. */
  readonly rounds: number;
}

/**
 * For each state: command it, wait until the field is in its window, and then in round k every row with those of its
 * columns that need more than k pulses. Each state is entered once. One pulse and rest a row and round that has any:
 * `rounds rows (pulse + rest)` clocks and the time that the coil takes.
 */
export function fieldGroups(settings: FieldSettings): ModeProgram {
  const { rows, columns, pulses, states, origin } = settings;
  invariant(pulses.length === rows * columns && pulses.every(Number.isSafeInteger), 'every cell has whole pulses');
  const groups = groupsOf(settings);
  const stride = 2 ** ceilLog2(rows);
  const planes = groups.flatMap((group) =>
    Array.from({ length: group.rounds }, (_, round) =>
      Array.from({ length: stride }, (__, row) =>
        row < rows ? linesWhere(columns, (column) => isPulsed(pulses[row * columns + column] ?? 0, group, round)) : [],
      ),
    ).flat(),
  );
  let round = 0;
  const operations = groups.flatMap((group) => {
    const bases = Array.from({ length: group.rounds }, () => stride * round++);
    return [...enter(settings, group.state), ...bases.map((base) => roundOf(settings, group, base))];
  });
  const after: PulseOperation = { kind: 'command', unit: 'field', argument: states.after, origin };
  return {
    operations: [...operations, after],
    dataSets: [dataSetOf(origin, 'pulses', { columnPlanes: planes })],
  };
}

function groupsOf({ pulses, states }: FieldSettings): readonly FieldGroup[] {
  const most = (sign: 1 | -1): number => Math.max(0, ...pulses.map((count) => sign * count));
  const groups: readonly FieldGroup[] = [
    { state: states.up, negative: false, rounds: most(1) },
    { state: states.down, negative: true, rounds: most(-1) },
  ];
  return groups.filter(({ rounds }) => rounds > 0);
}

function isPulsed(count: number, { negative }: FieldGroup, round: number): boolean {
  return (negative ? -count : count) > round;
}

function enter({ origin }: FieldSettings, state: number): readonly PulseOperation[] {
  return [{ kind: 'command', unit: 'field', argument: state, origin }, waitFor(origin, 'field')];
}

/** One pulse for each row, on the columns of its plane. */
function roundOf({ rows, railSet, pulseClocks, origin }: FieldSettings, group: FieldGroup, base: number) {
  return loopOf(origin, 0, rows, [
    segmentOf(origin, {
      row: { kind: 'counter', counter: 0 },
      column: { kind: 'plane', source: { kind: 'counter', counter: 0, base } },
      polarity: group.negative ? 'negative' : 'positive',
      railSet,
      dwell: dwellOf(pulseClocks),
      fires: true,
      rest: 'always',
    }),
  ]);
}
