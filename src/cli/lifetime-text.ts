/** Lifetimes for people. */
import type { LifetimeBudget, LifetimeEstimate, RefreshCost } from '../ir/lifetime.js';
import { formatDuration } from '../units/format-duration.js';
import { ESTIMATE_DIGITS, formatCount, formatPercent, formatQuantity } from '../units/format-quantity.js';
import { renderTable } from './table.js';
import type { Colors } from './terminal.js';

/** What runs out first when the experiment is repeated, budget by budget, and what refreshing costs. */
export function lifetimeLines(lifetime: LifetimeEstimate, colors: Colors): readonly string[] {
  const { period_s, budgets, absent, firstLoss_s, limitedBy, refresh } = lifetime;
  const verdict =
    firstLoss_s === undefined || limitedBy === undefined
      ? 'no known budget is used up'
      : `the first cell is lost after ${formatDuration(firstLoss_s, ESTIMATE_DIGITS)}, by ${limitedBy}`;
  const head = `${colors.strong('lifetime')}, repeated every ${formatDuration(period_s, ESTIMATE_DIGITS)}: ${verdict}`;
  return [
    '',
    head,
    ...(budgets.length > 0 ? [renderTable(budgets.map(budgetRow), ['left', 'right', 'right', 'right'])] : []),
    ...absent.map((text) => `  unknown ${text}`),
    ...(refresh ? [refreshLine(refresh)] : []),
  ];
}

function budgetRow(budget: LifetimeBudget): readonly string[] {
  const { kind, limit, spentPerRun, unit, seconds_until_spent, cell, basis, source, confidence } = budget;
  const figure = (value: number): string => (unit === '1' ? formatPercent(value) : `${formatCount(value)} ${unit}`);
  const time = seconds_until_spent === undefined ? 'not used up' : formatDuration(seconds_until_spent, ESTIMATE_DIGITS);
  const place = cell ? ` (cell ${cell.row}, ${cell.column})` : '';
  return [
    `  ${kind}`,
    `${figure(spentPerRun)} a run`,
    `of ${figure(limit)}`,
    time,
    `${basis}${place}; ${source} (${confidence})`,
  ];
}

function refreshLine({ every_s, pulses, energy_J, share, basis }: RefreshCost): string {
  const cost = `${formatCount(pulses)} pulses, ${formatQuantity(energy_J, 'J', ESTIMATE_DIGITS)}`;
  const part = formatPercent(share, ESTIMATE_DIGITS);
  return `  refresh every ${formatDuration(every_s, ESTIMATE_DIGITS)}: ${cost}, ${part} of the time (${basis})`;
}
