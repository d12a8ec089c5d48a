/** Lifetimes for people. */
import type { LifetimeBudget, LifetimeEstimate, RefreshCost } from '../ir/lifetime.js';
import { budgetWords, lifetimeDuration, lifetimeVerdict } from '../ir/lifetime-words.js';
import { ESTIMATE_DIGITS, formatCount, formatPercent, formatQuantity } from '../units/format-quantity.js';
import { renderTable } from './table.js';
import type { Colors } from './terminal.js';

/** What runs out first when the experiment is repeated, budget by budget, and what refreshing costs. */
export function lifetimeLines(lifetime: LifetimeEstimate, colors: Colors): readonly string[] {
  const { period_s, budgets, absent, refresh } = lifetime;
  const head = `${colors.strong('lifetime')}, repeated every ${lifetimeDuration(period_s)}: ${lifetimeVerdict(lifetime)}`;
  return [
    '',
    head,
    ...(budgets.length > 0 ? [renderTable(budgets.map(budgetRow), ['left', 'right', 'right', 'right'])] : []),
    ...absent.map((text) => `  unknown ${text}`),
    ...(refresh ? [refreshLine(refresh)] : []),
  ];
}

function budgetRow(budget: LifetimeBudget): readonly string[] {
  const { kind, cell, basis, source, confidence } = budget;
  const { limit, spentPerRun, spentAfter } = budgetWords(budget);
  const place = cell ? ` (cell ${cell.row}, ${cell.column})` : '';
  return [
    `  ${kind}`,
    `${spentPerRun} a run`,
    `of ${limit}`,
    spentAfter,
    `${basis}${place}; ${source} (${confidence})`,
  ];
}

function refreshLine({ every_s, pulses, energy_J, share, basis }: RefreshCost): string {
  const cost = `${formatCount(pulses)} pulses, ${formatQuantity(energy_J, 'J', ESTIMATE_DIGITS)}`;
  const part = formatPercent(share, ESTIMATE_DIGITS);
  return `  refresh every ${lifetimeDuration(every_s)}: ${cost}, ${part} of the time (${basis})`;
}
