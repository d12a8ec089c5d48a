/** Falling edges that cost nothing: only where the model says how it remembers the clock, and nobody looks at them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findClockMemory } from '../../../../src/cosim/engines/verilator/clock-memory.js';
import { design, hasVerilator, openOnVerilator, read } from '../../../support/model-fixture.js';
import { inWorkFolder } from '../../../support/work-folder.js';

const PORTS = { inputs: {}, outputs: { count_o: 32 } };

function counter(edge: 'posedge' | 'negedge') {
  const body = `  always_ff @(${edge} clk_i or negedge rst_ni) begin
    if (!rst_ni) count_o <= '0;
    else count_o <= count_o + 1'b1;
  end`;
  return design(body, PORTS);
}

function memoryIn(fields: readonly string[], source = counter('posedge')): string | undefined {
  return inWorkFolder((folder) => {
    mkdirSync(folder, { recursive: true });
    const lines = fields.map((name) => `        CData/*0:0*/ ${name};`);
    writeFileSync(path.join(folder, 'Vmodel___024root.h'), lines.join('\n'));
    return findClockMemory(folder, source);
  });
}

describe('the field in which a model remembers the clock', () => {
  it.each(['__Vtrigrprev__TOP__clk_i', '__Vtrigprevexpr___TOP__clk_i__0'])('is %s', (name) => {
    expect(memoryIn(['__Vtrigrprev__TOP__rst_ni', name, '__Vtrigrprev__TOP__dut__DOT__clk_i'])).toBe(name);
  });

  it('is unknown without one, with two, and of no use where falling edges matter', () => {
    expect(memoryIn(['clk_i'])).toBeUndefined();
    expect(memoryIn(['__Vtrigprevexpr___TOP__clk_i__0', '__Vtrigprevexpr___TOP__clk_i__1'])).toBeUndefined();
    expect(memoryIn(['__Vtrigrprev__TOP__clk_i'], counter('negedge'))).toBeUndefined();
  });
});

describe.skipIf(!(await hasVerilator()))('a model on Verilator', () => {
  it.each(['posedge', 'negedge'] as const)('counts every %s in one call', { timeout: 60_000 }, async (edge) => {
    const session = await openOnVerilator(counter(edge));
    session.io[session.slots.get('rst_ni')!.offset] = 1;
    session.runUntil(0);
    const before = read(session, 'count_o');
    expect(session.runUntil(1000)).toBe(1000);
    expect(read(session, 'count_o') - before).toBe(1000n);
    session.close();
  });
});
