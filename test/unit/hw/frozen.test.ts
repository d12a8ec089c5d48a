/** A frozen controller: its program is part of the chip, and nobody can read, change or replace it over the bus. */
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { createBusMaster } from '../../../src/cosim/create-bus-master.js';
import { PortBlock } from '../../../src/cosim/port-block.js';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { freeze } from '../../../src/ir/passes/freeze.js';
import { verifyLegal } from '../../../src/ir/verify-legal.js';
import { CORPUS } from '../../corpus/corpus.js';
import { runOnHardware } from '../../corpus/on-hardware.js';
import { Surroundings } from '../../corpus/surroundings.js';
import { HARDWARE_SOURCES, observable, openController } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { scheduledModule } from '../../support/pulse-program.js';

const FROZEN = CORPUS.filter(({ title }) => /^(Open-loop writing, row by row in one|Read, row|Zero)/.test(title));

function textsOf(legal: LegalModule) {
  return emitSystemVerilog(legal, HARDWARE_SOURCES).filter(({ kind }) => kind === 'systemverilog');
}

/** LUT4 and flip-flops of the controller on iCE40, and its memories. */
function areaOf(legal: LegalModule): { readonly luts: number; readonly memories: number } {
  const files = textsOf(legal);
  const script = `read_verilog -sv ${files.map(({ path }) => path).join(' ')}; synth_ice40 -top ${legal.name}; stat`;
  const { output, isGood } = runTool('yosys', ['-p', script], files);
  expect(isGood).toBe(true);
  const last = (cell: string): number =>
    Number([...output.matchAll(new RegExp(`${cell}\\s+(\\d+)`, 'g'))].at(-1)?.[1] ?? 0);
  return { luts: last('SB_LUT4'), memories: last('SB_RAM40_4K') };
}

describe.each(FROZEN.map((entry) => [entry.title, entry] as const))('%s, frozen', (_, entry) => {
  const loaded = encode(scheduledModule(entry.program));
  const legal = freeze(loaded);

  it('is another chip than the one that is loaded', () => {
    expect(() => {
      verifyLegal(legal);
    }).not.toThrow();
    expect(legal.specHash).not.toBe(loaded.specHash);
    const hash = legal.registers.find(({ name }) => name === 'spec_hash');
    expect(hash?.fields.map(({ reset }) => reset)).toEqual([legal.specHash]);
  });

  it('does what the loaded one does, without being loaded', async () => {
    const runs = runOnHardware(await openController(legal), legal, entry);
    for (const [index, { events, summary, results, answers }] of runs.entries()) {
      const surroundings = new Surroundings(entry.program, entry.plan);
      expect(events).toEqual([...interpretLegal(legal, legal.dataSets[index]!, surroundings)].map(observable));
      expect(summary).toMatchObject({ errorCode: 0, underruns: 0, isStalled: false });
      if (results.length > 0) expect(results).toEqual(answers);
    }
  });
});

describe('the bus of a frozen controller', () => {
  it('refuses the window of the program, written and read, and the program stays', async () => {
    const [entry] = FROZEN;
    const legal = freeze(encode(scheduledModule(entry!.program)));
    const session = await openController(legal);
    const host = new ControllerHost(session, legal);
    host.start();
    const thawed = new ControllerHost(session, {
      ...encode(scheduledModule(entry!.program)),
      specHash: legal.specHash,
    });
    expect(() => {
      thawed.start();
    }).toThrow('address 0x10000: expected a write, found an error');
    const bus = createBusMaster(legal.bus, new PortBlock(session), () => {
      session.step();
    });
    expect(() => bus.read(legal.windows.program.base)).toThrow('address 0x10000');
    expect(bus.read(0x00c)).toBe(legal.specHash);
    expect(runOnHardware(session, legal, entry!)[0]?.summary).toMatchObject({ errorCode: 0, isStalled: false });
  });
});

describe('the text of a frozen controller', () => {
  const [entry] = FROZEN;
  const legal = freeze(encode(scheduledModule(entry!.program)));
  const files = textsOf(legal);
  const paths = files.map(({ path }) => path);
  const clean = { output: '', isGood: true };

  it.skipIf(!hasTool('verilator'))('is clean under verilator -Wall', () => {
    const args = ['--lint-only', '-Wall', '--top-module', legal.name, ...paths];
    expect(runTool('verilator', args, files)).toEqual(clean);
  });

  it.skipIf(!hasTool('iverilog'))('elaborates in Icarus', () => {
    const args = ['-g2012', '-Wall', '-Wno-timescale', '-s', legal.name, '-o', 'model', ...paths];
    expect(runTool('iverilog', args, files)).toEqual(clean);
  });
});

describe.skipIf(!hasTool('yosys'))('the hardware of a frozen controller', () => {
  it('needs no memory for the program, and hardly more logic than its words', { timeout: 120_000 }, () => {
    const [entry] = FROZEN;
    const loaded = encode(scheduledModule(entry!.program));
    const [before, after] = [areaOf(loaded), areaOf(freeze(loaded))];
    expect(after.memories).toBeLessThan(before.memories);
    expect(after.luts).toBeLessThan(before.luts);
  });
});
