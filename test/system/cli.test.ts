/** The command line as scripts rely on it: JSON documents, exit statuses, what is written and what is not. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSource } from '../bench/check-bench.js';
import { REPOSITORY } from '../support/golden.js';
import { interruptIonloom, ionloom, type ProcessRun } from '../support/ionloom.js';

const EXAMPLE = 'examples/ecram-image/image.ion';

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-system-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

/** A fresh path below the test's folder. */
let count = 0;
const place = (name: string): string => path.join(folder, `${++count}-${name}`);

interface Document {
  readonly ok: boolean;
  readonly diagnostics: readonly Readonly<Record<string, unknown>>[];
  readonly experiments?: readonly Readonly<Record<string, unknown>>[];
  readonly artifacts?: readonly { readonly path: string; readonly sha256: string; readonly bytes: number }[];
}

const documentOf = ({ stdout }: { readonly stdout: string }): Document => JSON.parse(stdout) as Document;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The example with parts of its text replaced, beside a copy of its pictures. */
function variant(...replacements: readonly (readonly [string, string])[]): string {
  const home = place('variant');
  fs.cpSync(path.join(REPOSITORY, 'examples', 'ecram-image'), home, { recursive: true });
  const file = path.join(home, 'image.ion');
  let text = fs.readFileSync(file, 'utf8');
  for (const [from, to] of replacements) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  fs.writeFileSync(file, text);
  return file;
}

describe('usage', () => {
  it.each([
    [[]],
    [['sims', EXAMPLE]],
    [['sim']],
    [['sim', EXAMPLE, '--sed', '1']],
    [['sim', EXAMPLE, '--seed', 'one']],
    [['sim', EXAMPLE, '--set', 'digit']],
    [['build', EXAMPLE]],
    [['build', EXAMPLE, '-o', 'x', '--target', 'vhdl']],
    [['cosim', EXAMPLE, '--engine', 'questa']],
  ])('%j is wrong usage', (args) => {
    const run = ionloom(...args);
    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).not.toBe('');
  });

  it('helps on stdout', () => {
    expect(ionloom('--help').stdout).toMatch(/check.*build.*sim.*cosim.*energy.*report.*fmt.*explain/s);
    expect(ionloom('--version').stdout).toBe('0.1.0\n');
    expect(ionloom('cosim', '--help').status).toBe(0);
  });

  it('knows the names of all commands when one is mistyped', () => {
    expect(ionloom('reprot', EXAMPLE).stderr).toContain('(Did you mean report?)');
  });
});

describe('check', () => {
  it('finds the examples good', () => {
    const run = ionloom('check', '--json', EXAMPLE);
    expect(documentOf(run)).toEqual({ ok: true, diagnostics: [] });
    expect(run.status).toBe(0);
  });

  it.each([50, 51, 1000])('finds a generated file of %i lines good', (lines) => {
    const file = place('generated.ion');
    fs.writeFileSync(file, generateSource(lines));
    expect(fs.readFileSync(file, 'utf8').match(/\n/g)).toHaveLength(lines);
    expect(documentOf(ionloom('check', '--json', file))).toEqual({ ok: true, diagnostics: [] });
  });

  it('points at a mistake with line and column', () => {
    const file = variant(['device yszEcram window mid', 'device yszEcran window mid']);
    const run = ionloom('check', '--json', file);
    expect(run.status).toBe(1);
    const [first] = documentOf(run).diagnostics;
    const line = fs.readFileSync(file, 'utf8').split('\n').findIndex((text) => text.includes('yszEcran')); // prettier-ignore
    expect(first).toMatchObject({ severity: 'error', file, line: line + 1, column: 10, endColumn: 18 });
    expect(first?.['help']).toContain('yszEcram');
    expect(run.stderr).toContain('^^^^^^^^');
  });
});

