/** The door to Vega: specifications become SVG text, the same bytes on every machine. */
import type { TopLevelSpec } from 'vega-lite';
import type { PlotSpec } from './plots/plot-spec.js';
import { compactSvg } from './compact-svg.js';
import { textWidth } from './text-width.js';

/** Draws one specification; `name` makes the identifiers inside unique on a page. */
export type DrawPlot = (spec: PlotSpec, name: string) => Promise<string>;

/** Loads Vega, which takes about half a second, and returns what draws. */
export async function loadPlotDrawer(): Promise<DrawPlot> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  // Vega's types leave this out
  const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics };
  textMetrics.width = (item, text) => textWidth(String(text), textMetrics.height(item));
  return async (spec, name) => {
    const { spec: compiled } = vegaLite.compile(spec as unknown as TopLevelSpec);
    const view = new vega.View(vega.parse(compiled), { renderer: 'none' });
    const svg = await view.toSVG();
    view.finalize();
    return compactSvg(svg, name);
  };
}

/** How Vega finds out how large texts are. */
interface TextMetrics {
  readonly height: (item: object) => number;
  width: (item: object, text: unknown) => number;
}
