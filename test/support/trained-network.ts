/** Experiments on networks that learn from samples, from text to a mapped network, with samples from a formula. */
import { mapStudy } from '../../src/compiler.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { invariant } from '../../src/core/invariant.js';
import type { Samples } from '../../src/core/samples.js';
import { compileSource } from '../../src/dsl/front-end.js';
import { withStandardLibrary } from '../../src/dsl/standard-library.js';
import type { MappedNetwork } from '../../src/ir/mapped-network.js';
import { createDiskHost } from '../../src/core/disk.js';
import type { FileHost } from '../../src/core/file-host.js';
import { memoryHost } from './memory-host.js';
import { BENCH, idxHeader } from './study-text.js';

/** Stochastic gradient descent on plain numbers. */
export const DESCENT = `rule descent {
  param eta = 0.5
  weight w : 1
  on sample { w -= eta * pre.value * post.error }
  realize host
}
`;

/** Files of a data set `points` of \`count\` samples of \`size\` numbers; only their headers are read here. */
const DATA = `data points {
  from "points.idx"
  labels "labels.idx"
  split train 3 / 4, test 1 / 4
}
`;

/** The first experiment of `text`, behind a chip, a rule and data of `count` samples of `size` numbers. */
export function mapTraining(text: string, size: readonly number[], count: number): MappedNetwork {
  const diagnostics = new DiagnosticBag();
  const library: FileHost = withStandardLibrary(createDiskHost());
  const files = memoryHost({
    'input.ion': BENCH + DESCENT + DATA + text,
    'points.idx': idxHeader(count, ...size),
    'labels.idx': idxHeader(count),
    'weights.csv': '1,0\n'.repeat(6),
    'weights.nir': 'HDF',
  });
  const host: FileHost = {
    ...files,
    readBytes: (file, limit) =>
      (file.endsWith('.ion') && file !== 'input.ion' ? library : files).readBytes(file, limit),
  };
  const source = { file: 'input.ion', host, overrides: new Map<string, string>() };
  const network = compileSource(source.file, host, source.overrides, diagnostics);
  const [study] = network?.studies ?? [];
  invariant(network && study, JSON.stringify(diagnostics.all, undefined, 1));
  const mapped = mapStudy({ network, study, point: [] }, source, diagnostics);
  invariant(mapped, JSON.stringify(diagnostics.all, undefined, 1));
  return mapped;
}

/** Points on a line and their class: two clouds for each of `classes`, noise from a formula. */
export function cloudSamples(count: number, shape: readonly number[], classes: number): Samples {
  const width = shape.reduce((product, side) => product * side, 1);
  const labels = Int32Array.from({ length: count }, (_, index) => (index * 7) % classes);
  const features = Float32Array.from({ length: count * width }, (_, at) => {
    const [sample, place] = [Math.floor(at / width), at % width];
    const centre = place % classes === labels[sample] ? 1 : 0;
    return centre + 0.3 * Math.sin(12.9898 * at + sample);
  });
  return { count, shape, features, labels, classes: Array.from({ length: classes }, (_, index) => String(index)) };
}
