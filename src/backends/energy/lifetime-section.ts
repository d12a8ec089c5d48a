/** The lifetime below an estimate, in Markdown. */
import type { LifetimeBudget, LifetimeEstimate } from '../../ir/lifetime.js';
import { budgetWords, lifetimeDuration } from '../../ir/lifetime-words.js';
import { ESTIMATE_DIGITS, formatCount, formatPercent, formatQuantity } from '../../units/format-quantity.js';

/** Lines of the section; `tableRow` makes a row of cells. */
export function lifetimeSection(
  { period_s, budgets, absent, refresh }: LifetimeEstimate,
  tableRow: (cells: readonly string[]) => string,
): readonly string[] {
  const repeated = `Repeated every ${lifetimeDuration(period_s)}.`;
  const head = [
    '| budget | of | a run | spent after | basis | source | confidence |',
    '| - | -: | -: | -: | - | - | - |',
  ];
  const table = budgets.length > 0 ? [...head, ...budgets.map((budget) => tableRow(budgetCells(budget)))] : [];
  const unknown = absent.map((text) => `- Unknown: ${text}`);
  const cost = refresh
    ? [
        `- Refresh every ${lifetimeDuration(refresh.every_s)}: ${formatCount(refresh.pulses)} pulses, ` +
          `${formatQuantity(refresh.energy_J, 'J', ESTIMATE_DIGITS)}, ${formatPercent(refresh.share, ESTIMATE_DIGITS)} of the time; ${refresh.basis}`,
      ]
    : [];
  const list = [...unknown, ...cost];
  return ['', '## Lifetime', '', repeated, '', ...table, ...(table.length > 0 && list.length > 0 ? [''] : []), ...list];
}

function budgetCells(budget: LifetimeBudget): readonly string[] {
  const { kind, basis, source, confidence } = budget;
  const { limit, spentPerRun, spentAfter } = budgetWords(budget);
  return [kind, limit, spentPerRun, spentAfter, basis, source, confidence];
}
