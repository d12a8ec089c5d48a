/** Faults around the native engine that are not the model's. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { verilatorEngine } from '../../../../src/cosim/engines/verilator/engine.js';
import { runModel, type ModelRequest } from '../../../../src/cosim/engines/host/run-model.js';
import { design, hasVerilator } from '../../../support/model-fixture.js';

const PORTS = { inputs: { a_i: 4 }, outputs: { y_o: 4 } };
const folder = mkdtempSync(path.join(tmpdir(), 'ionloom'));

vi.mock('node:fs', async (original) => {
  const fs = await original<{ existsSync: (file: string) => boolean }>();
  return { ...fs, existsSync: (file: string) => !file.endsWith('model-host.js') && fs.existsSync(file) };
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.skipIf(!(await hasVerilator()))('native engine (skipped without Verilator)', () => {
  it('reports what Verilator says of a broken design', async () => {
    const bag = new DiagnosticBag();
    expect(await verilatorEngine.prepare(design('assign y_o = a_i +;', PORTS), bag)).toBeUndefined();
    expect(bag.all).toMatchObject([
      { code: 'cosim/verilator-failed', message: expect.stringMatching(/dut\.sv:8.*syntax error/) as string },
    ]);
  });

  it('reports a cache that it cannot write to', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    vi.stubEnv('IONLOOM_CACHE', path.join(folder, 'file', 'below'));
    const bag = new DiagnosticBag();
    expect(await verilatorEngine.prepare(design('assign y_o = a_i;', PORTS), bag)).toBeUndefined();
    expect(bag.all).toMatchObject([{ code: 'cosim/cache-unusable', blame: 'environment' }]);
    rmSync(folder, { recursive: true });
  });
});

it('reports that the host process is not built', async () => {
  const bag = new DiagnosticBag();
  const request: ModelRequest = {
    model: { kind: 'addon', file: '/none/model.node' },
    design: { ports: [], strobes: [] },
    jobModule: 'file:///none.js',
    job: { runs: [] },
  };
  expect(await runModel(request, { limitSeconds: 1 }, bag)).toBeUndefined();
  expect(bag.all).toMatchObject([{ code: 'cosim/child-missing', blame: 'environment' }]);
});
