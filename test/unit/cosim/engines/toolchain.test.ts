/** What is missing for the native engine is told with the way to mend it. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { runTool } from '../../../../src/cosim/engines/child-process.js';
import { findToolchain } from '../../../../src/cosim/engines/verilator/toolchain.js';

const folder = mkdtempSync(path.join(tmpdir(), 'ionloom'));

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A program that prints `text` whatever it is asked. */
function fakeTool(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho '${text}'\n`);
  chmodSync(file, 0o755);
  return file;
}

async function reportedBy(tools: { VERILATOR: string; CXX: string }) {
  vi.stubEnv('VERILATOR', tools.VERILATOR);
  vi.stubEnv('CXX', tools.CXX);
  const bag = new DiagnosticBag();
  expect(await findToolchain(bag)).toBeUndefined();
  return bag.all.map(({ code, blame, help }) => ({ code, blame, hasHelp: help !== undefined }));
}

describe('toolchain', () => {
  const compiler = fakeTool('cxx', 'g++ 12');

  it.each([
    ['cosim/verilator-missing', path.join(folder, 'none'), compiler],
    ['cosim/verilator-too-old', fakeTool('old', 'Verilator 4.228 2022-10-01'), compiler],
    ['cosim/verilator-too-old', fakeTool('older', 'Verilator 5.004 2022-12-14'), compiler],
    ['cosim/compiler-missing', fakeTool('new', 'Verilator 5.048 2026-01-01'), path.join(folder, 'none')],
  ])('reports %s', async (code, VERILATOR, CXX) => {
    expect(await reportedBy({ VERILATOR, CXX })).toEqual([{ code, blame: 'environment', hasHelp: true }]);
  });

  it('ends a tool that takes too long, with all that it started', async () => {
    const script = 'sleep 30 & echo started; wait';
    const begin = performance.now();
    const end = await runTool('/bin/sh', ['-c', script], { folder, limitSeconds: 0.5 });
    expect(end).toEqual({ kind: 'timeout', output: 'started' });
    expect(performance.now() - begin).toBeLessThan(20_000);
    rmSync(folder, { recursive: true, force: true });
  });
});
