/** `ionloom sim --conductances`: the arrays of programs as files, equal to what the results hold. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { registerSim } from '../../../src/cli/commands/sim.js';
import { npyBytes } from '../../../src/data/npy.js';
import type { ExperimentResult } from '../../../src/ir/results.js';
import { REPOSITORY } from '../../support/golden.js';
import { runCli } from '../../support/run-cli.js';
import { withWorkFolder } from '../../support/work-folder.js';

const place = (file: string): string => join(REPOSITORY, file);

it('writes an array for every image, equal to the one in the results', async () => {
  await withWorkFolder(async (folder) => {
    const [arrays, json] = [join(folder, 'arrays'), join(folder, 'all.json')];
    const chosen = ['--experiment', 'Written', '--conductances', arrays, '-o', json, '--json'];
    const run = await runCli(registerSim, 'sim', place('templates/init/crossbar/crossbar.ion'), ...chosen);
    expect([run.status, run.stderr]).toEqual([0, '']);
    const names = readdirSync(arrays).sort();
    expect(names).toEqual(['Written-00-pattern.npy']);
    expect((JSON.parse(run.stdout) as { readonly conductances: string[] }).conductances).toEqual(names);
    const { programs } = JSON.parse(readFileSync(json, 'utf8')) as { readonly programs: readonly ExperimentResult[] };
    for (const [index, { conductance, rows, columns }] of programs[0]!.images.entries())
      expect(readFileSync(join(arrays, names[index]!)).equals(npyBytes(conductance, [rows, columns]))).toBe(true);
  });
});

it('says that experiments on networks leave no such arrays', async () => {
  await withWorkFolder(async (folder) => {
    const chosen = ['--experiment', 'Hebbian', '--conductances', join(folder, 'arrays')];
    const { status, stderr } = await runCli(registerSim, 'sim', place('examples/eis-stdp/stdp.ion'), ...chosen);
    expect(stderr).toContain('cli/conductances-none');
    expect(status).toBe(1);
  });
});
