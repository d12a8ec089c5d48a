/** Samples of a harness's experiments from the bytes of their files; copied into every harness, and free of Node. */
import { DiagnosticBag } from '../../core/diagnostic.js';
import type { Samples } from '../../core/samples.js';
import { filesOf, readSamples } from '../../data/read-samples.js';
import { checkSamples } from '../../ir/check-samples.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { RunPoint } from '../../networks/run/run-points.js';

/** Bytes of files by the names that data sets have for them, unpacked. */
export type FileBytes = ReadonlyMap<string, Uint8Array>;

/** The files that `points` need, each once. */
export function filesOfPoints(points: readonly MappedNetwork[]): readonly string[] {
  return [...new Set(points.flatMap(({ data }) => data.flatMap((set) => filesOf(set))))];
}

/** The points with their samples, or what is wrong with the files, in words. */
export function pointsWithSamples(
  points: readonly MappedNetwork[],
  files: FileBytes,
): readonly RunPoint[] | readonly string[] {
  const known = new Map<string, Samples>();
  const faults = new Set<string>();
  for (const set of points.flatMap(({ data }) => data)) {
    if (known.has(keyOf(set))) continue;
    const samples = readSamples(set, (file) => files.get(file) ?? new Uint8Array());
    if ('kind' in samples) faults.add(`${samples.file}: ${samples.reason}`);
    else known.set(keyOf(set), samples);
  }
  if (faults.size > 0) return [...faults];
  const loaded = points.map((mapped): RunPoint => {
    const byName = new Map(mapped.data.map((set) => [set.name, known.get(keyOf(set))]));
    return { mapped, samples: (data) => byName.get(data) ?? NO_SAMPLES };
  });
  const diagnostics = new DiagnosticBag();
  for (const { mapped, samples } of loaded) checkSamples(mapped, samples, diagnostics);
  return diagnostics.hasErrors ? diagnostics.all.map(({ message }) => message) : loaded;
}

const NO_SAMPLES: Samples = { count: 0, shape: [1], features: new Float32Array(), classes: [] };

function keyOf(set: MappedNetwork['data'][number]): string {
  const { file, labels, features, padding, scale } = set;
  return JSON.stringify([file, labels, features, padding, scale]);
}
