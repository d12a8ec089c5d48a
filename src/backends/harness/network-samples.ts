/** Samples and weights of a harness's experiments from the bytes of their files; copied into every harness, and free of Node. */
import { DiagnosticBag } from '../../core/diagnostic.js';
import type { Samples } from '../../core/samples.js';
import { filesOf, readSamples } from '../../data/read-samples.js';
import { readWeightMatrix, weightSizeFault } from '../../data/weight-matrix.js';
import { checkSamples } from '../../ir/check-samples.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { weightFilesOf, withWeights } from '../../ir/weight-table.js';
import type { RunPoint } from '../../networks/run/run-points.js';

/** Bytes of files by the names that data sets and projections have for them, unpacked. */
export type FileBytes = ReadonlyMap<string, Uint8Array>;

/** The files that `points` need, each once. */
export function filesOfPoints(points: readonly MappedNetwork[]): readonly string[] {
  return [
    ...new Set(
      points.flatMap((mapped) => [
        ...mapped.data.flatMap((set) => filesOf(set)),
        ...weightFilesOf(mapped).map(({ file }) => file),
      ]),
    ),
  ];
}

/** The points with their samples and weights, or what is wrong with the files, in words. */
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
  const networks = points.map((mapped) => networkWithWeights(mapped, files, faults));
  if (faults.size > 0) return [...faults];
  const loaded = networks.map((mapped): RunPoint => {
    const byName = new Map(mapped.data.map((set) => [set.name, known.get(keyOf(set))]));
    return { mapped, samples: (data) => byName.get(data) ?? NO_SAMPLES };
  });
  const diagnostics = new DiagnosticBag();
  for (const { mapped, samples } of loaded) checkSamples(mapped, samples, diagnostics);
  return diagnostics.hasErrors ? diagnostics.all.map(({ message }) => message) : loaded;
}

function networkWithWeights(mapped: MappedNetwork, files: FileBytes, faults: Set<string>): MappedNetwork {
  const tables = new Map<number, Float32Array>();
  for (const { projection, file, graph, size } of weightFilesOf(mapped)) {
    if (graph) {
      faults.add(`${file}: a harness reads tables, no NIR graphs; \`ionloom import nir\` writes them`);
      continue;
    }
    const matrix = readWeightMatrix(files.get(file) ?? new Uint8Array());
    const fault = 'kind' in matrix ? matrix : weightSizeFault(matrix, size);
    if (fault) faults.add(`${file}: ${fault.reason}`);
    else if (!('kind' in matrix)) tables.set(projection, matrix.values);
  }
  return withWeights(mapped, tables);
}

const NO_SAMPLES: Samples = { count: 0, shape: [1], features: new Float32Array(), classes: [] };

function keyOf(set: MappedNetwork['data'][number]): string {
  const { file, labels, features, padding, scale } = set;
  return JSON.stringify([file, labels, features, padding, scale]);
}
