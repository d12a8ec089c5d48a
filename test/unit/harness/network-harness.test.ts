/** Emitted harnesses that run experiments on networks: in Node and in a worker without it, bit by bit as the compiler does. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitHarness } from '../../../src/backends/harness/emit-harness.js';
import type { WorkerAnswer, WorkerRequest } from '../../../src/backends/harness/network-worker.js';
import { mapStudyPoints } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { invariant } from '../../../src/core/invariant.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import type { StudyResult } from '../../../src/ir/study-result.js';
import { SampleLoader } from '../../../src/load-samples.js';
import { loadWeights } from '../../../src/load-weights.js';
import { createStudyRun } from '../../../src/networks/run/create-study-run.js';
import { studyCsv } from '../../../src/networks/run/result-csv.js';
import { PointRuns } from '../../../src/networks/run/run-points.js';
import { memoryHost } from '../../support/memory-host.js';
import { convolutionText, KERNEL, ROWS, trainingText } from '../../support/small-training.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

function studies() {
  const text = trainingText() + convolutionText();
  const host = memoryHost({ 'input.ion': text, 'pairs.csv': ROWS, 'kernel.csv': KERNEL });
  const diagnostics = new DiagnosticBag();
  const network = compileSource('input.ion', host, new Map(), diagnostics);
  invariant(network, JSON.stringify(diagnostics.all));
  const source = { file: 'input.ion', host, overrides: new Map<string, string>() };
  const mapped = network.studies.flatMap((study) => mapStudyPoints({ network, study }, source, diagnostics));
  const loader = new SampleLoader(host);
  const points = (loadWeights(mapped, host, diagnostics) ?? []).flatMap((each) => {
    const samples = loader.load(each, diagnostics);
    return samples ? [{ mapped: each, samples }] : [];
  });
  return { mapped, points };
}

/** Results without the computer's time, as JSON carries them. */
function comparable(results: readonly StudyResult[]): unknown {
  return JSON.parse(JSON.stringify(results.map((result) => ({ ...result, seconds: 0 }))));
}