describe('sim', () => {
  it('meets the expectations of the example over 20 seeds', () => {
    const run = ionloom('sim', '--json', EXAMPLE);
    const { ok, experiments = [] } = documentOf(run);
    expect([run.status, ok]).toEqual([0, true]);
    expect(experiments.map(({ name, seeds }) => [name, seeds])).toEqual([['Calibrated', 20], ['Uncalibrated', 20]]); // prettier-ignore
    for (const experiment of experiments) {
      expect(experiment).toMatchObject({ seed: 1, metrics: { rmsError: { unit: '1' }, writeTime: { unit: 's' } } });
      expect(experiment['expectations']).toHaveLength(2);
    }
  });

  it('ends with status 1 where an expectation fails', () => {
    const file = variant(['expect rmsError <= 5 %', 'expect rmsError <= 0.001 %']);
    const run = ionloom('sim', '--json', file, '--experiment', 'Calibrated');
    expect(run.status).toBe(1);
    expect(documentOf(run)).toMatchObject({ ok: false, diagnostics: [], experiments: [{ expectations: [{ ok: false }, { ok: true }] }] }); // prettier-ignore
  });

  it('gives the same numbers for the same seed, others for another', () => {
    const metrics = (seed: string): unknown =>
      documentOf(ionloom('sim', '--json', EXAMPLE, '--experiment', 'Uncalibrated', '--seed', seed)).experiments?.[0]?.['metrics']; // prettier-ignore
    expect(metrics('5')).toEqual(metrics('5'));
    expect(metrics('5')).not.toEqual(metrics('6'));
  });

  it('offers the nearest experiment', () => {
    const run = ionloom('sim', '--json', EXAMPLE, '--experiment', 'Calibratet');
    expect(run.status).toBe(1);
    expect(documentOf(run).diagnostics).toMatchObject([{ code: 'cli/unknown-experiment', help: 'did you mean `Calibrated`?' }]); // prettier-ignore
  });

  it('wants an experiment', () => {
    const file = place('empty.ion');
    fs.writeFileSync(file, '// nothing to run\n');
    const run = ionloom('sim', '--json', file);
    expect([run.status, documentOf(run).diagnostics[0]?.['code']]).toEqual([1, 'cli/no-experiment']);
  });
});

describe('build', () => {
  it('writes what the manifest says, twice the same', () => {
    const [one, two] = [place('out'), place('out')];
    const run = ionloom('build', '--json', EXAMPLE, '-o', one);
    const { artifacts = [] } = documentOf(run);
    expect(run.status).toBe(0);
    expect(new Set(artifacts.map(({ path: name }) => name.split('/')[0]))).toEqual(new Set(['rtl', 'harness', 'energy', 'spice'])); // prettier-ignore
    for (const artifact of artifacts) {
      expect(fs.readFileSync(path.join(one, artifact.path), 'utf8')).not.toContain(REPOSITORY);
      const bytes = fs.readFileSync(path.join(one, artifact.path));
      expect([artifact.path, bytes.length, sha256(bytes)]).toEqual([artifact.path, artifact.bytes, artifact.sha256]);
    }
    ionloom('build', EXAMPLE, '-o', two);
    const manifest = fs.readFileSync(path.join(one, 'manifest.json'), 'utf8');
    expect(fs.readFileSync(path.join(two, 'manifest.json'), 'utf8')).toBe(manifest);
    const { top, fileList } = JSON.parse(manifest) as { readonly top: string; readonly fileList: string };
    const listed = fs.readFileSync(path.join(one, fileList), 'utf8');
    expect(listed).toContain(`${top}.sv`);
  });

  it('writes nothing where the source has errors, and keeps the build before', () => {
    const output = place('out');
    expect(ionloom('build', EXAMPLE, '-o', output, '--target', 'energy').status).toBe(0);
    const before = fs.readFileSync(path.join(output, 'manifest.json'), 'utf8');
    const broken = variant(['"patterns/ring.csv"', '"patterns/rink.csv"']);
    const run = ionloom('build', '--json', broken, '-o', output);
    expect(run.status).toBe(1);
    expect(documentOf(run).diagnostics[0]).toMatchObject({ severity: 'error', file: broken });
    expect(fs.readFileSync(path.join(output, 'manifest.json'), 'utf8')).toBe(before);
    const fresh = place('out');
    ionloom('build', broken, '-o', fresh);
    expect(fs.existsSync(fresh)).toBe(false);
  });

  it('refuses a folder of the user', () => {
    const output = place('out');
    fs.mkdirSync(output);
    fs.writeFileSync(path.join(output, 'thesis.tex'), 'years');
    const run = ionloom('build', '--json', EXAMPLE, '-o', output);
    expect([run.status, documentOf(run).diagnostics[0]?.['code']]).toEqual([3, 'cli/output-refused']);
    expect(fs.readdirSync(output)).toEqual(['thesis.tex']);
  });
});

