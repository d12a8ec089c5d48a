/** Lifetimes in words, the same on terminals, in files and in reports. */
import { formatDuration } from '../units/format-duration.js';
import { ESTIMATE_DIGITS, formatCount, formatPercent } from '../units/format-quantity.js';
import type { LifetimeBudget, LifetimeEstimate } from './lifetime.js';

/** Which cell is lost first, and when. */
export function lifetimeVerdict({ firstLoss_s, limitedBy }: LifetimeEstimate): string {
  if (firstLoss_s === undefined || limitedBy === undefined) return 'no known budget is used up';
  return `the first cell is lost after ${lifetimeDuration(firstLoss_s)}, by ${limitedBy}`;
}

/** What a run spends of a budget, what there is of it, and after what time it is spent. */
export function budgetWords({ limit, spentPerRun, unit, seconds_until_spent }: LifetimeBudget) {
  const figure = (value: number): string => (unit === '1' ? formatPercent(value) : `${formatCount(value)} ${unit}`);
  const spentAfter = seconds_until_spent === undefined ? 'not used up' : lifetimeDuration(seconds_until_spent);
  return { limit: figure(limit), spentPerRun: figure(spentPerRun), spentAfter };
}

/** A time with as many digits as an estimate deserves [s]. */
export function lifetimeDuration(seconds: number): string {
  return formatDuration(seconds, ESTIMATE_DIGITS);
}
