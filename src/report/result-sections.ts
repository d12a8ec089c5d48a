/** Expectations and metrics of one experiment. */
import { METRICS } from '../ir/network.js';
import type { ExpectationResult, ExperimentResult } from '../ir/results.js';
import { formatNumber } from '../units/format-quantity.js';
import { formatMetric, METRIC_NAMES, metricOf } from './format-metric.js';
import { seedsText } from './format-measure.js';
import { html, type Html } from './html.js';
import type { PageContext } from './page-context.js';
import { renderTable } from './table.js';

/** How a side of an expectation is printed. */
export type FormatSide = (expectation: ExpectationResult, side: number) => string;

/** `holds` or `fails`, in words as well as in colour. */
export function renderBadge(ok: boolean, text: string): Html {
  return html`<span class="badge ${ok ? 'ok' : 'bad'}">${ok ? '✓' : '✗'} ${text}</span>`;
}

/** How many expectations hold or fail, as a badge. */
export function expectationsVerdict(expectations: readonly ExpectationResult[]): Html {
  const failed = expectations.filter(({ ok }) => !ok).length;
  if (expectations.length === 0) return renderBadge(true, 'ran, no expectations');
  const count = failed > 0 ? failed : expectations.length;
  return renderBadge(failed === 0, `${count} of ${expectations.length} expectations ${failed > 0 ? 'fail' : 'hold'}`);
}

/** Sides of expectations on the metrics of a program. */
export const formatMetricSide: FormatSide = ({ text }, side) => {
  const metric = metricOf(text);
  return metric ? formatMetric(metric, side) : formatNumber(side);
};

/** Every expectation with the value that comes nearest to failing. */
export function renderExpectations(
  expectations: readonly ExpectationResult[],
  format: FormatSide,
  context: PageContext,
): Html | undefined {
  if (expectations.length === 0) return undefined;
  return html`<h3>Expectations</h3>
    ${renderTable({
      caption: 'Value of the seed that comes nearest to failing',
      columns: [
        { title: 'Expectation' },
        { title: 'Value', kind: 'number' },
        { title: 'Limit', kind: 'number' },
        { title: 'Declared' },
        { title: 'Result' },
      ],
      rows: expectations.map((expectation) => {
        const { text, value, limit, ok, origin } = expectation;
        return [
          html`<code>${text}</code>`,
          format(expectation, value),
          format(expectation, limit),
          context.place(origin),
          renderBadge(ok, ok ? 'holds' : 'fails'),
        ];
      }),
    })}`;
}

/** Every metric with its mean and extremes over the seeds. */
export function renderMetrics(result: ExperimentResult): Html {
  return html`<h3>Metrics</h3>
    ${renderTable({
      caption: `Over ${seedsText(result)}`,
      columns: [{ title: 'Metric' }, ...['Mean', 'Least', 'Most'].map((title) => ({ title, kind: 'number' as const }))],
      rows: METRIC_NAMES.map((name) => {
        const { mean, min, max } = result.metrics[name];
        return [
          html`<code>${name}</code> <span class="basis">${METRICS[name].summary}</span>`,
          ...[mean, min, max].map((value) => formatMetric(name, value)),
        ];
      }),
    })}`;
}
