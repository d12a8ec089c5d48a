/** `build` of experiments on networks: a controller for every projection that has a pulse program, in its own folder. */
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../../support/golden.js';
import { arrayTrainingText, buildText, type NetworkBuild } from '../../support/network-build.js';
import { KERNELS, ruleText, stdpText } from '../../support/stdp-study.js';

const clauses = ['pair pre with post at -39 ms .. 39 ms step 26 ms'];

/** An experiment of spike timing on 2 x 2 cells. */
const spikesText = (given: Parameters<typeof stdpText>[0] = {}): string =>
  stdpText({ size: 2, clauses, ...given }).replace('protonEis, protonEisNano', 'protonEis');

const topsOf = ({ document }: NetworkBuild) => document.controllers?.map(({ top }) => top);
const codesOf = ({ document }: NetworkBuild) => document.diagnostics.map(({ code }) => code);
const read = ({ files }: NetworkBuild, path: string): string => files.get(path) ?? `${path} is missing`;

/** The hash of all hardware of a controller, as its header has it. */
const hashOf = (build: NetworkBuild, top: string): string | undefined =>
  /_SPEC (\w+)/.exec(read(build, `rtl/${top}/${top}_registers.h`))?.[1];

describe('the controller of a network', () => {
  it('is what the goldens show', async () => {
    const build = await buildText(spikesText());
    expect([build.run.status, codesOf(build)]).toEqual([0, []]);
    const folder = 'rtl/try_synapses_ctrl/';
    const shown = ['.sv', '_listing.txt', '_program.hex', '_registers.md', '.core'];
    expect([...build.files.keys()].every((path) => path === 'manifest.json' || path.startsWith(folder))).toBe(true);
    for (const ending of shown) {
      const file = `try_synapses_ctrl${ending}`;
      expectGolden(`test/golden/systemverilog/network/${file}`, read(build, folder + file));
    }
    expectGolden('test/golden/systemverilog/network/files.txt', `${[...build.files.keys()].join('\n')}\n`);
  });

  it('is named with its experiment, projection and file list in the manifest', async () => {
    const build = await buildText(arrayTrainingText());
    expect([build.run.status, codesOf(build)]).toEqual([0, []]);
    const manifest = JSON.parse(read(build, 'manifest.json')) as Readonly<Record<string, unknown>>;
    const controllers = ['first', 'second'].map((projection) => {
      const top = `learn_${projection}_ctrl`;
      return { experiment: 'Learn', projection, top, fileList: `rtl/${top}/${top}.f` };
    });
    expect([manifest['controllers'], manifest['top'], manifest['fileList']]).toEqual([controllers, undefined, undefined]); // prettier-ignore
    expect(build.document.controllers).toEqual(controllers);
    for (const { fileList } of controllers) {
      const listed = read(build, fileList).trim().split('\n');
      expect(listed.filter((path) => !build.files.has(path))).toEqual([]);
      expect(listed.length).toBeGreaterThan(20);
    }
  });

  it('is the same in every build', async () => {
    const [one, other] = [await buildText(arrayTrainingText()), await buildText(arrayTrainingText())];
    expect(one.files.size).toBeGreaterThan(60);
    expect(new Map([...one.files].filter(([path]) => path !== 'manifest.json'))).toEqual(
      new Map([...other.files].filter(([path]) => path !== 'manifest.json')),
    );
  });

  it('holds its program and no data of a run, or has the program as part of it', async () => {
    const loaded = await buildText(arrayTrainingText());
    const contents = [...loaded.files.keys()].filter((path) => path.endsWith('.hex'));
    expect(contents).toEqual(
      ['first', 'second'].map((each) => `rtl/learn_${each}_ctrl/learn_${each}_ctrl_program.hex`),
    );
    expect(read(loaded, 'rtl/learn_first_ctrl/learn_first_ctrl_registers.md')).toContain('Data sets come with a run');
    // Words come from the clause of the rule that asks for them
    expect(read(loaded, 'rtl/learn_first_ctrl/learn_first_ctrl_listing.txt')).toMatch(/fire .* input\.ion:18:3\n/);
    const frozen = await buildText(arrayTrainingText(), '--freeze');
    expect([...frozen.files.keys()].filter((path) => path.endsWith('.hex'))).toEqual([]);
    expect(frozen.files.has('rtl/learn_first_ctrl/learn_first_ctrl_program.sv')).toBe(true);
  });
});

