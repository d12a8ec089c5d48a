/** What a run costs in energy, time and area, component by component, with where every figure comes from. */
import type { EnergyComponent, EnergyEstimate, TimeShare } from '../ir/energy-estimate.js';
import {
  ESTIMATE_DIGITS,
  formatArea,
  formatAreaInterval,
  formatInterval,
  formatCount,
  formatPercent,
  formatQuantity,
} from '../units/format-quantity.js';
import { withCode } from './code-words.js';
import { Footnotes } from './footnotes.js';
import { html, type Html, type HtmlValue } from './html.js';
import type { PageContext } from './page-context.js';
import { partsPlot } from './plots/parts-plot.js';
import type { Plot } from './plots/plot-spec.js';
import { sensitivityPlot } from './plots/sensitivity-plot.js';
import { type Column, renderTable } from './table.js';

/** Terms that a total depends on most: at least these are drawn, more where their effect can be seen. */
const LEAST_TERMS = 3;
const MOST_TERMS = 8;
const VISIBLE = 0.005;

/** Plots, then the tables; `anchor` is that of the section. */
export function renderEnergy(estimate: EnergyEstimate, anchor: string, { figures }: PageContext): Html {
  const notes = new Footnotes(anchor);
  const { technology, total, components, omitted } = estimate;
  if (components.length === 0) return renderUnpriced();
  const tables = html`${componentTable(estimate, notes)} ${timeTable(estimate.time)} ${areaTable(estimate, notes)}`;
  return html`<h3>Energy, time and area</h3>
    <p class="lead">
      One run of the experiment, first seed, technology ${technology}: ${energyText(total.energy_J)}, believed to lie
      within ${formatInterval(total.low_J, total.high_J, 'J')}.
    </p>
    ${figures.addAll(plotsOf(estimate))} ${tables}
    ${omitted.length > 0 ? html`<p class="note">Left out: ${withCode(omitted.join('; '))}.</p>` : undefined}
    ${notes.list('Sources of these figures')}`;
}

/** A total of 0 J would be an answer to another question. */
function renderUnpriced(): Html {
  return html`<h3>Energy, time and area</h3>
    <p class="lead">
      Nothing is priced here: no synapse is a device of the chip, and what a host takes to compute is not estimated.
    </p>`;
}

function plotsOf({ groups, total, time, area, sensitivity }: EnergyEstimate): readonly Plot[] {
  const energy = groups.map(({ group, energy_J, low_J, high_J }) => ({ name: group, value: energy_J, low: low_J, high: high_J })); // prettier-ignore
  const areas = area.map(({ name, area_m2, low_m2, high_m2 }) => ({ name, value: area_m2, low: low_m2, high: high_m2 }));
  const seconds = time.map(({ name, seconds: value }) => ({ name, value }));
  const terms = sensitivity.slice(0, MOST_TERMS).filter(({ low_J, high_J }, index) => index < LEAST_TERMS || high_J - low_J > VISIBLE * total.energy_J);
  const interval = 'bars: best estimates; lines: intervals';
  return [
    ...(total.energy_J > 0 ? [partsPlot(energy, { title: 'Energy by group', quantity: 'energy', unit: 'J', note: interval })] : []), // prettier-ignore
    ...(seconds.length > 1 ? [partsPlot(seconds, { title: 'Where the time goes', quantity: 'time', unit: 's', note: 'parts may overlap' })] : []), // prettier-ignore
    ...(areas.length > 0 ? [partsPlot(areas, { title: 'Area by part', quantity: 'area', unit: 'm²', note: interval })] : []),
    ...(terms.length > 0 ? [sensitivityPlot(terms, total.energy_J)] : []),
  ];
} // prettier-ignore

const count: Column = { title: 'Count', kind: 'number' };

function componentTable({ components, total }: EnergyEstimate, notes: Footnotes): Html {
  return renderTable({
    caption: 'Energy; bounds of the total are sums of bounds, as if all errors were correlated',
    columns: [
      { title: 'Component' },
      count,
      { title: 'Energy', kind: 'number' },
      { title: 'Share', kind: 'number' },
      { title: 'Interval', kind: 'number' },
      { title: 'Confidence, source' },
    ],
    rows: components.map((component) => [
      nameOf(component),
      formatCount(component.count),
      energyText(component.energy_J),
      shareText(component.energy_J, total.energy_J),
      formatInterval(component.low_J, component.high_J, 'J'),
      html`<span>${component.confidence} ${notes.mark(component.source)}</span>`,
    ]),
    foot: ['Total', '', energyText(total.energy_J), '', formatInterval(total.low_J, total.high_J, 'J'), ''],
  });
}

function timeTable(time: readonly TimeShare[]): Html | undefined {
  if (time.length === 0) return undefined;
  return renderTable({
    caption: 'Time of the experiment; parts may overlap',
    columns: [{ title: 'Part' }, count, { title: 'Time', kind: 'number' }],
    rows: time.map((share) => [nameOf(share), formatCount(share.count), formatQuantity(share.seconds, 's')]),
  });
}

function areaTable({ area }: EnergyEstimate, notes: Footnotes): Html | undefined {
  if (area.length === 0) return undefined;
  const sum = (value: (part: EnergyEstimate['area'][number]) => number): number =>
    area.reduce((total, part) => total + value(part), 0);
  return renderTable({
    caption: 'Area',
    columns: [
      { title: 'Part' },
      count,
      { title: 'Area', kind: 'number' },
      { title: 'Interval', kind: 'number' },
      { title: 'Confidence, source' },
    ],
    rows: area.map((part) => [
      nameOf(part),
      formatCount(part.count),
      formatArea(part.area_m2),
      formatAreaInterval(part.low_m2, part.high_m2),
      html`<span>${part.confidence} ${notes.mark(part.source)}</span>`,
    ]),
    foot: [
      'Total',
      '',
      formatArea(sum(({ area_m2 }) => area_m2)),
      formatAreaInterval(sum(({ low_m2 }) => low_m2), sum(({ high_m2 }) => high_m2)),
      '',
    ],
  });
} // prettier-ignore

function nameOf({ name, basis }: Pick<EnergyComponent, 'name' | 'basis'>): HtmlValue {
  return html`${name} <span class="basis">${withCode(basis)}</span>`;
}

function shareText(part: number, whole: number): string {
  const share = whole === 0 ? 0 : part / whole;
  return share > 0 && share < 0.001 ? '< 0.1 %' : formatPercent(share, ESTIMATE_DIGITS);
}

function energyText(joules: number): string {
  return formatQuantity(joules, 'J', ESTIMATE_DIGITS);
}
