/** What an emitted harness prints of experiments on networks; copied into every harness that has some. */
import type { StudyResult } from '../../ir/study-result.js';
import { pointName, type PointProgress } from '../../networks/run/run-points.js';
import { formatNumber, formatQuantity } from '../../units/format-quantity.js';

/** Measures over the seeds, energy, and expectations. */
export function networkText({ name, point, firstSeed, seedCount, ...result }: StudyResult): string {
  const measures = Object.entries(result.measures).map(([measure, { mean, min, max, unit }]) => {
    const [average, least, most] = [mean, min, max].map((value) => formatQuantity(value, unit));
    return `  ${measure}: mean ${average}, least ${least}, most ${most}`;
  });
  const energy = Object.entries(result.activity.energy).map(
    ([share, joules]) => `  energy ${share}: ${formatQuantity(joules, 'J')}`,
  );
  const expectations = result.expectations.map(
    ({ ok, text, value, limit }) =>
      `  ${ok ? 'holds' : 'FAILS'}  ${text}  (${formatNumber(value)} against ${formatNumber(limit)})`,
  );
  const seeds = seedCount === 1 ? `seed ${firstSeed}` : `seeds ${firstSeed} to ${firstSeed + seedCount - 1}`;
  return `${[`${pointName({ study: { name }, point })}: ${seeds}`, ...measures, ...energy, ...expectations].join('\n')}\n`;
}

/** Where a run is, and how long the rest of its point will take at the rate so far. */
export function progressLine({ name, text, done, total, figures }: PointProgress, milliseconds: number): string {
  const left = done > 0 ? ((total - done) * milliseconds) / done / 1000 : NaN;
  const latest = Object.entries(figures).map(([figure, value]) => `${figure} ${formatNumber(value)}`);
  const share = `${formatNumber(total > 0 ? (100 * done) / total : 100)} %`;
  return [`${name}: ${text}`, share, ...(left > 0 ? [`${formatQuantity(left, 's')} left`] : []), ...latest].join('  ');
}

/** Why a run ended before its time, in words. */
export function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'reason' in error ? String(error.reason) : (error.stack ?? error.message);
}