describe('controllers of several points and experiments', () => {
  it('are shared where a sweep changes nothing of the hardware', async () => {
    const build = await buildText(arrayTrainingText({ sweep: 'sweep backprop.rate in [0.2, 0.5]' }));
    expect(topsOf(build)).toEqual(['learn_first_ctrl', 'learn_second_ctrl']);
  });

  it('are different, by name and hash, where it does', async () => {
    const swept = spikesText({ clauses: ['sweep stdp.a in [0.1 nS, 0.05 nS]', ...clauses] });
    const build = await buildText(swept);
    expect(topsOf(build)).toEqual(['try_synapses_ctrl', 'try_synapses_2_ctrl']);
    const hashes = ['try_synapses_ctrl', 'try_synapses_2_ctrl'].map((top) => hashOf(build, top));
    expect(new Set(hashes).size).toBe(2);
    expect(hashes).not.toContain(undefined);
  });

  it('do not take the name of the controller of a program', async () => {
    const program = `program TrySynapses {
  device protonEis
  from "picture.csv"
  write serial
  disturb at most 50 %
}
experiment Picture {
  run TrySynapses on Board
}
chip Board {
  clock 10 MHz
  bus apb
  tile 2 x 2 {
    bias half
    rails -2 V .. 2 V by 8 bit
    timer 16 bit
    settle 10 us
    adc 0 A .. 50 nA by 10 bit in 2 us settle 10 us shared by 2
    lines 20 pF source "bench" confidence estimate
  }
}
`;
    const build = await buildText(spikesText() + program);
    expect([build.run.status, codesOf(build)]).toEqual([0, []]);
    expect(topsOf(build)).toEqual(['try_synapses_2_ctrl']);
    expect(build.files.has('rtl/try_synapses_ctrl.sv')).toBe(true);
    const manifest = JSON.parse(read(build, 'manifest.json')) as Readonly<Record<string, unknown>>;
    expect([manifest['top'], manifest['fileList']]).toEqual(['try_synapses_ctrl', 'rtl/try_synapses_ctrl.f']);
  });
});

describe('what has no controller', () => {
  it('is named with the reason, and the rest is built', async () => {
    const build = await buildText(arrayTrainingText({ second: '{' }));
    expect([build.run.status, topsOf(build)]).toEqual([0, ['learn_first_ctrl']]);
    expect(build.document.diagnostics).toMatchObject([
      {
        code: 'cli/controller-left-out',
        message:
          '`second` of experiment `Learn` gets no controller: its synapses are numbers of the host, on no device',
      },
    ]);
  });

  it('may be what the chip has no tiles for', async () => {
    const build = await buildText(arrayTrainingText({ grid: '' }));
    expect([build.run.status, topsOf(build), codesOf(build)]).toEqual([0, ['learn_first_ctrl'], ['schedule/grid-exceeded']]); // prettier-ignore
    expect(build.document.diagnostics[0]?.message).toContain('`second` take 1 tile behind 1 other,');
  });

  it('may be all there is, which is a mistake where nothing else is built', async () => {
    const steep = spikesText({ rules: ruleText('stdp', KERNELS.hebbian).replace('0.1 nS', '50 nS') });
    const build = await buildText(steep);
    expect([build.run.status, codesOf(build)]).toEqual([1, ['cli/controller-left-out', 'cli/network-without']]);
    expect(build.document.diagnostics[0]?.message).toContain('and the kernel of `stdp` wants 48.8 nS');
    expect(build.files.size).toBe(0);
  });
});
