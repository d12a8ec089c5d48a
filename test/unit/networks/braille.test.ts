/** The example `braille`: its files are what its script draws, and published weights run on ideal devices as on the host. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { loadNetwork, mapStudy } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { SampleLoader } from '../../../src/load-samples.js';
import { loadWeights } from '../../../src/load-weights.js';
import { InferenceRun } from '../../../src/networks/inference/inference-run.js';
import { REPOSITORY } from '../../support/golden.js';
import { hasPythonPackages, PYTHON } from '../../support/python.js';
import { findTestData } from '../../support/test-data.js';
import { inWorkFolder } from '../../support/work-folder.js';

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

/** Weights, biases and time constants of a file of the Neuromorphic Intermediate Representation, as JSON. */
const READ_NIR = `
import h5py, json, sys
nodes = h5py.File(sys.argv[1])["node/nodes"]
def table(name):
    return nodes[name]["weight"][()].T.tolist() + [nodes[name]["bias"][()].tolist()]
print(json.dumps({
    "input.csv": table("fc1"), "recurrent.csv": table("lif1.w_rec"), "output.csv": table("fc2"),
    "tau.csv": [nodes["lif1.lif"]["tau_mem"][()].tolist()],
}))`;

const GRAPHS = ['braille_noDelay_bias_zero.nir', 'norse_braille.nir'].map((name) => findTestData(`nir/${name}`));
const skipped = GRAPHS.includes(undefined) || !hasPythonPackages('h5py');

it.skipIf(skipped).each(GRAPHS.map((file) => [path.basename(file ?? 'no file'), file ?? '']))(
  'runs the weights of %s on ideal devices as with exact weights',
  (_, file) => {
    const { stdout } = spawnSync(PYTHON, ['-c', READ_NIR, file], { encoding: 'utf8' });
    const tables = JSON.parse(stdout) as Readonly<Record<string, readonly (readonly number[])[]>>;
    const disk = createDiskHost();
    const text = readFileSync(path.join(EXAMPLE, 'braille.ion'), 'utf8').replaceAll('scale 1 uS', 'scale 0.14 uS');
    const source = path.join(EXAMPLE, 'braille.ion');
    const bytesOf = (place: string): Uint8Array | undefined => {
      const rows = tables[path.basename(place)]?.map((row) => row.join(',')).join('\n');
      const content = place === source ? text : rows;
      return content === undefined ? undefined : new TextEncoder().encode(content);
    };
    const host = { ...disk, readBytes: (place: string, most: number) => bytesOf(place) ?? disk.readBytes(place, most) };
    const diagnostics = new DiagnosticBag();
    const network = loadNetwork(source, host, new Map(), diagnostics)!;
    const study = network.studies.find(({ name }) => name === 'Ideal')!;
    const mapped = mapStudy({ network, study, point: [] }, { file: source, host, overrides: new Map() }, diagnostics)!;
    const [loaded] = loadWeights([mapped], host, diagnostics)!;
    const run = new InferenceRun(loaded!, new SampleLoader(host).load(loaded!, diagnostics)!);
    while (run.step());
    const { measures, weightErrors, activity } = run.result();
    expect([measures['agreement(hidden)']!.mean, measures['agreement(letter)']!.mean]).toEqual([1, 1]);
    expect(Math.max(...weightErrors!.map(({ largest }) => largest))).toBeGreaterThan(5);
    expect(weightErrors!.map(({ clipped }) => clipped)).toEqual([0, 0, 0]);
    expect(activity.spikes).toBeGreaterThan(10_000);
  },
);
