/** `ionloom sweep --executor slurm` on a cluster of its own: the table of a run on this machine, whatever nodes do. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ionloom } from '../support/ionloom.js';
import { canStartSlurm, startSlurm, type SlurmCluster } from '../support/slurm-cluster.js';
import { countResults, FILM, grid, productsOf, startSweep, until } from '../support/sweep-runs.js';

const SEEDS = 20;
const POINTS = 6 * SEEDS;

describe.skipIf(!canStartSlurm)('a sweep on Slurm (root, munged, slurmctld, slurmd)', () => {
  let cluster: SlurmCluster;
  let work = '';
  const place = (name: string): string => path.join(work, name);
  const onSlurm = (name: string, jobs: number): readonly string[] => [
    ...grid(SEEDS),
    '--executor',
    'slurm',
    '--jobs',
    String(jobs),
    '-o',
    place(name),
  ];
  let local: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    work = fs.mkdtempSync(path.join(tmpdir(), 'ionloomsweep'));
    cluster = await startSlurm(2);
    expect(ionloom('sweep', ...grid(SEEDS), '-o', place('local')).status).toBe(0);
    local = productsOf(place('local'));
  });

  afterAll(async () => {
    await cluster.stop();
    fs.rmSync(work, { recursive: true, force: true });
  });

  it('survives a node: its task is requeued, and the table is that of a local run', async () => {
    const folder = place('failed');
    const sweep = startSweep(onSlurm('failed', 2), cluster.environment);
    await until(() => countResults(folder) > 5, 'results');
    const before = cluster.ask('squeue', '--noheader', '--states=RUNNING', '--nodelist=n2', '--format=%i');
    cluster.killNode('n2');
    // Slurm finds out by itself, puts the task back into the queue, and would have it wait for two minutes
    await cluster.until((text) => text.startsWith('down'), 'sinfo', '--noheader', '--nodes=n2', '--format=%T');
    const requeued = cluster.ask('squeue', '--noheader', '--array', '--states=PENDING', '--format=%A %r');
    const [task = ''] = requeued.split('\n').filter((line) => line.includes('BeginTime'));
    expect([before.trim(), task]).toEqual([
      expect.stringMatching(/^\d+_\d$/),
      expect.stringMatching(/^\d+ BeginTime$/),
    ]);
    expect(cluster.ask('scontrol', 'show', 'job', task.split(' ')[0] ?? '')).toMatch(/Restarts=1/);
    expect(cluster.ask('scontrol', 'update', `jobid=${task.split(' ')[0] ?? ''}`, 'StartTime=now')).toBe('');
    await cluster.startNode('n2');
    expect(await sweep.ended).toBe(0);
    expect(productsOf(folder)).toEqual(local);
    expect(cluster.ask('squeue', '--noheader')).toBe('');
  });

  it('is cancelled by SIGTERM, goes on, and goes on after SIGKILL without its old jobs', async () => {
    const folder = place('stopped');
    const first = startSweep(onSlurm('stopped', 1), cluster.environment);
    await until(() => countResults(folder) > 2, 'results');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(143);
    await cluster.until((text) => text === '', 'squeue', '--noheader');
    const count = countResults(folder);
    const second = startSweep(onSlurm('stopped', 1), cluster.environment);
    await until(() => countResults(folder) > count + 2, 'more results');
    second.child.kill('SIGKILL');
    expect(await second.ended).toBe('SIGKILL');
    const old = fs.readFileSync(path.join(folder, 'slurm', 'jobs'), 'utf8').trim();
    expect(cluster.ask('squeue', '--noheader', '--format=%A')).toContain(old);
    const third = startSweep(onSlurm('stopped', 1), cluster.environment);
    expect(await third.ended).toBe(0);
    expect([count < POINTS, productsOf(folder)]).toEqual([true, local]);
    await cluster.until((text) => text === '', 'squeue', '--noheader');
  });

  it('tells why a point has no result, from the log of its task', async () => {
    fs.cpSync('examples/film-sweep', place('gone'), { recursive: true });
    const film = fs.readFileSync(FILM, 'utf8').replace('"patterns/ring.csv"', 'shape');
    fs.writeFileSync(place('gone/film.ion'), `param shape = "-"\n${film}`);
    const vary = `shape=${place('gone/patterns/ring.csv')},${place('gone/none.csv')}`;
    const sweep = startSweep([place('gone/film.ion'), '--vary', vary, '--executor', 'slurm', '-o', place('gone/out')], cluster.environment); // prettier-ignore
    expect(await sweep.ended).toBe(3);
    expect(sweep.said()).toMatch(
      /cli\/sweep-point-failed\]: point \w+ \(shape = .*none\.csv\) has no result: cannot read image/,
    );
    expect(countResults(place('gone/out'))).toBe(1);
  });

  it('tells in the words of Slurm why jobs are not taken', async () => {
    const words = [FILM, '--executor', 'slurm', '-o', place('refused')];
    const sweep = startSweep(words, { ...cluster.environment, SBATCH_PARTITION: 'nowhere' });
    expect(await sweep.ended).toBe(3);
    expect(sweep.said()).toMatch(/cli\/slurm-failed\]: Slurm does not take the jobs: .*nvalid partition/);
  });
});
