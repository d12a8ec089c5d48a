/** Expectations and metrics of one experiment. */
import { METRICS } from '../ir/network.js';
import type { ExpectationResult, ExperimentResult } from '../ir/results.js';
import { formatNumber } from '../units/format-quantity.js';
import { formatMetric, METRIC_NAMES, metricOf } from './format-metric.js';
import { html, type Html } from './html.js';

/** `holds` or `fails`, in words as well as in colour. */
export function renderBadge(ok: boolean, text: string): Html {
  return html`<span class="badge ${ok ? 'ok' : 'bad'}">${ok ? '✓' : '✗'} ${text}</span>`;
}

/** Every expectation with the value that comes nearest to failing. */
export function renderExpectations({ expectations }: ExperimentResult): Html | undefined {
  if (expectations.length === 0) return undefined;
  return html`<h3>Expectations</h3>
    <div class="scroll" role="region" aria-label="Expectations" tabindex="0">
      <table>
        <caption>
          Value of the seed that comes nearest to failing
        </caption>
        <thead>
          <tr>
            <th scope="col">Expectation</th>
            <th scope="col" class="number">Value</th>
            <th scope="col" class="number">Limit</th>
            <th scope="col">Declared</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          ${expectations.map(expectationRow)}
        </tbody>
      </table>
    </div>`;
}

function expectationRow({ text, value, limit, ok, origin }: ExpectationResult): Html {
  const metric = metricOf(text);
  const show = (side: number): string => (metric ? formatMetric(metric, side) : formatNumber(side));
  return html`<tr>
    <th scope="row"><code>${text}</code></th>
    <td class="number">${show(value)}</td>
    <td class="number">${show(limit)}</td>
    <td class="place">${origin.file}:${origin.start.line}</td>
    <td>${renderBadge(ok, ok ? 'holds' : 'fails')}</td>
  </tr>`;
}

/** Every metric with its mean and extremes over the seeds. */
export function renderMetrics({ metrics, firstSeed, seedCount }: ExperimentResult): Html {
  const last = firstSeed + seedCount - 1;
  const seeds = seedCount === 1 ? `seed ${String(firstSeed)}` : `seeds ${String(firstSeed)} to ${String(last)}`;
  const rows = METRIC_NAMES.map((name) => {
    const { mean, min, max } = metrics[name];
    return html`<tr>
      <th scope="row"><code>${name}</code> <span class="basis">${METRICS[name].summary}</span></th>
      <td class="number">${formatMetric(name, mean)}</td>
      <td class="number">${formatMetric(name, min)}</td>
      <td class="number">${formatMetric(name, max)}</td>
    </tr>`;
  });
  return html`<h3>Metrics</h3>
    <div class="scroll" role="region" aria-label="Metrics" tabindex="0">
      <table>
        <caption>
          Over ${seeds}
        </caption>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" class="number">Mean</th>
            <th scope="col" class="number">Least</th>
            <th scope="col" class="number">Most</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}
