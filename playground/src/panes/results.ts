/** What experiments came to: expectations and metrics, as `ionloom sim` prints them. */
import { METRICS, type MetricName } from '../../../src/ir/network.js';
import { formatMeasure } from '../../../src/report/format-measure.js';
import { formatMetric, metricOf } from '../../../src/report/format-metric.js';
import { formatNumber, formatQuantity } from '../../../src/units/format-quantity.js';
import { create, createTable, download } from '../dom.js';
import type { ExpectationDocument, PlotPicture, ResultDocument, Simulated } from '../protocol.js';

/** Fills `pane`. */
export function showResults(pane: HTMLElement, { experiments }: Simulated): void {
  const documents = experiments.map(({ document }) => document);
  const save = create('button', { type: 'button', textContent: 'Download results (.json)' });
  save.addEventListener('click', () => {
    const text = JSON.stringify({ experiments: documents }, undefined, 2);
    download('results.json', `${text}\n`, 'application/json');
  });
  pane.replaceChildren(
    ...experiments.map(({ document, plots }) => describe(document, plots)),
    create('p', { className: 'actions' }, [save]),
  );
}

function describe(document: ResultDocument, plots: readonly PlotPicture[]): HTMLElement {
  const { name, seed, seeds, seconds, expectations, metrics } = document;
  const seedText = seeds === 1 ? `seed ${String(seed)}` : `${String(seeds)} seeds from ${String(seed)}`;
  const rows = Object.entries(metrics).map(([metric, { value, min, max, unit }]) => [
    metric,
    ...[value, min, max].map((each) => formatValue(metric, each, unit)),
  ]);
  return create('section', { className: 'card', attributes: { 'data-experiment': name } }, [
    create('h3', {}, [`${name} `, verdictOf(expectations)]),
    create('p', { className: 'faint', textContent: `${seedText}, computed in ${formatQuantity(seconds, 's')}` }),
    expectations.length === 0
      ? undefined
      : create('ul', { className: 'expectations' }, expectations.map(expectationOf)),
    rows.length === 0 ? undefined : createTable(['measure', 'mean', 'min', 'max'], rows, [1, 2, 3]),
    plots.length === 0 ? undefined : create('div', { className: 'plots' }, plots.map(plotOf)),
  ]);
}

function isMetric(name: string): name is MetricName {
  return name in METRICS;
}

function formatValue(name: string, value: number, unit: string): string {
  return isMetric(name) ? formatMetric(name, value) : formatMeasure(name, value, unit);
}

function verdictOf(expectations: readonly ExpectationDocument[]): HTMLElement {
  const held = expectations.filter(({ ok }) => ok).length;
  if (expectations.length === 0) return create('span', { className: 'badge', textContent: 'no expectations' });
  const isGood = held === expectations.length;
  const textContent = `${String(held)} of ${String(expectations.length)} expectations hold`;
  return create('span', { className: `badge ${isGood ? 'good' : 'bad'}`, textContent });
}

function expectationOf({ text, value, limit, ok }: ExpectationDocument): HTMLElement {
  const metric = metricOf(text);
  const format = (side: number): string => (metric === undefined ? formatNumber(side) : formatMetric(metric, side));
  return create('li', {}, [
    create('span', { className: `badge ${ok ? 'good' : 'bad'}`, textContent: ok ? 'pass' : 'FAIL' }),
    ' ',
    create('code', { textContent: text }),
    create('span', { className: 'faint', textContent: ` worst ${format(value)} against ${format(limit)}` }),
  ]);
}

/** A plot in the page, so that its colors follow the theme; what it may do is bounded by the page's policy. */
function plotOf({ title, description, svg }: PlotPicture): HTMLElement {
  // Drawings are written for pages: without a name space
  const drawing = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
  drawing?.setAttribute('role', 'img');
  drawing?.setAttribute('aria-label', description);
  return create('figure', {}, [create('figcaption', { textContent: title }), drawing ?? description]);
}
