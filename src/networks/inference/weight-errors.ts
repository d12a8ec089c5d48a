/** How far weights in devices are from those that are meant. */
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { WeightErrors } from '../../ir/study-result.js';
import type { SynapseArray } from '../arrays/synapse-array.js';
import { windowOf } from '../../ir/encoding-window.js';
import { WeightCells } from '../arrays/weight-cells.js';

/** Weights that are told one by one, at most. */
const MOST_WEIGHTS = 2 ** 14;

/** Rounding to single precision alone is no clipping. */
const TOLERANCE = 1e-5;

type Arrays = ReadonlyMap<string, SynapseArray>;

/** Of all projections on devices, in their order; `exact` holds the weights that are meant. */
export function weightErrors(mapped: MappedNetwork, found: Arrays, exact: Arrays): readonly WeightErrors[] {
  return mapped.projections.flatMap((projection) => {
    const [here, there] = [found.get(projection.name), exact.get(projection.name)];
    return projection.device && here && there ? [errorsOf(projection, here, there)] : [];
  });
}

function errorsOf(projection: MappedProjection, array: SynapseArray, meant: SynapseArray): WeightErrors {
  const { rows, columns } = array;
  const wanted = meant.weights();
  const errors = Array.from(array.weights(), (weight, index) => weight - (wanted[index] ?? NaN));
  const squares = errors.reduce((sum, error) => sum + error ** 2, 0);
  return {
    ...{ projection: projection.name, rows, columns },
    ...(errors.length <= MOST_WEIGHTS && { errors }),
    rms: Math.sqrt(squares / errors.length),
    largest: wanted.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0),
    clipped: clippedOf(projection, wanted, { rows, columns }),
  };
}

/** Weights that cells at the ends of their window do not reach. */
function clippedOf(
  { device, encoding }: MappedProjection,
  wanted: Float32Array,
  size: { readonly rows: number; readonly columns: number },
): number {
  if (!device) return 0;
  const cells = new WeightCells({ ...size, encoding, window: windowOf(encoding, device) });
  const siemens = new Float64Array(size.rows * cells.cellColumns);
  const held = new Float32Array(wanted.length);
  cells.toSiemens(wanted, siemens);
  cells.toWeights(siemens, held);
  const span = (cells.window.high - cells.window.low) / cells.scale;
  return held.reduce((count, weight, at) => count + Number(Math.abs(weight - (wanted[at] ?? NaN)) > TOLERANCE * span), 0); // prettier-ignore
}
