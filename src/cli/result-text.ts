/** Experiment results for people and for scripts. */
import type { MetricName } from '../ir/network.js';
import type { ExpectationResult, ExperimentResult } from '../ir/results.js';
import { formatMetric, METRIC_NAMES, metricOf } from '../report/format-metric.js';
import { formatNumber, formatQuantity } from '../units/format-quantity.js';
import { renderTable } from './table.js';
import type { Colors } from './terminal.js';

/** Name, seeds, metrics and expectations of one experiment. */
export function renderResult(result: ExperimentResult, colors: Colors): string {
  const { name, firstSeed, seedCount, metrics, expectations, seconds } = result;
  const seeds = seedCount === 1 ? `seed ${firstSeed}` : `${seedCount} seeds from ${firstSeed}`;
  const rows = METRIC_NAMES.map((metric) => {
    const { mean, min, max } = metrics[metric];
    return [metric, ...[mean, min, max].map((value) => formatMetric(metric, value))];
  });
  const header = ['metric', 'mean', 'min', 'max'].map(colors.faint);
  return [
    `${colors.strong(name)}, ${seeds} (${formatQuantity(seconds, 's')})`,
    renderTable([header, ...rows], ['left', 'right', 'right', 'right']),
    ...(expectations.length > 0 ? [renderExpectations(expectations, colors)] : []),
  ].join('\n');
}

/** One line for each expectation: verdict, text, and the value that came nearest to failing. */
export function renderExpectations(expectations: readonly ExpectationResult[], colors: Colors): string {
  const rows = expectations.map(({ text, value, limit, ok }) => {
    const format = formatFor(metricOf(text));
    const verdict = ok ? colors.good('pass') : colors.bad('FAIL');
    return [verdict, text, `worst ${format(value)} against ${format(limit)}`];
  });
  return renderTable(rows);
}

function formatFor(metric: MetricName | undefined): (value: number) => string {
  return metric === undefined ? formatNumber : (value) => formatMetric(metric, value);
}

/** `text`, `value`, `limit` and `ok` of each expectation. */
export function expectationDocuments(expectations: readonly ExpectationResult[]): readonly object[] {
  return expectations.map(({ text, value, limit, ok }) => ({ text, value, limit, ok }));
}

/** An experiment as `sim --json` lists it; `value` is the mean over the seeds. */
export function resultDocument({ name, firstSeed, seedCount, ...result }: ExperimentResult): object {
  const metrics = METRIC_NAMES.map((metric) => {
    const { mean, min, max, unit } = result.metrics[metric];
    return [metric, { value: mean, unit, min, max }] as const;
  });
  return {
    name,
    seed: firstSeed,
    seeds: seedCount,
    metrics: Object.fromEntries(metrics),
    expectations: expectationDocuments(result.expectations),
    seconds: result.seconds,
  };
}

/** Whether every expectation of every result holds. */
export function allExpectationsHold(results: readonly Pick<ExperimentResult, 'expectations'>[]): boolean {
  return results.every(({ expectations }) => expectations.every(({ ok }) => ok));
}
