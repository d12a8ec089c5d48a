/** A fit as one self-contained SVG: readings and law above, residuals below. */
import { formatQuantity } from '../units/format-quantity.js';
import { axisTicks } from './axis-ticks.js';
import { css, html, type Html } from './html.js';

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

const WIDTH = 760;
const LEFT = 76;
const RIGHT = 744;
const HEIGHT = 500;

/** A rectangle with the numbers at its edges. */
interface Panel {
  readonly top: number;
  readonly bottom: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

const STYLE = css`
  .fit-plot {
    background: #fff;
    font:
      12px system-ui,
      sans-serif;
    fill: #1d2327;
  }
  .fit-plot .grid {
    stroke: #d9dfe2;
  }
  .fit-plot .note {
    fill: #5a666e;
  }
  .fit-plot .title {
    font-weight: 600;
    font-size: 14px;
  }
  .fit-plot .reading {
    fill: none;
    stroke: #2166ac;
    stroke-opacity: 0.55;
    stroke-width: 3.2;
    stroke-linecap: round;
  }
  .fit-plot .law {
    fill: none;
    stroke: #b2182b;
    stroke-width: 1.5;
  }
`;

/** The text of an SVG file. */
export function renderFitPlot(plot: FitPlot): string {
  const count = Math.min(MAX_POINTS, plot.readings.length);
  const readings = plot.readings.subarray(0, count);
  const fitted = plot.fitted.subarray(0, count);
  const residuals = plot.residuals.subarray(0, count);
  const above: Panel = { top: 82, bottom: 330, count, ...spanOf([...readings, ...fitted]) };
  const largest = Math.max(1e-9 * (above.high - above.low), ...residuals.map((value) => Math.abs(value || 0)));
  const below: Panel = { top: 372, bottom: 460, count, low: -1.1 * largest, high: 1.1 * largest };
  const shown = count < plot.readings.length ? `, the first ${String(count)} of ${String(plot.readings.length)}` : '';
  const drawing = html`<svg
    class="fit-plot"
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label="${plot.title}"
  >
    <style>
      ${STYLE}
    </style>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="#fff" />
    <text class="title" x="${LEFT}" y="24">${plot.title}</text>
    <text class="note" x="${LEFT}" y="44">${plot.note}</text>
    ${axes(above)} ${axes(below)} ${dots(readings, above)}
    ${linesOf(plot.starts, count).map(([from, to]) => line(fitted, above, [from, to]))} ${dots(residuals, below)}
    <text x="${LEFT}" y="${above.top - 6}">conductance, measured and by the law alone</text>
    <text x="${LEFT}" y="${below.top - 6}">reading minus prediction from the readings before</text>
    <text class="note" x="${RIGHT}" y="${HEIGHT - 14}" text-anchor="end">reading${shown}</text>
  </svg>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${drawing.text}\n`;
}

function spanOf(values: readonly number[]): Pick<Panel, 'low' | 'high'> {
  const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [
    Infinity,
    -Infinity,
  ] as [number, number]);
  const margin = 0.04 * (high - low);
  return { low: low - margin, high: high + margin };
}

const xOf = (index: number, { count }: Panel): string =>
  (LEFT + ((RIGHT - LEFT) * index) / Math.max(1, count - 1)).toFixed(1);
const yOf = (value: number, { top, bottom, low, high }: Panel): string =>
  (bottom - ((bottom - top) * (value - low)) / (high - low)).toFixed(1);

function axes(panel: Panel): readonly Html[] {
  const horizontal = axisTicks(panel.low, panel.high, 4).map((value) => {
    const y = yOf(value, panel);
    return html`<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${y}" y2="${y}" /><text
        x="${LEFT - 8}"
        y="${y}"
        dy="4"
        text-anchor="end"
        >${formatQuantity(value, 'S')}</text
      >`;
  });
  const vertical = axisTicks(0, Math.max(1, panel.count - 1), 6).map((index) => {
    const x = xOf(index, panel);
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${panel.top}" y2="${panel.bottom}" /><text
        x="${x}"
        y="${panel.bottom + 15}"
        text-anchor="middle"
        >${index}</text
      >`;
  });
  return [...horizontal, ...vertical];
}

/** A dot for each value: strokes of no length with round ends, which take a tenth of the text of circles. */
function dots(values: Float64Array, panel: Panel): Html {
  const places = Array.from(values, (value, index) =>
    Number.isNaN(value) ? '' : `M${xOf(index, panel)} ${yOf(value, panel)}h0`,
  );
  return html`<path class="reading" d="${places.join('')}" />`;
}

/** Stretches between `starts`, end exclusive. */
function linesOf(starts: readonly number[], count: number): readonly (readonly [number, number])[] {
  return starts
    .filter((start) => start < count)
    .map((start, index) => [start, Math.min(count, starts[index + 1] ?? count)]);
}

function line(values: Float64Array, panel: Panel, [from, to]: readonly [number, number]): Html {
  const points = Array.from(
    values.subarray(from, to),
    (value, index) => `${xOf(from + index, panel)},${yOf(value, panel)}`,
  );
  return html`<polyline class="law" points="${points.join(' ')}" />`;
}
