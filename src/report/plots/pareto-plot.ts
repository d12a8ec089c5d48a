/** Settings of a sweep by two of their figures: those that nothing beats stand out, joined by steps. */
import { formatQuantity, unitFor } from '../../units/format-quantity.js';
import { axisTitle } from './axis-title.js';
import { bareSpec, type Plot, type PlotSpec } from './plot-spec.js';

/** An axis of the plot. */
export interface ParetoAxis {
  readonly figure: string;
  /** SI. */
  readonly unit: string;
  readonly wants: 'least' | 'most';
}

/** A setting; `x` and `y` are SI. */
export interface ParetoPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly isBest: boolean;
}

export interface ParetoPlot {
  readonly title: string;
  readonly note: string;
  readonly x: ParetoAxis;
  readonly y: ParetoAxis;
  /** In the order of the table. */
  readonly points: readonly ParetoPoint[];
}

const PANEL = { width: 480, height: 340 };

/** Settings that are drawn beside the best, at most. */
const MAX_OTHERS = 2000;

/** Values that span more than this are drawn by their logarithm. */
const WIDE = 100;

/** The plot as a figure of a page. */
export function paretoFigure(plot: ParetoPlot): Plot {
  const best = plot.points.filter(({ isBest }) => isBest).length;
  const counts = `${String(best)} of ${String(plot.points.length)} settings are on the front`;
  return {
    title: plot.title,
    description: `${plot.y.figure} over ${plot.x.figure}: ${counts}`,
    note: `${plot.note}; ${counts}.`,
    spec: paretoPlotSpec(plot),
  };
}

/** The specification alone. */
export function paretoPlotSpec({ x, y, points }: ParetoPlot): PlotSpec {
  const drawn = points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  const [best, all] = [drawn.filter(({ isBest }) => isBest), drawn.filter(({ isBest }) => !isBest)];
  const others = all.slice(0, MAX_OTHERS);
  const shown = [...others, ...best];
  const [across, along] = [axisOf('x', x, shown.map((point) => point.x)), axisOf('y', y, shown.map((point) => point.y))];
  const valuesOf = (list: readonly ParetoPoint[]): readonly object[] =>
    list.map((point) => ({
      x: rounded(point.x / across.scale),
      y: rounded(point.y / along.scale),
      kind: point.isBest ? 'front' : 'other settings',
      say: `${point.label}: ${x.figure} ${formatQuantity(point.x, x.unit)}, ${y.figure} ${formatQuantity(point.y, y.unit)}`,
    }));
  const colour = { field: 'kind', type: 'nominal', scale: { domain: ['front', 'other settings'], range: ['var(--series-2)', 'var(--series-1)'] }, legend: { orient: 'top', direction: 'horizontal', symbolType: 'circle' } }; // prettier-ignore
  const axes = { x: across.encoding, y: along.encoding };
  const step = x.wants === y.wants || x.wants === 'least' ? 'step-after' : 'step-before';
  return bareSpec({
    ...PANEL,
    data: { values: [] },
    layer: [
      {
        data: { values: valuesOf(others) },
        mark: { type: 'circle', size: 26, opacity: 0.55 },
        encoding: { ...axes, color: colour, description: { field: 'say' } },
      },
      {
        data: { values: valuesOf(best.toSorted((left, right) => left.x - right.x)) },
        mark: { type: 'line', interpolate: step, strokeWidth: 1.5, color: 'var(--series-2)', aria: false },
        encoding: axes,
      },
      {
        data: { values: valuesOf(best) },
        mark: { type: 'circle', size: 56, opacity: 1 },
        encoding: { ...axes, color: colour, description: { field: 'say' } },
      },
    ],
  });
} // prettier-ignore

function axisOf(field: 'x' | 'y', { figure, unit, wants }: ParetoAxis, values: readonly number[]) {
  const { symbol, scale } = unitFor(Math.max(0, ...values.map(Math.abs)), unit === '' ? '1' : unit);
  const least = Math.min(...values);
  const isWide = least > 0 && Math.max(...values) / least > WIDE;
  const encoding = {
    field,
    type: 'quantitative',
    title: `${axisTitle(figure, symbol)}, ${wants} is best`,
    scale: isWide ? { type: 'log' } : { zero: false },
    axis: { tickCount: 6, grid: true },
  };
  return { scale, encoding };
}

/** More digits cannot be seen. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
