/** Commands on files whose experiments run networks. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerBuild } from '../../../src/cli/commands/build.js';
import { registerCheck } from '../../../src/cli/commands/check.js';
import { registerCosim } from '../../../src/cli/commands/cosim.js';
import { registerEnergy } from '../../../src/cli/commands/energy.js';
import { registerExplain } from '../../../src/cli/commands/explain.js';
import { registerReport } from '../../../src/cli/commands/report.js';
import { registerSim } from '../../../src/cli/commands/sim.js';
import { runCli } from '../../support/run-cli.js';
import { convolutionText, KERNEL, ROWS, trainingText } from '../../support/small-training.js';
import { stdpText } from '../../support/stdp-study.js';

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

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-cli-'));
  fs.writeFileSync(path.join(folder, 'picture.csv'), '0,1\n');
  fs.writeFileSync(path.join(folder, 'pairs.csv'), ROWS);
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const place = (name: string): string => path.join(folder, name);
function write(text: string): string {
  fs.writeFileSync(place('input.ion'), text);
  return place('input.ion');
}

interface Document {
  readonly ok: boolean;
  readonly diagnostics: readonly { readonly code: string; readonly message: string; readonly line?: number }[];
  readonly experiments?: readonly {
    readonly name: string;
    readonly seed?: number;
    readonly point?: Readonly<Record<string, number>>;
    readonly metrics?: Readonly<Record<string, { readonly value: number; readonly unit: string }>>;
    readonly expectations?: readonly { readonly ok: boolean }[];
    readonly mismatches?: number;
    readonly events?: number;
    readonly digest?: string;
    readonly realizations?: readonly {
      readonly rule: string;
      readonly method: string;
      readonly figures: readonly { readonly name: string; readonly value: number }[];
    }[];
    readonly components?: readonly { readonly name: string; readonly energy_J: number }[];
  }[];
  readonly artifacts?: readonly { readonly path: string }[];
}
const documentOf = (stdout: string): Document => JSON.parse(stdout) as Document;
const codesOf = (stdout: string) => documentOf(stdout).diagnostics.map(({ code }) => code);

describe('a training', () => {
  it('is checked', async () => {
    const file = write(trainingText());
    const run = await runCli(registerCheck, 'check', file);
    expect([run.status, run.stdout]).toEqual([0, `${file}: no errors (1 experiment)\n`]);
  });

  it('is simulated at all points of its sweeps', async () => {
    const { status, stdout } = await runCli(registerSim, 'sim', write(trainingText()), '--seed', '5', '--json');
    const { experiments = [] } = documentOf(stdout);
    expect(status).toBe(0);
    expect(experiments.map(({ seed, point }) => [seed, point])).toEqual([
      [5, { 'descent.eta': 0.2 }],
      [5, { 'descent.eta': 0.5 }],
    ]);
    for (const { metrics, expectations } of experiments) {
      expect(metrics?.['accuracy(pairs.test)']?.value).toBeGreaterThanOrEqual(0.75);
      expect(expectations).toMatchObject([{ ok: true }]);
    }
  });

  it('ends with status 1 where an expectation fails', async () => {
    const text = trainingText(1, 'expect accuracy(pairs.test) > 100 %');
    const { status, stdout } = await runCli(registerSim, 'sim', write(text));
    expect(status).toBe(1);
    expect(stdout).toMatch(/FAIL {2}accuracy\(pairs\.test\) > 100 % {2}worst [\d.]+ % against 100 %/);
  });

  it('writes curves as CSV and everything as JSON, and knows no other format', async () => {
    const file = write(trainingText(2));
    await runCli(registerSim, 'sim', file, '-o', place('out.csv'));
    const lines = fs.readFileSync(place('out.csv'), 'utf8').trim().split('\n');
    expect(lines.filter((line) => /,train,pairs\.train,\d+,loss,/.test(line))).toHaveLength(4);
    const { stdout } = await runCli(registerSim, 'sim', file, '-o', place('out.json'));
    expect(stdout).toMatch(new RegExp(`\\nwrote ${place('out.json')}\\n$`));
    const { networks } = JSON.parse(fs.readFileSync(place('out.json'), 'utf8')) as { networks: { curve: unknown[] }[] };
    expect(networks.map(({ curve }) => curve.length)).toEqual([4, 4]);
    const other = await runCli(registerSim, 'sim', file, '-o', place('out.txt'), '--json');
    expect([other.status, codesOf(other.stdout)]).toEqual([1, ['cli/output-format']]);
  });

  it('shows results that cannot be written', async () => {
    fs.writeFileSync(place('file'), '');
    const run = await runCli(registerSim, 'sim', write(trainingText(1, '')), '-o', path.join(place('file'), 'out.json'), '--json'); // prettier-ignore
    expect([run.status, codesOf(run.stdout)]).toEqual([3, ['cli/output-refused']]);
    expect(documentOf(run.stdout).experiments).toHaveLength(2);
  });

  it('says where a training diverges, and keeps what has finished before', async () => {
    const steep = trainingText(2, '').replace('in [0.2, 0.5]', 'in [0.2, 1e36]');
    const run = await runCli(registerSim, 'sim', write(steep), '--json');
    expect([run.status, codesOf(run.stdout)]).toEqual([1, ['study/diverged']]);
    expect(documentOf(run.stdout).experiments?.map(({ point }) => point)).toEqual([{ 'descent.eta': 0.2 }]);
  });

  it('goes on from its checkpoint, and refuses that of another', async () => {
    const file = write(trainingText());
    const first = await runCli(registerSim, 'sim', file, '--checkpoint', place('state'), '--json');
    const second = await runCli(registerSim, 'sim', file, '--checkpoint', place('state'), '--json');
    expect(second).toEqual(first);
    const other = await runCli(registerSim, 'sim', file, '--checkpoint', place('state'), '--seed', '9', '--json');
    expect([other.status, codesOf(other.stdout)]).toEqual([1, ['cli/checkpoint-other']]);
  });

  it('says what is wrong with its data', async () => {
    const file = write(trainingText());
    fs.writeFileSync(place('pairs.csv'), ROWS.replace('left', 'left,1'));
    const malformed = await runCli(registerSim, 'sim', file, '--json');
    expect([malformed.status, codesOf(malformed.stdout)]).toEqual([1, ['study/data-malformed']]);
    fs.rmSync(place('pairs.csv'));
    const missing = await runCli(registerSim, 'sim', file, '--json');
    expect([missing.status, codesOf(missing.stdout)]).toEqual([3, ['dsl/data-missing', 'study/data-unreadable']]);
  });

  it('is built as a harness and energy estimate, with a word about the controller', async () => {
    const run = await runCli(registerBuild, 'build', write(trainingText(1)), '-o', place('out'), '--target', 'harness', '--json'); // prettier-ignore
    const paths = documentOf(run.stdout).artifacts?.map((artifact) => artifact.path) ?? [];
    expect(paths).toEqual(expect.arrayContaining(['harness/src/networks/points.ts', 'harness/src/networks/worker.ts']));
    expect([run.status, codesOf(run.stdout)]).toEqual([0, []]);
    const controller = await runCli(registerBuild, 'build', place('input.ion'), '-o', place('rtl'), '--target', 'systemverilog', '--json'); // prettier-ignore
    const codes = ['cli/controller-left-out', 'cli/controller-left-out', 'cli/network-without'];
    expect([controller.status, codesOf(controller.stdout)]).toEqual([1, codes]);
    expect(fs.existsSync(place('rtl'))).toBe(false);
  });

  it('has no pulse program to co-simulate on numbers of the host', async () => {
    const run = await runCli(registerCosim, 'cosim', write(trainingText(1)), '--json');
    expect([run.status, codesOf(run.stdout)]).toEqual([1, ['study/not-runnable']]);
  });

  it('is co-simulated tile by tile where it takes several', async () => {
    fs.writeFileSync(place('kernel.csv'), KERNEL);
    const file = write(trainingText(1, '') + convolutionText());
    const cells = ['--why', 'kernel_2[0,7]', '--why', 'tile0[0,0]'];
    const options = ['--experiment', 'InCells', '--steps', '2', '--no-expectations', ...cells];
    const run = await runCli(registerCosim, 'cosim', file, ...options, '--json');
    expect([run.status, codesOf(run.stdout)]).toEqual([0, []]);
    const [experiment] = documentOf(run.stdout).experiments ?? [];
    // A kernel of 1 x 12 pairs on tiles of four, and 25 x 2 pairs on tiles of eight rows
    expect(experiment).toMatchObject({
      mismatches: 0,
      digest: expect.stringMatching(/^([0-9a-f]{64}\+?){7}$/) as string,
    });
    const none = await runCli(registerCosim, 'cosim', file, ...options, '--why', 'kernel[0,0]', '--json');
    expect([none.status, codesOf(none.stdout)]).toEqual([1, ['cli/unknown-tile']]);
  });

  it('is left out of co-simulation with a warning beside others that have programs', async () => {
    fs.writeFileSync(place('kernel.csv'), KERNEL);
    const text = PROGRAM + trainingText(1, '') + convolutionText().replace(/^import.*/, '');
    const file = write(text.replace(/learn cells(?![^]*learn cells)/, ''));
    const run = await runCli(registerCosim, 'cosim', file, '--steps', '1', '--no-expectations', '--json');
    const { diagnostics, experiments } = documentOf(run.stdout);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['cli/controller-left-out', '`last` of experiment `InCells` gets no controller: it learns by no rule'],
      [
        'cli/experiment-left-out',
        '`Learn` is not co-simulated: none of its projections has a controller; `first`: its synapses are numbers of the host, on no device; `second`: its synapses are numbers of the host, on no device',
      ],
    ]);
    expect(run.status).toBe(0);
    expect(experiments?.map(({ name, mismatches, expectations }) => [name, mismatches, expectations])).toEqual(
      ['Picture', 'InCells'].map((name) => [name, 0, []]),
    );
  });

  it('is an error of co-simulation where no experiment has a program, each with its reason', async () => {
    const run = await runCli(registerCosim, 'cosim', 'examples/sto-stpn/agent.ion', '--json');
    expect([run.status, codesOf(run.stdout)]).toEqual([1, ['study/not-runnable', 'study/not-runnable']]);
    const messages = documentOf(run.stdout).diagnostics.map(({ message }) => message);
    expect(messages).toEqual(
      ['Play', 'NothingKept'].map((name) => `\`${name}\` cannot be run: games are not recorded as programs`),
    );
  });

  it('is reported with its curves', async () => {
    const run = await runCli(registerReport, 'report', write(trainingText(3)), '-o', place('out.html'));
    expect(run.status).toBe(0);
    const page = fs.readFileSync(place('out.html'), 'utf8');
    expect(page).toContain('Learn (descent.eta = 0.2)');
    expect(page).toContain('>accuracy by presentation</figcaption>');
    // Weights of the host wear out nothing
    expect(page).not.toContain('<h3>Lifetime</h3>');
  });

  it('is reported with its controllers and the lifetime of its devices', async () => {
    const run = await runCli(registerReport, 'report', write(stdpText()), '-o', place('out.html'));
    expect(run.status).toBe(0);
    const page = fs.readFileSync(place('out.html'), 'utf8');
    expect(page).toContain('controller, clocked');
    expect(page).toContain('<h3>Lifetime</h3>');
  });
});

