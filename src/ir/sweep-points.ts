/** The points of an experiment's sweeps: one run for every combination of their values. */
import type { NamedNumber } from './rule.js';
import type { Study, Sweep } from './study.js';

/** Part of a step by which the last value may lie beyond the end of its range: `0 .. 1 step 0.1` has 11 values. */
const ROUNDING = 1e-9;

/**
 * All combinations of the swept values, the first sweep outermost, each with its values in the order of the sweeps; one
 * empty point without sweeps.
 */
export function sweepPoints({ sweeps }: Pick<Study, 'sweeps'>): readonly (readonly NamedNumber[])[] {
  let points: readonly (readonly NamedNumber[])[] = [[]];
  for (const sweep of sweeps) {
    const { parameter: name, origin } = sweep;
    const values = sweepValues(sweep.values);
    points = points.flatMap((point) => values.map((value) => [...point, { name, value, origin }]));
  }
  return points;
}

/** The values of one sweep in order. */
export function sweepValues(values: Sweep['values']): readonly number[] {
  if (values.kind === 'list') return values.values;
  const { low, high, step } = values;
  const count = Math.floor((high - low) / step + ROUNDING) + 1;
  return Array.from({ length: count }, (_, index) => low + index * step);
}
