/** The weights that networks begin with, where their description names files: read and checked against its sizes. */
import type { DiagnosticBag } from './core/diagnostic.js';
import type { FileHost } from './core/file-host.js';
import { readWeightMatrix, weightSizeFault, type WeightMatrix } from './data/weight-matrix.js';
import { STUDY_CATALOGUE } from './ir/study-catalogue.js';
import { weightFilesOf, withWeights, type WeightedNetwork } from './ir/weight-table.js';

/** Largest file that is read [bytes]. */
const MAX_WEIGHTS_BYTES = 2 ** 30;

/** `networks` with the numbers of their files of weights at hand, each file read once; undefined after reporting. */
export function loadWeights<Mapped extends WeightedNetwork>(
  networks: readonly Mapped[],
  host: FileHost,
  diagnostics: DiagnosticBag,
): readonly Mapped[] | undefined {
  const known = new Map<string, WeightMatrix | string>();
  let isWhole = true;
  const loaded = networks.map((mapped) => {
    const tables = new Map<number, Float32Array>();
    for (const { projection, file, size, origin } of weightFilesOf(mapped)) {
      const found = known.get(file) ?? readTable(file, host);
      known.set(file, found);
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

/** The table, or in words why there is none. */
function readTable(file: string, host: FileHost): WeightMatrix | string {
  const bytes = host.readBytes(file, MAX_WEIGHTS_BYTES);
  if (!(bytes instanceof Uint8Array)) return bytes.text;
  const matrix = readWeightMatrix(bytes);
  return 'kind' in matrix ? matrix.reason : matrix;
}
