/** Tiki-Taka on cells: it ends where the published algorithm ends, and where plain descent does not. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadNetwork, mapStudy } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { SampleLoader } from '../../../src/load-samples.js';
import { TrainingRun } from '../../../src/networks/run/training-run.js';
import { drawPoints } from '../../../examples/tiki-taka/draw-points.mjs';
import { memoryHost } from '../../support/memory-host.js';
import { REPOSITORY } from '../../support/golden.js';
import { lossOf, trainReference, type Point, type ReferenceSettings } from '../../support/tiki-taka-reference.js';

const FOLDER = path.join(REPOSITORY, 'examples/tiki-taka');
const TABLE = readFileSync(path.join(FOLDER, 'points.csv'), 'utf8');
const POINTS = TABLE.trim()
  .split('\n')
  .map((line): Point => {
    const words = line.split(',').map(Number);
    return { x: [...words.slice(0, 8), 1], label: words[8] ?? NaN };
  });
const EPOCHS = 5;

/** Weights of the cells after some epochs of an experiment of the example; devices and pulses as the nominal ones. */
function trained(experiment: string): readonly number[] {
  const diagnostics = new DiagnosticBag();
  const text = readFileSync(path.join(FOLDER, 'tiki-taka.ion'), 'utf8');
  const host = memoryHost({ 'tiki-taka.ion': text, 'points.csv': TABLE });
  const source = { file: 'tiki-taka.ion', host, overrides: new Map<string, string>() };
  const network = loadNetwork(source.file, host, source.overrides, diagnostics);
  const study = network?.studies.find(({ name }) => name === experiment);
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  const samples = mapped && new SampleLoader(host).load(mapped, diagnostics);
  if (!samples) throw new Error(JSON.stringify(diagnostics.all));
  const quiet = { ...mapped, study: { ...mapped.study, without: ['gain', 'side', 'cycle'] } };
  const run = new TrainingRun(quiet, samples);
  for (let sample = 0; sample < EPOCHS * POINTS.length; sample++) run.advance();
  const cells = run.checkpoint().arrays['projection synapses']?.['state0'];
  return POINTS[0]!.x.map((_, row) => ((cells?.[2 * row] ?? NaN) - (cells?.[2 * row + 1] ?? NaN)) / 1e-6);
}

/** Mean loss of the published algorithm over some seeds. */
function reference(method: ReferenceSettings['method']): number {
  const points = Array.from({ length: EPOCHS }, () => POINTS).flat();
  const losses = [1, 2, 3, 4].map((seed) => {
    const settings = { method, eta: 0.05, transferRate: 0.1, bound: 2, step: 0.02, seed };
    return lossOf(trainReference(points, settings), POINTS);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

describe('on devices whose steps fade towards either bound', () => {
  const plain = lossOf(trained('Descent'), POINTS);

  it('plain descent stays behind, as it does in plain numbers', () => {
    expect(plain).toBeGreaterThan(0.45);
    expect(Math.abs(plain - reference('plain'))).toBeLessThan(0.05);
  });

  it.each([
    ['VersionOne', 'first'],
    ['VersionTwo', 'second'],
  ] as const)('%s ends at the loss of the published algorithm', (experiment, method) => {
    const found = lossOf(trained(experiment), POINTS);
    expect(Math.abs(found - reference(method))).toBeLessThan(0.02);
    expect(found).toBeLessThan(plain - 0.08);
  });
});

it('has a table that its script draws', () => {
  expect(drawPoints(600, 1)).toBe(TABLE);
});
