/** How the cells' errors are distributed: a bar chart, and how many cells each bar holds. */
import { formatNumber } from '../units/format-quantity.js';
import { html, type Html } from './html.js';

/** Odd, so that one bar is centred on zero. */
const BIN_COUNT = 21;

const WIDTH = 210;
const HEIGHT = 150;

/** Cells per bin over [-limit, limit]; values beyond count in the outermost bins. */
export function countErrors(errors: readonly number[], limit: number): readonly number[] {
  const counts = Array.from({ length: BIN_COUNT }, () => 0);
  for (const error of errors) {
    const bin = Math.floor(((error + limit) / (2 * limit)) * BIN_COUNT);
    const clamped = Math.min(BIN_COUNT - 1, Math.max(0, bin));
    counts[clamped] = (counts[clamped] ?? 0) + 1;
  }
  return counts;
}

/** Histogram of `errors` [% of the window] over [-limit, limit]. */
export function renderErrorHistogram(errors: readonly number[], limit: number, note: string): Html {
  const counts = countErrors(errors, limit);
  const most = Math.max(1, ...counts);
  const label = `Histogram of errors, most frequent bin ${String(most)} of ${String(errors.length)} cells`;
  return html`<figure class="map">
    <figcaption>Error histogram</figcaption>
    <svg class="histogram" viewBox="0 0 ${WIDTH} ${WIDTH}" role="img" aria-label="${label}">
      ${counts.map((count, bin) => bar(count, bin, { most, limit }))}
      <line class="axis" x1="0" y1="${WIDTH - 0.5}" x2="${WIDTH}" y2="${WIDTH - 0.5}" />
      <line class="zero" x1="${WIDTH / 2}" y1="${WIDTH - HEIGHT - 20}" x2="${WIDTH / 2}" y2="${WIDTH}" />
      <text x="2" y="14">most: ${most} of ${errors.length} cells</text>
    </svg>
    <div class="legend" aria-hidden="true">
      <span>-${formatNumber(limit)}</span><span>0</span><span>+${formatNumber(limit)} %</span>
    </div>
    <p class="note">${note}</p>
  </figure>`;
}

function bar(count: number, bin: number, { most, limit }: { readonly most: number; readonly limit: number }): Html {
  const width = WIDTH / BIN_COUNT;
  const height = (count / most) * HEIGHT;
  const from = -limit + (2 * limit * bin) / BIN_COUNT;
  const to = -limit + (2 * limit * (bin + 1)) / BIN_COUNT;
  const place = `${formatNumber(from)} to ${formatNumber(to)} %: ${String(count)} cells`;
  return html`<rect class="bar" x="${bin * width + 0.5}" y="${WIDTH - height}" width="${width - 1}" height="${height}"
    ><title>${place}</title></rect
  >`;
}
