/** The reduced magneto-ionic training of examples/magneto-ionic: 8,000 handwritten digits, tested on 2,000 others. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapStudy } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import type { FileHost } from '../../../src/core/file-host.js';
import { invariant } from '../../../src/core/invariant.js';
import { compileSource, withStandardLibrary } from '../../../src/dsl/front-end.js';
import type { StudyResult } from '../../../src/ir/study-result.js';
import { sweepPoints } from '../../../src/ir/sweep-points.js';
import { SampleLoader } from '../../../src/load-samples.js';
import { createStudyRun } from '../../../src/networks/run/create-study-run.js';
import { REPOSITORY } from '../../support/golden.js';
import { findTestData } from '../../support/test-data.js';

const FILE = path.join(REPOSITORY, 'examples/magneto-ionic/digits.ion');
const images = findTestData('mnist/t10k-images-idx3-ubyte.gz');

/** The files of the example, with data sets from where they are. */
function exampleHost(): FileHost {
  const disk = withStandardLibrary(createDiskHost());
  const placeOf = (file: string): string =>
    file.endsWith('.gz') && images ? path.join(path.dirname(images), path.basename(file)) : file;
  return { ...disk, readBytes: (file, limit) => disk.readBytes(placeOf(file), limit) };
}

/** Results of an experiment at all points of its sweeps. */
function run(name: string): readonly StudyResult[] {
  const diagnostics = new DiagnosticBag();
  const source = { file: FILE, host: exampleHost(), overrides: new Map<string, string>() };
  const network = compileSource(source.file, source.host, source.overrides, diagnostics);
  const study = network?.studies.find((each) => each.name === name);
  invariant(network && study, JSON.stringify(diagnostics.all));
  const loader = new SampleLoader(source.host);
  return sweepPoints(study).map((point) => {
    const mapped = mapStudy({ network, study, point }, source, diagnostics);
    const samples = mapped && loader.load(mapped, diagnostics);
    invariant(mapped && samples, JSON.stringify(diagnostics.all));
    const training = createStudyRun(mapped, samples);
    while (training.step()) continue;
    return training.result();
  });
}

function failures(results: readonly StudyResult[]): readonly string[] {
  return results.flatMap(({ expectations }) =>
    expectations.filter(({ ok }) => !ok).map(({ text, value, limit }) => `${text}: ${String(value)}, ${String(limit)}`),
  );
}

// Where the files are not there, vitest says so
describe.skipIf(!images)('the reduced magneto-ionic training', { timeout: 600_000 }, () => {
  it('learns in the field and keeps it without', () => {
    const [result] = run('FewLinear');
    expect(failures([result!])).toEqual([]);
    expect(result!.activity.refreshes).toBeGreaterThan(1e5);
    expect(result!.activity.energy['pulses']).toBeGreaterThan(0);
  });

  it('learns less where depression is exponential', () => {
    expect(failures(run('FewExponential'))).toEqual([]);
  });

  it('loses what it learns in parts of pulses, unless whole ones are rounded at random', () => {
    expect(failures(run('FewWholePulses'))).toEqual([]);
  });
});
