/** `ionloom sweep` on this machine: one table whatever happens on the way, and messages where it cannot go on. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ionloom } from '../support/ionloom.js';
import { CommanderError } from 'commander';
import { registerSweep } from '../../src/cli/commands/sweep.js';
import { REPOSITORY } from '../support/golden.js';
import { runCli, type CliRun } from '../support/run-cli.js';
import { countResults, FILM, grid, isAlive, productsOf, startSweep, until, workersOf } from '../support/sweep-runs.js';

const SEEDS = 12;
const POINTS = 6 * SEEDS;

let work = '';
let undisturbed: Readonly<Record<string, string>> = {};
const place = (name: string): string => path.join(work, name);

beforeAll(() => {
  work = fs.mkdtempSync(path.join(tmpdir(), 'ionloomsweep'));
  const run = ionloom('sweep', ...grid(SEEDS), '--jobs', '2', '-o', place('undisturbed'));
  expect([run.status, run.stderr]).toEqual([0, '']);
  undisturbed = productsOf(place('undisturbed'));
});

afterAll(() => {
  fs.rmSync(work, { recursive: true, force: true });
});

describe('the table', () => {
  it('has every point, in its order, with what sim finds', () => {
    const [header = '', first = '', ...rest] = (undisturbed['table.csv'] ?? '').trim().split('\n');
    expect(header.split(',').slice(0, 8)).toEqual(['point', 'volts', 'field', 'experiment', 'first seed', 'seeds', 'state', 'expectations']); // prettier-ignore
    expect([first, ...rest]).toHaveLength(POINTS);
    const sim = ionloom('sim', FILM, '--set', 'volts=4.4 V', '--set', 'field=600 mV', '--seed', '3', '--json');
    const { experiments } = JSON.parse(sim.stdout) as { experiments: { metrics: { rmsError: { value: number } } }[] };
    const table = JSON.parse(undisturbed['table.json'] ?? '') as { groups: Record<string, unknown>[]; pareto: unknown; rows: { parameters: object; seed: number; metrics: { rmsError: { value: number } } }[] }; // prettier-ignore
    const same = table.rows.filter(({ parameters, seed }) => JSON.stringify(parameters) === '{"volts":"4.4 V","field":"600 mV"}' && seed >= 3 && seed < 6); // prettier-ignore
    const mean = same.reduce((sum, { metrics }) => sum + metrics.rmsError.value, 0) / same.length;
    expect([same.length, mean]).toEqual([3, experiments[0]?.metrics.rmsError.value]);
    expect(table.groups).toHaveLength(6);
    expect(table.pareto).toMatchObject({ groups: [0, 3] });
  });

  it('is made again where the sweep is finished, and nothing is run', () => {
    const points = Object.keys(undisturbed).filter((name) => name.startsWith('points/'));
    const times = (): readonly number[] => points.map((name) => fs.statSync(place(`undisturbed/${name}`)).mtimeMs);
    const before = times();
    fs.rmSync(place('undisturbed/table.csv'));
    expect(ionloom('sweep', ...grid(SEEDS), '--jobs', '1', '-o', place('undisturbed')).status).toBe(0);
    expect([points.length, times()]).toEqual([POINTS, before]);
    expect(productsOf(place('undisturbed'))).toEqual(undisturbed);
  });
});

describe('a sweep that is disturbed', () => {
  it('with SIGKILL, then by the death of its workers, leaves whole results and ends with the same table', async () => {
    const folder = place('killed');
    const sweep = startSweep([...grid(SEEDS), '--jobs', '2', '-o', folder]);
    await until(() => countResults(folder) > POINTS / 4, 'results');
    const workers = workersOf(sweep.child.pid ?? 0);
    sweep.child.kill('SIGKILL');
    expect([await sweep.ended, workers.length]).toEqual(['SIGKILL', 2]);
    await until(() => !workers.some(isAlive), 'the end of the workers');
    const names = fs.readdirSync(path.join(folder, 'points')).filter((each) => each.endsWith('.json'));
    expect(names.length).toBeLessThan(POINTS);
    for (const name of names) {
      expect(fs.readFileSync(path.join(folder, 'points', name), 'utf8')).toBe(undisturbed[`points/${name}`]);
    }
    // What a power failure may leave of the last results, and what a kill may leave of the next
    fs.writeFileSync(path.join(folder, 'points', names[0] ?? ''), 'half a');
    fs.writeFileSync(path.join(folder, 'points', `.staged-${names[1]?.slice(0, 16) ?? ''}-host-1`), 'half a');
    const status = JSON.parse(ionloom('sweep', '--status', folder, '--json').stdout) as object;
    expect(status).toMatchObject({
      ok: true,
      points: POINTS,
      done: names.length - 1,
      missing: POINTS - names.length + 1,
    });
    const count = countResults(folder);
    const next = startSweep([...grid(SEEDS), '--jobs', '3', '-o', folder]);
    await until(() => countResults(folder) > count + 2, 'more results');
    // At least those that have filed these results are at a point
    for (const worker of workersOf(next.child.pid ?? 0)) process.kill(worker, 'SIGKILL');
    expect(await next.ended).toBe(0);
    expect(next.said()).toMatch(/^point [0-9a-f]{16} is tried once more: its worker ended by SIGKILL$/m);
    expect(productsOf(folder)).toEqual(undisturbed);
  });

  it('with SIGINT tells how far it is, and two that go on at once do no harm', async () => {
    const folder = place('interrupted');
    const sweep = startSweep([...grid(SEEDS), '--jobs', '2', '-o', folder]);
    await until(() => countResults(folder) > 5, 'results');
    const workers = workersOf(sweep.child.pid ?? 0);
    sweep.child.kill('SIGINT');
    expect(await sweep.ended).toBe(130);
    expect(sweep.said()).toMatch(/interrupted; \d+ of 72 points have results in `.*`, and the same command goes on/);
    await until(() => !workers.some(isAlive), 'the end of the workers');
    const sweeps = [1, 2].map(() => startSweep([...grid(SEEDS), '--jobs', '1', '-o', folder]));
    expect(await Promise.all(sweeps.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(productsOf(folder)).toEqual(undisturbed);
  });
});

interface Told {
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
}

function codesOf(stdout: string): readonly string[] {
  return (JSON.parse(stdout) as Told).diagnostics.map(({ code }) => code);
}

/** In this process, which spares the start of another one; workers are processes all the same. */
function sweepHere(...words: readonly string[]): Promise<CliRun> {
  return runCli(registerSweep, 'sweep', ...words);
}

