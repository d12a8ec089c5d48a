/** How the cells of a tile differ from the beginning: a histogram for each spread that is drawn once per device. */
import { formatNumber } from '../units/format-quantity.js';
import { html, type Html } from './html.js';
import type { PageContext } from './page-context.js';
import { countValues, histogramPlot } from './plots/histogram-plot.js';
import type { Plot } from './plots/plot-spec.js';
import type { CellVariation } from './report-input.js';

/** Odd, so that the middle of the extent is within a bar. */
const BIN_COUNT = 21;

/** Histograms of the spreads of the first seed. */
export function renderVariation(variation: readonly CellVariation[], { figures }: PageContext): Html | undefined {
  const plots = variation.flatMap(variationPlot);
  if (plots.length === 0) return undefined;
  return html`<h3>Variation from cell to cell</h3>
    <p class="lead">
      What the cells of the first seed drew of each spread of their device, before anything was written.
    </p>
    ${figures.addAll(plots)}`;
}

/** None where all cells drew the same. */
function variationPlot({
  name,
  scales,
  distribution,
  mean,
  deviation,
  values,
  source,
}: CellVariation): readonly Plot[] {
  // Of large tiles there are more values than a call may have arguments
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (!(low < high)) return [];
  const average = meanOf(values);
  const drawn = Math.sqrt(meanOf(values.map((value) => (value - average) ** 2)));
  return [
    histogramPlot(countValues(values, { low, high }, BIN_COUNT), {
      title: `Spread ${name}`,
      quantity: scales === undefined ? name : `factor on ${scales}`,
      unit: { symbol: '', scale: 1 },
      counted: 'cells',
      note: `${String(values.length)} cells, mean ${formatNumber(average)}, deviation ${formatNumber(drawn)}; drawn of ${distribution}(${formatNumber(mean)}, ${formatNumber(deviation)}): ${source}`,
    }),
  ];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
