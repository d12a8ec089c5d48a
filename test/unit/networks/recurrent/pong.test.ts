/** The example of the layer of the paper's agent: what holding it for a game takes, and what it is compared with. */
import { expect, it } from 'vitest';
import { mapStudy } from '../../../../src/compiler.js';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../../src/core/disk.js';
import { invariant } from '../../../../src/core/invariant.js';
import { compileSource } from '../../../../src/dsl/front-end.js';
import { withStandardLibrary } from '../../../../src/dsl/standard-library.js';
import { createStudyRun } from '../../../../src/networks/run/create-study-run.js';

it('holds 35.6 mJ, 96 and 966 times less than the GPU, and lacks the time to write all lines one by one', () => {
  const diagnostics = new DiagnosticBag();
  const source = {
    file: 'examples/sto-stpn/pong.ion',
    host: withStandardLibrary(createDiskHost()),
    overrides: new Map<string, string>(),
  };
  const network = compileSource(source.file, source.host, source.overrides, diagnostics);
  const [study] = network?.studies ?? [];
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  invariant(mapped, JSON.stringify(diagnostics.all));
  const run = createStudyRun(mapped, () => {
    throw new Error('there are no samples');
  });
  while (run.step()) continue;
  const { expectations, activity, realizations } = run.result();
  expect(expectations.map(({ ok }) => ok)).toEqual(Array(10).fill(true));
  expect(Math.abs((activity.energy['hold'] ?? NaN) / 35.6e-3 - 1)).toBeLessThan(0.02);
  expect(activity.seconds).toBe(48.7);
  expect(realizations[0]?.summary[2]).toBe(
    '2656 lines one after the other take 292 ms, 4.38 times a step: at most 606 of them may be active, 22.8 %, or 5 are written at once',
  );
});
