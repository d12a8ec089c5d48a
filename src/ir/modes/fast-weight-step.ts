/**
 * A step of a layer with fast weights: every plane of inputs is read, groups of columns are held at their bias for the
 * time of the step, and what the step adds is written cell by cell by pulses of their own widths.
 */
import { invariant } from '../../core/invariant.js';
import { biasDecay, type BiasGroup } from './bias-decay.js';
import { dwellOf, loopOf, segmentOf, type ModeArray, type ModeProgram } from './mode-program.js';

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
  /** Columns by the level of their bias; planes of columns of every data set. */
  readonly groups: readonly BiasGroup[];
}

/**
 * `planes (integrate + scan) + bias + groups + sum of widths + entries rest` clocks; data sets have the groups of
 * {@link fastWeightPlanes} as their planes of columns.
 */
export function fastWeightStep(settings: FastWeightSettings): Pick<ModeProgram, 'operations'> {
  const { readPlanes, readRailSet, integrateClocks, writeRailSet, biasRailSet, biasClocks, groups, origin } = settings;
  invariant(readPlanes >= 1, 'a step reads a plane');
  const read = segmentOf(origin, {
    row: { kind: 'plane', source: { kind: 'counter', counter: 1, base: 0 } },
    railSet: readRailSet,
    dwell: dwellOf(integrateClocks),
    samples: { mode: 'store', negate: false },
  });
  const pulse = segmentOf(origin, {
    row: { kind: 'entry' },
    column: { kind: 'entry' },
    polarity: 'entry',
    railSet: writeRailSet,
    dwell: { kind: 'entry' },
    fires: true,
    rest: 'entry',
  });
  const bias = biasDecay({ ...settings, intervals: [{ railSet: biasRailSet, clocks: biasClocks }], groups });
  return {
    operations: [loopOf(origin, 1, readPlanes, [read]), ...bias.operations, loopOf(origin, 0, 'entries', [pulse])],
  };
}

/** Planes of columns of every data set. */
export function fastWeightPlanes(groups: readonly BiasGroup[]): readonly (readonly number[])[] {
  return groups.map(({ columns }) => columns);
}