describe('rules at samples', () => {
  const onDevice = (device: string, realize: string, encode: string): string =>
    `import device ${device} from "std/devices"\n${trainingText(1, '')}`
      .replace('realize host', realize)
      .replace('pair -> hidden dense {', `pair -> hidden dense on ${device} {\n    ${encode}`);
  const WINDOWED = 'encode differential window mid scale 0.5 uS';
  const NOMINAL = [
    ...['change of a weight by a pulse', 'error of a pulse, a deviation'],
    ...['error of a pulse at the ends of the window', 'worst error of a pulse'],
  ];
  const READING = [
    ...['vectors of a sample', 'time to read a sample at most, all tiles at once'],
    ...['conversions of a sample at most', 'least bit of a converter by a cell'],
  ];

  it.each([
    [
      'programming { levels = 100 }',
      'yszEcram',
      WINDOWED,
      [
        ...['cells', 'tiles', 'largest weight', 'step of a weight', 'pulse of a step', 'tick of a pulse'],
        ...['error of a change, a deviation', 'worst error of a change'],
        'change of half-selected cells by that of the selected one',
        ...['pulses an update at most', 'time an update at most, all tiles at once'],
        ...['energy of a pulse', 'energy of a step of all cells', ...READING],
      ],
    ],
    [
      'outerProduct { slots = 10 }',
      'yszEcram',
      WINDOWED,
      [
        ...['cells', 'tiles', 'largest weight', ...NOMINAL],
        ...['slots of a sample at most', 'scatter of a count at most, a deviation', 'time of a sample at most'],
        ...READING,
      ],
    ],
    [
      'pulses { fraction = 4 bit }',
      'yszEcram',
      WINDOWED,
      [
        ...['cells', 'tiles', 'largest weight', ...NOMINAL],
        ...['error of a number of pulses at most', 'time of a pulse on all cells, all tiles at once', ...READING],
      ],
    ],
  ])('by %s on %s have figures without a run', async (realize, device, encode, names) => {
    // prettier-ignore
    const text = onDevice(device, `realize ${realize}`, encode);
    const { status, stdout } = await runCli(registerExplain, 'explain', '--realization', write(text), '--json');
    const [note] = documentOf(stdout).experiments?.[0]?.realizations ?? [];
    expect([status, note?.method]).toEqual([0, realize.split(' ')[0]]);
    expect(note?.figures.map(({ name }) => name)).toEqual(names);
    for (const { name, value } of note?.figures ?? []) {
      // Steps of the device are alike all along its window, but for rounding
      if (name === NOMINAL[2]) expect(value).toBeCloseTo(0, 9);
      else expect(value).toBeGreaterThan(0);
    }
  });

  it('on numbers of the host have none', async () => {
    const told = await runCli(registerExplain, 'explain', '--realization', write(trainingText(1, '')));
    expect(told.stdout).toContain('no rule is carried out by pulses of its own');
  });
});

