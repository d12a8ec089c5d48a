/** Simulators that die, hang, print without end or lie become diagnostics, and none stays behind. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import type { SimulatorCommand } from '../../../../src/cosim/engines/child-process.js';
import { buildOnCocotb } from '../../../../src/cosim/engines/cocotb/engine.js';
import { compiledUrl, runModel, type ModelRequest } from '../../../../src/cosim/engines/host/run-model.js';
import { buildOnIcarus } from '../../../../src/cosim/engines/icarus/engine.js';
import { design, hasCocotb, hasIcarus } from '../../../support/model-fixture.js';

const JOBS = new URL('../../../support/model-jobs/', import.meta.url);
const folder = mkdtempSync(path.join(tmpdir(), 'ionloom'));
const isBuilt = existsSync(compiledUrl('./model-host.js'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Counts to nine and then does `statement` in every clock. */
function faultyDesign(statement: string) {
  const body = `
  logic [3:0] count_q = 4'd0;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) count_q <= '0;
    else if (count_q != 4'd9) count_q <= count_q + 4'd1;
    else begin ${statement}; end
  end
  assign count_o = count_q;`;
  return design(body, { inputs: { mode_i: 8 }, outputs: { count_o: 4 } });
}

const PORTS = faultyDesign('').ports;

async function run(command: SimulatorCommand, job: string, limitSeconds = 60) {
  const bag = new DiagnosticBag();
  const outcome = await runModel(requestFor(command, job), { limitSeconds }, bag);
  return { outcome, reported: bag.all.map(({ code, message }) => ({ code, message })) };
}

function requestFor(command: SimulatorCommand, job: string): ModelRequest {
  return {
    model: { kind: 'simulator', command },
    design: { ports: PORTS, strobes: [] },
    jobModule: new URL(job, JOBS).href,
    job: { runs: [] },
  };
}

function said(code: string, message: RegExp): { code: string; message: string } {
  return { code, message: expect.stringMatching(message) as string };
}

/** Processes of this machine that have `word` among their arguments or as their working folder. */
function processesOf(word: string): string {
  return spawnSync('pgrep', ['-f', word], { encoding: 'utf8' }).stdout;
}

