/** What `const` takes out of the register file: no flop, the same behaviour, and a host that cannot change it. */
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { ApbMaster } from '../../../src/cosim/apb-master.js';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { PortBlock } from '../../../src/cosim/port-block.js';
import { TUNED_REGISTERS } from '../../../src/ir/chip.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { parseModule } from '../../../src/ir/parse.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { printModule } from '../../../src/ir/print.js';
import { HARDWARE_SOURCES, openController, record } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';

const SCHEDULED = scheduledModule(randomProgram(3, 5, 2));
const TUNED = encode(SCHEDULED);
const FIXED = encode({ ...SCHEDULED, mapped: { ...SCHEDULED.mapped, constants: TUNED_REGISTERS } });
const NAMES = ['rest_lo', 'adc_settle', 'adc_limit'];

function textOf(legal: LegalModule, file: string): string {
  return emitSystemVerilog(legal, HARDWARE_SOURCES).find(({ path }) => path === `rtl/${legal.name}${file}`)?.text ?? '';
}

/** Flops of the register file by themselves. */
function flopsOf(legal: LegalModule): number {
  const names = ['ion_reg.sv', `${legal.name}_regs.sv`];
  const files = emitSystemVerilog(legal, HARDWARE_SOURCES)
    .map(({ path, text }) => ({ path: path.slice('rtl/'.length), text }))
    .filter(({ path }) => names.includes(path));
  const script = `read_verilog -sv ${names.join(' ')}; synth -flatten -top ${legal.name}_regs; stat`;
  const { output } = runTool('yosys', ['-p', script], files);
  const cells = [...(output.split('Printing statistics').at(-1) ?? '').matchAll(/\$_\w*DFF\w*_\s+(\d+)/g)];
  return cells.reduce((sum, [, count]) => sum + Number(count), 0);
}

function widthOf(name: string): number {
  return TUNED.registers.find((register) => register.name === name)?.fields[0]?.width ?? NaN;
}

async function open(legal: LegalModule) {
  const session = await openController(legal);
  const bus = new ApbMaster(new PortBlock(session), () => {
    session.step();
  });
  const host = new ControllerHost(session, legal);
  host.start();
  return { bus, host };
}

describe('constants of the hardware', () => {
  it('are read-only registers of the same address and value', () => {
    for (const name of NAMES) {
      const [tuned, fixed] = [TUNED, FIXED].map(({ registers }) => registers.find((one) => one.name === name));
      expect(tuned).toMatchObject({ access: 'rw', lockedWhile: 'busy' });
      const { lockedWhile: _, ...rest } = tuned!;
      expect(fixed).toEqual({ ...rest, access: 'ro', from: 'constant' });
    }
    expect(FIXED.registers.filter(({ name }) => !NAMES.includes(name) && name !== 'spec_hash')).toEqual(
      TUNED.registers.filter(({ name }) => !NAMES.includes(name) && name !== 'spec_hash'),
    );
    expect(parseModule(printModule(FIXED))).toEqual(FIXED);
  });

  it('make another controller: a host of the one refuses the other', () => {
    expect(FIXED.specHash).not.toBe(TUNED.specHash);
  });

  it('are nets of the top, and read-only in every document', () => {
    for (const name of NAMES) {
      expect(textOf(TUNED, '_regs.sv')).toContain(` u_${name} (`);
      expect(textOf(FIXED, '_regs.sv')).not.toContain(` u_${name} (`);
      expect(textOf(FIXED, '_regs.sv')).not.toContain(`${name}_o`);
      expect(textOf(FIXED, '.sv')).toMatch(new RegExp(`assign ${name} += \\d+'h`));
      expect(textOf(FIXED, '_registers.md')).toMatch(new RegExp(`\\| ${name} \\| ro \\|`));
    }
    const hardwareOnly = (legal: LegalModule) =>
      textOf(legal, '_registers.rdl').match(/sw = r; hw = na;/g)?.length ?? 0;
    expect(hardwareOnly(FIXED)).toBe(hardwareOnly(TUNED) + NAMES.length);
  });

  it.skipIf(!hasTool('yosys'))('have no flops', () => {
    const bits = NAMES.reduce((sum, name) => sum + widthOf(name), 0);
    expect(flopsOf(FIXED)).toBe(flopsOf(TUNED) - bits);
  });

  it.skipIf(!hasTool('verilator'))('are clean under verilator -Wall', () => {
    const files = emitSystemVerilog(FIXED, HARDWARE_SOURCES);
    const args = ['--lint-only', '-Wall', '--top-module', FIXED.name, '-f', `rtl/${FIXED.name}.f`];
    expect(runTool('verilator', args, files)).toEqual({ output: '', isGood: true });
  });

  it('run the same program in the same clocks; a write is refused and changes nothing', async () => {
    const [tuned, fixed] = [await open(TUNED), await open(FIXED)];
    for (const name of NAMES) {
      const { offset = NaN, fields } = FIXED.registers.find((register) => register.name === name) ?? {};
      expect(fixed.bus.tryWrite(offset, 1), name).toBe(true);
      expect(fixed.host.readRegister(name), name).toBe(fields?.[0]?.reset);
      expect(tuned.bus.tryWrite(offset, fields?.[0]?.reset ?? 0), name).toBe(false);
    }
    expect(record(fixed.host, FIXED, 0)).toEqual(record(tuned.host, TUNED, 0));
  });
});
