/** A sweep as what its page and its plot show. */
import type { ParetoPlot } from '../report/plots/pareto-plot.js';
import type { SweepPage } from '../report/render-sweep.js';
import type { ParetoFront } from '../sweep/pareto.js';
import type { SweepTable } from '../sweep/sweep-table.js';
import { countsText, figureText, settingColumns, settingText, shownFigures } from './sweep-text.js';

/** Settings in the table of a page, at most. */
const MAX_ROWS = 1000;

/** The plot of the first two objectives; undefined where there are fewer, or no setting has them. */
export function paretoPlotOf(table: SweepTable, front: ParetoFront, source: string): ParetoPlot | undefined {
  const [first, second] = front.objectives;
  if (!first || !second || front.members.length === 0) return undefined;
  const best = new Set(front.members);
  const points = table.groups.map((group, index) => ({
    label: settingText(table, group),
    x: group.figures.get(first.figure)?.mean ?? NaN,
    y: group.figures.get(second.figure)?.mean ?? NaN,
    isBest: best.has(index),
  }));
  const unitOf = (figure: string): string => table.figures.get(figure) ?? '1';
  const names = front.objectives.map(({ figure }) => figure);
  const [experiment = ''] = table.groups.map((group) => group.experiment);
  return {
    title: names.slice(0, 2).join(' and '),
    note: `${experiment} of ${source}, ${countsText(table)}${names.length > 2 ? `; the front minds ${names.slice(2).join(', ')} as well` : ''}`,
    x: { ...first, unit: unitOf(first.figure) },
    y: { ...second, unit: unitOf(second.figure) },
    points,
  };
}

/** The page with the plot, where there is one, and the table. */
export function sweepPageOf(
  table: SweepTable,
  front: ParetoFront | undefined,
  plot: ParetoPlot | undefined,
  source: string,
): SweepPage {
  const { plan, groups } = table;
  const best = new Set(front?.members);
  const figures = shownFigures(table, front);
  const columns = settingColumns(table);
  const varied = plan.vary.map(({ name, values }) => `${name} = ${values.join(', ')}`);
  return {
    title: source.replace(/\.ion$/, ''),
    ...{ source, version: plan.version, plot },
    summary: [countsText(table), ...(varied.length > 0 ? [`Varied: ${varied.join('; ')}`] : [])],
    columns: [
      ...columns.map(({ title }) => ({ title })),
      ...['seeds', ...figures].map((title) => ({ title, kind: 'number' as const })),
      ...[{ title: 'expectations' }, ...(front ? [{ title: 'front' }] : [])],
    ],
    rows: groups
      .slice(0, MAX_ROWS)
      .map((group, index) => [
        ...columns.map(({ of }) => of(group)),
        ...[String(group.seeds), ...figures.map((name) => figureText(group, name))],
        ...[group.passed ? 'hold' : 'fail', ...(front ? [best.has(index) ? 'yes' : ''] : [])],
      ]),
    leftOut: groups.length > MAX_ROWS ? `The first ${String(MAX_ROWS)} of ${String(groups.length)} settings; all are in table.csv.` : undefined, // prettier-ignore
  };
}
