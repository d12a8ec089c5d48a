/** Models that stop, crash, hang or lie become diagnostics, and no process stays behind. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { InternalError } from '../../../../src/core/invariant.js';
import { runTool } from '../../../../src/cosim/engines/child-process.js';
import { nodeHeaders } from '../../../../src/cosim/engines/verilator/build-addon.js';
import { compiledUrl, runModel, type ModelRequest } from '../../../../src/cosim/engines/host/run-model.js';
import { buildOnVerilator, design, hasVerilator } from '../../../support/model-fixture.js';

const PORTS = [
  { name: 'rst_ni', direction: 'input', width: 1 },
  { name: 'mode_i', direction: 'input', width: 8 },
  { name: 'count_o', direction: 'output', width: 4 },
] as const;
const JOBS = new URL('../../../support/model-jobs/', import.meta.url);
const folder = mkdtempSync(path.join(tmpdir(), 'ionloom'));
const ready = (await hasVerilator()) && existsSync(compiledUrl('./model-host.js'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function requestFor(addon: string, job: string): ModelRequest {
  return {
    model: { kind: 'addon', file: addon },
    design: { ports: PORTS, strobes: [] },
    jobModule: new URL(job, JOBS).href,
    job: { runs: [] },
  };
}

/** Runs a test job and returns its outcome and the codes and messages that were reported. */
async function run(addon: string, job: string, limitSeconds = 20) {
  const bag = new DiagnosticBag();
  const outcome = await runModel(requestFor(addon, job), { limitSeconds }, bag);
  return { outcome, reported: bag.all.map(({ code, message }) => ({ code, message })) };
}

function said(code: string, message: RegExp): { code: string; message: string } {
  return { code, message: expect.stringMatching(message) as string };
}

function stoppingModel(statement: string): Promise<string> {
  const body = `
  logic [3:0] count_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) count_q <= '0;
    else begin
      count_q <= count_q + 4'd1;
      if (count_q == 4'd9) ${statement};
    end
  end
  assign count_o = count_q;`;
  return buildOnVerilator(design(body, { inputs: { mode_i: 8 }, outputs: { count_o: 4 } }));
}

/** An addon without a model, which misbehaves in `run` as `io[1]` says. */
async function viciousAddon(): Promise<string> {
  const source = `#include <node_api.h>
#include <csignal>
#include <cstdint>
#include <cstdlib>
static uint32_t io[4];
static napi_value run(napi_env, napi_callback_info) {
  switch (io[1]) {
    case 1: raise(SIGSEGV); break;
    case 2: exit(3);
    case 3: abort();
    case 4: for (volatile int i = 0;; i = i + 1) {}
  }
  return nullptr;
}
NAPI_MODULE_INIT() {
  napi_value block, function;
  napi_create_external_arraybuffer(env, io, sizeof io, nullptr, nullptr, &block);
  napi_set_named_property(env, exports, "io", block);
  napi_create_function(env, "run", NAPI_AUTO_LENGTH, run, nullptr, &function);
  napi_set_named_property(env, exports, "run", function);
  return exports;
}
`;
  writeFileSync(path.join(folder, 'vicious.cpp'), source);
  const args = ['-shared', '-fPIC', `-I${nodeHeaders()}`, 'vicious.cpp', '-o', 'vicious.node'];
  const end = await runTool('g++', args, { folder, limitSeconds: 60 });
  expect(end).toMatchObject({ kind: 'exited', status: 0 });
  return path.join(folder, 'vicious.node');
}

