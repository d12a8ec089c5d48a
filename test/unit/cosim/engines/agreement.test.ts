/** Two independent readers of the same SystemVerilog must show the same outputs, clock by clock. */
import { describe, expect, it } from 'vitest';
import {
  design,
  hasCocotb,
  hasIcarus,
  hasVerilator,
  openOnCocotb,
  openOnIcarus,
  openOnVerilator,
  openOnWasm,
  randomRun,
} from '../../../support/model-fixture.js';
import { AGREEMENT_DESIGNS } from './agreement-designs.js';

const TURNS = 3000;

describe.skipIf(!(await hasVerilator()))('wasm and verilator agree (skipped without Verilator)', () => {
  it.each(Object.entries(AGREEMENT_DESIGNS))('%s', async (_, { body, ports, memories }) => {
    const source = design(body, ports, memories ?? []);
    const [wasm, verilator] = [await openOnWasm(source), await openOnVerilator(source)];
    const [found, expected] = [randomRun(wasm, source, 7, TURNS), randomRun(verilator, source, 7, TURNS)];
    const first = found.findIndex((line, index) => line !== expected[index]);
    expect({ first, line: found[first] }).toEqual({ first: -1, line: expected[first] });
    expect(new Set(expected).size).toBeGreaterThan(TURNS / 100);
  });
});

/** A question to a simulator takes some 40 us. */
const SIMULATED_TURNS = 400;

describe.each([
  ['icarus', openOnIcarus, await hasIcarus()],
  ['cocotb', openOnCocotb, await hasCocotb()],
] as const)('wasm and %s agree (skipped where there is none)', (_, open, isThere) => {
  it.skipIf(!isThere).each(Object.entries(AGREEMENT_DESIGNS))('%s', async (__, { body, ports, memories }) => {
    const source = design(body, ports, memories ?? []);
    const sessions = [await openOnWasm(source), await open(source)];
    const [expected, found] = sessions.map((session) => randomRun(session, source, 7, SIMULATED_TURNS));
    for (const session of sessions) session.close();
    const first = found!.findIndex((line, index) => line !== expected![index]);
    expect({ first, line: found![first] }).toEqual({ first: -1, line: expected![first] });
    expect(new Set(expected).size).toBeGreaterThan(SIMULATED_TURNS / 100);
  });
});
