/** All engines from the command line as processes: the same digests, and documented ends where something is missing or dies. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ENGINE_NAMES, type EngineName } from '../../src/cosim/engine.js';
import { REPOSITORY } from '../support/golden.js';
import { hasCocotb, hasIcarus, hasVerilator } from '../support/model-fixture.js';

const folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloomengines'));
const place = (name: string): string => path.join(folder, name);

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const PROGRAM = `import device yszEcram from "std/devices"
chip Board {
  clock 10 MHz
  bus apb
  tile 5 x 6 {
    bias half
    rails -6 V .. 6 V by 12 bit
    timer 14 bit
    settle 100 us
    adc 0 A .. 0.5 uA by 12 bit in 2 us settle 10 us shared by 2
    lines 100 pF source "test" confidence estimate
  }
}
program Picture {
  device yszEcram window mid
  from "picture.csv"
  write rows
  read after each
  disturb at most 100 %
}
experiment Once {
  run Picture on Board
  seeds 2 from 1
}
`;
fs.writeFileSync(place('small.ion'), PROGRAM);
// Long enough to be met in the middle on a busy machine
fs.writeFileSync(place('long.ion'), PROGRAM.replace('seeds 2 ', 'seeds 3000 '));
fs.writeFileSync(
  place('picture.csv'),
  '0,0.5,1,0.25,0.75,0\n1,0,0.25,0,1,0.5\n0.5,0.5,0,1,0,0\n0,0,0,0,0.25,1\n1,1,0.75,0,0,0.5\n',
);

const COMMAND = path.join(REPOSITORY, 'bin', 'ionloom.js');
const isBuilt = fs.existsSync(path.join(REPOSITORY, 'dist', 'cli', 'main.js'));

const isThere: Readonly<Record<EngineName, boolean>> = {
  wasm: true,
  verilator: await hasVerilator(),
  icarus: await hasIcarus(),
  cocotb: await hasCocotb(),
};

type Environment = Readonly<Record<string, string>>;

function start(args: readonly string[], environment: Environment) {
  const env = { ...process.env, CI: 'true', FORCE_COLOR: '', ...environment };
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd: REPOSITORY, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<{ readonly status: number | null; readonly output: string }>((resolve) =>
    child.once('close', (status) => {
      resolve({ status, output });
    }),
  );
  return { pid: child.pid!, child, ended };
}

function cosim(engine: EngineName, environment: Environment = {}, file = place('small.ion')) {
  return start(['cosim', file, '--engine', engine, '--json'], environment);
}

interface Document {
  readonly diagnostics: readonly { readonly code: string; readonly message: string; readonly help?: string }[];
  readonly experiments?: readonly {
    readonly name: string;
    readonly digest: string;
    readonly mismatches: number;
    readonly engineVersion: string;
  }[];
}

function documentOf(output: string): Document {
  return JSON.parse(output.slice(output.indexOf('{\n'))) as Document;
}

/** The process and all that it has started, the youngest last. */
function descendantsOf(pid: number): readonly number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return [pid, ...stdout.split('\n').filter(Boolean).map(Number).flatMap(descendantsOf)];
}

function commandOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Waits until a process below that of `run` has such a command line; fails where the run ends before. */
async function findProcess({ pid, child }: ReturnType<typeof cosim>, command: RegExp): Promise<number> {
  while (child.exitCode === null) {
    const found = descendantsOf(pid).find((each) => command.test(commandOf(each)));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`nothing like ${String(command)} was seen before the run ended`);
}

