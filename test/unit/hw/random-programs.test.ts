/** Random programs on the RTL: it does what operations and words say, clock by clock, whatever the program. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import type { ModelSource } from '../../../src/cosim/engine.js';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { RandomPlanes } from '../../../src/ir/random-planes.js';
import { arbitraryProgram } from '../../support/arbitrary-pulse-program.js';
import { modelOf, observable, openController, record } from '../../support/controller-run.js';
import { scheduledModule } from '../../support/pulse-program.js';
import { TraceEnvironment, withConditionTrace, type ConditionPatterns } from '../../support/trace-environment.js';

const PROGRAMS = fc.sample(arbitraryProgram({ hasSpikes: false, hasMarks: false, hasControl: true }), {
  seed: 11,
  numRuns: 40,
});

/** The controller of `legal` whose conditions follow `patterns`. */
function tracedModel(legal: LegalModule, patterns: ConditionPatterns): ModelSource {
  const source = modelOf(legal);
  const files = source.files.map(({ name, text }) =>
    name === `${legal.name}.sv` ? { name, text: withConditionTrace(text, patterns) } : { name, text },
  );
  return { ...source, files };
}

describe('the controller', () => {
  it.each(PROGRAMS.map((trial, index) => ({ ...trial, index })))(
    'does what random program $index says, clock by clock',
    async ({ program, patterns }) => {
      const legal = encode(scheduledModule(program));
      const host = new ControllerHost(await openController(legal, tracedModel(legal, patterns)), legal);
      // Reset seeds; the registers go on from run to run.
      const random = new RandomPlanes(1, 1);
      host.start();
      for (const [index, dataSet] of legal.dataSets.entries()) {
        const environment = new TraceEnvironment(patterns, random);
        const expected = [...interpretLegal(legal, dataSet, environment)].map(observable);
        const { events, summary } = record(host, legal, index);
        expect(events).toEqual(expected);
        expect(summary).toMatchObject({
          errorCode: 0,
          isStalled: false,
          underruns: environment.underruns.length,
          pulses: environment.commits.filter(({ fires }) => fires).length,
        });
      }
    },
  );
});
