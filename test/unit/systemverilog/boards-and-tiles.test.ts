/** Controllers that exclude blocks of others, read without a warning by three tools: boards, several tiles. */
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { PLAIN_BLOCKS } from '../../../src/ir/blocks/controller-blocks.js';
import { encode } from '../../../src/ir/passes/encode.js';
import type { PulseProgram } from '../../../src/ir/scheduled.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { dataSet, pulseProgram, randomProgram, scheduledModule, segment } from '../../support/pulse-program.js';

const BOARDS = { ...PLAIN_BLOCKS, serial: { pins: 8, divider: 2 } } as const;

/** Both ways to compare codes, of one tile at a time, and sums over all. */
function tiledProgram(compares: boolean): PulseProgram {
  const base = pulseProgram({ rows: 5, columns: 6 });
  return {
    ...base,
    tiles: 3,
    scan: { ...base.scan, compares },
    blocks: {
      scan: { oversamples: false, comparison: compares ? 'on' : 'none' },
      accumulate: { resultBits: 16, offset: 1 },
      transfer: { sumBits: 12, zero: 0, threshold: 9 },
      ...(compares && { verify: { tolerance: 1 } }),
    },
    dataSets: [dataSet([])],
    operations: [
      segment({ row: { kind: 'all' }, samples: { mode: 'first', negate: false }, tiles: 7 }),
      segment({ row: { kind: 'all' }, samples: { mode: 'transfer', negate: false }, tiles: 2 }),
      segment({ column: { kind: 'plane', source: { kind: 'marks', direction: 'up' } }, tiles: 4 }),
    ],
  };
}

const CASES: readonly (readonly [string, PulseProgram])[] = [
  ['boards of one word', { ...randomProgram(8, 16, 2), blocks: BOARDS }],
  ['boards of several words', { ...randomProgram(64, 130, 3), blocks: BOARDS }],
  ['boards without planes', { ...randomProgram(16, 8, 1), blocks: BOARDS }],
  ['tiles that convert', tiledProgram(false)],
  ['tiles that compare', tiledProgram(true)],
];

describe.each(CASES)('%s', (_, program) => {
  const legal = encode(scheduledModule(program));
  const files = emitSystemVerilog(legal, HARDWARE_SOURCES).filter(({ kind }) => kind === 'systemverilog');
  const assertions = emitSystemVerilog(legal, HARDWARE_SOURCES).filter(({ path }) => path.endsWith('_sva.sv'));
  const names = files.map(({ path }) => path);

  it('keeps to 100 columns, no trailing blanks', () => {
    for (const { path, text } of [...files, ...assertions]) {
      expect(
        text.split('\n').filter((line) => line.length > 100),
        path,
      ).toEqual([]);
      expect(text, path).not.toMatch(/[ \t]\n|\n\n\n/);
    }
  });

  it.skipIf(!hasTool('verilator'))('is clean for Verilator, with its assertions', () => {
    const all = [...files, ...assertions];
    const flags = ['--lint-only', '-Wall', '--assert', '--top-module', legal.name];
    expect(runTool('verilator', [...flags, ...all.map(({ path }) => path)], all).output).toBe('');
  });

  it.skipIf(!hasTool('iverilog'))('is clean for Icarus', () => {
    const { output } = runTool('iverilog', ['-g2012', '-t', 'null', ...names], files);
    // Constant selects in always_* work; Icarus only apologises for being conservative
    expect(output.split('\n').filter((line) => line !== '' && !line.includes('sorry: constant selects'))).toEqual([]);
  });

  it.skipIf(!hasTool('yosys'))('is clean for Yosys', () => {
    const script = `read_verilog -sv ${names.join(' ')}; hierarchy -check -top ${legal.name}; proc; check -assert`;
    expect(runTool('yosys', ['-q', '-p', script], files)).toEqual({ output: '', isGood: true });
  });
});
