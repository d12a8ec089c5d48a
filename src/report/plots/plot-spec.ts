/**
 * Plots as Vega-Lite specifications (https://vega.github.io/vega-lite): plain data, made from results by the functions
 * beside this file and drawn by whoever has Vega. Colours are names of palette.ts (`var(--muted)`), sizes CSS pixels.
 */
import { SERIES_COLOURS } from '../palette.js';

/** A specification; what Vega-Lite makes of it is for the tests to show. */
export interface PlotSpec {
  readonly [key: string]: unknown;
  readonly data: unknown;
}

/** A figure: what is drawn, and words for those who do not see it. */
export interface Plot {
  /** Above the drawing. */
  readonly title: string;
  /** What there is to see in a sentence; read out in place of the drawing. */
  readonly description: string;
  /** Figures in words, below the drawing. */
  readonly note?: string;
  readonly spec: PlotSpec;
  /** Cells that a pointer is over: the numbers are the data of the specification, row by row. */
  readonly cells?: PlotCells;
}

/** The squares of a map. */
export interface PlotCells {
  readonly rows: number;
  readonly columns: number;
  readonly unit: string;
}

/** Width of a figure with its axes: fits a telephone held upright, and three of them a page. */
export const FIGURE_WIDTH = 340;
const FIGURE_HEIGHT = 230;

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

/** What all figures look like. */
const CONFIG = {
  font: 'system-ui, sans-serif',
  background: null,
  padding: 4,
  view: { stroke: null },
  axis: {
    labelColor: 'var(--muted)',
    titleColor: 'var(--muted)',
    gridColor: 'var(--line)',
    domainColor: 'var(--line)',
    tickColor: 'var(--line)',
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    titlePadding: 6,
    labelOverlap: 'greedy',
    labelSeparation: 4,
  },
  legend: {
    labelColor: 'var(--text)',
    titleColor: 'var(--muted)',
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    labelLimit: 290,
    title: null,
    orient: 'bottom',
    direction: 'vertical',
    symbolType: 'stroke',
    symbolStrokeWidth: 2.5,
  },
  range: { category: SERIES_COLOURS },
};

/** A specification of the usual width; `content` has data, marks and encodings. */
export function framedSpec(content: PlotSpec, height: number = FIGURE_HEIGHT): PlotSpec {
  return bareSpec({ width: FIGURE_WIDTH, height, autosize: { type: 'fit', contains: 'padding' }, ...content });
}

/** A specification whose drawing has exactly these sizes; axes come on top. */
export function sizedSpec(content: PlotSpec, size: { readonly width: number; readonly height: number }): PlotSpec {
  return bareSpec({ ...size, ...content });
}

/** A specification that says its own sizes. */
export function bareSpec(content: PlotSpec): PlotSpec {
  return { $schema: SCHEMA, config: CONFIG, ...content };
}
