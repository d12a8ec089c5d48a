/** Curves over a common axis as one SVG figure. */
import { axisTicks } from './axis-ticks.js';
import { html, type Html } from './html.js';

/** A curve; NaN is left out. */
export interface PlottedCurve {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** `line`, or `dots` where points are measured one by one. */
  readonly mark: 'line' | 'dots';
}

/** What is drawn around the curves. */
export interface PlotFrame {
  readonly title: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
}

const WIDTH = 480;
const HEIGHT = 260;
const LEFT = 70;
const RIGHT = 466;
const TOP = 12;
const BOTTOM = 226;

/** Classes of the stylesheet, one for each curve in turn. */
const SERIES = ['series-1', 'series-2', 'series-3', 'series-4'];

interface Extent {
  readonly low: number;
  readonly high: number;
}

/** The figure with a legend below it. */
export function renderLinePlot(curves: readonly PlottedCurve[], frame: PlotFrame): Html {
  const x = extentOf(curves.flatMap((curve) => curve.x));
  const y = extentOf(curves.flatMap((curve) => curve.y));
  return html`<figure class="map plot">
    <figcaption>${frame.title}</figcaption>
    <svg class="curves" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${frame.title}">
      ${axisTicks(y.low, y.high, 4).map((value) => yTick(value, y, frame))}
      ${axisTicks(x.low, x.high, 5).map((value) => xTick(value, x, frame))}
      ${curves.map((curve, index) => drawCurve(curve, SERIES[index % SERIES.length] ?? '', { x, y }))}
    </svg>
    <div class="legend plot-legend">
      ${curves.map(({ name }, index) => html`<span class="${SERIES[index % SERIES.length] ?? ''}">${name}</span>`)}
    </div>
  </figure>`;
}

/** From the least to the largest value with room to breathe; a single value lies in the middle. */
function extentOf(values: readonly number[]): Extent {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const high = finite.reduce((most, value) => Math.max(most, value), -Infinity);
  if (!(low <= high)) return { low: 0, high: 1 };
  const margin = high > low ? 0.04 * (high - low) : Math.abs(low) * 0.1 || 1;
  return { low: low - margin, high: high + margin };
}

const xOf = (value: number, { low, high }: Extent): string =>
  (LEFT + ((RIGHT - LEFT) * (value - low)) / (high - low)).toFixed(1);
const yOf = (value: number, { low, high }: Extent): string =>
  (BOTTOM - ((BOTTOM - TOP) * (value - low)) / (high - low)).toFixed(1);

function yTick(value: number, extent: Extent, { formatY }: PlotFrame): Html {
  const y = yOf(value, extent);
  return html`<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${y}" y2="${y}" />
    <text x="${LEFT - 6}" y="${y}" dy="4" text-anchor="end">${formatY(value)}</text>`;
}

function xTick(value: number, extent: Extent, { formatX }: PlotFrame): Html {
  return html`<text x="${xOf(value, extent)}" y="${BOTTOM + 20}" text-anchor="middle">${formatX(value)}</text>`;
}

function drawCurve(
  { x, y, mark }: PlottedCurve,
  series: string,
  extents: { readonly x: Extent; readonly y: Extent },
): Html {
  const places = x.flatMap((value, index) => {
    const height = y[index] ?? NaN;
    return Number.isFinite(height) ? [[xOf(value, extents.x), yOf(height, extents.y)] as const] : [];
  });
  if (mark === 'dots') {
    return html`${places.map(([left, top]) => html`<circle class="${series}" cx="${left}" cy="${top}" r="2.5" />`)}`;
  }
  return html`<polyline class="${series}" points="${places.map((place) => place.join(',')).join(' ')}" />`;
}
