/** Commands on files whose experiments run networks, which are checked and not scheduled. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerBuild } from '../../../src/cli/commands/build.js';
import { registerCheck } from '../../../src/cli/commands/check.js';
import { registerCosim } from '../../../src/cli/commands/cosim.js';
import { registerEnergy } from '../../../src/cli/commands/energy.js';
import { registerReport } from '../../../src/cli/commands/report.js';
import { registerSim } from '../../../src/cli/commands/sim.js';
import { runCli } from '../../support/run-cli.js';
import { BENCH, CLASSIFIER, experimentOn } from '../../support/study-text.js';

const PROGRAM = `import device yszEcram from "std/devices"
program Imprint {
  device yszEcram window mid
  from "picture.csv"
  write serial
  disturb at most 30 %
}
experiment Picture {
  run Imprint on Bench
}
`;
const NETWORK = `${CLASSIFIER}${experimentOn('Classifier', 'wait 1 s')}`;

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-cli-'));
  fs.writeFileSync(path.join(folder, 'picture.csv'), '0,1\n');
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function write(text: string): string {
  const file = path.join(folder, 'input.ion');
  fs.writeFileSync(file, text);
  return file;
}

interface Document {
  readonly ok: boolean;
  readonly diagnostics: readonly { readonly code: string }[];
  readonly experiments?: readonly { readonly name: string }[];
}
const documentOf = (stdout: string): Document => JSON.parse(stdout) as Document;
const codesOf = (stdout: string) => documentOf(stdout).diagnostics.map(({ code }) => code);

describe('a file with experiments on networks only', () => {
  it('is checked', async () => {
    const file = write(BENCH + NETWORK);
    const run = await runCli(registerCheck, 'check', file);
    expect([run.status, run.stdout]).toEqual([0, `${file}: no errors (1 experiment)\n`]);
  });

  it.each([
    ['build', registerBuild, ['-o', 'out']],
    ['sim', registerSim, []],
    ['cosim', registerCosim, []],
    ['energy', registerEnergy, []],
    ['report', registerReport, ['-o', 'out.html']],
  ] as const)('is refused by %s, and nothing is written', async (name, register, options) => {
    const file = write(BENCH + NETWORK);
    const places = options.map((option) => (option.startsWith('-') ? option : path.join(folder, option)));
    const run = await runCli(register, name, file, ...places, '--json');
    expect([run.status, codesOf(run.stdout)]).toEqual([1, ['cli/network-not-scheduled']]);
    expect(fs.readdirSync(folder).sort()).toEqual(['input.ion', 'picture.csv']);
  });
});

describe('a file with experiments of both kinds', () => {
  it('runs those on programs and mentions the others once', async () => {
    const run = await runCli(registerSim, 'sim', write(PROGRAM + BENCH + NETWORK), '--json');
    expect(run.status).toBe(0);
    expect(codesOf(run.stdout)).toEqual(['cli/network-skipped']);
    expect(documentOf(run.stdout).experiments).toHaveLength(1);
  });

  it('runs the one that is chosen, without a word about the others', async () => {
    const file = write(PROGRAM + BENCH + NETWORK);
    const program = await runCli(registerSim, 'sim', file, '--experiment', 'Picture', '--json');
    expect([program.status, codesOf(program.stdout)]).toEqual([0, []]);
    const network = await runCli(registerSim, 'sim', file, '--experiment', 'Try', '--json');
    expect([network.status, codesOf(network.stdout)]).toEqual([1, ['cli/network-not-scheduled']]);
    const neither = await runCli(registerSim, 'sim', file, '--experiment', 'Tyr', '--json');
    expect([neither.status, codesOf(neither.stdout)]).toEqual([1, ['cli/unknown-experiment']]);
  });
});