describe('an emitted harness of networks', () => {
  const { mapped, points } = studies();
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'harness-'));
  const project = path.join(folder, 'harness');
  const runs = new PointRuns(points, createStudyRun);
  while (runs.step());
  const expected = comparable(runs.results);
  const run = (...words: readonly string[]) => {
    const options = { cwd: project, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/networks/main.js', ...words], options);
    return { status, stdout, stderr };
  };

  beforeAll(() => {
    const sourceOf = (file: string): string => fs.readFileSync(path.join(root, 'src', file), 'utf8');
    for (const { path: file, text } of emitHarness([], sourceOf, mapped)) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
    execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc')], {
      cwd: project,
      stdio: 'pipe',
    });
  }, 120_000);

  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it('says which data file it lacks', () => {
    expect(run()).toMatchObject({ status: 3, stderr: expect.stringMatching(/harness\/data\/pairs\.csv: .*put your copy there/) as string }); // prettier-ignore
  });

  it('computes exactly what the compiler computes, and writes CSV', () => {
    fs.mkdirSync(path.join(project, 'data'));
    fs.writeFileSync(path.join(project, 'data', 'pairs.csv'), gzipSync(ROWS));
    fs.writeFileSync(path.join(project, 'data', 'kernel.csv'), KERNEL + KERNEL);
    expect(run()).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('data/kernel.csv: it holds 2 x 12 numbers, expected 1 x 12') as string,
    });
    fs.writeFileSync(path.join(project, 'data', 'kernel.csv'), KERNEL);
    const { status, stdout } = run('--json', '--csv', 'out.csv');
    const { ok, experiments } = JSON.parse(stdout) as { ok: boolean; experiments: StudyResult[] };
    expect([status, ok]).toEqual([0, true]);
    expect(comparable(experiments)).toEqual(expected);
    expect(fs.readFileSync(path.join(project, 'out.csv'), 'utf8')).toBe(studyCsv(runs.results));
  });

  it('prints text, and refuses words and names that it does not know', () => {
    const { status, stdout } = run('--experiment', 'Learn');
    expect(status).toBe(0);
    expect(stdout).toMatch(/Learn \(descent\.eta = 0\.2\): seeds 1 to 2\n {2}accuracy\(pairs\.test\): mean/);
    expect(run('--jsn').status).toBe(2);
    expect(run('--experiment', 'Lern').status).toBe(2);
  });

  it('goes on from a checkpoint, and refuses one that is none', () => {
    expect(run('--json', '--checkpoint', 'state.bin').status).toBe(0);
    const again = run('--json', '--checkpoint', 'state.bin');
    expect(comparable((JSON.parse(again.stdout) as { experiments: StudyResult[] }).experiments)).toEqual(expected);
    fs.writeFileSync(path.join(project, 'state.bin'), 'notes');
    expect(run('--checkpoint', 'state.bin')).toMatchObject({ status: 1, stderr: 'state.bin: it is no checkpoint of this version\n' }); // prettier-ignore
  });

  it('does the same in a worker that has no modules of Node, checkpoints between', async () => {
    const first = await inWorker(project, [{ kind: 'files' }, { kind: 'run', files: { 'data/pairs.csv': gzipSync(ROWS), 'data/kernel.csv': bytesOf(KERNEL) } }, { kind: 'checkpoint' }]); // prettier-ignore
    expect(first.find(({ kind }) => kind === 'files')).toEqual({
      kind: 'files',
      files: ['data/pairs.csv', 'data/kernel.csv'],
    });
    expect(resultsOf(first)).toEqual(expected);
    expect(first.some(({ kind }) => kind === 'progress')).toBe(true);
    const saved = first.find((answer) => answer.kind === 'checkpoint');
    invariant(saved?.kind === 'checkpoint', 'the worker saved its state');
    const files = { 'data/pairs.csv': bytesOf(ROWS), 'data/kernel.csv': gzipSync(KERNEL) };
    const second = await inWorker(project, [{ kind: 'run', files, checkpoint: saved.bytes }]);
    expect(resultsOf(second)).toEqual(expected);
    const lacking = await inWorker(project, [{ kind: 'run', files: {} }]);
    expect(lacking).toEqual([
      { kind: 'fault', reasons: ['data/pairs.csv: the file is missing', 'data/kernel.csv: the file is missing'] },
    ]);
  }, 60_000);
});

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function resultsOf(answers: readonly WorkerAnswer[]): unknown {
  const last = answers.at(-1);
  return last?.kind === 'results' ? comparable(last.results) : last;
}

/** A loader hook for which the files of a project have no modules of Node. */
const FORBID = `export async function resolve(specifier, context, next) {
  const isOurs = context.parentURL?.includes('/dist/') ?? false;
  const found = await next(specifier, context);
  if (isOurs && found.url.startsWith('node:')) throw new Error(specifier + ' is a module of Node');
  return found;
}`;

/** Answers of the worker's module to `requests`, up to the last one, with the messages of a browser. */
function inWorker(project: string, requests: readonly WorkerRequest[]): Promise<readonly WorkerAnswer[]> {
  const shim = `
    import { register } from 'node:module';
    import { parentPort } from 'node:worker_threads';
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(FORBID)}));
    const listeners = [];
    globalThis.addEventListener = (type, listener) => listeners.push(listener);
    globalThis.postMessage = (message) => parentPort.postMessage(message);
    for (const name of ['process', 'Buffer', 'require']) Object.defineProperty(globalThis, name, { value: undefined });
    await import(${JSON.stringify(`file://${project}/dist/networks/worker.js`)});
    parentPort.on('message', (data) => listeners.forEach((listener) => listener({ data })));
    parentPort.postMessage({ kind: 'ready' });`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(shim)}`), { execArgv: [] });
    const answers: WorkerAnswer[] = [];
    worker.on('error', reject);
    worker.on('message', (answer: WorkerAnswer | { readonly kind: 'ready' }) => {
      if (answer.kind === 'ready') requests.forEach((request) => worker.postMessage(request));
      else answers.push(answer);
      if (answer.kind === 'results' || answer.kind === 'fault') {
        void worker.terminate().then(() => resolve(answers));
      }
    });
  });
}