describe('spike timing', () => {
  const text = stdpText({
    clauses: ['pair pre with post at -39 ms .. 39 ms step 6 ms', 'expect correlation(synapses.dw, stdp.dw) >= 0.98'],
  }).replace('protonEis, protonEisNano', 'protonEis');

  it('is simulated, priced and explained', async () => {
    const file = write(text);
    const sim = await runCli(registerSim, 'sim', file, '-o', place('out.csv'), '--json');
    expect([sim.status, codesOf(sim.stdout)]).toEqual([0, []]);
    expect(fs.readFileSync(place('out.csv'), 'utf8')).toMatch(/Try,,window,synapses stdp,-?[\d.]+,change,/);
    const energy = await runCli(registerEnergy, 'energy', file, '--json');
    const components = documentOf(energy.stdout).experiments?.[0]?.components ?? [];
    expect(components.reduce((sum, { energy_J }) => sum + energy_J, 0)).toBeGreaterThan(0);
    const explained = await runCli(registerExplain, 'explain', '--realization', file, '--json');
    expect(documentOf(explained.stdout).experiments?.[0]?.realizations).toMatchObject([{ rule: 'stdp', method: 'superposition' }]); // prettier-ignore
    const told = await runCli(registerExplain, 'explain', '--realization', file);
    expect(told.stdout).toMatch(/synapses, rule stdp: superposition\n {2}Neurons before play/);
  });

  it('tells why a rule cannot be carried out', async () => {
    const steep = text.replace('a : nS = 0.1 nS', 'a : nS = 50 nS');
    const run = await runCli(registerExplain, 'explain', '--realization', write(steep), '--json');
    expect([run.status, codesOf(run.stdout)]).toEqual([1, ['realize/kernel-too-large']]);
  });
});

