/** What runs out first when an experiment is repeated, budget by budget, and what refreshing costs. */
import type { LifetimeBudget, LifetimeEstimate, RefreshCost } from '../ir/lifetime.js';
import { formatDuration } from '../units/format-duration.js';
import { ESTIMATE_DIGITS, formatCount, formatPercent, formatQuantity } from '../units/format-quantity.js';
import { renderFacts } from './facts.js';
import { Footnotes } from './footnotes.js';
import { html, type Html, type HtmlValue } from './html.js';
import { renderTable } from './table.js';

/** `anchor` is that of the section. */
export function renderLifetime(lifetime: LifetimeEstimate, anchor: string): Html {
  const { period_s, budgets, absent, firstLoss_s, limitedBy, refresh } = lifetime;
  const notes = new Footnotes(`${anchor}-lifetime`);
  const verdict =
    firstLoss_s === undefined || limitedBy === undefined
      ? 'no known budget is used up'
      : `the first cell is lost after ${duration(firstLoss_s)}, by ${limitedBy}`;
  const table = budgets.length > 0 ? budgetTable(budgets, notes) : undefined;
  return html`<h3>Lifetime</h3>
    <p class="lead">Repeated every ${duration(period_s)}: ${verdict}.</p>
    ${table} ${refresh && renderRefresh(refresh)}
    ${absent.length > 0 ? html`<p class="note">Unknown: ${absent.join('; ')}.</p>` : undefined}
    ${notes.list('Sources of these budgets')}`;
}

function budgetTable(budgets: readonly LifetimeBudget[], notes: Footnotes): Html {
  return renderTable({
    caption: 'Budgets of the worst cell',
    columns: [
      { title: 'Budget' },
      { title: 'A run spends', kind: 'number' },
      { title: 'Of', kind: 'number' },
      { title: 'Spent after', kind: 'number' },
      { title: 'Confidence, source' },
    ],
    rows: budgets.map((budget): readonly HtmlValue[] => {
      const { kind, limit, spentPerRun, unit, seconds_until_spent, cell, basis, source, confidence } = budget;
      const figure = (value: number): string => (unit === '1' ? formatPercent(value) : `${formatCount(value)} ${unit}`);
      const where = cell ? `, cell ${String(cell.row)}, ${String(cell.column)}` : '';
      return [
        html`${kind} <span class="basis">${basis}${where}</span>`,
        figure(spentPerRun),
        figure(limit),
        seconds_until_spent === undefined ? 'never' : duration(seconds_until_spent),
        html`<span>${confidence} ${notes.mark(source)}</span>`,
      ];
    }),
  });
}

function renderRefresh({ every_s, pulses, energy_J, share, basis }: RefreshCost): Html {
  return html`<h4>Refresh</h4>
    ${renderFacts([
      ['Every', duration(every_s)],
      ['Pulses', formatCount(pulses)],
      ['Energy', formatQuantity(energy_J, 'J', ESTIMATE_DIGITS)],
      ['Part of the time', formatPercent(share, ESTIMATE_DIGITS)],
      ['Counted', basis],
    ])}`;
}

function duration(seconds: number): string {
  return formatDuration(seconds, ESTIMATE_DIGITS);
}
