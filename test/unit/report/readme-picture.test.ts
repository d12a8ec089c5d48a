/** The picture in README.md is what the tool computes and draws: the heart of the first example, written open loop. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadNetwork, mapExperiment, simulate } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import type { ExperimentResult } from '../../../src/ir/results.js';
import { summarizeErrors } from '../../../src/report/image-errors.js';
import { type CellMap, cellMapPlot } from '../../../src/report/plots/cell-map-plot.js';
import { loadPlotDrawer } from '../../../src/report/render-plot.js';
import { withPaperColours } from '../../../src/report/palette.js';
import { formatNumber } from '../../../src/units/format-quantity.js';
import { expectGolden, REPOSITORY } from '../../support/golden.js';

const PICTURE = 'docs/pictures/heart.svg';
const MICRO = 1e-6;

/** Sizes of a panel and of the line of words above it [px]. */
const PANEL = { width: 258, height: 300, head: 24 };

/** The first seed of the example. */
function resultOfExample(): ExperimentResult {
  const diagnostics = new DiagnosticBag();
  const file = path.join(REPOSITORY, 'examples/ecram-image/image.ion');
  const network = loadNetwork(file, createDiskHost(), new Map(), diagnostics)!;
  const experiment = network.experiments.find(({ name }) => name === 'Calibrated')!;
  const mapped = mapExperiment(network, { ...experiment, seedCount: 1 }, diagnostics)!;
  return simulate(mapped, diagnostics)!;
}

function panelsOf({ images, window }: ExperimentResult): readonly CellMap[] {
  const image = images.find(({ name }) => name.includes('heart'))!;
  const { rows, columns } = image;
  const summary = summarizeErrors(image, image.conductance, window);
  const map = (title: string, siemens: readonly number[]): CellMap => ({
    ...{ title, rows, columns, unit: 'µS', scale: 'conductance' },
    values: siemens.map((value) => value / MICRO),
    ...{ low: window.low / MICRO, high: window.high / MICRO },
  });
  return [
    map('wanted', image.targets),
    map('written, one pulse a pixel', image.conductance),
    {
      ...{ title: `off by ${formatNumber(summary.rms)} % RMS of the window`, rows, columns, unit: '%', scale: 'error' },
      ...{ values: summary.errors, low: -10, high: 10 },
    },
  ];
}

it('is up to date, and small', async () => {
  const draw = await loadPlotDrawer();
  const panels = await Promise.all(
    panelsOf(resultOfExample()).map(async (map, index) => {
      const x = index * PANEL.width;
      const svg = await draw(cellMapPlot(map, '').spec, `panel-${index}`);
      return `<text x="${x + 20}" y="16">${map.title}</text>\n<svg x="${x}" y="${PANEL.head}" ${svg.slice('<svg '.length)}\n`;
    }),
  );
  const [width, height] = [panels.length * PANEL.width, PANEL.height + PANEL.head];
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" fill="#ffffff"/>
<g font-family="sans-serif" font-size="12">
${panels.join('')}</g>
</svg>
`;
  expect(picture.length).toBeLessThan(100_000);
  expectGolden(PICTURE, withPaperColours(picture));
});
