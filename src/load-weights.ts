/** The weights that networks begin with, where their description names files: read and checked against its sizes. */
import { DiagnosticBag } from './core/diagnostic.js';
import type { FileHost } from './core/file-host.js';
import { readWeightMatrix, weightSizeFault, type WeightMatrix } from './data/weight-matrix.js';
import { STUDY_CATALOGUE } from './ir/study-catalogue.js';
import { weightFilesOf, withWeights, type WeightedNetwork } from './ir/weight-table.js';
import type { NirGraph } from './nir/graph.js';
import { nodeWeights, type NodePlace } from './nir/node-weights.js';
import { NIR_LIMITS, readGraph } from './nir/read-graph.js';

/** Largest file that is read [bytes]. */
const MAX_WEIGHTS_BYTES = 2 ** 30;

/** NIR graphs by file, or in words why a file has none. */
export type WeightGraphs = ReadonlyMap<string, NirGraph | string>;

/** The NIR graphs in which weights of `networks` lie, for {@link loadWeights}: reading them takes another thread. */
export async function readWeightGraphs(networks: readonly WeightedNetwork[], host: FileHost): Promise<WeightGraphs> {
  const files = networks.flatMap(weightFilesOf).flatMap(({ file, graph }) => (graph ? [file] : []));
  const graphs = new Map<string, NirGraph | string>();
  for (const file of new Set(files)) graphs.set(file, await readWeightGraph(file, host));
  return graphs;
}

async function readWeightGraph(file: string, host: FileHost): Promise<NirGraph | string> {
  const bytes = host.readBytes(file, NIR_LIMITS.bytes);
  if (!(bytes instanceof Uint8Array)) return bytes.text;
  const { readHdf5 } = await import('./data/hdf5.js');
  const root = await readHdf5(bytes, NIR_LIMITS);
  if (root.kind === 'data-fault') return root.reason;
  const found = new DiagnosticBag();
  return readGraph(root, file, found)?.graph ?? found.all[0]?.message ?? 'it is no NIR graph';
}

/**
 * `networks` with the numbers of their files of weights at hand, each file read once; undefined after reporting.
 * @param graphs  those of {@link readWeightGraphs}, where weights may lie in some
 */
export function loadWeights<Mapped extends WeightedNetwork>(
  networks: readonly Mapped[],
  host: FileHost,
  diagnostics: DiagnosticBag,
  graphs: WeightGraphs = new Map(),
): readonly Mapped[] | undefined {
  const known = new Map<string, WeightMatrix | string>();
  let isWhole = true;
  const loaded = networks.map((mapped) => {
    const tables = new Map<number, Float32Array>();
    for (const { projection, file, graph, size, origin } of weightFilesOf(mapped)) {
      const found = graph ? graphTable(graphs.get(file), graph) : (known.get(file) ?? readTable(file, host));
      if (!graph) known.set(file, found);
      const reason = typeof found === 'string' ? found : weightSizeFault(found, size)?.reason;
      if (typeof found !== 'string' && reason === undefined) {
        tables.set(projection, found.values);
        continue;
      }
      isWhole = false;
      diagnostics.report(STUDY_CATALOGUE, 'weights-unusable', { file, reason: reason ?? '' }, { span: origin });
    }
    return withWeights(mapped, tables);
  });
  return isWhole ? loaded : undefined;
}

function graphTable(graph: NirGraph | string | undefined, place: NodePlace): WeightMatrix | string {
  if (typeof graph !== 'object') return graph ?? 'nobody has read its graph';
  const table = nodeWeights(graph, place);
  return typeof table === 'string' ? table : { ...table, values: Float32Array.from(table.values) };
}

/** The table, or in words why there is none. */
function readTable(file: string, host: FileHost): WeightMatrix | string {
  const bytes = host.readBytes(file, MAX_WEIGHTS_BYTES);
  if (!(bytes instanceof Uint8Array)) return bytes.text;
  const matrix = readWeightMatrix(bytes);
  return 'kind' in matrix ? matrix.reason : matrix;
}
