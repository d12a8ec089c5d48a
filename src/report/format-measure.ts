/** Measures of experiments on networks in the form in which people think of them. */
import type { ExpectationResult, MetricValue } from '../ir/results.js';
import type { StudyResult } from '../ir/study-result.js';
import type { MeasureName } from '../ir/study.js';
import { formatCount, formatNumber, formatPercent, formatQuantity } from '../units/format-quantity.js';

/** Measures that are parts of a whole. */
const PARTS: readonly MeasureName[] = ['accuracy', 'wins', 'error', 'variation', 'drift'];
const COUNTED: readonly string[] = ['pulses', 'spikes'];

/** The value of a measure in its SI unit as text. */
export function formatMeasure(name: string, value: number, unit: string): string {
  if (COUNTED.includes(unit)) return `${formatCount(value)} ${unit}`;
  if (unit !== '1') return formatQuantity(value, unit);
  return PARTS.some((part) => new RegExp(`\\b${part}\\b`).test(name)) ? formatPercent(value) : formatNumber(value);
}

/** How the sides of an expectation are printed: like the measure that it names, else in the unit of what it compares. */
export function formatSide(
  { text, unit = '1' }: Pick<ExpectationResult, 'text' | 'unit'>,
  value: number,
  { measures }: Pick<StudyResult, 'measures'>,
): string {
  const isNamed = ([key]: readonly [string, MetricValue]): boolean => text.includes(key.replace(/ where .*$/s, ''));
  const named = Object.entries(measures).filter(isNamed);
  const [first] = named;
  const isRatio = text.includes('/') || named.length !== 1;
  if (first && !isRatio) return formatMeasure(first[0], value, first[1].unit);
  if (COUNTED.includes(unit)) return formatMeasure(unit, value, unit);
  // Prefixes stand before names of units, not before powers and inverses
  return /^[A-Za-z][^^]*$/.test(unit) ? formatQuantity(value, unit) : withUnit(formatNumber(value), unit);
}

function withUnit(number: string, unit: string): string {
  return unit === '1' ? number : `${number} ${unit}`;
}

/** The seeds of a result: `seed 3`, `10 seeds from 100`. */
export function seedsText({ firstSeed, seedCount }: Pick<StudyResult, 'firstSeed' | 'seedCount'>): string {
  return seedCount === 1 ? `seed ${firstSeed}` : `${seedCount} seeds from ${firstSeed}`;
}