async function expectNoneLeft(word: string): Promise<void> {
  for (let attempt = 0; attempt < 100 && processesOf(word) !== ''; attempt++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(processesOf(word)).toBe('');
}

const ENGINES = [
  ['icarus', buildOnIcarus, await hasIcarus()],
  ['cocotb', buildOnCocotb, await hasCocotb()],
] as const;

describe.each(ENGINES)('%s (skipped where it or `npm run build` is missing)', (_, build, isThere) => {
  const itRuns = it.skipIf(!isThere || !isBuilt);

  /** The model, with an argument that tells its process from all others. */
  async function modelOf(statement: string, mark = `mark${process.pid}`): Promise<SimulatorCommand> {
    const bag = new DiagnosticBag();
    const model = await build(faultyDesign(statement), bag);
    expect(bag.all).toEqual([]);
    return { ...model!.command, args: [...model!.command.args, `+${mark}`] };
  }

  itRuns('runs a job and ends', async () => {
    const { outcome, reported } = await run(await modelOf(''), 'steps.mjs?count=50&mode=0');
    expect(reported).toEqual([]);
    expect(outcome?.clocks).toBe(50);
    await expectNoneLeft(`mark${process.pid}`);
  });

  itRuns('reports what the simulator says of a broken design', async () => {
    const bag = new DiagnosticBag();
    expect(await build(faultyDesign('count_q <= ('), bag)).toBeUndefined();
    expect(bag.all).toMatchObject([
      { code: 'cosim/simulator-failed', message: expect.stringMatching(/dut\.sv:1\d.*error/) as string },
    ]);
  });

  itRuns.each([
    ['$fatal(1, "too far")', /^the model ended its process with status \d+.*too far/s],
    ['$finish', /^the model ended its process with status 0/],
  ])('reports a model that calls %s, with its last events', async (statement, message) => {
    const { outcome, reported } = await run(await modelOf(statement), 'steps.mjs?count=50&mode=0');
    expect(outcome).toBeUndefined();
    expect(reported).toEqual([said('cosim/model-crashed', message)]);
    expect(reported[0]?.message).toMatch(/its last events:.*clock 8: count_o=0x8; clock 9: count_o=0x9$/);
  });

  itRuns.each(['SIGKILL', 'SIGSEGV'])('reports a simulator that dies of %s', async (signal) => {
    const { reported } = await run(await modelOf(''), `signal-simulator.mjs?signal=${signal}`);
    expect(reported).toEqual([
      said('cosim/model-crashed', new RegExp(`was ended by ${signal}.*clock 5: count_o=0x5$`)),
    ]);
  });

  itRuns('ends a model that hangs, with all that it has started', async () => {
    const begin = performance.now();
    const { reported } = await run(await modelOf('forever begin end'), 'steps.mjs?count=50&mode=0', 8);
    expect(reported).toEqual([said('cosim/model-hung', /within 8 s and was ended.*clock 9: count_o=0x9$/)]);
    expect(performance.now() - begin).toBeLessThan(20_000);
    await expectNoneLeft(`mark${process.pid}`);
  });

  itRuns('ends a model that prints without end', async () => {
    const { reported } = await run(
      await modelOf('forever $display("all work and no play")'),
      'steps.mjs?count=50&mode=0',
    );
    expect(reported).toEqual([said('cosim/model-flooded', /all work and no play.*clock 9: count_o=0x9$/s)]);
    await expectNoneLeft(`mark${process.pid}`);
  });

  itRuns.each(['SIGINT', 'SIGKILL'] as const)('leaves nothing behind when the parent ends by %s', async (signal) => {
    const mark = `orphan${process.pid}`;
    const request = requestFor(await modelOf('forever begin end', mark), 'steps.mjs?count=50&mode=0');
    const file = (name: string): string => fileURLToPath(compiledUrl(name));
    const script = fileURLToPath(new URL('ask-and-wait.mjs', JOBS));
    const box = path.join(folder, 'box');
    const text = JSON.stringify({ ...request, blackBox: box });
    const parent = spawn(process.execPath, [script, file('../child-process.js'), file('./model-host.js'), text], {
      cwd: folder,
    });
    const ended = new Promise((resolve) => parent.once('exit', resolve));
    for (let turn = 0; turn < 1200 && !hasReachedNine(box); turn++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(processesOf(mark).trim().split('\n').length).toBeGreaterThan(1);
    parent.kill(signal);
    await ended;
    await expectNoneLeft(mark);
    rmSync(box);
  });
});

/** Whether the black box shows that the model is about to hang. */
function hasReachedNine(box: string): boolean {
  return existsSync(box) && readFileSync(box).includes(Buffer.of(9, 0, 0, 0, 9, 0, 0, 0));
}

describe.skipIf(!isBuilt)('frames', () => {
  const script = fileURLToPath(new URL('../../../support/lying-simulator.mjs', import.meta.url));

  it.each([
    ['flipped', 'cosim/frame-damaged', /its checksum is 0x/],
    ['cut', 'cosim/model-crashed', /ended its process with status 0/],
    ['version', 'cosim/frame-damaged', /it has version 2, not 1/],
    ['magic', 'cosim/frame-damaged', /it begins with 0x20444356/],
    ['old', 'cosim/frame-damaged', /it is number 3, not 4/],
    ['huge', 'cosim/frame-damaged', /it claims 2147483648 bytes/],
    ['kind', 'cosim/frame-damaged', /it is of kind hello, not run/],
    ['unknown', 'cosim/frame-damaged', /it is of unknown kind 77/],
    ['short', 'cosim/frame-damaged', /it has 12 bytes of answer/],
    ['refuses', 'cosim/model-crashed', /gave up: no licence/],
  ])('that are damaged are told: %s', async (how, code, message) => {
    const command = { command: process.execPath, args: [script, how], folder, environment: {} };
    const { outcome, reported } = await run(command, 'steps.mjs?count=9&mode=0');
    expect(outcome).toBeUndefined();
    expect(reported).toEqual([said(code, message)]);
    expect(reported[0]?.message).toMatch(/clock 1: count_o=0x7; clock 2: count_o=0x7$/);
  });

  it('a simulator that cannot be started is told', async () => {
    const command = { command: path.join(folder, 'none'), args: [], folder, environment: {} };
    expect((await run(command, 'steps.mjs?count=9&mode=0')).reported).toEqual([
      said('cosim/model-crashed', /could not be started: .*ENOENT/),
    ]);
  });
});
