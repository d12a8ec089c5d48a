import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitHarness } from '../../../src/backends/harness/emit-harness.js';
import { HARNESS_DEV_DEPENDENCIES } from '../../../src/backends/harness/emit-project.js';
import type { Artifact } from '../../../src/core/artifact.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { behindWires } from '../../../src/devices/wired-tile.js';
import type { TileFactory } from '../../../src/ir/calibrate.js';
import type { MappedModule } from '../../../src/ir/mapped.js';
import type { ExperimentResult } from '../../../src/ir/results.js';
import { runExperiment, seedSetups } from '../../../src/ir/run-experiment.js';
import type { ScheduledModule } from '../../../src/ir/scheduled.js';
import { noisyDevice } from '../../support/noisy-device.js';
import { mappedFixture, ORIGIN } from '../../support/mapped-fixture.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sourceOf = (file: string): string => readFileSync(path.join(root, 'src', file), 'utf8');
const factoryOf = (mapped: MappedModule): TileFactory =>
  behindWires((setup) => compileKernel(mapped.device, setup), mapped);

function scheduled(mapped: MappedModule): ScheduledModule {
  for (const setup of seedSetups(mapped, factoryOf(mapped), new DiagnosticBag())) return setup.scheduled;
  throw new Error('no schedule');
}

const fixture = mappedFixture({
  images: [
    [
      [0, 0.5, 1],
      [0.25, 0.75, 0.1],
    ],
    [
      [1, 0, 0.3],
      [0.25, 0.2, 0.9],
    ],
  ],
});
const noisy: MappedModule = { ...fixture, device: noisyDevice };
const calibrated: MappedModule = {
  ...noisy,
  experiment: {
    ...noisy.experiment,
    name: 'Calibrated',
    seedCount: 3,
    calibration: { spread: 'gain', pulses: 4, origin: ORIGIN },
    expectations: [
      {
        text: 'rmsError <= 50 %',
        origin: ORIGIN,
        left: { kind: 'metric', name: 'rmsError' },
        operator: '<=',
        right: { kind: 'number', value: 0.5 },
      },
    ],
  },
};
const failing: MappedModule = {
  ...noisy,
  experiment: {
    ...noisy.experiment,
    name: 'class',
    expectations: [
      {
        text: 'pulses == 1',
        origin: ORIGIN,
        left: { kind: 'metric', name: 'pulses' },
        operator: '==',
        right: { kind: 'number', value: 1 },
      },
    ],
  },
};

/** Cells of 1 to 2 uS behind 2 kOhm a cell lose a few parts in a thousand. */
const wired: MappedModule = {
  ...noisy,
  experiment: { ...noisy.experiment, name: 'Wired' },
  wires: { ohmsPerCell: 2e3, driverOhms: 100, bothEnds: false, origin: ORIGIN },
};
const all = [calibrated, failing, wired];

function write(folder: string, artifacts: readonly Artifact[]): void {
  for (const { path: file, text } of artifacts) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/** Results without what differs from run to run. */
function comparable(result: ExperimentResult): unknown {
  return JSON.parse(JSON.stringify({ ...result, seconds: 0 }));
}

describe('an emitted harness', () => {
  const artifacts = emitHarness(all.map(scheduled), sourceOf);
  const folder = mkdtempSync(path.join(tmpdir(), 'harness-'));
  const project = path.join(folder, 'harness');
  const compile = (): void => {
    execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc')], {
      cwd: project,
      stdio: 'pipe',
    });
  };
  const run = (...words: readonly string[]): { status: number | null; text: string } => {
    const { status, stdout } = spawnSync(process.execPath, ['dist/main.js', ...words], {
      cwd: project,
      encoding: 'utf8',
    });
    return { status, text: stdout };
  };

  beforeAll(() => {
    write(folder, artifacts);
    symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
    compile();
  }, 60_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('computes exactly what the compiler computes', () => {
    const { status, text } = run('--json');
    const found = JSON.parse(text) as {
      ok: boolean;
      experiments: (ExperimentResult & { isProgramAsBuilt: boolean })[];
    };
    const expected = all.map((mapped) => runExperiment(mapped, factoryOf(mapped), new DiagnosticBag()));
    expect(found.experiments.map(comparable)).toEqual(
      expected.map((result) => result && comparable({ ...result, isProgramAsBuilt: true } as ExperimentResult)),
    );
    expect(expected[0]?.metrics.rmsError.max).toBeGreaterThan(0);
    expect(expected.map((result) => (result?.metrics.lineLoss.max ?? NaN) > 0.001)).toEqual([false, false, true]);
    expect([status, found.ok]).toEqual([1, false]);
  });

  it('prints tables for people and refuses words that it does not know', () => {
    const { status, text } = run();
    expect(status).toBe(1);
    expect(text).toContain('Calibrated: seeds 1 to 3');
    expect(text).toMatch(/holds {2}rmsError <= 50 %/);
    expect(text).toMatch(/FAILS {2}pulses == 1/);
    expect(text).toContain('as built into the controller');
    expect(run('--jsn')).toEqual({ status: 2, text: 'usage: npm start -- [--json]\n' });
  });

  it('follows an edit of a picture', () => {
    const file = path.join(project, 'src/experiments/class.ts');
    const before = readFileSync(file, 'utf8');
    expect(before).toContain('1e-6, 1.5e-6, 2e-6,');
    writeFileSync(file, before.replace('2e-6', '1.5e-6'));
    compile();
    expect(run().text).toContain('changed since the controller was built');
    writeFileSync(file, before);
    compile();
  }, 60_000);

  it('is the same for the same input', () => {
    expect(emitHarness(all.map(scheduled), sourceOf)).toEqual(artifacts);
  });

  it('copies only what it needs', () => {
    const copied = artifacts.map(({ path: file }) => file).filter((file) => file.includes('/runtime/'));
    expect(copied).toContain('harness/src/runtime/ir/interpret.ts');
    const withoutWires = emitHarness([scheduled(calibrated)], sourceOf).map(({ path: file }) => file);
    expect(copied.some((file) => file.includes('/crossbar/'))).toBe(true);
    expect(withoutWires.some((file) => file.includes('/crossbar/'))).toBe(false);
    expect(copied.filter((file) => /runtime\/(dsl|cli|cosim|data|report)\//.test(file))).toEqual([]);
  });

  it('asks for the versions that we test with', () => {
    const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(devDependencies).toMatchObject(HARNESS_DEV_DEPENDENCIES);
  });
});
