/** Specifications of plots: Vega-Lite takes each without a warning, and draws the same every time. */
import { compile } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import type { MappedNetwork, MappedProjection, TilePart } from '../../../src/ir/mapped-network.js';
import { compactSvg } from '../../../src/report/compact-svg.js';
import { cellMapPlot, type CellMap } from '../../../src/report/plots/cell-map-plot.js';
import { curvesPlot } from '../../../src/report/plots/curves-plot.js';
import { fitPlotSpec } from '../../../src/report/plots/fit-plot.js';
import { countValues, histogramPlot } from '../../../src/report/plots/histogram-plot.js';
import { networkPlot } from '../../../src/report/plots/network-plot.js';
import { partsPlot } from '../../../src/report/plots/parts-plot.js';
import type { PlotSpec } from '../../../src/report/plots/plot-spec.js';
import { sensitivityPlot } from '../../../src/report/plots/sensitivity-plot.js';
import { shortText } from '../../../src/report/plots/short-text.js';
import { tileMapPlot } from '../../../src/report/plots/tile-map-plot.js';
import { loadPlotDrawer } from '../../../src/report/render-plot.js';
import { textWidth } from '../../../src/report/text-width.js';
import { NOWHERE, ohmicDevice } from '../../support/example-result.js';

const mapOf = (rows: number, columns: number, values: readonly number[]): CellMap => ({
  ...{ title: 'T', rows, columns, values, unit: '%', low: -1, high: 1, scale: 'error' },
});

const projection = (from: number, to: number, parts: readonly TilePart[]): MappedProjection => ({
  name: `p${String(from)}${String(to)}`,
  from: { population: from, first: 0, count: 4 },
  to: { population: to, first: 0, count: 4 },
  connectivity: { kind: 'dense' },
  ...(parts.length > 0 && { device: ohmicDevice }),
  ...{ encoding: { scheme: 'single' }, modulations: [], learning: [], parts, origin: NOWHERE },
});
const part = (row: number, column: number): TilePart => ({
  tile: { grid: 0, row, column },
  ...{ rows: { first: 0, count: 4 }, columns: { first: 0, count: 2 }, at: { row: 0, column: 3 } },
});
const network: Pick<MappedNetwork, 'populations' | 'projections'> = {
  populations: ['input', 'hidden', 'out'].map((name) => ({
    ...{ name, model: 'relu', shape: [2, 2], size: 4, settings: {}, origin: NOWHERE },
  })),
  // Straight, over a box, back, to itself
  projections: [projection(0, 1, [part(0, 0), part(0, 1)]), projection(0, 2, []), projection(2, 1, []), projection(1, 1, [part(1, 1)])], // prettier-ignore
};
const tile = { rows: 8, columns: 8, grid: { rows: 2, columns: 2 } };
const axis = { quantity: 'q', unit: { symbol: 'ms', scale: 1e-3 } };
const fit = {
  ...{ title: 'fit', note: 'note', starts: [0, 2] },
  readings: Float64Array.of(1e-6, 2e-6, NaN),
  fitted: Float64Array.of(1e-6, 2e-6, 3e-6),
  residuals: Float64Array.of(0, 1e-9, NaN),
};

const SPECS: Readonly<Record<string, PlotSpec>> = {
  map: cellMapPlot(mapOf(2, 3, [0, 1, -1, 0.5, 0.25, -0.5]), 'note').spec,
  curves: curvesPlot(
    [
      { name: 'line', x: [0, 1], y: [1e-3, NaN], mark: 'line' },
      { name: 'dots', x: [0, 1], y: [1e-3, 2e-3], deviation: [1e-4, 0], mark: 'dots' },
    ],
    { title: 'T', x: axis, y: { ...axis, domain: [0, 3] } },
  ).spec,
  histogram: histogramPlot(countValues([1, 2, 2], { low: 0, high: 3 }, 6), { title: 'T', quantity: 'q', unit: { symbol: 'V', scale: 1 }, counted: 'cells', note: '' }).spec, // prettier-ignore
  parts: partsPlot([{ name: 'a', value: 1, low: 0.5, high: 2 }, { name: 'b', value: 0 }], { title: 'T', quantity: 'energy', unit: 'J' }).spec, // prettier-ignore
  areas: partsPlot([{ name: 'a', value: 1e-8, low: 5e-9, high: 2e-8 }], { title: 'T', quantity: 'area', unit: 'm²' }).spec,
  sensitivity: sensitivityPlot([{ component: 'a', low_J: 1, high_J: 3 }], 2).spec,
  network: networkPlot(network).spec,
  tiles: tileMapPlot(network.projections, tile)!.spec,
  fit: fitPlotSpec(fit),
}; // prettier-ignore

