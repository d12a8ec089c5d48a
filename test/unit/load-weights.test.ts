/** Trainings that begin with weights from files: each number at its place, and what is wrong with a file. */
import { describe, expect, it } from 'vitest';
import { mapStudy } from '../../src/compiler.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import type { FileHost } from '../../src/core/file-host.js';
import { invariant } from '../../src/core/invariant.js';
import { compileSource } from '../../src/dsl/front-end.js';
import { loadWeights } from '../../src/load-weights.js';
import { FeedForward } from '../../src/networks/layers/feed-forward.js';
import { TrainingRun } from '../../src/networks/run/training-run.js';
import { memoryHost } from '../support/memory-host.js';
import { BENCH, experimentOn, idxHeader } from '../support/study-text.js';
import { cloudSamples, DESCENT } from '../support/trained-network.js';

/** `connectivity` from [2, 3, 3] to `to`, on the host or on a device. */
const netText = (connectivity: string, to: string, holder = '') => `import device yszEcram from "std/devices"
data points {
  from "points.idx"
  labels "labels.idx"
}
network Net {
  population a : rates[2, 3, 3]
  population b : ${to}
  population c : softmax[2]
  projection first : a -> b ${connectivity} ${holder} {
    learn descent
    weights from "first.csv"
    ${holder === '' ? '' : 'encode differential window mid scale 0.5 uS'}
  }
  projection second : b -> c dense { learn descent }
}
`;
const TRAINING = experimentOn('Net', 'train on points { loss = crossEntropy }');

/** Numbers that tell their place, `rows` x `columns`. */
function table(rows: number, columns: number, step = 0.01): string {
  const row = (index: number) => Array.from({ length: columns }, (_, column) => step * (10 * index + column)).join(',');
  return Array.from({ length: rows }, (_, index) => row(index)).join('\n');
}

function hostOf(text: string, files: Readonly<Record<string, string>>): FileHost {
  return memoryHost({
    ...{ 'input.ion': BENCH + DESCENT + text + TRAINING, ...files },
    ...{ 'points.idx': idxHeader(8, 2, 3, 3), 'labels.idx': idxHeader(8) },
  });
}

function compile(text: string, files: Readonly<Record<string, string>>) {
  const host = hostOf(text, files);
  const diagnostics = new DiagnosticBag();
  const source = { file: 'input.ion', host, overrides: new Map<string, string>() };
  const network = compileSource(source.file, host, source.overrides, diagnostics);
  const [study] = network?.studies ?? [];
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  return { mapped, host, diagnostics };
}

/** The network as it begins, or what is reported. */
function begin(text: string, files: Readonly<Record<string, string>>) {
  const { mapped, host, diagnostics } = compile(text, files);
  const [loaded] = (mapped && loadWeights([mapped], host, diagnostics)) ?? [];
  invariant(loaded, JSON.stringify(diagnostics.all));
  return loaded;
}

function weightsOf(text: string, files: Readonly<Record<string, string>>): readonly number[] {
  const array = new FeedForward(begin(text, files), 1, 4).arrays.get('first');
  invariant(array, 'the projection has an array');
  return Array.from(array.weights(), (weight) => Math.round(weight * 1e4) / 1e4);
}

const placed = (rows: number, columns: number): readonly number[] =>
  Array.from({ length: rows * columns }, (_, at) => Math.floor(at / columns) / 10 + (at % columns) / 100).map(
    (weight) => Math.round(weight * 1e4) / 1e4,
  );

