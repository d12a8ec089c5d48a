/** The table of a sweep for people. */
import { formatMeasure } from '../report/format-measure.js';
import { formatMetric, METRIC_NAMES } from '../report/format-metric.js';
import type { ParetoFront } from '../sweep/pareto.js';
import type { SweepTable, TableGroup } from '../sweep/sweep-table.js';
import { formatCount } from '../units/format-quantity.js';
import { renderTable } from './table.js';
import type { Colors } from './terminal.js';

/** Settings that a terminal shows, at most. */
const MAX_SHOWN = 40;

/** Figures that a terminal shows, at most. */
const MAX_FIGURES = 6;

/** A line on how many points there are, the settings with the figures that matter, and where everything is. */
export function renderSweepText(
  table: SweepTable,
  front: ParetoFront | undefined,
  files: readonly string[],
  colors: Colors,
): string {
  const { groups } = table;
  const figures = shownFigures(table, front);
  const best = new Set(front?.members);
  const numbered = groups.map((group, index) => ({ group, index }));
  // Of a large sweep with a front, that is what people look for
  const chosen = front && groups.length > MAX_SHOWN ? numbered.filter(({ index }) => best.has(index)) : numbered;
  const shown = chosen.slice(0, MAX_SHOWN);
  const columns = settingColumns(table);
  const header = [...columns.map(({ title }) => title), 'seeds', ...figures, '', ''].map(colors.faint);
  const rows = shown.map(({ group, index }) => [
    ...columns.map(({ of }) => of(group)),
    ...[formatCount(group.seeds), ...figures.map((name) => figureText(group, name))],
    ...[group.passed ? '' : colors.bad('FAIL'), best.has(index) ? colors.good('front') : ''],
  ]);
  const more = groups.length - shown.length;
  return [
    `${colors.strong('sweep')}: ${countsText(table)}`,
    ...(rows.length > 0
      ? [
          renderTable(
            [header, ...rows],
            [...columns, ...figures, ''].map(() => 'right' as const),
          ),
        ]
      : []),
    ...(more > 0 ? [`  and ${formatCount(more)} settings more`] : []),
    ...(files.length > 0 ? [`wrote ${files.join(', ')}`] : []),
  ].join('\n');
}

/** `90 points: 80 done, 4 failed, 6 without a result`. */
export function countsText({ counts: { points, done, failed, missing } }: SweepTable): string {
  if (done === points) return `${formatCount(points)} points, all done`;
  return [
    `${formatCount(points)} points: ${formatCount(done)} done`,
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(missing > 0 ? [`${formatCount(missing)} without a result`] : []),
  ].join(', ');
}

/** What tells settings apart. */
export interface SettingColumn {
  readonly title: string;
  readonly of: (group: TableGroup) => string;
}

/** Varied parameters, what experiments sweep by themselves, and the experiment where there are several. */
export function settingColumns({ plan, groups }: SweepTable): readonly SettingColumn[] {
  const inner = [...new Set(groups.flatMap((group) => group.inner.map(([name]) => name)))];
  const isPlural = new Set(groups.map(({ experiment }) => experiment)).size > 1;
  return [
    ...(isPlural ? [{ title: 'experiment', of: ({ experiment }: TableGroup) => experiment }] : []),
    ...plan.vary.map(({ name }) => ({
      title: name,
      of: ({ settings }: TableGroup) => settings.find(([each]) => each === name)?.[1] ?? '',
    })),
    ...inner.map((name) => ({
      title: name,
      of: (group: TableGroup) => String(group.inner.find(([each]) => each === name)?.[1] ?? ''),
    })),
  ];
}

/** A setting in words: `width = 3 s, bits = 8`. */
export function settingText(table: SweepTable, group: TableGroup): string {
  return settingColumns(table)
    .map(({ title, of }) => `${title} = ${of(group)}`)
    .join(', ');
}

/** Objectives, else what expectations name, else what differs between settings. */
export function shownFigures({ figures, groups, rows }: SweepTable, front: ParetoFront | undefined): readonly string[] {
  const names = [...figures.keys()];
  const wanted = front?.objectives.map(({ figure }) => figure) ?? [];
  if (wanted.length > 0) return [...new Set(wanted)];
  const texts = new Set(rows.flatMap(({ result }) => result?.expectations.map(({ text }) => text) ?? []));
  const named = names.filter((name) => [...texts].some((text) => text.includes(name)));
  const differing = names.filter((name) => new Set(groups.map((group) => group.figures.get(name)?.mean)).size > 1);
  return (named.length > 0 ? named : differing).slice(0, MAX_FIGURES);
}

/** The mean over the seeds in the form in which people think of it. */
export function figureText({ figures }: TableGroup, name: string): string {
  const value = figures.get(name);
  if (!value) return '';
  const metric = METRIC_NAMES.find((each) => each === name);
  return metric && value.unit !== 'pulses'
    ? formatMetric(metric, value.mean)
    : formatMeasure(name, value.mean, value.unit);
}
