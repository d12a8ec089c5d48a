/** How a published energy compares with an estimate. */
import { parseUnit } from '../units/unit.js';
import { isSameDimension } from '../units/dimension.js';
import type { EnergyInterval } from './energy-estimate.js';
import type { StudyResult } from './study-result.js';

/** How many times the estimate's total a figure is, and the interval that follows from that of the total. */
export interface BaselineRatio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

const JOULE = parseUnit('J')?.dimension;

/** Undefined where the figure is no energy, or the total nothing to compare with. */
export function baselineRatio(
  { value, unit }: Pick<StudyResult['baselines'][number], 'value' | 'unit'>,
  total: EnergyInterval,
): BaselineRatio | undefined {
  const found = parseUnit(unit.symbol)?.dimension;
  if (!found || !JOULE || !isSameDimension(found, JOULE) || !(total.low_J > 0)) return undefined;
  return { ratio: value / total.energy_J, low: value / total.high_J, high: value / total.low_J };
}
