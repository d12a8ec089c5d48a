/** Per image: target, conductance, what was read back, error, and how the errors are distributed. */
import type { ExperimentResult, ImageResult } from '../ir/results.js';
import { formatNumber, formatQuantity } from '../units/format-quantity.js';
import { html, type Html } from './html.js';
import { type ErrorSummary, roundLimit, summarizeErrors, type Window } from './image-errors.js';
import type { PageContext } from './page-context.js';
import { type CellMap, cellMapPlot } from './plots/cell-map-plot.js';
import { countValues, histogramPlot } from './plots/histogram-plot.js';
import type { Plot } from './plots/plot-spec.js';

const SIEMENS_PER_UNIT = 1e-6;

/** Odd, so that one bar is centred on zero. */
const BIN_COUNT = 21;

/** All images of the first seed; the scales are shared, so that images can be compared. */
export function renderImages(result: ExperimentResult, { figures }: PageContext): Html | undefined {
  const { images, window } = result;
  if (images.length === 0) return undefined;
  const { summaries, scales } = summarize(result);
  const seed = String(result.firstSeed);
  return html`<h3>Images</h3>
    <p class="lead">
      Arrays after each image with seed ${seed}, window ${formatQuantity(window.low, 'S')} to
      ${formatQuantity(window.high, 'S')}. Errors are conductance minus target in per cent of the window. In a map, a
      pointer or the arrow keys tell the value of a cell.
    </p>
    ${images.map((image, index) => {
      const summary = summaries[index];
      return summary && html`<article class="image">
        <h4>${image.name}</h4>
        ${figures.addAll(plotsOf(image, summary, scales))}
      </article>`;
    })}`;
} // prettier-ignore

/** The plots of all images, image by image. */
export function imagePlots(result: ExperimentResult): readonly Plot[] {
  const { summaries, scales } = summarize(result);
  return result.images.flatMap((image, index) => {
    const summary = summaries[index];
    const named = (plot: Plot): Plot => ({ ...plot, title: `${image.name}: ${plot.title}` });
    return summary ? plotsOf(image, summary, scales).map(named) : [];
  });
}

function summarize({ images, window }: ExperimentResult) {
  const summaries = images.map((image) => summarizeErrors(image, image.conductance, window));
  const limit = roundLimit(summaries.flatMap((summary) => summary.errors));
  const scales: SharedScales = { window, limit };
  return { summaries, scales };
}

interface SharedScales {
  readonly window: Window;
  /** Ends of the error scale [% of the window]. */
  readonly limit: number;
}

function plotsOf(image: ImageResult, summary: ErrorSummary, scales: SharedScales): readonly Plot[] {
  const { limit, window } = scales;
  const { rows, columns, readBack } = image;
  const { errors, rms } = summary;
  const worst = `worst ${formatNumber(summary.worst)} % at row ${String(summary.worstRow)}, column ${String(summary.worstColumn)}`;
  const conductances = (title: string, siemens: readonly number[], note: string): Plot =>
    cellMapPlot(conductanceMap(title, image, siemens, window), note);
  const read = readBack && summarizeErrors(image, readBack, window);
  return [
    conductances('Target', image.targets, `${String(rows)} x ${String(columns)} cells`),
    conductances('Conductance', image.conductance, `RMS error ${formatNumber(rms)} %`),
    ...(readBack && read ? [conductances('Read back', readBack, `RMS error ${formatNumber(read.rms)} %`)] : []),
    cellMapPlot({ title: 'Error', rows, columns, values: errors, unit: '%', low: -limit, high: limit, scale: 'error' }, worst), // prettier-ignore
    histogramPlot(countValues(errors, { low: -limit, high: limit }, BIN_COUNT), {
      title: 'Distribution of errors',
      quantity: 'error',
      unit: { symbol: '%', scale: 1 },
      counted: 'cells',
      note: `${String(errors.length)} cells`,
    }),
  ];
}

function conductanceMap(
  title: string,
  { rows, columns }: ImageResult,
  siemens: readonly number[],
  window: Window,
): CellMap {
  return {
    ...{ title, rows, columns },
    values: siemens.map((value) => value / SIEMENS_PER_UNIT),
    unit: 'µS',
    low: window.low / SIEMENS_PER_UNIT,
    high: window.high / SIEMENS_PER_UNIT,
    scale: 'conductance',
  };
}
