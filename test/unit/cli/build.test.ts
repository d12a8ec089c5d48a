/** `build` beside its artifacts: files without an experiment, and the frozen program. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { registerBuild } from '../../../src/cli/commands/build.js';
import { EXIT } from '../../../src/cli/exit-status.js';
import { main } from '../../../src/cli/main.js';
import { runCli } from '../../support/run-cli.js';

it('says that a file without experiments has netlists of devices only', async () => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-build-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'device.ion');
  fs.writeFileSync(file, 'import device neurosimMeasured from "std/neurosim"\n');
  const run = await runCli(registerBuild, 'build', file, '--target', 'interop', '-o', path.join(folder, 'out'));
  expect(run.status).toBe(0);
  expect(run.stdout).toMatch(/^built netlists of devices only: no experiment runs on a tile\n/);
  // What a device extends comes with it
  const files = ['README.md', 'neurosim_measured.sub', 'neurosim_real.sub'];
  expect(fs.readdirSync(path.join(folder, 'out', 'spice')).sort()).toEqual(files);
});

it('makes the program part of the controller where it is told to freeze it', async () => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-build-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const build = async (name: string, ...options: readonly string[]) => {
    const out = path.join(folder, name);
    const file = 'test/golden/passes/two-by-two.ion';
    const { status } = await runCli(registerBuild, 'build', file, '--target', 'systemverilog', '-o', out, ...options);
    expect(status).toBe(0);
    return new Map(fs.readdirSync(path.join(out, 'rtl')).map((each) => [each, path.join(out, 'rtl', each)]));
  };
  const [loaded, frozen] = [await build('loaded'), await build('frozen', '--freeze')];
  const added = [...frozen.keys()].filter((name) => !loaded.has(name));
  expect(added).toEqual([expect.stringMatching(/_ctrl_program\.sv$/)]);
  // Nothing reads or checks the words of a program that is part of the chip
  expect([...loaded.keys()].filter((name) => !frozen.has(name))).toEqual([
    expect.stringMatching(/_ctrl_program\.hex$/),
    'ion_parity.sv',
  ]);
  const [top = ''] = added.map((name) => name.replace('_program.sv', ''));
  const read = (files: ReadonlyMap<string, string>, name: string) => fs.readFileSync(files.get(name) ?? '', 'utf8');
  expect(read(frozen, `${top}.f`)).toContain(`rtl/${top}_program.sv\n`);
  expect(read(frozen, `${top}.core`)).toContain(`- ${top}_program.sv\n`);
  expect(read(frozen, `${top}.sv`)).toContain(`${top}_program u_program (`);
  expect(read(loaded, `${top}.core`)).toContain(`- ${top}_program.hex\n`);
  expect(read(frozen, `${top}.core`)).not.toContain('_program.hex');
  expect(read(loaded, `${top}.sv`)).not.toContain(`${top}_program u_program (`);
});

it.each(['harness', 'energy', 'interop'])(
  'refuses to freeze the program of the target %s as wrong usage',
  async (target) => {
    const lines: string[] = [];
    const tell = vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    onTestFinished(() => tell.mockRestore());
    const status = await main(['build', 'none.ion', '--target', target, '--freeze', '-o', 'never-written']);
    expect(status).toBe(EXIT.usage);
    expect(lines.join('')).toContain(
      `error: option '--freeze' is about the controller, which target '${target}' does not make; take 'systemverilog' or 'all'`,
    );
  },
);
