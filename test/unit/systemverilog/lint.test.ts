/** What is emitted, read by three tools of the distribution: not one warning. */
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';

/** Sizes with and without planes, one and several words of them, with and without a second lane of an entry. */
const CONTROLLERS = [
  [1, 1, 1],
  [3, 5, 2],
  [10, 10, 1],
  [64, 64, 3],
  [4, 130, 2],
  [28, 28, 4],
].map(([rows = 1, columns = 1, seed = 1]) => {
  const legal = encode(scheduledModule(randomProgram(rows, columns, seed)));
  const artifacts = emitSystemVerilog(legal, HARDWARE_SOURCES);
  return { title: `${String(rows)} x ${String(columns)}`, top: legal.name, artifacts };
});

const VERILATOR = ['--lint-only', '-Wall', '--assert', '--top-module'];

describe.each(CONTROLLERS)('the controller of $title lines', ({ top, artifacts }) => {
  const sources = artifacts.filter(({ kind }) => kind === 'systemverilog').map(({ path }) => path);
  const assertions = `rtl/${top}_sva.sv`;

  it.skipIf(!hasTool('verilator'))('is clean under verilator -Wall, alone and with its assertions', () => {
    for (const extra of [[], [assertions]]) {
      const args = [...VERILATOR, top, '-f', `rtl/${top}.f`, ...extra];
      expect(runTool('verilator', args, artifacts)).toEqual({ output: '', isGood: true });
    }
  });

  it.skipIf(!hasTool('iverilog'))('elaborates in Icarus', () => {
    const args = ['-g2012', '-Wall', '-Wno-timescale', '-s', top, '-o', 'model', ...sources];
    expect(runTool('iverilog', args, artifacts)).toEqual({ output: '', isGood: true });
  });

  it.skipIf(!hasTool('yosys'))('is read and checked by Yosys', () => {
    const script = `read_verilog -sv ${sources.join(' ')}; hierarchy -check -top ${top}; proc; check -assert`;
    expect(runTool('yosys', ['-q', '-p', script], artifacts)).toEqual({ output: '', isGood: true });
  });
});
