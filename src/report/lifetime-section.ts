/** What runs out first when an experiment is repeated, budget by budget, and what refreshing costs. */
import type { LifetimeBudget, LifetimeEstimate, RefreshCost } from '../ir/lifetime.js';
import { budgetWords, lifetimeDuration, lifetimeVerdict } from '../ir/lifetime-words.js';
import { ESTIMATE_DIGITS, formatCount, formatPercent, formatQuantity } from '../units/format-quantity.js';
import { withCode } from './code-words.js';
import { renderFacts } from './facts.js';
import { Footnotes } from './footnotes.js';
import { html, type Html, type HtmlValue } from './html.js';
import { renderTable } from './table.js';

/** `anchor` is that of the section. */
export function renderLifetime(lifetime: LifetimeEstimate, anchor: string): Html {
  const { period_s, budgets, absent, refresh } = lifetime;
  const notes = new Footnotes(`${anchor}-lifetime`);
  const table = budgets.length > 0 ? budgetTable(budgets, notes) : undefined;
  return html`<h3>Lifetime</h3>
    <p class="lead">Repeated every ${lifetimeDuration(period_s)}: ${lifetimeVerdict(lifetime)}.</p>
    ${table} ${refresh && renderRefresh(refresh)}
    ${absent.length > 0 ? html`<p class="note">Unknown: ${withCode(absent.join('; '))}.</p>` : undefined}
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
      const { kind, cell, basis, source, confidence } = budget;
      const { limit, spentPerRun, spentAfter } = budgetWords(budget);
      const where = cell ? `, cell ${String(cell.row)}, ${String(cell.column)}` : '';
      return [
        html`${kind} <span class="basis">${withCode(basis)}${where}</span>`,
        spentPerRun,
        limit,
        spentAfter,
        html`<span>${confidence} ${notes.mark(source)}</span>`,
      ];
    }),
  });
}

function renderRefresh({ every_s, pulses, energy_J, share, basis }: RefreshCost): Html {
  return html`<h4>Refresh</h4>
    ${renderFacts([
      ['Every', lifetimeDuration(every_s)],
      ['Pulses', formatCount(pulses)],
      ['Energy', formatQuantity(energy_J, 'J', ESTIMATE_DIGITS)],
      ['Part of the time', formatPercent(share, ESTIMATE_DIGITS)],
      ['Counted', basis],
    ])}`;
}
