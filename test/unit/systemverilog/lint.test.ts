/** What is emitted, read by three tools of the distribution: not one warning, whatever the program is called. */
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import type { Artifact } from '../../../src/core/artifact.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { arrayTrainingText, buildText } from '../../support/network-build.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';
import { stdpText } from '../../support/stdp-study.js';

/**
 * Sizes with and without planes, one and several words of them, with and without a second lane of an entry. What
 * stands behind each bus with every block is read by all-blocks.test.ts.
 */
const CONTROLLERS = (
  [
    [1, 1, 1, 'apb'],
    [3, 5, 2, 'axi4lite'],
    [10, 10, 1, 'wishbone'],
    [64, 64, 3, 'apb'],
    [4, 130, 2, 'axi4lite'],
    [28, 28, 4, 'wishbone'],
  ] as const
).map(([rows, columns, seed, bus]) => {
  const scheduled = scheduledModule(randomProgram(rows, columns, seed));
  const legal = encode({ ...scheduled, mapped: { ...scheduled.mapped, bus } });
  const artifacts = emitSystemVerilog(legal, HARDWARE_SOURCES);
  return { title: `${String(rows)} x ${String(columns)} lines behind ${bus}`, top: legal.name, artifacts };
});

/** Reserved words of SystemVerilog, C++ and TypeScript, names of cells, and names that nothing is left of. */
const NAMES = [
  'module',
  'endmodule',
  'Class',
  'constructor',
  'ion_guard',
  'ION',
  '__',
  '_9',
  'WRITE_ALL',
  'x'.repeat(90),
];

const VERILATOR = ['--lint-only', '-Wall', '--assert', '--top-module'];

function verilator(top: string, artifacts: readonly Artifact[], extra: readonly string[]) {
  return runTool('verilator', [...VERILATOR, top, '-f', `rtl/${top}.f`, ...extra], artifacts);
}

function icarus(top: string, artifacts: readonly Artifact[]) {
  const args = ['-g2012', '-Wall', '-Wno-timescale', '-s', top, '-o', 'model', ...sourcesOf(artifacts)];
  return runTool('iverilog', args, artifacts);
}

function yosys(top: string, artifacts: readonly Artifact[]) {
  const script = `read_verilog -sv ${sourcesOf(artifacts).join(' ')}; hierarchy -check -top ${top}; proc; check -assert`;
  return runTool('yosys', ['-q', '-p', script], artifacts);
}

const CLEAN = { output: '', isGood: true };

function sourcesOf(artifacts: readonly Artifact[]): readonly string[] {
  return artifacts.filter(({ kind }) => kind === 'systemverilog').map(({ path }) => path);
}

describe.each(CONTROLLERS)('the controller of $title', ({ top, artifacts }) => {
  it.skipIf(!hasTool('verilator'))('is clean under verilator -Wall, alone and with its assertions', () => {
    for (const extra of [[], [`rtl/${top}_sva.sv`]]) expect(verilator(top, artifacts, extra)).toEqual(CLEAN);
  });

  it.skipIf(!hasTool('iverilog'))('elaborates in Icarus', () => {
    expect(icarus(top, artifacts)).toEqual(CLEAN);
  });

  it.skipIf(!hasTool('yosys'))('is read and checked by Yosys', () => {
    expect(yosys(top, artifacts)).toEqual(CLEAN);
  });
});

/** Projections of networks: pulses of cells, of planes, and superposed waveforms. */
const NETWORKS = {
  'cells one by one': arrayTrainingText(),
  'random trains': arrayTrainingText({ realization: 'outerProduct' }),
  'spike timing': stdpText({ size: 3, clauses: ['pair pre with post at -39 ms .. 39 ms step 26 ms'] }),
};

describe.each(Object.entries(NETWORKS))('controllers of a network: %s', (_, text) => {
  it('are clean under verilator -Wall, in Icarus and in Yosys, one by one', async () => {
    const { files, document } = await buildText(text);
    const { controllers = [] } = document;
    expect(controllers.length).toBeGreaterThan(0);
    for (const { top } of controllers) {
      const inside = [...files].filter(([path]) => path.startsWith(`rtl/${top}/`));
      const artifacts = inside.map(([path, content]): Artifact => {
        const isSource = path.endsWith('.sv') && !/_(sva|tb)\.sv$/.test(path);
        return { path, kind: isSource ? 'systemverilog' : 'other', text: content };
      });
      const list = [`rtl/${top}/${top}.f`, `rtl/${top}/${top}_sva.sv`];
      if (hasTool('verilator'))
        expect(runTool('verilator', [...VERILATOR, top, '-f', ...list], artifacts)).toEqual(CLEAN);
      if (hasTool('iverilog')) expect(icarus(top, artifacts)).toEqual(CLEAN);
      if (hasTool('yosys')) expect(yosys(top, artifacts)).toEqual(CLEAN);
    }
  });
});

describe.each(NAMES)('the controller of a program called %s', (name) => {
  const legal = encode(scheduledModule({ ...randomProgram(3, 5, 2), name }));
  const artifacts = emitSystemVerilog(legal, HARDWARE_SOURCES);

  it('has legal names, each file its own on every file system', () => {
    const paths = artifacts.map(({ path }) => path);
    for (const path of paths) expect(path).toMatch(/^rtl\/[a-z][a-z0-9_]{0,62}\.[a-z]+$/);
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
    expect(paths.join()).not.toContain('__');
    const modules = sourcesOf(artifacts).map((path) => path.slice('rtl/'.length, -'.sv'.length));
    const declared = artifacts.flatMap(({ text }) => [...text.matchAll(/^module (\w+)/gm)].map(([, found]) => found));
    expect(declared).toEqual([...modules, `${legal.name}_sva`, `${legal.name}_tb`]);
  });

  it.skipIf(!hasTool('verilator'))('is clean under verilator -Wall with its assertions', () => {
    expect(verilator(legal.name, artifacts, [`rtl/${legal.name}_sva.sv`])).toEqual(CLEAN);
  });

  it.skipIf(!hasTool('iverilog'))('elaborates in Icarus', () => {
    expect(icarus(legal.name, artifacts)).toEqual(CLEAN);
  });

  it.skipIf(!hasTool('yosys'))('is read and checked by Yosys', () => {
    expect(yosys(legal.name, artifacts)).toEqual(CLEAN);
  });
});
