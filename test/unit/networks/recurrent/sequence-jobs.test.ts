/** Trained layers with fast weights as pulse programs: what the tile holds, writes and answers, and the RTL in the loop. */
import { describe, expect, it } from 'vitest';
import { loadNetwork, mapStudy } from '../../../../src/compiler.js';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { invariant } from '../../../../src/core/invariant.js';
import { cosimulate } from '../../../../src/cosim/cosimulate.js';
import { createEngine } from '../../../../src/cosim/engines/select.js';
import type { MappedNetwork } from '../../../../src/ir/mapped-network.js';
import { encode } from '../../../../src/ir/passes/encode.js';
import { verifyScheduledArray } from '../../../../src/ir/verify-scheduled.js';
import { SampleLoader } from '../../../../src/load-samples.js';
import { createStudyJobs, type StudyJob } from '../../../../src/networks/run/create-study-jobs.js';
import { createStudyRun } from '../../../../src/networks/run/create-study-run.js';
import type { SampleSource } from '../../../../src/networks/run/study-run.js';
import { modelOf } from '../../../support/controller-run.js';
import { memoryHost } from '../../../support/memory-host.js';
import { SEQUENCE_TEXT, SEQUENCES } from '../../../support/small-sequences.js';

function studyOf(text: string): { mapped: MappedNetwork; samples: SampleSource } {
  const diagnostics = new DiagnosticBag();
  const host = memoryHost({ 'input.ion': text, 'table.csv': SEQUENCES });
  const source = { file: 'input.ion', host, overrides: new Map<string, string>() };
  const network = loadNetwork('input.ion', host, source.overrides, diagnostics);
  const [study] = network?.studies ?? [];
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  const samples = mapped && new SampleLoader(host).load(mapped, diagnostics);
  invariant(mapped && samples, JSON.stringify(diagnostics.all));
  return { mapped, samples };
}

function jobOf(text: string, steps: number): StudyJob {
  const { mapped, samples } = studyOf(text);
  const jobs = createStudyJobs(mapped, samples, steps);
  const run = createStudyRun(mapped, samples);
  while (run.step()) continue;
  invariant(jobs.kind === 'afterRun', 'it takes trained weights');
  const [job, ...others] = jobs.jobs(run.checkpoint());
  invariant(job && others.length === 0, 'there is one layer on devices');
  return job;
}

const JOB = jobOf(SEQUENCE_TEXT, 6);
const FIGURES = new Map(JOB.figures?.map(({ name, value }) => [name, value]));
const [SETUP] = JOB.setups;
invariant(SETUP, 'the layer has a program');

describe('the program of a trained layer', () => {
  const { program } = SETUP.scheduled;

  it('is a program, with a data set for each step and those that forget', () => {
    verifyScheduledArray(SETUP.scheduled);
    expect(JOB.projection).toBe('input');
    // 0.1 of the fast weights is left by a step at the lowest bias: four to come below a thousandth
    expect(program.dataSets).toHaveLength(6 * (3 + 3));
    const [pulsed, silent] = [
      [4, 5],
      [0, 1, 2, 3],
    ].map((places) =>
      places.flatMap((place) =>
        [0, 1, 2, 3, 4, 5].flatMap((sequence) => program.dataSets[6 * sequence + place]?.entries ?? []),
      ),
    );
    expect(silent).toEqual([]);
    expect(pulsed?.length).toBeGreaterThan(50);
  });

  it('answers as the layer that was trained', () => {
    expect(FIGURES.get('sequences on the tile')).toBe(6);
    expect(FIGURES.get('answers that the host finds')).toBe(1);
    expect(FIGURES.get('answers as on the host')).toBe(1);
    expect(FIGURES.get('error of the outputs')).toBeLessThan(0.2);
    expect(FIGURES.get('error of the decays, one for a column')).toBeLessThan(0.02);
  });

  it('keeps within the time of a step', () => {
    expect(FIGURES.get('longest step')).toBeLessThanOrEqual(66.7e-3);
    expect(FIGURES.get('longest step')).toBeGreaterThan(60e-3);
    expect(FIGURES.get('changes left out for lack of time')).toBe(0);
    // One word and the four neurons
    expect(FIGURES.get('rows written in a step, at most')).toBe(5);
  });

  it('agrees with the RTL code by code', async () => {
    const diagnostics = new DiagnosticBag();
    const hardware = { legalize: encode, modelSource: modelOf };
    const result = await cosimulate(JOB.setups, hardware, createEngine('wasm'), diagnostics);
    invariant(result, JSON.stringify(diagnostics.all));
    expect(result.mismatches).toBe(0);
    expect(result.maxConductanceError).toBe(0);
    expect(result.samples).toBe(36 * 14 * 8);
    expect(result.pulses).toBe(program.dataSets.flatMap(({ entries }) => entries).length);
  }, 120_000);
});

it('leaves changes out where a step is short, and says how many', () => {
  // A row takes 110 us, reading 860 us
  const figures = new Map(
    jobOf(
      SEQUENCE_TEXT.replaceAll('66.7 ms', '1.4 ms').replace('epochs = 40', 'epochs = 4').replace('= 0.1', '= 4'),
      2,
    ).figures?.map(({ name, value }) => [name, value]),
  );
  expect(figures.get('rows written in a step, at most')).toBeLessThan(5);
  expect(figures.get('changes left out for lack of time')).toBeGreaterThan(0.1);
  expect(figures.get('longest step')).toBeLessThanOrEqual(1.4e-3);
});

it('takes a layer on devices between layers on the host', () => {
  const text = SEQUENCE_TEXT.replace(
    'memory : tanh[4]',
    'first : relu[6]\n  population memory : tanh[4]\n  population last : sigmoid[5]',
  )
    .replace('input : word ->', 'pre : word -> first dense { learn trained }\n  projection input : first ->')
    .replace('readout : memory ->', 'post : memory -> last dense { learn trained }\n  projection readout : last ->')
    .replace('tile 9 x 8', 'tile 10 x 8')
    .replace('epochs = 40', 'epochs = 80');
  const job = jobOf(text, 8);
  const figures = new Map(job.figures?.map(({ name, value }) => [name, value]));
  expect(job.setups[0]?.scheduled.program.rows).toBe(10);
  expect(figures.get('answers that the host finds')).toBe(1);
  expect(figures.get('answers as on the host')).toBeGreaterThanOrEqual(0.75);
});

it.each([
  ['tile 9 x 8', 'tile 8 x 8', '9 x 8 cells do not fit a tile of 8 x 8'],
  ['  test on table { batch = 16 }\n', '', 'tests no sequences'],
  ['every 66.7 ms', 'every 0.8 ms', 'reading takes all'],
  [
    ' on stoMemristor {\n    learn stpn\n    encode differential window long scale 20 nS\n  }',
    ' { learn stpn }',
    'no fast weights lie in devices',
  ],
])('refuses before anything is trained: %j -> %j', (from, to, reason) => {
  expect(SEQUENCE_TEXT).toContain(from);
  const { mapped, samples } = studyOf(
    SEQUENCE_TEXT.replaceAll(from, to).replace(reason.startsWith('no fast') ? '  without cycle\n' : '', ''),
  );
  expect(() => createStudyJobs(mapped, samples, 2)).toThrow(reason);
});
