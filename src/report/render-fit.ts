/** A fit as one self-contained SVG file. */
import { withPaperColours } from './palette.js';
import { fitPlotSpec, type FitPlot } from './plots/fit-plot.js';
import { loadPlotDrawer } from './render-plot.js';

/** The text of an SVG file, on white. */
export async function renderFit(plot: FitPlot): Promise<string> {
  const draw = await loadPlotDrawer();
  const { config, ...spec } = fitPlotSpec(plot);
  const drawn = await draw({ ...spec, data: spec.data, config: { ...(config as object), background: 'var(--card)' } }, 'fit');
  const file = drawn.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${withPaperColours(file)}\n`;
} // prettier-ignore