/** Whether the host that ran beside the addon is gone, after a moment to die. */
async function isHostGone(addonFolder: string): Promise<boolean> {
  const pid = Number(readFileSync(path.join(addonFolder, 'host.pid'), 'utf8'));
  for (let attempt = 0; attempt < 40; attempt++) {
    if (!isRunning(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that waits for its parent no longer runs
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe.skipIf(!ready)('model host (skipped without Verilator or without `npm run build`)', () => {
  it('runs a job beside the model', async () => {
    const { outcome, reported } = await run(await stoppingModel("count_q <= 4'd0"), 'steps.mjs?count=50&mode=0');
    expect(reported).toEqual([]);
    expect(outcome?.clocks).toBe(50);
  });

  it('hears from a job how far it is', async () => {
    const heard: (readonly [number, number])[] = [];
    const addon = await stoppingModel("count_q <= 4'd0");
    const request = requestFor(addon, 'steps.mjs?count=50&mode=0');
    const watch = (done: number, total: number): number => heard.push([done, total]);
    const outcome = await runModel(request, { limitSeconds: 20, watch }, new DiagnosticBag());
    // The first step at once, later ones where they take their time
    expect(heard[0]).toEqual([1, 50]);
    expect(outcome?.clocks).toBe(50);
  });

  it.each([
    ['$fatal(1, "too far")', /\$stop or \$fatal.*dut\.sv:1\d/],
    ['$stop', /\$stop.*dut\.sv:1\d/],
    ['$finish', /\$finish at dut\.sv:1\d/],
  ])('reports a model that calls %s', async (statement, message) => {
    const { outcome, reported } = await run(await stoppingModel(statement), 'steps.mjs?count=50&mode=0');
    expect(outcome).toBeUndefined();
    expect(reported).toEqual([said('cosim/model-crashed', message)]);
    expect(reported[0]?.message).toMatch(/its last events:.*clock 8: count_o=0x8; clock 9: count_o=0x9$/);
  });

  it('reports crashes, exits, aborts and hangs of native code within the time limit', async () => {
    const addon = await viciousAddon();
    const expected = [
      [1, said('cosim/model-crashed', /ended by SIGSEGV/)],
      [2, said('cosim/model-crashed', /status 3/)],
      [3, said('cosim/model-crashed', /ended by SIGABRT/)],
      [4, said('cosim/model-hung', /within 2 s/)],
    ] as const;
    for (const [mode, diagnostic] of expected) {
      const begin = performance.now();
      const { outcome, reported } = await run(addon, `steps.mjs?count=2&mode=${mode}`, 2);
      expect(outcome).toBeUndefined();
      expect(reported).toEqual([diagnostic]);
      expect(performance.now() - begin).toBeLessThan(10_000);
      expect(await isHostGone(folder)).toBe(true);
    }
  });

  it('reports an addon that cannot be loaded', async () => {
    const rubbish = path.join(folder, 'rubbish.node');
    writeFileSync(rubbish, 'no program');
    for (const addon of [rubbish, path.join(folder, 'none.node')]) {
      const { outcome, reported } = await run(addon, 'steps.mjs?count=2&mode=0');
      expect(outcome).toBeUndefined();
      expect(reported).toEqual([said('cosim/model-unloadable', new RegExp(`\`${addon}\` cannot be loaded: .`))]);
    }
  });

  it('reports an outcome that is none, and throws our own faults', async () => {
    const addon = await viciousAddon();
    expect((await run(addon, 'garbage.mjs')).reported).toEqual([said('cosim/model-crashed', /garbage/)]);
    await expect(run(addon, 'broken.mjs')).rejects.toThrow(InternalError);
  });

  // The model's own process asks Linux to end with its parent, which then may die of anything
  it.each(['SIGINT', 'SIGTERM', ...(process.platform === 'linux' ? (['SIGKILL'] as const) : [])] as const)(
    'leaves no host behind when the parent ends by %s',
    async (signal) => {
      const addon = await stoppingModel("count_q <= 4'd0");
      const file = (name: string): string => fileURLToPath(compiledUrl(name));
      const request = requestFor(addon, 'steps.mjs?count=1e15&mode=0');
      const args = [fileURLToPath(new URL('ask-and-wait.mjs', JOBS)), file('../child-process.js')];
      rmSync(path.join(folder, 'host.pid'), { force: true });
      const parent = spawn(
        process.execPath,
        [...args, file('./model-host.js'), JSON.stringify({ ...request, blackBox: path.join(folder, 'box') })],
        {
          cwd: folder,
        },
      );
      const ended = new Promise((resolve) =>
        parent.once('exit', (_, by) => {
          resolve(by);
        }),
      );
      while (!existsSync(path.join(folder, 'host.pid'))) await new Promise((resolve) => setTimeout(resolve, 50));
      parent.kill(signal);
      expect(await ended).toBe(signal);
      expect(await isHostGone(folder)).toBe(true);
    },
  );
});
