/** How values are distributed: bars of counts. */
import { formatNumber } from '../../units/format-quantity.js';
import { axisTitle } from './axis-title.js';
import { framedSpec, type Plot } from './plot-spec.js';

/** Counts of values in bins of equal width. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

export interface HistogramFrame {
  readonly title: string;
  readonly quantity: string;
  readonly unit: { readonly symbol: string; readonly scale: number };
  /** What is counted: `cells`. */
  readonly counted: string;
  readonly note: string;
}

/** Values per bin over [low, high]; values beyond count in the outermost bins. */
export function countValues(
  values: readonly number[],
  ends: { readonly low: number; readonly high: number },
  bins: number,
): Histogram {
  // prettier-ignore
  const { low, high } = ends;
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    const clamped = Math.min(bins - 1, Math.max(0, Number.isNaN(bin) ? 0 : bin));
    counts[clamped] = (counts[clamped] ?? 0) + 1;
  }
  return { low, high, counts };
}

/** Bars over the extent of the histogram. */
export function histogramPlot({ low, high, counts }: Histogram, frame: HistogramFrame): Plot {
  const { title, quantity, unit, counted, note } = frame;
  const width = (high - low) / counts.length / unit.scale;
  const first = low / unit.scale;
  const values = counts.map((count, bin) => {
    const [from, to] = [first + bin * width, first + (bin + 1) * width];
    return { from, to, count, say: `${formatNumber(from)} to ${formatNumber(to)} ${unit.symbol}: ${String(count)} ${counted}` }; // prettier-ignore
  });
  return {
    title,
    description: `${title} of ${quantity} from ${formatNumber(first)} to ${formatNumber(high / unit.scale)} ${unit.symbol}. ${note}`,
    note,
    spec: framedSpec({
      data: { values },
      mark: { type: 'bar', color: 'var(--accent)', binSpacing: 1, stroke: null },
      encoding: {
        x: {
          field: 'from',
          type: 'quantitative',
          bin: { binned: true, step: width },
          title: axisTitle(quantity, unit.symbol),
          axis: { tickCount: 5, grid: false, values: marks(first, high / unit.scale) },
        },
        x2: { field: 'to' },
        y: { field: 'count', type: 'quantitative', title: counted, axis: { tickCount: 4, tickMinStep: 1 } },
        description: { field: 'say' },
      },
    }),
  };
}

/** Ends, middle and quarters. */
function marks(low: number, high: number): readonly number[] {
  return [0, 0.25, 0.5, 0.75, 1].map((part) => Number((low + part * (high - low)).toPrecision(6)));
}
