/** Files that bring the controller into other flows: FuseSoC core, timing constraints, waivers. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { controllerPorts } from '../../../src/ir/controller-ports.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool } from '../../support/external-tool.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';
import { hasPythonPackages, PYTHON } from '../../support/python.js';

const legal = encode(scheduledModule(randomProgram(3, 5, 2)));
const artifacts = emitSystemVerilog(legal, HARDWARE_SOURCES);
const { name } = legal;

function textOf(kind: string): string {
  const found = artifacts.filter((artifact) => artifact.kind === kind);
  expect(found).toHaveLength(1);
  return found[0]!.text;
}

const hasFusesoc = hasPythonPackages('fusesoc');

describe('the FuseSoC core', () => {
  const core = textOf('core');
  const files = [...core.matchAll(/^ {6}- (\S+)$/gm)].map(([, file]) => file);

  it('starts as CAPI2 files do and names the top', () => {
    expect(core.split('\n')[0]).toBe('CAPI=2:');
    expect(core).toContain(`\nname: ionloom:controller:${name}\n`);
    expect(core).toContain(`\n    toplevel: ${name}\n`);
    expect(core).toContain(legal.specHash.toString(16).padStart(8, '0'));
  });

  it('names files that are emitted beside it, the sources in dependency order', () => {
    const emitted = artifacts.map(({ path }) => path);
    for (const file of files) expect(emitted).toContain(`rtl/${file ?? ''}`);
    expect(new Set(files).size).toBe(files.length);
    const sources = artifacts.filter(({ kind }) => kind === 'systemverilog').map(({ path }) => path.slice(4));
    expect(files.slice(0, sources.length)).toEqual(sources);
    const contents = artifacts.filter(({ kind }) => kind === 'memory').map(({ path }) => path.slice(4));
    expect(files.slice(-contents.length)).toEqual(contents);
  });

  it('uses filesets that it declares, in plain YAML', () => {
    const declared = [...core.matchAll(/^ {2}(\w+):\n {4}files:/gm)].map(([, fileset]) => fileset);
    const used = [...core.matchAll(/filesets: \[(.*)\]/g)].flatMap(([, list = '']) => list.split(', '));
    expect(new Set(used)).toEqual(new Set(declared));
    for (const line of core.split('\n')) expect(line).toMatch(/^( {2})*(#.*|- \S+|\w+:.*|<<: \*default|CAPI=2:)?$/);
  });
});

describe.skipIf(!hasFusesoc)('FuseSoC', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ionloomfusesoc'));
  for (const { path, text } of artifacts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const run = 'import sys; from fusesoc.main import main; sys.exit(main())';
  const fusesoc = (...args: readonly string[]) =>
    spawnSync(PYTHON, ['-c', run, '--cores-root', 'rtl', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
    });

  const core = `ionloom:controller:${name}`;

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists the core', () => {
    const { stdout, status } = fusesoc('list-cores');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${core}:\\d+ .*Pulse controller of a 3 x 5 array`, 'm'));
  });

  it('reads the core', () => {
    const { stdout, stderr, status } = fusesoc('core', 'show', core);
    expect(`${stdout}${stderr}`).toContain('Targets');
    expect(`${stdout}${stderr}`).not.toMatch(/WARNING|ERROR/);
    expect(status).toBe(0);
  });

  it.skipIf(!hasTool('verilator'))('lints it with Verilator, without a warning', { timeout: 60_000 }, () => {
    const { stdout, stderr, status } = fusesoc('run', '--target', 'lint', core);
    expect(`${stdout}${stderr}`).not.toMatch(/%Warning|%Error|WARNING|ERROR/);
    expect(status).toBe(0);
  });

  it.skipIf(!hasTool('iverilog'))('runs the test bench on Icarus, which finds the right controller', () => {
    const good = fusesoc('run', '--target', 'sim', core);
    expect(good.stdout).toContain(`${name} answers`);
    expect(good.status).toBe(0);
    const bench = join(folder, `rtl/${name}_tb.sv`);
    const text = readFileSync(bench, 'utf8');
    const hash = legal.specHash
      .toString(16)
      .padStart(8, '0')
      .replace(/(?=.{4}$)/, '_');
    expect(text).toContain(`32'h${hash}`);
    writeFileSync(bench, text.replace(`32'h${hash}`, "32'h1"));
    const bad = fusesoc('run', '--target', 'sim', core);
    expect(bad.stdout + bad.stderr).toMatch(/0x0000c holds 0x\w+, not 0x00000001/);
    expect(bad.status).not.toBe(0);
  });

  it.skipIf(!hasTool('yosys'))('hands all files to synthesis', { timeout: 60_000 }, () => {
    const { status } = fusesoc('run', '--target', 'synth', '--setup', core);
    expect(status).toBe(0);
    expect(existsSync(join(folder, 'build'))).toBe(true);
  });
});

describe('the timing constraints', () => {
  const sdc = textOf('constraints');
  const commands = sdc.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const about = (port: string): readonly string[] =>
    commands
      .filter((line) => line.includes(`{${port}}`) || line.includes(`{${port}[*]}`))
      .map((line) => line.replace(/ \[get_ports.*$/, ''));

  it('has a clock of the period of the program', () => {
    expect(about('clk_i')).toEqual([`create_clock -name clk -period ${(1e9 / legal.clockHz).toFixed(3)}`]);
  });

  it('says of every port when it moves or that it knows no clock', () => {
    const outside = ((0.3 * 1e9) / legal.clockHz).toFixed(3);
    for (const { title, ports } of controllerPorts(legal)) {
      for (const port of ports.filter((candidate) => candidate.name !== 'clk_i')) {
        const isFree =
          title.startsWith('Observation') || ['rst_ni', 'estop_ni', 'ocp_i', 'otp_i', 'drv_en_o'].includes(port.name);
        const delay = `set_${port.direction}_delay -clock clk`;
        expect(about(port.name), port.name).toEqual(
          isFree
            ? [`set_false_path ${port.direction === 'input' ? '-from' : '-to'}`]
            : [`${delay} -max ${outside}`, `${delay} -min 0.000`],
        );
      }
    }
  });

  it('holds nothing but commands of SDC, each complete', () => {
    for (const line of commands) {
      expect(line).toMatch(
        /^(create_clock -name clk -period [\d.]+|set_false_path -(from|to)|set_(in|out)put_delay -clock clk -m(ax|in) [\d.]+) \[get_ports \{\w+(\[\*\])?\}\]$/,
      );
    }
  });
});

describe('the waivers for lint', () => {
  it('give a reason for each rule that they switch off, and name no generated file', () => {
    const lines = textOf('waivers').split('\n');
    expect(lines).toContain('`verilator_config');
    for (const [index, line] of lines.entries()) {
      if (!line.startsWith('lint_off')) continue;
      expect(line).toMatch(/^lint_off -rule \w+ -file "\*\/ion_\w+\.sv"/);
      expect(lines[index - 1]).toMatch(/^\/\/ \S/);
    }
  });
});
