/** Controllers with every block at once, on every bus, read without a warning by three tools. */
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { BUS_PROTOCOLS } from '../../../src/ir/chip.js';
import { ALL_BLOCKS, allBlocksProgram } from '../../support/all-blocks.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { scheduledModule } from '../../support/pulse-program.js';

/** Sides of one word and of several, with and without a second bus word. */
const CASES = [
  ...BUS_PROTOCOLS.map((bus) => ({ rows: 8, columns: 8, bus })),
  ...BUS_PROTOCOLS.map((bus) => ({ rows: 40, columns: 66, bus })),
  { rows: 64, columns: 64, bus: 'apb' as const },
  { rows: 70, columns: 40, bus: 'apb' as const },
];

describe.each(CASES)('$rows x $columns behind $bus', ({ rows, columns, bus }) => {
  const scheduled = scheduledModule(allBlocksProgram(rows, columns));
  const legal = encode({ ...scheduled, mapped: { ...scheduled.mapped, bus } });
  const files = emitSystemVerilog(legal, HARDWARE_SOURCES).filter(({ kind }) => kind === 'systemverilog');
  const names = files.map(({ path }) => path);

  it('has them all', () => {
    expect(Object.keys(legal.blocks)).toEqual(Object.keys(ALL_BLOCKS));
    expect(files.length).toBeGreaterThan(40);
  });

  it('keeps to 100 columns', () => {
    const lines = files.filter(({ path }) => !path.startsWith('rtl/ion_')).flatMap(({ text }) => text.split('\n'));
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  it.skipIf(!hasTool('verilator'))('is clean for Verilator', () => {
    const { output } = runTool('verilator', ['--lint-only', '-Wall', '--top-module', legal.name, ...names], files);
    expect(output).toBe('');
  });

  it.skipIf(!hasTool('iverilog'))('is clean for Icarus', () => {
    const { output } = runTool('iverilog', ['-g2012', '-t', 'null', ...names], files);
    // Constant selects in always_* work; Icarus only apologises for being conservative
    const told = output.split('\n').filter((line) => line !== '' && !line.includes('sorry: constant selects'));
    expect(told).toEqual([]);
  });

  it.skipIf(!hasTool('yosys'))('is clean for Yosys', () => {
    const script = `read_verilog -sv ${names.join(' ')}; hierarchy -check -top ${legal.name}; proc; check -assert`;
    expect(runTool('yosys', ['-q', '-p', script], files)).toEqual({ output: '', isGood: true });
  });
});
