/** Results of experiments on networks as one table with a figure a line, for any tool that reads CSV. */
import type { StudyResult } from '../../ir/study-result.js';

const HEADER = ['experiment', 'point', 'kind', 'series', 'x', 'quantity', 'value'];

type Row = readonly (string | number)[];

/**
 * CSV text. `kind` is `measure` (mean, least and most over the seeds), `train` or `test` (x counts presentations from 1),
 * `window` (x is the time from pre to post in seconds); all numbers are SI.
 */
export function studyCsv(results: readonly StudyResult[]): string {
  const rows: readonly Row[] = results.flatMap((result) => {
    const point = result.point.map(({ name, value }) => `${name}=${String(value)}`).join(' ');
    return [...measureRows(result), ...curveRows(result), ...windowRows(result)].map((row) => [
      result.name,
      point,
      ...row,
    ]);
  });
  return `${[HEADER, ...rows].map((row) => row.map(field).join(',')).join('\n')}\n`;
}

function measureRows({ measures }: StudyResult): Row[] {
  return Object.entries(measures).flatMap(([name, { mean, min, max }]): Row[] => [
    ['measure', name, '', 'mean', mean],
    ['measure', name, '', 'least', min],
    ['measure', name, '', 'most', max],
  ]);
}

function curveRows({ curve }: StudyResult): Row[] {
  return curve.flatMap((point, index): Row[] =>
    (['accuracy', 'loss', 'score', 'wins', 'steps'] as const).flatMap((quantity): Row[] => {
      const value = point[quantity];
      return value === undefined ? [] : [[point.kind, point.samples, index + 1, quantity, value]];
    }),
  );
}

function windowRows({ windows }: StudyResult): Row[] {
  return windows.flatMap(({ projection, rule, seconds, ...series }) =>
    seconds.flatMap((x, index) =>
      (['change', 'deviation', 'kernel'] as const).map((quantity): Row => {
        return ['window', `${projection} ${rule}`, x, quantity, series[quantity][index] ?? NaN];
      }),
    ),
  );
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
