/** Forming: the first filament of every cell, by pulses that grow until the cell conducts. */
import { invariant } from '../../core/invariant.js';
import type { WorkEntry } from '../scheduled.js';
import { dataSetOf, dwellOf, loopOf, segmentOf, type ModeArray, type ModeProgram } from './mode-program.js';

/** Rail sets and times of forming, cell by cell. */
export interface FormingSettings extends ModeArray {
  readonly formRailSet: number;
  readonly readRailSet: number;
  /** Width of each attempt on a cell [ticks]; the table of attempts is the work list. */
  readonly attempts: readonly number[];
  /** How long a cell is held at the reading voltage before the compliance input is looked at [clocks]. */
  readonly senseClocks: number;
}

/**
 * For each cell: a pulse, a rest, the cell at reading voltage, and on to the next cell as soon as the current has
 * reached compliance. The lines still hold the cell when the input is looked at. A cell that needs a attempts takes
 * `sum of its pulses + a (rest + sense + drain)` clocks.
 */
export function forming(settings: FormingSettings): ModeProgram {
  const { rows, columns, formRailSet, readRailSet, attempts, senseClocks, origin } = settings;
  invariant(attempts.length >= 1, 'at least one attempt is made');
  const entries = attempts.map((magnitude): WorkEntry => {
    invariant(Number.isInteger(magnitude) && magnitude >= 1, 'an attempt is a whole number of ticks');
    return { row: 0, column: 0, negative: false, magnitude, last: true };
  });
  const cell = { row: { kind: 'counter', counter: 0 }, column: { kind: 'counter', counter: 1 } } as const;
  const pulse = segmentOf(origin, {
    ...cell,
    railSet: formRailSet,
    dwell: { kind: 'entry' },
    fires: true,
    rest: 'always',
  });
  const sense = segmentOf(origin, { ...cell, railSet: readRailSet, dwell: dwellOf(senseClocks) });
  const attempt = loopOf(origin, 2, 'entries', [
    pulse,
    sense,
    { kind: 'break', condition: 'compliance', when: true, origin },
  ]);
  return {
    operations: [loopOf(origin, 0, rows, [loopOf(origin, 1, columns, [attempt])])],
    dataSets: [dataSetOf(origin, 'attempts', { entries })],
  };
}
