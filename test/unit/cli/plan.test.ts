/** `ionloom plan`: files, figures, and what it refuses. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI_CATALOGUE } from '../../../src/cli/catalogue.js';
import { registerPlan } from '../../../src/cli/commands/plan.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { REPOSITORY } from '../../support/golden.js';
import { hasPythonPackages, PYTHON } from '../../support/python.js';
import { runCli } from '../../support/run-cli.js';
import { withWorkFolder } from '../../support/work-folder.js';

const IMAGE = join(REPOSITORY, 'examples/ecram-image/image.ion');
const STDP = join(REPOSITORY, 'examples/eis-stdp/stdp.ion');

const CROSSBAR = join(REPOSITORY, 'templates/init/crossbar/crossbar.ion');

interface Hdf5Reading {
  readonly program: string;
  readonly experiment: string;
  readonly steps: readonly unknown[];
  readonly conversions: readonly unknown[];
}

/** Prints a plan, step by step and conversion by conversion. */
const READ_HDF5 = `
import h5py, json, sys
file = h5py.File(sys.argv[1], 'r')
of = lambda group, *names: [file[f'{group}/{name}'][()] for name in names]
text = lambda value: value.decode() if isinstance(value, bytes) else str(value)
sets, times, widths, modes, pulses, rows, columns = of('steps', 'data_set', 'time_s', 'width_s', 'mode', 'pulse', 'row_V', 'column_V')
print(json.dumps({
    'program': text(file['program'][()]),
    'experiment': text(file['experiment'][()]),
    'steps': [[int(sets[i]), float(times[i]), float(widths[i]), text(modes[i]), int(pulses[i]), rows[i].tolist(), columns[i].tolist()] for i in range(len(sets))],
    'conversions': [[int(s), float(t), int(c)] for s, t, c in zip(*of('conversions', 'step', 'time_s', 'column'))],
}))
`;

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

  it.skipIf(!hasPythonPackages('h5py'))('writes as HDF5 what stands in the table', async () => {
    await withWorkFolder(async (folder) => {
      const [table, file] = [join(folder, 'plan.csv'), join(folder, 'plan.h5')];
      for (const output of [table, file]) expect((await plan(CROSSBAR, '-o', output)).status).toBe(0);
      const read = JSON.parse(execFileSync(PYTHON, ['-c', READ_HDF5, file], { encoding: 'utf8' })) as Hdf5Reading;
      const [header = '', ...lines] = readFileSync(table, 'utf8').trimEnd().split('\n');
      const cells = lines.map((line) => line.split(','));
      const rows = header.split(',').filter((name) => name.startsWith('row')).length;
      expect(read.steps).toEqual(
        cells.map(([set, time, width, mode, pulse, , , ...volts]) => {
          const numbers = volts.map(Number);
          return [
            Number(set),
            Number(time),
            Number(width),
            mode,
            Number(pulse),
            numbers.slice(0, rows),
            numbers.slice(rows),
          ];
        }),
      );
      expect(read.conversions).toEqual(
        cells.flatMap(([, , , , , strobes = '', columns = ''], step) =>
          strobes
            .split(' ')
            .filter(Boolean)
            .flatMap((time, at) =>
              columns
                .split(' ')
                [at]!.split('+')
                .map((column) => [step, Number(time), Number(column)]),
            ),
        ),
      );
      expect(read.conversions.length).toBeGreaterThan(0);
      expect([read.program, read.experiment]).toEqual(['Imprint', 'Written']);
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
