import { expect, it } from 'vitest';
import { reportDivergence } from '../../../src/cli/run-cosim.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import type { CosimOutcome } from '../../../src/cosim/job.js';

const at = { offset: 0, line: 3, column: 5 };
const origin = { file: 'a.ion', start: at, end: at };
const outcome: CosimOutcome = {
  clocks: 100,
  evaluatedClocks: 10,
  busClocks: 5,
  events: 4,
  pulses: 2,
  samples: 0,
  mismatches: 0,
  maxConductanceError: 0,
  conductances: [],
  states: [],
  digest: '',
  seconds: 1,
};

it('tells the first divergence at its statement', () => {
  const firstDivergence = {
    ...{ seconds: 0.15, clock: 1500000, seed: 7, dataSet: 'ring.csv' },
    ...{ signal: 'segment.row', expected: '3', found: '4', origin },
  };
  const diagnostics = new DiagnosticBag();
  reportDivergence({ ...outcome, mismatches: 2, firstDivergence }, diagnostics);
  expect(diagnostics.all).toEqual([
    {
      code: 'cli/divergence',
      severity: 'error',
      blame: 'input',
      message:
        'the controller departs from the pulse program 150 ms into image `ring.csv`, seed 7: `segment.row` is 4, expected 3',
      help: '2 differences in all; this is the first',
      span: origin,
    },
  ]);
});

it('is silent where controller and program agree', () => {
  const diagnostics = new DiagnosticBag();
  reportDivergence(outcome, diagnostics);
  expect(diagnostics.all).toEqual([]);
});
