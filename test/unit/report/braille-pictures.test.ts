/** The pictures in the README of examples/braille are what the tool computes and draws. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadNetwork, mapStudy } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import type { StudyResult } from '../../../src/ir/study-result.js';
import { SampleLoader } from '../../../src/load-samples.js';
import { loadWeights } from '../../../src/load-weights.js';
import { InferenceRun } from '../../../src/networks/inference/inference-run.js';
import { withPaperColours } from '../../../src/report/palette.js';
import type { Plot } from '../../../src/report/plots/plot-spec.js';
import { signalPlots, weightErrorPlots } from '../../../src/report/plots/spike-plots.js';
import { loadPlotDrawer } from '../../../src/report/render-plot.js';
import { expectGolden, REPOSITORY } from '../../support/golden.js';

/** The first seed of an experiment of the example. */
function resultOf(experiment: string): StudyResult {
  const diagnostics = new DiagnosticBag();
  const file = path.join(REPOSITORY, 'examples/braille/braille.ion');
  const host = createDiskHost();
  const network = loadNetwork(file, host, new Map(), diagnostics)!;
  const found = network.studies.find(({ name }) => name === experiment)!;
  const source = { file, host, overrides: new Map<string, string>() };
  const mapped = mapStudy({ network, study: { ...found, seedCount: 1 }, point: [] }, source, diagnostics)!;
  const [loaded] = loadWeights([mapped], host, diagnostics)!;
  const run = new InferenceRun(loaded!, new SampleLoader(host).load(loaded!, diagnostics)!);
  while (run.step());
  return run.result();
}

/** Pictures side by side, each under its words. */
async function pictureOf(panels: readonly (readonly [string, Plot])[], panel: readonly [number, number]) {
  const draw = await loadPlotDrawer();
  const [width, height] = panel;
  const drawn = await Promise.all(
    panels.map(async ([words, { spec, note = '' }], index) => {
      const svg = await draw(spec, `panel-${index}`);
      const [x, below] = [index * width, height - 6];
      return `<text x="${x + 20}" y="16">${words}</text>\n<svg x="${x}" y="24" ${svg.slice('<svg '.length)}\n<text x="${x + 20}" y="${below}" font-size="10">${note}</text>\n`;
    }),
  );
  const size = [panels.length * width, height];
  return withPaperColours(`<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${size[0]} ${size[1]}">
<rect width="100%" height="100%" fill="#ffffff"/>
<g font-family="sans-serif" font-size="12">
${drawn.join('')}</g>
</svg>
`);
}

it('are up to date, and small', async () => {
  const [open, verified] = [resultOf('OpenLoop'), resultOf('WriteVerify')];
  const raster = ({ records }: StudyResult): Plot => signalPlots(records)[0]!;
  const rasters = await pictureOf([['one pulse a cell', raster(open)], ['read and pulsed again', raster(verified)]], [360, 300]); // prettier-ignore
  // Both on the scale of the larger errors
  const recurrent = [open, verified].map(({ weightErrors }) => weightErrors!.find(({ projection }) => projection === 'recurrent')!); // prettier-ignore
  const [first, second] = weightErrorPlots(recurrent);
  const maps = await pictureOf(
    [
      ['one pulse a cell', first!],
      ['read and pulsed again', second!],
    ],
    [360, 340],
  );
  expect(Math.max(rasters.length, maps.length)).toBeLessThan(400_000);
  expectGolden('docs/pictures/braille-spikes.svg', rasters);
  expectGolden('docs/pictures/braille-weights.svg', maps);
});

it('tell what differs in numbers', () => {
  const record = { ...{ signal: 'p.spikes', samples: 'd', sample: 3, stepSeconds: 1e-3, steps: 4, neurons: 2 }, kind: 'spikes' } as const; // prettier-ignore
  const [plot] = signalPlots([{ ...record, found: [0, 0, 1, 1], exact: [0, 0, 2, 1, 3, 0] }]);
  expect(plot!.note).toBe('1 in both, 1 with devices alone, 2 with exact weights alone');
  expect(plot!.title).toBe('p.spikes, sample 3 of d');
  const errors = { projection: 'p', rows: 1, columns: 2, errors: [0, 0], rms: 0, largest: 1, clipped: 0 };
  expect(weightErrorPlots([errors])).toEqual([]);
  expect(weightErrorPlots([{ ...errors, errors: [0.5, -1], rms: 0.79, clipped: 1 }])[0]!.note).toBe('0.790 RMS; the largest weight is 1, and 1 are beyond the window'); // prettier-ignore
});