describe('cosim, energy and report', () => {
  it('finds no mismatch on the embedded engine', () => {
    const run = ionloom('cosim', '--json', EXAMPLE);
    const { experiments = [] } = documentOf(run);
    expect(run.status).toBe(0);
    for (const experiment of experiments) {
      expect(experiment).toMatchObject({ mismatches: 0, maxConductanceError: { value: 0, unit: 'S' } });
      expect(experiment['firstDivergence']).toBeUndefined();
      expect(Number(experiment['evaluatedClocks'])).toBeGreaterThan(0);
    }
  });

  it('prices every component with a source, and parts sum to the total', () => {
    const run = ionloom('energy', '--json', EXAMPLE, '--experiment', 'Calibrated');
    const [first] = documentOf(run).experiments ?? [];
    const components = first?.['components'] as readonly { readonly energy_J: number; readonly source: string }[];
    const sum = components.reduce((total, { energy_J }) => total + energy_J, 0);
    expect(sum / Number(first?.['total_J'])).toBeCloseTo(1, 12);
    expect(components.filter(({ source }) => source === '')).toEqual([]);
  });

  it('writes one page that needs nothing else', () => {
    const page = place('report.html');
    expect(ionloom('report', EXAMPLE, '-o', page, '--experiment', 'Calibrated').status).toBe(0);
    const text = fs.readFileSync(page, 'utf8');
    expect(text).toMatch(/^<!doctype html>/);
    expect(text).not.toMatch(/<script [^>]*src|src="http|href="http|url\((?!#)/);
  });
});

describe('interrupts', () => {
  it.each([
    ['build', 0.5],
    ['report', 0.8],
  ])('%s ends at once with status 130 and leaves nothing half-written', async (command, seconds) => {
    const output = place('out');
    const run = await interruptIonloom(seconds, command, EXAMPLE, '-o', output);
    // Before anything was written, or after everything was
    const isWhole = fs.existsSync(command === 'build' ? path.join(output, 'manifest.json') : output);
    expect(run).toSatisfy(({ status, signal }: ProcessRun) => {
      // On a busy machine Node may not have come as far as to listen
      const isBeforeAll = signal === 'SIGINT' && !fs.existsSync(output);
      return status === 130 || isBeforeAll || (status === 0 && isWhole);
    });
    const left = fs.readdirSync(folder, { recursive: true }).map(String);
    expect(left.filter((name) => name.includes('.ionloom-staging'))).toEqual([]);
  });

  it('check, which no other process watches over, reports status 130 too', async () => {
    const file = place('large.ion');
    fs.writeFileSync(file, generateSource(10_000));
    expect(await interruptIonloom({ ofProcessor: 0.3 }, 'check', file)).toMatchObject({ status: 130, signal: null });
  });
});

describe.runIf(process.platform === 'linux')('a full disk behind stdout', () => {
  it('is a fault of the machine, told without a trace', () => {
    const full = fs.openSync('/dev/full', 'w');
    const command = path.join(REPOSITORY, 'bin', 'ionloom.js');
    const run = spawnSync(process.execPath, [command, 'explain'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    fs.closeSync(full);
    expect([run.status, run.stderr]).toEqual([
      3,
      expect.stringMatching(/^ionloom: cannot write to stdout: ENOSPC.*\n$/),
    ]);
  });
});
