/** Wall time of `ionloom import nir` as a whole process, on a file of about 1 MB. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hdf5Group, hdf5Text, type Hdf5Array, type Hdf5Group } from '../../src/data/hdf5-tree.js';
import { writeHdf5 } from '../../src/data/hdf5.js';
import { philox4x32 } from '../../src/numerics/philox.js';
import type { Measurement } from './measurement.js';

/** Neurons on both sides of the matrix. */
const NEURONS = 512;

/** Median of `runs` imports [s], each into files that are replaced. */
export async function measureImport(runs: number): Promise<Measurement> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloom-bench-'));
  try {
    const bytes = await writeHdf5(denseNet());
    if (!(bytes instanceof Uint8Array)) throw new Error(bytes.reason);
    const file = path.join(folder, 'net.nir');
    writeFileSync(file, bytes);
    const args = ['bin/ionloom.js', 'import', 'nir', file, '-o', path.join(folder, 'net.ion')];
    const times = Array.from({ length: runs }, () => {
      const begin = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`import ends with status ${String(status)}: ${stderr}`);
      return (performance.now() - begin) / 1000;
    }).sort((left, right) => left - right);
    const note = `whole process, median of ${runs}; ${(bytes.length / 1e6).toPrecision(2)} MB, ${NEURONS} x ${NEURONS} weights; goal below 0.5`;
    return { ours: times[Math.floor(runs / 2)] ?? NaN, note };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Inputs, a matrix of random weights in single precision, leaky neurons. */
function denseNet(): Hdf5Group {
  const weights = new Float32Array(NEURONS * NEURONS);
  const [counter, words] = [new Uint32Array(4), new Uint32Array(4)];
  for (let at = 0; at < weights.length; at++) {
    counter[0] = at;
    philox4x32(counter, Uint32Array.of(1, 2), words);
    weights[at] = (words[0] ?? 0) / 2 ** 31 - 1;
  }
  const shape: Hdf5Array = { kind: 'array', shape: [1], values: BigInt64Array.of(BigInt(NEURONS)) };
  const all = (value: number): Hdf5Array => ({
    kind: 'array',
    shape: [NEURONS],
    values: new Float32Array(NEURONS).fill(value),
  });
  const edges = ['input', 'fc', 'fc', 'lif', 'lif', 'output'];
  const nodes = hdf5Group({
    input: hdf5Group({ type: hdf5Text('Input'), shape }),
    fc: hdf5Group({
      type: hdf5Text('Linear'),
      weight: { kind: 'array', shape: [NEURONS, NEURONS], values: weights },
    }),
    lif: hdf5Group({
      type: hdf5Text('LIF'),
      ...{ tau: all(0.02), r: all(1), v_leak: all(0), v_threshold: all(1), v_reset: all(0) },
    }),
    output: hdf5Group({ type: hdf5Text('Output'), shape }),
  });
  const list = { kind: 'text', shape: [3, 2], values: edges } as const;
  const root = hdf5Group({ type: hdf5Text('NIRGraph'), nodes, edges: list });
  return hdf5Group({ node: root, version: hdf5Text('1.0.8') });
}
