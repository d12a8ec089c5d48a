/** What is compiled once for all models. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { runTool } from '../../../../src/cosim/engines/child-process.js';
import { compileStep, prepareHeaders } from '../../../../src/cosim/engines/verilator/kept-parts.js';
import { findToolchain } from '../../../../src/cosim/engines/verilator/toolchain.js';

const toolchain = await findToolchain(new DiagnosticBag());
const folder = mkdtempSync(path.join(tmpdir(), 'ionloom'));

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('leaves compilers that refuse a moved precompiled header without one', async () => {
  const clang = {
    verilator: 'verilator',
    verilatorVersion: 'Verilator 5.006',
    includeFolder: '/none',
    compiler: 'c++',
  };
  const bag = new DiagnosticBag();
  expect(await prepareHeaders({ ...clang, compilerVersion: 'Apple clang version 16.0.0' }, bag)).toEqual([]);
  expect(bag.all).toEqual([]);
});

describe.skipIf(!toolchain?.compilerVersion.startsWith('g++'))('headers (skipped without Verilator and GCC)', () => {
  it('are read from the cache as they were compiled, by every unit', async () => {
    if (!toolchain) throw new Error('it is there');
    vi.stubEnv('IONLOOM_CACHE', path.join(folder, 'cache'));
    const headers = await prepareHeaders(toolchain, new DiagnosticBag());
    expect(await prepareHeaders(toolchain, new DiagnosticBag())).toEqual(headers);
    writeFileSync(path.join(folder, 'unit.cpp'), '#include "verilated.h"\nVerilatedContext context;\n');
    // -H names a precompiled header that is used with an exclamation mark
    const args = compileStep(toolchain, 'unit.cpp', 'unit.o', ['-H', ...(headers ?? [])]);
    const end = await runTool(toolchain.compiler, args, { folder, limitSeconds: 60 });
    expect(end).toMatchObject({ kind: 'exited', status: 0, output: expect.stringMatching(/^! .*gch$/m) as string });
  });
});
