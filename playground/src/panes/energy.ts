/** Estimates: totals as intervals, groups, components with their sources, time, area, and what matters most. */
import type { EnergyEstimate } from '../../../src/ir/energy-estimate.js';
import {
  ESTIMATE_DIGITS,
  formatArea,
  formatAreaInterval,
  formatCount,
  formatInterval,
  formatPercent,
  formatQuantity,
} from '../../../src/units/format-quantity.js';
import { create, createTable } from '../dom.js';
import type { Simulated } from '../protocol.js';

/** Fills `pane`. */
export function showEnergy(pane: HTMLElement, { experiments }: Simulated): void {
  const priced = experiments.flatMap(({ document: { name }, energy }) =>
    energy && energy.components.length > 0 ? [describe(name, energy)] : [],
  );
  const nothing = create('p', { className: 'faint', textContent: 'Nothing that was run has an energy.' });
  pane.replaceChildren(...(priced.length > 0 ? priced : [nothing]));
}

/** As many of the terms that matter most are listed. */
const SENSITIVE_COUNT = 3;

const joules = (value: number): string => formatQuantity(value, 'J', ESTIMATE_DIGITS);

function describe(name: string, estimate: EnergyEstimate): HTMLElement {
  const { technology, total, groups, components, time, area, sensitivity, omitted } = estimate;
  const sources = [...new Set([...components, ...area].map(({ source }) => source))];
  const reference = (source: string): string => `[${String(sources.indexOf(source) + 1)}]`;
  return create('section', { className: 'card', attributes: { 'data-experiment': name } }, [
    create('h3', { textContent: name }),
    create('p', {}, [
      create('strong', { textContent: joules(total.energy_J) }),
      `, believed to lie in ${formatInterval(total.low_J, total.high_J, 'J')}; technology ${technology}`,
    ]),
    create(
      'ul',
      { className: 'bars' },
      groups.map((group) => barOf(group, total.energy_J)),
    ),
    createTable(
      ['component', 'count', 'energy', 'interval', 'confidence', 'source'],
      components.map((each) => [
        create('span', { textContent: each.name, title: each.basis }),
        formatCount(each.count),
        joules(each.energy_J),
        formatInterval(each.low_J, each.high_J, 'J'),
        each.confidence,
        create('span', { textContent: reference(each.source), title: each.source }),
      ]),
      [1, 2, 3],
    ),
    ...sensitivityOf(sensitivity),
    ...tableUnder(
      'Time of the run',
      ['part', 'count', 'time'],
      time.map((each) => [
        create('span', { textContent: each.name, title: each.basis }),
        formatCount(each.count),
        formatQuantity(each.seconds, 's'),
      ]),
    ),
    ...tableUnder(
      'Area',
      ['part', 'count', 'area', 'interval', 'source'],
      area.map((each) => [
        create('span', { textContent: each.name, title: each.basis }),
        formatCount(each.count),
        formatArea(each.area_m2),
        formatAreaInterval(each.low_m2, each.high_m2),
        create('span', { textContent: reference(each.source), title: each.source }),
      ]),
    ),
    omitted.length === 0
      ? undefined
      : create('p', { className: 'faint', textContent: `Left out: ${omitted.join(', ')}.` }),
    create(
      'ol',
      { className: 'sources' },
      sources.map((source) => create('li', { textContent: source })),
    ),
  ]);
}

function barOf({ group, energy_J }: EnergyEstimate['groups'][number], total: number): HTMLElement {
  const share = total > 0 ? energy_J / total : 0;
  const bar = create('span', { className: 'share' });
  bar.style.inlineSize = `${String(100 * share)}%`;
  return create('li', {}, [
    create('span', { textContent: group }),
    create('span', { className: 'track', attributes: { 'aria-hidden': 'true' } }, [bar]),
    create('span', { className: 'numeric', textContent: `${joules(energy_J)}, ${shareText(share)}` }),
  ]);
}

/** What a bar can show of it. */
function shareText(share: number): string {
  return share > 0 && share < 0.001 ? 'under 0.1 %' : formatPercent(share, ESTIMATE_DIGITS);
}

function sensitivityOf(sensitivity: EnergyEstimate['sensitivity']): readonly HTMLElement[] {
  const rows = sensitivity
    .slice(0, SENSITIVE_COUNT)
    .map(({ component, low_J, high_J }) => [component, formatInterval(low_J, high_J, 'J')]);
  return tableUnder('What matters most', ['component', 'total, if this alone is at an end of its interval'], rows);
}

function tableUnder(
  title: string,
  header: readonly string[],
  rows: readonly (readonly (string | Node)[])[],
): readonly HTMLElement[] {
  if (rows.length === 0) return [];
  const numeric = header.map((_, column) => column).slice(1, header.at(-1) === 'source' ? -1 : undefined);
  return [create('h4', { textContent: title }), createTable(header, rows, numeric)];
}
