/** `ionloom init` makes a whole folder or nothing. */
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { registerInit } from '../../../src/cli/commands/init.js';
import { INIT_TEMPLATES } from '../../../src/cli/init-templates.js';
import { runCli, type CliRun } from '../../support/run-cli.js';
import { withWorkFolder } from '../../support/work-folder.js';

const init = (...args: readonly string[]): Promise<CliRun> => runCli(registerInit, 'init', ...args);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('init', () => {
  it('makes the first template, and says how to go on', async () => {
    await withWorkFolder(async (folder) => {
      const place = path.join(folder, 'a', 'b');
      vi.stubEnv('npm_command', undefined);
      const run = await init(place);
      expect(run).toMatchObject({ status: 0, stderr: '' });
      expect(run.stdout).toContain(`cd ${place}\n  ionloom sim crossbar.ion `);
      expect(fs.readdirSync(place).sort()).toEqual(['README.md', 'crossbar.ion', 'pattern.csv']);
    });
  });

  it('goes on with npx from where npx was started, which knows the command there only', async () => {
    await withWorkFolder(async (folder) => {
      vi.stubEnv('npm_command', 'exec');
      const place = path.join(folder, 'my first');
      const { stdout } = await init(place);
      expect(stdout).toContain(`  npx ionloom sim '${place}/crossbar.ion' `);
      expect(stdout).toContain(`  npx ionloom build '${place}/crossbar.ion' -o '${place}/out' `);
      expect(stdout).not.toContain('cd ');
    });
  });

  it('tells scripts what it made', async () => {
    await withWorkFolder(async (folder) => {
      const place = path.join(folder, 'new');
      const run = await init(place, '--json', '--template', 'sto-stpn');
      expect(JSON.parse(run.stdout)).toMatchObject({
        ...{ ok: true, folder: place, template: 'sto-stpn', main: 'retrieval.ion' },
        files: [{ path: 'retrieval.ion' }, { path: 'sequences.csv', bytes: 12800 }, { path: 'README.md' }],
      });
    });
  });

  it('refuses a folder that holds something, and names it', async () => {
    await withWorkFolder(async (folder) => {
      for (const name of ['d', 'b', 'a', 'c', 'e']) fs.writeFileSync(path.join(folder, name), 'mine');
      const run = await init(folder);
      expect(run.status).toBe(3);
      expect(run.stderr).toContain('it is not empty: `a`, `b`, `c` and 2 more');
      expect(fs.readdirSync(folder)).toEqual(['a', 'b', 'c', 'd', 'e']);
    });
  });

  it('does not mind a version control, and refuses to do it twice', async () => {
    await withWorkFolder(async (folder) => {
      fs.mkdirSync(path.join(folder, '.git'));
      expect((await init(folder, '--template', 'eis-stdp')).status).toBe(0);
      const before = fs.readFileSync(path.join(folder, 'stdp.ion'), 'utf8');
      expect((await init(folder)).stderr).toContain('it is not empty: `README.md`, `stdp.ion`');
      expect(fs.readdirSync(folder).sort()).toEqual(['.git', 'README.md', 'stdp.ion']);
      expect(fs.readFileSync(path.join(folder, 'stdp.ion'), 'utf8')).toBe(before);
    });
  });

  it('leaves nothing where it cannot write', async () => {
    await withWorkFolder(async (folder) => {
      const file = path.join(folder, 'file');
      fs.writeFileSync(file, 'mine');
      for (const place of [file, path.join(file, 'below')]) {
        const run = await init(place, '--json');
        expect([run.status, run.stdout]).toEqual([3, expect.stringContaining('cli/output-refused')]);
      }
      expect([fs.readdirSync(folder), fs.readFileSync(file, 'utf8')]).toEqual([['file'], 'mine']);
    });
  });

  it('lists the templates, and wants a folder otherwise', async () => {
    const run = await init('--list', '--json');
    const { templates } = JSON.parse(run.stdout) as { readonly templates: readonly { readonly name: string }[] };
    expect(templates.map(({ name }) => name)).toEqual(INIT_TEMPLATES.map(({ name }) => name));
    expect((await init('--list')).stdout.split('\n')).toHaveLength(INIT_TEMPLATES.length + 1);
    await expect(init()).rejects.toThrow("missing required argument 'folder'");
    await expect(init('x', '--template', 'crosbar')).rejects.toThrow('crossbar');
  });
});
