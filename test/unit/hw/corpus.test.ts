/**
 * Every mode of the corpus on the RTL, on the embedded engine and Verilator: what the word interpreter says, event by
 * event. Simulators of others take seconds for what these do in milliseconds: some modes, and all with
 * `npm run replay:engines`.
 */
import { describe, expect, it } from 'vitest';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { worstCaseClocks, type WaitBounds } from '../../../src/ir/worst-case.js';
import { verifyLegal } from '../../../src/ir/verify-legal.js';
import { claimsOf } from '../../../src/ir/verify.js';
import { verifyProgram } from '../../../src/ir/verify-scheduled.js';
import type { CorpusEntry } from '../../corpus/corpus-entry.js';
import { CORPUS } from '../../corpus/corpus.js';
import { runOnHardware } from '../../corpus/on-hardware.js';
import { Surroundings } from '../../corpus/surroundings.js';
import { modelOf, observable, openController } from '../../support/controller-run.js';
import {
  hasCocotb,
  hasIcarus,
  hasVerilator,
  openOnCocotb,
  openOnIcarus,
  openOnVerilator,
} from '../../support/model-fixture.js';
import { scheduledModule } from '../../support/pulse-program.js';

const hasNative = await hasVerilator();
const SIMULATORS = [
  { name: 'Icarus Verilog', open: openOnIcarus, isThere: await hasIcarus() },
  { name: 'cocotb', open: openOnCocotb, isThere: await hasCocotb() },
];

/** Every so manieth mode runs in simulators of others. */
const STRIDE = process.env['IONLOOM_ALL_ENGINES'] ? 1 : 12;

function expectedRuns(legal: LegalModule, { program, plan }: CorpusEntry) {
  return legal.dataSets.map((dataSet, index) => {
    const surroundings = new Surroundings(program, plan);
    const words = [...interpretLegal(legal, dataSet, surroundings)];
    const operations = interpretProgram(program, program.dataSets[index]!, new Surroundings(program, plan));
    expect(words).toEqual([...operations]);
    return { events: words.map(observable), remains: surroundings.remains };
  });
}

describe.each(CORPUS.map((entry) => [entry.title, entry] as const))('%s', (_, entry) => {
  const legal = encode(scheduledModule(entry.program));
  const expected = expectedRuns(legal, entry);

  it('is a program as the phases want it', () => {
    expect(() => {
      verifyProgram(entry.program, claimsOf('corpus'));
      verifyLegal(legal);
    }).not.toThrow();
    expect(expected.length).toBe(entry.program.dataSets.length);
  });

  it('lasts as long as static timing says, exactly where no condition decides', () => {
    for (const [index, dataSet] of entry.program.dataSets.entries()) {
      const { plan, program, mode } = entry;
      const units = { field: 100, neuron: 100, turn: 100, wear: 0 };
      const bounds: WaitBounds = { always: 0, ...(plan.ticks && { tick: plan.ticks.clocks }), ...units };
      const worst = worstCaseClocks(program, dataSet, bounds);
      const surroundings = new Surroundings(program, plan);
      const last = [...interpretProgram(program, dataSet, surroundings)].at(-1)?.clock ?? 0;
      const measured = surroundings.firstCommit + last;
      if (mode.clocks) expect(measured).toBe(worst);
      expect(measured).toBeLessThanOrEqual(worst);
      expect(expected[index]?.events.at(-1)?.clock).toBe(last);
      expect(worst).toBeLessThan(Infinity);
    }
  });
});

describe.each(CORPUS.map((entry, index) => [entry.title, entry, index] as const))('%s, in RTL', (_, entry, index) => {
  const legal = encode(scheduledModule(entry.program));
  const expected = expectedRuns(legal, entry);
  const source = modelOf(legal);

  const check = (runs: ReturnType<typeof runOnHardware>): void => {
    for (const [index, { events, summary, results, answers, remains }] of runs.entries()) {
      expect({ events, remains }).toEqual(expected[index]);
      expect(summary).toMatchObject({ errorCode: 0, underruns: 0, isStalled: false });
      const fired = events.filter((event) => event.kind === 'segment' && event.fires);
      expect(summary.pulses).toBe(fired.length);
      if (results.length > 0) expect(results).toEqual(answers);
    }
  };

  it('does the same on the embedded engine', async () => {
    check(runOnHardware(await openController(legal, source), legal, entry));
  });

  it.skipIf(!hasNative)('does the same on Verilator', { timeout: 60_000 }, async () => {
    const session = await openOnVerilator(source);
    check(runOnHardware(session, legal, entry));
    session.close();
  });

  for (const { name, open, isThere } of index % STRIDE === 0 ? SIMULATORS : []) {
    it.skipIf(!isThere)(`does the same in ${name}`, async () => {
      const session = await open(source);
      check(runOnHardware(session, legal, entry));
      session.close();
    });
  }
});
