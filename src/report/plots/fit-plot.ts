/** A fit: readings and law above, residuals below. */
import { unitFor } from '../../units/format-quantity.js';
import { axisTitle } from './axis-title.js';
import { bareSpec, type PlotSpec } from './plot-spec.js';

/** What is drawn, reading by reading. */
export interface FitPlot {
  readonly title: string;
  readonly note: string;
  /** Measured, fitted, and measured minus predicted [S]; NaN is left out. */
  readonly readings: Float64Array;
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;
  /** Indices at which the line is interrupted. */
  readonly starts: readonly number[];
}

/** Readings that are drawn, at most. */
const MAX_POINTS = 4000;

const PANEL = { width: 640, height: 230 };

/** The specification of both panels. */
export function fitPlotSpec(plot: FitPlot): PlotSpec {
  const count = Math.min(MAX_POINTS, plot.readings.length);
  const unit = unitFor(Math.max(...finite(plot.readings, count).map(Math.abs)), 'S');
  const residual = unitFor(Math.max(...finite(plot.residuals, count).map(Math.abs), 0), 'S');
  const shown = count < plot.readings.length ? `, the first ${String(count)} of ${String(plot.readings.length)}` : '';
  const strokes = starts(plot.starts, count);
  const values = Array.from({ length: count }, (_, index) => ({
    reading: index,
    ...valueIn('measured', plot.readings[index], unit.scale),
    ...valueIn('law', plot.fitted[index], unit.scale),
    ...valueIn('residual', plot.residuals[index], residual.scale),
    stroke: strokes[index],
  }));
  const x = { field: 'reading', type: 'quantitative', axis: { grid: true, tickMinStep: 1 }, scale: { nice: false } };
  const y = (field: string, title: string): object => ({ field, type: 'quantitative', title, scale: { zero: false }, axis: { tickCount: 5 } }); // prettier-ignore
  const colour = (name: string): object => ({ datum: name, type: 'nominal', scale: { domain: ['measured', 'law alone'] }, legend: { orient: 'top', direction: 'horizontal' } }); // prettier-ignore
  const conductance = axisTitle('conductance', unit.symbol);
  const dot = { type: 'circle', size: 10, opacity: 0.6, clip: true, aria: false };
  return bareSpec({
    title: { text: plot.title, subtitle: plot.note, anchor: 'start', color: 'var(--text)', subtitleColor: 'var(--muted)', offset: 10, limit: PANEL.width, subtitlePadding: 6 }, // prettier-ignore
    data: { values },
    vconcat: [
      {
        ...PANEL,
        layer: [
          { mark: dot, encoding: { x: { ...x, title: null }, y: y('measured', conductance), color: colour('measured') } },
          {
            mark: { type: 'line', strokeWidth: 1.5, aria: false },
            encoding: { x: { ...x, title: null }, y: y('law', conductance), detail: { field: 'stroke' }, color: colour('law alone') },
          },
        ],
      },
      {
        ...{ width: PANEL.width, height: 90 },
        mark: { ...dot, color: 'var(--series-1)' },
        encoding: {
          x: { ...x, title: `reading${shown}` },
          y: y('residual', axisTitle('reading − prediction', residual.symbol)),
        },
      },
    ],
  });
} // prettier-ignore

function finite(values: Float64Array, count: number): readonly number[] {
  return Array.from(values.subarray(0, count)).filter(Number.isFinite);
}

function valueIn(name: string, value: number | undefined, scale: number): object {
  return value !== undefined && Number.isFinite(value) ? { [name]: Number((value / scale).toPrecision(6)) } : {};
}

/** The number of the stretch that each reading belongs to. */
function starts(places: readonly number[], count: number): readonly number[] {
  const begins = new Set(places);
  let stroke = 0;
  return Array.from({ length: count }, (_, index) => (begins.has(index) && index > 0 ? ++stroke : stroke));
}
