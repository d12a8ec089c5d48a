/** Metrics in the form in which people think of them: errors in per cent, counts as they are. */
import { METRICS, type MetricName } from '../ir/network.js';
import { formatCount, formatPercent, formatQuantity } from '../units/format-quantity.js';

const COUNTS: readonly MetricName[] = ['pulses', 'changed'];

/** Names of all metrics in the order of their declaration. */
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];

/** A metric's value in SI base units as text. */
export function formatMetric(name: MetricName, value: number): string {
  if (COUNTS.includes(name)) return formatCount(value);
  const { unit } = METRICS[name];
  return unit === '1' ? formatPercent(value) : formatQuantity(value, unit);
}

/** The first metric that an expectation names: its sides are printed like it. */
export function metricOf(expectation: string): MetricName | undefined {
  const words = expectation.split(/\W+/);
  return words.map((word) => METRIC_NAMES.find((name) => name === word)).find((name) => name !== undefined);
}