async function expectGone(pids: readonly number[]): Promise<void> {
  const left = (): readonly string[] => pids.map(commandOf).filter((text) => text !== '');
  for (let turn = 0; turn < 100 && left().length > 0; turn++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(left()).toEqual([]);
}

/** What shows that the model runs: the host of the addon, the simulator of the others. */
const MODEL_PROCESSES = { verilator: /model-host\.js/, icarus: /^(\S*\/)?vvp -n/, cocotb: /^(\S*\/)?vvp -n/ } as const;
const OTHERS = ['verilator', 'icarus', 'cocotb'] as const;

describe.skipIf(!isBuilt || process.platform !== 'linux')('engines', () => {
  it('give the same events, samples and conductances, and say what they are', async () => {
    const runs: object[] = [];
    for (const engine of ENGINE_NAMES.filter((name) => isThere[name])) {
      const { status, output } = await cosim(engine).ended;
      const [experiment] = documentOf(output).experiments ?? [];
      runs.push({ status, digest: experiment?.digest, mismatches: experiment?.mismatches });
      const words = { wasm: /Yosys/, verilator: /Verilator.*g\+\+/, icarus: /Icarus/, cocotb: /cocotb 2.*(Icar|Veri)/ };
      expect(experiment?.engineVersion).toMatch(words[engine]);
    }
    expect(runs.length).toBeGreaterThan(1);
    expect(runs).toEqual(runs.map(() => ({ ...runs[0], status: 0, mismatches: 0 })));
  });

  describe.each(OTHERS)('%s', (engine) => {
    const itRuns = it.skipIf(!isThere[engine]);
    const cache = place(`cache-${engine}`);
    const own = { IONLOOM_CACHE: cache };

    itRuns('is built by two processes at once, without a draft left', async () => {
      const runs = await Promise.all([cosim(engine, own).ended, cosim(engine, own).ended]);
      expect(runs.map(({ status }) => status)).toEqual([0, 0]);
      const [first, second] = runs.map(({ output }) => documentOf(output).experiments?.[0]?.digest);
      expect(first).toBe(second);
      expect(fs.readdirSync(cache).filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
    });

    itRuns('tells a model that was killed, and runs again', async () => {
      const run = cosim(engine, own, place('long.ion'));
      const model = await findProcess(run, MODEL_PROCESSES[engine]);
      const all = descendantsOf(run.pid);
      process.kill(model, 'SIGKILL');
      const { status, output } = await run.ended;
      expect(documentOf(output).diagnostics).toMatchObject([
        { code: 'cosim/model-crashed', message: expect.stringMatching(/was ended by SIGKILL/) as string },
      ]);
      expect(status).toBe(3);
      await expectGone(all);
      expect((await cosim(engine, own).ended).status).toBe(0);
    });

    itRuns('ends with 130 and everything that it has started on an interrupt', async () => {
      const run = cosim(engine, own, place('long.ion'));
      await findProcess(run, MODEL_PROCESSES[engine]);
      const all = descendantsOf(run.pid);
      run.child.kill('SIGINT');
      expect((await run.ended).status).toBe(130);
      await expectGone(all);
      expect(fs.readdirSync(cache).filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
      expect((await cosim(engine, own).ended).status).toBe(0);
    });

    itRuns('tells a full disk and leaves nothing half written', async ({ skip }) => {
      const full = place(`full-${engine}`);
      fs.mkdirSync(full);
      if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'none', full]).status !== 0) skip();
      try {
        const { status, output } = await cosim(engine, { IONLOOM_CACHE: full }).ended;
        const [diagnostic] = documentOf(output).diagnostics;
        expect(diagnostic?.code).toMatch(/^cosim\/(cache-unusable|verilator-failed|simulator-failed|vpi-missing)$/);
        expect(status).toBe(3);
        expect(fs.readdirSync(full)).toEqual([]);
      } finally {
        spawnSync('umount', [full]);
      }
    });
  });

  /** Tools that are missing or old, by the variables that name them. */
  it.each([
    ['verilator', { VERILATOR: '/none/verilator' }, 'cosim/verilator-missing'],
    ['verilator', { CXX: '/none/c++' }, 'cosim/compiler-missing'],
    ['icarus', { IVERILOG: '/none/iverilog' }, 'cosim/icarus-missing'],
    ['icarus', { IVERILOG: 'OLD' }, 'cosim/icarus-too-old'],
    ['icarus', { CC: '/none/cc' }, 'cosim/vpi-missing'],
    ['cocotb', { IONLOOM_PYTHON: '/none/python' }, 'cosim/cocotb-missing'],
    ['cocotb', { IONLOOM_PYTHON: 'OLD' }, 'cosim/cocotb-missing'],
    ['verilator', { VERILATOR: 'OLD' }, 'cosim/verilator-too-old'],
  ] as const)('%s tells that %j is %s', async (engine, variables, code) => {
    const old = place('old');
    fs.writeFileSync(old, OLD_TOOL, { mode: 0o755 });
    const values = Object.entries(variables).map(([name, value]) => [name, value === 'OLD' ? old : value]);
    const { status, output } = await cosim(engine, Object.fromEntries(values) as Environment).ended;
    expect(documentOf(output).diagnostics.map((each) => [each.code, each.help !== undefined])).toEqual([[code, true]]);
    expect(status).toBe(3);
  });
});

/** Says that it is an old version of whatever is asked. */
const OLD_TOOL = `#!/bin/sh
case "$1" in
  -V) echo "Icarus Verilog version 10.3 (stable) ()" ;;
  -c) echo '{"version":"1.9.2","icarusLibrary":"","verilatorLibrary":"","libraryFolder":"","verilatorMain":"","users":"","python":""}' ;;
  *) echo "Verilator 4.038 2020-07-11 rev v4.036-114-g0cd4a57ad" ;;
esac
`;