describe('a specification', async () => {
  const draw = await loadPlotDrawer();

  it.each(Object.entries(SPECS))('of %s is one that Vega-Lite takes and draws alike', async (name, spec) => {
    const complaints: unknown[] = [];
    const note = function (this: unknown, ...words: unknown[]): unknown {
      complaints.push(words);
      return this;
    };
    const logger = { level: () => 0, error: note, warn: note, info: () => logger, debug: () => logger };
    // Vega's types are stricter than its JSON
    compile(spec as unknown as Parameters<typeof compile>[0], { logger: logger as never });
    expect(complaints).toEqual([]);
    const first = await draw(spec, name);
    expect(await draw(spec, name)).toBe(first);
    expect(first).toMatch(/^<svg class="marks" [^]*<\/svg>$/);
    expect(first).not.toMatch(/NaN|undefined|xmlns/);
  });

  it('of dots that are all alike has marks in its legend, and an axis that begins at nothing', async () => {
    const dots = { name: 'dots', x: [1], y: [0], mark: 'dots' } as const;
    const { spec } = curvesPlot([dots], { title: 'T', x: axis, y: { ...axis, domain: [0, 0] } });
    const svg = await draw(spec, 'figure');
    expect(svg).toMatch(/class="mark-symbol role-legend-symbol"[^>]*><path [^>]*fill="var\(--series-1\)"/);
    expect(svg).not.toMatch(/>−\d/);
  });

  it('of a map draws each cell in a shade of its value', async () => {
    const svg = await draw(cellMapPlot(mapOf(1, 3, [-1, 1, -1]), '').spec, 'map');
    const paths = [...svg.matchAll(/<path d="([^"]*)" fill="(rgb[^"]*)"\/>/g)];
    // Two shades; the two cells of one share a path
    expect(paths.map(([, d = '']) => d.match(/M/g)?.length)).toEqual([2, 1]);
  });

  it('of a large map is pooled without losing an outlier, and says so', () => {
    const values = Array.from({ length: 512 * 512 }, () => 0);
    values[512 * 300 + 77] = -1;
    const plot = cellMapPlot(mapOf(512, 512, values), 'all');
    const { values: shown } = plot.spec.data as { values: readonly number[] };
    expect(shown).toHaveLength(64 * 64);
    expect(shown.filter((value) => value !== 0)).toHaveLength(1);
    expect(shown[64 * Math.floor(300 / 8) + Math.floor(77 / 8)]).toBe(-1);
    expect(plot.note).toContain('blocks of 8 x 8 cells');
  });

  it('of a network keeps arrows apart', () => {
    const layers = SPECS['network']!['layer'] as readonly { data: { values: readonly Record<string, number>[] } }[];
    const corners = layers[0]!.data.values.filter(({ at }) => at === 1).map(({ x }) => x);
    // Straight down in the middle, past a box on the right, back and to itself on the left in two lanes
    expect(new Set(corners).size).toBe(4);
  });

  it('of tiles has an area for every part that lies on one', () => {
    const layers = SPECS['tiles']!['layer'] as readonly { data: { values: readonly object[] } }[];
    expect(layers.map(({ data }) => data.values.length)).toEqual([3, 3]);
    expect(tileMapPlot([projection(0, 1, [])], tile)).toBeUndefined();
  });
});

describe('drawings', () => {
  it('have identifiers of their own', () => {
    const svg = compactSvg('<svg xmlns="x"><linearGradient id="gradient_9"></linearGradient><path fill="url(#gradient_9)"/></svg>', 'figure-7'); // prettier-ignore
    expect(svg).toBe('<svg><linearGradient id="figure-7-1"></linearGradient><path fill="url(#figure-7-1)"/></svg>');
  });

  it('lose digits that nobody sees, outside of texts', () => {
    const svg = compactSvg('<svg><path d="M0.123456,1" transform="translate(55.399999999999984,15)"/><text>0.123456</text></svg>', 'f'); // prettier-ignore
    expect(svg).toBe('<svg><path d="M0.12,1" transform="translate(55.4,15)"/><text>0.123456</text></svg>');
  });

  it('leave enough room for texts', () => {
    // Measured with DejaVu Sans at 100 px
    for (const [text, width] of [
      ['accuracy', 459],
      ['100 µS', 353],
      ['Where', 316],
    ] as const) {
      // prettier-ignore
      expect(textWidth(text, 100)).toBeGreaterThanOrEqual(width);
      expect(textWidth(text, 100)).toBeLessThan(1.3 * width);
    }
  });

  it('shorten names by characters, not by halves of them', () => {
    expect(shortText('abc', 3)).toBe('abc');
    expect(shortText('𝒜𝒜𝒜𝒜', 3)).toBe('𝒜𝒜…');
  });
});
