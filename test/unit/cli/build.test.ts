/** `build` without an experiment: netlists of devices, and that there are no others. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { registerBuild } from '../../../src/cli/commands/build.js';
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
