/** Per image: target, conductance, what was read back, error, and how the errors are distributed. */
import type { ExperimentResult, ImageResult } from '../ir/results.js';
import { formatNumber, formatQuantity } from '../units/format-quantity.js';
import { type CellMap, renderCellMap } from './cell-map.js';
import { CONDUCTANCE_SCALE, ERROR_SCALE } from './colour-scale.js';
import { renderErrorHistogram } from './error-histogram.js';
import { html, type Html } from './html.js';
import { type ErrorSummary, roundLimit, summarizeErrors, type Window } from './image-errors.js';

const SIEMENS_PER_UNIT = 1e-6;

/** All images of the first seed; the scales are shared, so that images can be compared. */
export function renderImages(result: ExperimentResult): Html {
  const { images, window } = result;
  const summaries = images.map((image) => summarizeErrors(image, image.conductance, window));
  const limit = roundLimit(summaries.flatMap((summary) => summary.errors));
  const seed = String(result.firstSeed);
  return html`<h3>Images</h3>
    <p class="lead">
      Arrays after each image with seed ${seed}, window ${formatQuantity(window.low, 'S')} to
      ${formatQuantity(window.high, 'S')}. Errors are conductance minus target in per cent of the window.
    </p>
    ${images.map((image, index) => renderImage(image, summaries[index], { window, limit }))}`;
}

interface SharedScales {
  readonly window: Window;
  /** Ends of the error scale [% of the window]. */
  readonly limit: number;
}

function renderImage(image: ImageResult, summary: ErrorSummary | undefined, scales: SharedScales): Html | undefined {
  if (!summary) return undefined;
  const { limit } = scales;
  const worst = `worst ${formatNumber(summary.worst)} % at row ${String(summary.worstRow)}, column ${String(summary.worstColumn)}`;
  const errorMap: CellMap = {
    title: 'Error',
    rows: image.rows,
    columns: image.columns,
    values: summary.errors,
    unit: '%',
    low: -limit,
    high: limit,
    scale: ERROR_SCALE,
  };
  return html`<article class="image">
    <h4>${image.name}</h4>
    <div class="maps">
      ${renderCellMap(conductanceMap('Target', image, image.targets, scales), `${String(image.rows)} x ${String(image.columns)} cells`)}
      ${renderCellMap(conductanceMap('Conductance', image, image.conductance, scales), `RMS error ${formatNumber(summary.rms)} %`)}
      ${readBackMap(image, scales)} ${renderCellMap(errorMap, worst)}
      ${renderErrorHistogram(summary.errors, limit, `${String(summary.errors.length)} cells`)}
    </div>
  </article>`;
}

function readBackMap(image: ImageResult, scales: SharedScales): Html | undefined {
  if (!image.readBack) return undefined;
  const { rms } = summarizeErrors(image, image.readBack, scales.window);
  return renderCellMap(conductanceMap('Read back', image, image.readBack, scales), `RMS error ${formatNumber(rms)} %`);
}

function conductanceMap(
  title: string,
  { rows, columns }: ImageResult,
  siemens: readonly number[],
  { window }: SharedScales,
): CellMap {
  return {
    title,
    rows,
    columns,
    values: siemens.map((value) => value / SIEMENS_PER_UNIT),
    unit: 'µS',
    low: window.low / SIEMENS_PER_UNIT,
    high: window.high / SIEMENS_PER_UNIT,
    scale: CONDUCTANCE_SCALE,
  };
}