describe('weights from a file', () => {
  it.each([
    ['all-to-all', 'tanh[4]', 18, 4],
    ['dense', 'tanh[4]', 19, 4],
    ['convolution 3 x 3', 'tanh[4, 1, 1]', 18, 4],
    ['convolution 2 x 2 padding 1', 'tanh[3, 4, 4]', 8, 3],
  ])('begin a training: %s', (connectivity, to, rows, columns) => {
    const files = { 'first.csv': table(rows, columns) };
    expect(weightsOf(netText(connectivity, to), files)).toEqual(placed(rows, columns));
  });

  it('lie on the diagonal of neurons of the same index', () => {
    const weights = weightsOf(netText('one-to-one', 'tanh[2, 3, 3]'), { 'first.csv': table(18, 1) });
    expect(weights.filter((weight) => weight !== 0)).toEqual(placed(18, 1).slice(1));
    expect(weights[18 * 18 - 1]).toBe(1.7);
  });

  it('lie at the pairs of a list', () => {
    const files = { 'pairs.csv': '17,0\n3,2\n', 'first.csv': '-1\n2\n' };
    const weights = weightsOf(netText('from "pairs.csv"', 'tanh[4]'), files);
    expect([...weights.entries()].filter(([, weight]) => weight !== 0)).toEqual([
      [3 * 4 + 2, 2],
      [17 * 4, -1],
    ]);
  });

  it('begin cells of devices, at once and without pulses', () => {
    const text = netText('convolution 3 x 3', 'tanh[2, 1, 1]', 'on yszEcram');
    const files = { 'first.csv': table(18, 2) };
    const array = new FeedForward(begin(text, files), 1, 4).arrays.get('first');
    expect(array?.counts.pulses).toBe(0);
    expect(weightsOf(text, files)[35]).toBeCloseTo(1.71, 1);
  });

  it('belong to a checkpoint', () => {
    const samples = cloudSamples(8, [2, 3, 3], 2);
    const runOf = (step: number) => {
      const loaded = begin(netText('all-to-all', 'tanh[4]'), { 'first.csv': table(18, 4, step) });
      return { loaded, run: new TrainingRun(loaded, () => samples) };
    };
    const saved = runOf(0.01).run.checkpoint();
    expect(new TrainingRun(runOf(0.01).loaded, () => samples, saved).checkpoint().spec).toBe(saved.spec);
    expect(() => new TrainingRun(runOf(0.02).loaded, () => samples, saved)).toThrow('other-checkpoint');
  });

  it.each([
    ['all-to-all', 'tanh[4]', table(4, 18), 'it holds 4 x 18 numbers, expected 18 x 4'],
    ['dense', 'tanh[4]', table(18, 4), 'it holds 18 x 4 numbers, expected 19 x 4'],
    ['convolution 2 x 2', 'tanh[3, 2, 2]', table(4, 3), 'it holds 4 x 3 numbers, expected 8 x 3'],
    ['one-to-one', 'tanh[2, 3, 3]', table(18, 18), 'it holds 18 x 18 numbers, expected 18 x 1'],
    ['from "pairs.csv"', 'tanh[4]', table(3, 1), 'it holds 3 x 1 numbers, expected 2 x 1'],
    ['all-to-all', 'tanh[4]', table(18, 4).replace('0.01', 'one'), 'line 1, column 2: expected a finite number'],
  ])('are refused where they stand: %s', (connectivity, to, content, reason) => {
    const files = { 'pairs.csv': '1,0\n3,2\n', 'first.csv': content };
    const { mapped, diagnostics } = compile(netText(connectivity, to), files);
    expect(mapped).toBeUndefined();
    const [found] = diagnostics.all;
    expect(found).toMatchObject({ code: 'dsl/weights-file', span: { start: { line: expect.any(Number) as number } } });
    expect(found?.message).toContain(reason);
  });

  it.each([
    ['that has changed since', { 'first.csv': table(18, 3) }, 'expected 18 x 4'],
    ['that is gone', {}, 'no such file'],
  ])('are refused where a run reads a file %s', (_, files, reason) => {
    const text = netText('all-to-all', 'tanh[4]');
    const { mapped, diagnostics } = compile(text, { 'first.csv': table(18, 4) });
    invariant(mapped, JSON.stringify(diagnostics.all));
    expect(loadWeights([mapped], hostOf(text, files), diagnostics)).toBeUndefined();
    const origin = mapped.projections[0]?.origin;
    expect(diagnostics.all.at(-1)).toMatchObject({ code: 'study/weights-unusable', span: origin });
    expect(diagnostics.all.at(-1)?.message).toContain(reason);
  });
});
