/** The reduced example of associative retrieval: learnt, and answered on a tile from codes alone as on the host. */
import { expect, it } from 'vitest';
import { mapStudy } from '../../../../src/compiler.js';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../../src/core/disk.js';
import { invariant } from '../../../../src/core/invariant.js';
import { compileSource } from '../../../../src/dsl/front-end.js';
import { withStandardLibrary } from '../../../../src/dsl/standard-library.js';
import { verifyScheduledArray } from '../../../../src/ir/verify-scheduled.js';
import { SampleLoader } from '../../../../src/load-samples.js';
import { createStudyJobs } from '../../../../src/networks/run/create-study-jobs.js';
import { createStudyRun } from '../../../../src/networks/run/create-study-run.js';

it('retrieves on its tile what it retrieves on the host', () => {
  const diagnostics = new DiagnosticBag();
  const host = withStandardLibrary(createDiskHost());
  const source = { file: 'examples/sto-stpn/reduced.ion', host, overrides: new Map<string, string>() };
  const network = compileSource(source.file, host, source.overrides, diagnostics);
  const [study] = network?.studies ?? [];
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  const samples = mapped && new SampleLoader(host).load(mapped, diagnostics);
  invariant(mapped && samples, JSON.stringify(diagnostics.all));
  const jobs = createStudyJobs(mapped, samples, 20);
  const run = createStudyRun(mapped, samples);
  while (run.step()) continue;
  expect(run.result().expectations).toMatchObject([{ ok: true }]);
  invariant(jobs.kind === 'afterRun', 'it takes trained weights');
  const [job] = jobs.jobs(run.checkpoint());
  const [setup] = job?.setups ?? [];
  invariant(setup, 'the layer has a program');
  verifyScheduledArray(setup.scheduled);
  const figures = new Map(job?.figures?.map(({ name, value }) => [name, value]));
  // With the spread of single pulses, cells that are not meant, and converters of 12 bits
  expect(figures.get('answers as on the host')).toBeGreaterThanOrEqual(0.9);
  expect(figures.get('error of the outputs')).toBeLessThan(0.25);
  expect(figures.get('longest step')).toBeLessThanOrEqual(66.7e-3);
}, 60_000);
