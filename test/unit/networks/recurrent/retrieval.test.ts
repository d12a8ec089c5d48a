/** The example of associative retrieval, reduced: learnt with fast weights, not without; replayed on devices. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawSequences } from '../../../../examples/sto-stpn/draw-sequences.mjs';
import { mapStudy } from '../../../../src/compiler.js';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../../src/core/disk.js';
import type { FileHost } from '../../../../src/core/file-host.js';
import { invariant } from '../../../../src/core/invariant.js';
import { compileSource } from '../../../../src/dsl/front-end.js';
import { withStandardLibrary } from '../../../../src/dsl/standard-library.js';
import type { StudyResult } from '../../../../src/ir/study-result.js';
import { SampleLoader } from '../../../../src/load-samples.js';
import { createStudyRun } from '../../../../src/networks/run/create-study-run.js';
import type { StudyCheckpoint, StudyRun } from '../../../../src/networks/run/study-run.js';
import { StudyFault } from '../../../../src/networks/study-fault.js';

const FILE = 'examples/sto-stpn/retrieval.ion';
const DATA = 'examples/sto-stpn/sequences.csv.gz';
const TEXT = readFileSync(join(import.meta.dirname, '../../../..', FILE), 'utf8');

/** The library and the example on the disk; `text` in its place, and `count` sequences where nothing is. */
function hostOf(text: string, count: number): FileHost {
  const disk = withStandardLibrary(createDiskHost());
  const encoder = new TextEncoder();
  const bytesOf = (file: string): Uint8Array | undefined => {
    if (file.endsWith(FILE)) return encoder.encode(text);
    return file.endsWith(DATA) ? encoder.encode(drawSequences(count, 1)) : undefined;
  };
  return {
    ...disk,
    resolve: (from, file) => disk.resolve(from, file),
    readBytes: (file, limit) => bytesOf(file) ?? disk.readBytes(file, limit),
    readHead: (file, bytes) => bytesOf(file)?.subarray(0, bytes) ?? disk.readHead(file, bytes),
  };
}

function runOf(name: string, text: string, count: number, checkpoint?: StudyCheckpoint): StudyRun {
  const diagnostics = new DiagnosticBag();
  const host = hostOf(text, count);
  const source = { file: FILE, host, overrides: new Map<string, string>() };
  const network = compileSource(source.file, host, source.overrides, diagnostics);
  const study = network?.studies.find((each) => each.name === name);
  invariant(network && study, JSON.stringify(diagnostics.all));
  const mapped = mapStudy({ network, study, point: [] }, source, diagnostics);
  const samples = mapped && new SampleLoader(host).load(mapped, diagnostics);
  invariant(mapped && samples, JSON.stringify(diagnostics.all));
  return createStudyRun(mapped, samples, checkpoint);
}

function finish(run: StudyRun): StudyResult {
  while (run.step()) continue;
  return run.result();
}

const REDUCED = TEXT.replace('param epochs = 12', 'param epochs = 8');

describe('a reduced run, 10,000 sequences and 8 epochs', () => {
  const result = finish(runOf('Retrieval', REDUCED, 13_000));

  it('learns to retrieve', () => {
    expect(result.expectations).toMatchObject(Array(3).fill({ ok: true }));
    const losses = result.curve.filter(({ kind }) => kind === 'train').map(({ loss }) => loss ?? NaN);
    expect(losses).toHaveLength(8);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
  });

  it('does not where nothing is kept from step to step', () => {
    const without = finish(runOf('NothingKept', REDUCED, 13_000));
    expect(without.expectations).toMatchObject([{ ok: true }]);
    const accuracyOf = (found: StudyResult) => found.measures['accuracy(sequences.test)']?.mean ?? NaN;
    expect(accuracyOf(result)).toBeGreaterThan(accuracyOf(without) + 0.3);
  });

  it('replays tested sequences on devices, with energies and errors', () => {
    const { energy, pulses, seconds, reads } = result.activity;
    expect(reads).toBe(72);
    expect(seconds).toBeCloseTo(72 * 66.7e-3, 9);
    expect(pulses).toBeGreaterThan(1000);
    expect(Math.min(energy['hold'] ?? 0, energy['write'] ?? 0, energy['read'] ?? 0)).toBeGreaterThan(0);
    const [note] = result.realizations;
    const figures = new Map(note?.figures.map(({ name, value }) => [name, value]));
    expect(figures.get('error of the replayed trace')).toBeLessThan(0.3);
    expect(figures.get('time of a step exceeded')).toBeLessThan(1);
  });
});

describe('a network of another form', () => {
  const faultOf = (text: string): string => {
    try {
      runOf('Retrieval', text, 130);
    } catch (error) {
      invariant(error instanceof StudyFault, String(error));
      return error.reason;
    }
    return '';
  };

  it.each([
    [
      'realize bias { least = 0.08, most = 0.92, inputLength = 1 }',
      'realize bias { weightLength = 1 }',
      'scales weights',
    ],
    ['memory all-to-all on stoMemristor', 'memory one-to-one on stoMemristor', 'where it is `all-to-all`'],
    [
      'word -> memory dense on stoMemristor {',
      'word -> memory dense on stoMemristor {\n weights = 1',
      'begin at random',
    ],
    ['gain * pre.value * post.value', 'gain * pre.value', 'does not move `f`'],
    ['tanh[11]', 'tanh[11] { gain = 2 }', 'settings'],
    ['tanh[11]', 'softmax[11]', '`softmax` is not trained through time'],
    ['answer : softmax[10]', 'answer : softmax[10]\n  population more : tanh[3]', 'does not stand behind'],
    [
      'projection readout :',
      'projection around : word -> answer dense { learn trained }\n  projection readout :',
      'one behind the other',
    ],
    [
      'memory -> answer dense { learn trained }',
      'memory -> answer dense on stoMemristor { learn trained\n encode differential window long scale 20 nS }',
      'others are without `on`',
    ],
    ['readout : memory -> answer dense { learn trained }', 'readout : memory -> answer dense', 'learn by one rule'],
    [
      'readout : memory -> answer dense { learn trained }',
      'readout : memory -> answer dense { learn stpn }',
      'fast part',
    ],
  ])('is refused: %s', (from, to, reason) => {
    expect(TEXT).toContain(from);
    expect(faultOf(TEXT.replace(from, to))).toContain(reason);
  });
});

it('goes on from a checkpoint with the same bits', () => {
  const text = TEXT.replace('param epochs = 12', 'param epochs = 40');
  const whole = finish(runOf('Retrieval', text, 390));
  const broken = runOf('Retrieval', text, 390);
  broken.step();
  const checkpoint = broken.checkpoint();
  const resumed = runOf('Retrieval', text, 390, structuredClone(checkpoint));
  expect({ ...finish(resumed), seconds: 0 }).toEqual({ ...whole, seconds: 0 });
  // It was in the middle
  expect(checkpoint.position).toMatchObject({ seed: 0 });
});

it.each([
  [DATA, 13_000, undefined],
  ['examples/sto-stpn/reduced.csv.gz', 4000, { pairs: 2, letters: 4, digits: 2 }],
])('has the sequences that its script draws: %s', (file, count, task) => {
  const packed = readFileSync(join(import.meta.dirname, '../../../..', file));
  expect(gunzipSync(packed).toString()).toBe(drawSequences(count, 1, task));
});