describe('what stands in the way', () => {
  it.each<[string, number, readonly string[]]>([
    ['cli/sweep-other', 1, [FILM, '--vary', 'volts=4 V', '-o', 'WORK/undisturbed']],
    ['cli/output-refused', 3, [FILM, '--vary', 'volts=4 V', '-o', 'WORK']],
    ['cli/sweep-no-folder', 3, ['--status', 'WORK/nowhere']],
    ['cli/sweep-too-large', 1, [FILM, '--seeds', '100001', '-o', 'WORK/large']],
    ['cli/sweep-no-figure', 1, [FILM, '--minimize', 'rmsErorr', '-o', 'WORK/figure']],
    ['cli/sweep-one-experiment', 1, ['examples/ecram-image/image.ion', '--minimize', 'rmsError', '-o', 'WORK/one']],
    ['dsl/unknown-parameter', 1, [FILM, '--vary', 'amperes=1 A', '-o', 'WORK/unknown']],
  ])('is told as %s with status %i', async (code, status, words) => {
    const run = await sweepHere(...words.map((word) => word.replace('WORK', work)), '--json');
    expect([run.status, codesOf(run.stdout)]).toEqual([status, [code]]);
    expect(fs.readdirSync(work).filter((name) => ['nowhere', 'large', 'figure', 'one', 'unknown'].includes(name))).toEqual([]); // prettier-ignore
  });

  it('of single points stands in the table beside the others', async () => {
    const run = await sweepHere(
      FILM,
      '--vary',
      'volts=4 V,9 V',
      '--seeds',
      '2',
      '--jobs',
      '1',
      '-o',
      place('faulty'),
      '--json',
    );
    expect([run.status, codesOf(run.stdout)]).toEqual([1, ['cli/sweep-point-faulty']]);
    expect(JSON.parse(run.stdout)).toMatchObject({ points: 4, done: 2, failed: 2, missing: 0 });
    expect((JSON.parse(run.stdout) as Told).diagnostics[0]?.message).toMatch(
      /^2 points with volts = 9 V cannot run: .*film\.ion:\d+/,
    );
  });

  it('is a source that changes while workers read it', async () => {
    fs.cpSync(path.join(REPOSITORY, 'examples/film-sweep'), place('source'), { recursive: true });
    const film = place('source/film.ion');
    const values = Array.from({ length: 200 }, (_, index) => `${String(4000 + index)} mV`).join(',');
    const sweep = startSweep([film, '--vary', `volts=${values}`, '--jobs', '1', '-o', place('changed'), '--json']);
    await until(() => countResults(place('changed')) > 2, 'results');
    fs.appendFileSync(film, '\n// one line more\n');
    expect([await sweep.ended, sweep.said()]).toEqual([
      1,
      expect.stringContaining('`film.ion` has changed since the sweep began'),
    ]);
    expect(sweep.said()).toContain('cli/sweep-sources-changed');
    const again = await sweepHere(film, '--vary', `volts=${values}`, '-o', place('changed'), '--json');
    expect([again.status, codesOf(again.stdout)]).toEqual([1, ['cli/sweep-other']]);
    expect((JSON.parse(again.stdout) as Told).diagnostics[0]?.message).toContain('`film.ion` changed');
  });

  it('is a file that is not there, until it is', async () => {
    fs.cpSync(path.join(REPOSITORY, 'examples/film-sweep'), place('gone'), { recursive: true });
    const film = fs.readFileSync(place('gone/film.ion'), 'utf8');
    fs.writeFileSync(place('gone/film.ion'), `param shape = "-"\n${film.replace('"patterns/ring.csv"', 'shape')}`);
    const [ring, disc] = ['ring', 'disc'].map((name) => place(`gone/patterns/${name}.csv`)) as [string, string];
    const vary = ['--vary', `shape=${ring},${disc}`, '--jobs', '1'];
    const words = [place('gone/film.ion'), ...vary, '-o', place('gone/out'), '--json'];
    const run = await sweepHere(...words);
    expect([run.status, codesOf(run.stdout)]).toEqual([3, ['cli/sweep-point-failed']]);
    expect(JSON.parse(run.stdout)).toMatchObject({ done: 1, failed: 0, missing: 1 });
    fs.copyFileSync(ring, disc);
    expect(JSON.parse((await sweepHere(...words)).stdout)).toMatchObject({ ok: true, done: 2 });
    // Of this file the plan knows nothing, but the result does
    fs.writeFileSync(disc, fs.readFileSync(ring, 'utf8').replace('1', '0'));
    const { groups } = JSON.parse((await sweepHere(...words)).stdout) as {
      groups: { metrics: { pulses: { value: number } } }[];
    };
    const [first = 0, second = 0] = groups.map(({ metrics }) => metrics.pulses.value);
    expect([groups.length, second - first]).toEqual([2, -1]);
  });

  it.each([
    [FILM],
    [FILM, '-o', 'x', '--vary', 'volts'],
    [FILM, '-o', 'x', '--vary', 'volts=4 V,,5 V'],
    [FILM, '-o', 'x', '--vary', 'volts=4 V,4 V'],
    [FILM, '-o', 'x', '--vary', 'volts=4 V', '--vary', 'volts=5 V'],
    [FILM, '-o', 'x', '--vary', 'volts=4 V', '--set', 'volts=5 V'],
    [FILM, '-o', 'x', '--seeds', '0'],
    [FILM, '-o', 'x', '--jobs', 'many'],
    [FILM, '-o', 'x', '--executor', 'cloud'],
    [FILM, '--status', 'x'],
    ['-o', 'x'],
  ])('is wrong usage: %j %j %j %j %j', async (...words) => {
    await expect(sweepHere(...words)).rejects.toThrow(CommanderError);
  });

  it('is Slurm where it is missing', () => {
    const words = [FILM, '--vary', 'volts=4 V,4.2 V', '-o', place('slurm'), '--executor', 'slurm', '--json'];
    const before = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    const run = ionloom('sweep', ...words);
    process.env['PATH'] = before;
    expect([run.status, codesOf(run.stdout)]).toEqual([3, ['cli/slurm-missing']]);
    expect(run.stderr).toContain('apt-get install slurm-client');
  });
});
