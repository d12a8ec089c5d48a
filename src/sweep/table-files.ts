/** The table of a sweep as files: CSV with a row for every experiment at every point, JSON with everything. */
import type { MetricValue } from '../ir/results.js';
import type { ParetoFront } from './pareto.js';
import type { SweepTable, TableGroup, TableRow } from './sweep-table.js';

/**
 * CSV text. Columns: point, varied parameters as they were given, experiment, what experiments sweep by themselves, first
 * seed, seeds, state (`done`, `failed`, `missing`), expectations (`pass`, `fail` or empty), then every figure in SI with its
 * unit in brackets: the mean over the seeds of the row and, where a row has several, the least and the most.
 */
export function tableCsv({ plan, rows, figures }: SweepTable): string {
  const inner = innerNames(rows);
  const hasSpread = rows.some(({ result }) => (result?.seedCount ?? 1) > 1);
  const titles = [...figures].flatMap(([name, unit]) => {
    const title = unit === '1' || unit === '' ? name : `${name} [${unit}]`;
    return hasSpread ? [title, `${title} least`, `${title} most`] : [title];
  });
  const header = [
    ...['point', ...plan.vary.map(({ name }) => name), 'experiment', ...inner],
    ...['first seed', 'seeds', 'state', 'expectations', ...titles],
  ];
  const lines = rows.map((row) => {
    const { result } = row;
    const known = new Map(result?.figures);
    const values = [...figures.keys()].flatMap((name): readonly (number | string)[] => {
      const { mean = '', min = '', max = '' } = known.get(name) ?? {};
      return hasSpread ? [mean, min, max] : [mean];
    });
    const innerValues = new Map(result?.inner);
    return [
      ...[row.point, ...row.settings.map(([, value]) => value), result?.experiment ?? ''],
      ...inner.map((name) => innerValues.get(name) ?? ''),
      ...[result?.firstSeed ?? '', result?.seedCount ?? '', row.state, verdictOf(row), ...values],
    ];
  });
  return `${[header, ...lines].map((line) => line.map(field).join(',')).join('\n')}\n`;
}

function innerNames(rows: readonly TableRow[]): readonly string[] {
  return [...new Set(rows.flatMap(({ result }) => result?.inner.map(([name]) => name) ?? []))];
}

function verdictOf({ result }: TableRow): string {
  if (!result || result.expectations.length === 0) return '';
  return result.expectations.every(({ ok }) => ok) ? 'pass' : 'fail';
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table and the front as plain data; what is not finite stands as a word. */
export function tableDocument(table: SweepTable, front: ParetoFront | undefined): object {
  const { plan, rows, groups, figures, counts } = table;
  return {
    plan: plan.digest,
    ...counts,
    figures: Object.fromEntries(figures),
    rows: rows.map(rowDocument),
    groups: groups.map(groupDocument),
    ...(front && { pareto: { objectives: front.objectives, groups: front.members } }),
  };
}

/** The same as the text of a file. */
export function tableJson(table: SweepTable, front: ParetoFront | undefined): string {
  const text = JSON.stringify(
    tableDocument(table, front),
    (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value),
    2,
  );
  return `${text}\n`;
}

function rowDocument({ point, settings, state, result, notes }: TableRow): object {
  return {
    point,
    parameters: Object.fromEntries(settings),
    state,
    ...(result && {
      experiment: result.experiment,
      ...(result.inner.length > 0 && { inner: Object.fromEntries(result.inner) }),
      seed: result.firstSeed,
      seeds: result.seedCount,
      metrics: Object.fromEntries(result.figures.map(([name, value]) => [name, metricDocument(value)])),
      expectations: result.expectations,
    }),
    ...(notes.length > 0 && { notes }),
  };
}

function groupDocument({ settings, experiment, inner, seeds, figures, passed }: TableGroup): object {
  return {
    parameters: Object.fromEntries(settings),
    experiment,
    ...(inner.length > 0 && { inner: Object.fromEntries(inner) }),
    seeds,
    passed,
    metrics: Object.fromEntries([...figures].map(([name, value]) => [name, metricDocument(value)])),
  };
}

/** As `sim --json` has it: `value` is the mean over the seeds. */
function metricDocument({ mean, min, max, unit }: MetricValue): object {
  return { value: mean, unit, min, max };
}