describe('a file with experiments of both kinds', () => {
  it('runs both, and builds a controller of the program', async () => {
    const file = write(PROGRAM + trainingText(1, ''));
    const run = await runCli(registerSim, 'sim', file, '--json');
    expect([run.status, codesOf(run.stdout)]).toEqual([0, []]);
    expect(documentOf(run.stdout).experiments?.map(({ name }) => name)).toEqual(['Picture', 'Learn', 'Learn']);
    const build = await runCli(registerBuild, 'build', file, '-o', place('out'), '--target', 'systemverilog', '--json');
    const left = ['cli/controller-left-out', 'cli/controller-left-out'];
    expect([build.status, codesOf(build.stdout)]).toEqual([0, left]);
  });

  it('trains to count energy only where that is asked for by name', async () => {
    const file = write(
      PROGRAM +
        trainingText(1, '') +
        trainingText(1, '')
          .replace(/^[^]*?(?=^experiment)/m, '')
          .replace('Learn', 'Again'),
    );
    const all = await runCli(registerBuild, 'build', file, '-o', place('all'), '--json');
    const left = ['cli/controller-left-out', 'cli/controller-left-out', 'cli/energy-left-out'];
    expect([all.status, codesOf(all.stdout)]).toEqual([0, left]);
    expect(all.stdout).toContain('of experiments `Learn`, `Again` gets no controller');
    expect(all.stdout).toContain('no energy is written of `Learn`, `Again`');
    const priced = (target: string): readonly string[] => {
      const text = fs.readFileSync(path.join(place(target), 'energy', 'energy.json'), 'utf8');
      return [...new Set((documentOf(text).experiments ?? []).map(({ name }) => name.replace(/ \(.*/, '')))];
    };
    expect(priced('all')).toEqual(['Picture']);
    const energy = await runCli(registerBuild, 'build', file, '-o', place('energy'), '--target', 'energy', '--json');
    expect([energy.status, codesOf(energy.stdout)]).toEqual([0, []]);
    expect(priced('energy')).toEqual(['Picture', 'Learn', 'Again']);
  });

  it('runs the one that is chosen', async () => {
    const file = write(PROGRAM + trainingText(1, ''));
    const program = await runCli(registerSim, 'sim', file, '--experiment', 'Picture', '--json');
    expect(documentOf(program.stdout).experiments?.map(({ name }) => name)).toEqual(['Picture']);
    const neither = await runCli(registerSim, 'sim', file, '--experiment', 'Tyr', '--json');
    expect([neither.status, codesOf(neither.stdout)]).toEqual([1, ['cli/unknown-experiment']]);
  });
});
