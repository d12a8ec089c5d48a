/** Random modules behave the same on both engines. */
import { describe, expect, it } from 'vitest';
import { hasVerilator, openOnVerilator, openOnWasm, randomRun } from '../../../support/model-fixture.js';
import { randomDesign } from '../../../support/random-design.js';

const TURNS = 400;

describe.skipIf(!(await hasVerilator()))('random designs (skipped without Verilator)', () => {
  it.each([1, 2, 3, 4, 5, 6])('seed %i', async (seed) => {
    const source = randomDesign(seed);
    const [wasm, verilator] = [await openOnWasm(source), await openOnVerilator(source)];
    const [found, expected] = [randomRun(wasm, source, seed, TURNS), randomRun(verilator, source, seed, TURNS)];
    const first = found.findIndex((line, index) => line !== expected[index]);
    expect({ first, line: found[first] }).toEqual({ first: -1, line: expected[first] });
  });
});
