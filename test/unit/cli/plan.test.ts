/** `ionloom plan`: files, figures, and what it refuses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI_CATALOGUE } from '../../../src/cli/catalogue.js';
import { registerPlan } from '../../../src/cli/commands/plan.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { REPOSITORY } from '../../support/golden.js';
import { runCli } from '../../support/run-cli.js';
import { withWorkFolder } from '../../support/work-folder.js';

const IMAGE = join(REPOSITORY, 'examples/ecram-image/image.ion');
const STDP = join(REPOSITORY, 'examples/eis-stdp/stdp.ion');

const plan = (...args: readonly string[]) => runCli(registerPlan, 'plan', ...args);

describe('ionloom plan', () => {
  it('writes a table and a script, and tells what is in them', async () => {
    await withWorkFolder(async (folder) => {
      const table = join(folder, 'plan.csv');
      const run = await plan(IMAGE, '--experiment', 'Calibrated', '-o', table, '--json');
      expect([run.status, run.stderr]).toEqual([0, '']);
      const lines = readFileSync(table, 'utf8').trimEnd().split('\n');
      const cells = lines.slice(1).map((line) => line.split(','));
      expect(JSON.parse(run.stdout)).toMatchObject({
        ok: true,
        output: table,
        experiment: 'Calibrated',
        program: 'Imprint',
        steps: cells.length,
        pulses: cells.filter(([, , , , pulse]) => pulse === '1').length,
        conversions: cells.reduce(
          (sum, [, , , , , strobes = '']) => sum + strobes.split(' ').filter(Boolean).length,
          0,
        ),
        dataSets: 5,
      });
      expect(cells.filter(([, , , , pulse]) => pulse === '1')).toHaveLength(207);
      const script = join(folder, 'bench.py');
      expect((await plan(IMAGE, '--experiment', 'Calibrated', '-o', script)).status).toBe(0);
      const text = readFileSync(script, 'utf8');
      expect(text).not.toContain('PLAN = {}');
      const [, json = ''] = /^PLAN = (.*)$/m.exec(text) ?? [];
      expect((JSON.parse(json) as { readonly steps: unknown[] }).steps).toHaveLength(cells.length);
    });
  });

  it.each([
    [[IMAGE, '--experiment', 'Calibrated', '-o', 'plan.txt'], 'cli/plan-format'],
    [[IMAGE, '-o', 'plan.csv'], 'cli/plan-which'],
    [[STDP, '--experiment', 'Hebbian', '-o', 'plan.csv'], 'cli/plan-which'],
  ])('refuses %j with %s', async (args, code) => {
    const { status, stderr } = await plan(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(`[${code}]`);
  });

  it('refuses a plan that the instrument cannot play, at the program', async () => {
    await withWorkFolder(async (folder) => {
      const wide = join(folder, 'wide.ion');
      const source = readFileSync(IMAGE, 'utf8').replace('tile 10 x 10', 'tile 40 x 10');
      const patterns = join(REPOSITORY, 'examples/ecram-image/patterns');
      writeFileSync(wide, source.replaceAll('"patterns/', `"${patterns}/`));
      const { status, stderr } = await plan(wide, '--experiment', 'Calibrated', '-o', join(folder, 'bench.py'));
      expect(stderr).toContain('cli/plan-instrument');
      expect(stderr).toContain('the plan asks for 40 rows, and an ArC TWO has channels for 32');
      expect(status).toBe(1);
    });
  });

  it('says why a program has no plan', () => {
    const diagnostics = new DiagnosticBag();
    diagnostics.report(CLI_CATALOGUE, 'plan-closed', { program: 'Trim', reason: 'it waits' });
    expect(diagnostics.all.map(({ code, message }) => [code, message])).toEqual([
      ['cli/plan-closed', 'program `Trim` has no plan: it waits'],
    ]);
  });
});
