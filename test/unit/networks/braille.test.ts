/** The example `braille`: its files are what its script draws, and published weights run on ideal devices as on the host. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { registerImport } from '../../../src/cli/commands/import.js';
import { loadNetwork, mapStudy } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { SampleLoader } from '../../../src/load-samples.js';
import { loadWeights } from '../../../src/load-weights.js';
import { InferenceRun } from '../../../src/networks/inference/inference-run.js';
import { REPOSITORY } from '../../support/golden.js';
import { runCli } from '../../support/run-cli.js';
import { findTestData } from '../../support/test-data.js';
import { inWorkFolder, withWorkFolder } from '../../support/work-folder.js';

const EXAMPLE = path.join(REPOSITORY, 'examples/braille');
const contentOf = (file: string): Buffer => (file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file)); // prettier-ignore

it('has the files that its script draws', () =>
  inWorkFolder((folder) => {
    const { status, stdout } = spawnSync('node', [path.join(EXAMPLE, 'draw-network.mjs'), folder], { encoding: 'utf8' }); // prettier-ignore
    expect([status, stdout]).toEqual([0, '42 of 42 letters are found\n']);
    const drawn = readdirSync(folder);
    expect(drawn.sort()).toEqual(['input.csv', 'letters.idx.gz', 'output.csv', 'recurrent.csv', 'tau.csv', 'touches.idx.gz']); // prettier-ignore
    for (const name of drawn) {
      expect(contentOf(path.join(folder, name)).equals(contentOf(path.join(EXAMPLE, name))), name).toBe(true);
    }
  }));

const GRAPHS = ['braille_noDelay_bias_zero.nir', 'norse_braille.nir'].map((name) => findTestData(`nir/${name}`));

/** The network of an NIR file on ECRAM, as examples/braille/README.md says, with an experiment of ideal devices. */
async function publishedText(file: string, folder: string): Promise<string> {
  const place = path.join(folder, 'published.ion');
  const { status } = await runCli(registerImport, 'import', 'nir', file, '-o', place);
  expect(status).toBe(0);
  const network = readFileSync(place, 'utf8').replaceAll(' dense {', ' dense on yszEcram { encode differential window mid scale 0.14 uS'); // prettier-ignore
  const output = [...network.matchAll(/population (\w+)/g)].at(-1)![1]!;
  return `import device yszEcram from "std/devices"
import chip Fine from "./board.ion"
${network}
data touches { from "touches.idx.gz" labels "letters.idx.gz" }
experiment Ideal {
  run Published on Fine
  without gain, cycle, noise
  test on touches { step = 0.1 ms, batch = 14 }
  expect agreement(${output}) == 1
}
`;
}

it.skipIf(GRAPHS.includes(undefined)).each(GRAPHS.map((file) => [path.basename(file ?? 'no file'), file ?? '']))(
  'runs the network of %s on ideal devices as with exact weights',
  (_, file) =>
    withWorkFolder(async (folder) => {
      for (const name of ['board.ion', 'touches.idx.gz', 'letters.idx.gz']) {
        copyFileSync(path.join(EXAMPLE, name), path.join(folder, name));
      }
      const source = path.join(folder, 'published.ion');
      writeFileSync(source, await publishedText(file, folder));
      const host = createDiskHost();
      const diagnostics = new DiagnosticBag();
      const network = loadNetwork(source, host, new Map(), diagnostics)!;
      const [study] = network.studies;
      const mapped = mapStudy({ network, study: study!, point: [] }, { file: source, host, overrides: new Map() }, diagnostics)!; // prettier-ignore
      const [loaded] = loadWeights([mapped], host, diagnostics)!;
      const run = new InferenceRun(loaded!, new SampleLoader(host).load(loaded!, diagnostics)!);
      while (run.step());
      const { measures, weightErrors, activity, curve } = run.result();
      expect(Object.values(measures).map(({ mean }) => mean)).toEqual([1]);
      expect(curve.map(({ agreement }) => agreement)).toEqual([1]);
      expect(Math.max(...weightErrors!.map(({ largest }) => largest))).toBeGreaterThan(5);
      expect(weightErrors!.map(({ clipped }) => clipped)).toEqual([0, 0, 0]);
      expect(activity.spikes).toBeGreaterThan(10_000);
    }),
);
