/** The array of a projection: numbers of the host, or pairs of devices. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { Chip } from '../../ir/chip.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { isUnrolled, synapseMatrix } from '../../ir/synapse-matrix.js';
import { countParts, expandParts } from '../../ir/tile-parts.js';
import { keyOfSeed } from '../../numerics/normal.js';
import type { PhiloxKey } from '../../numerics/philox.js';
import { availableThreads } from '../../numerics/thread-team.js';
import { initialWeights } from '../layers/initial-weights.js';
import { notRunnable } from '../study-fault.js';
import { synapseMask } from '../layers/synapse-mask.js';
import { fieldObstacle } from './cell-field.js';
import { faultyParts, hasStuckCells } from './faulty-parts.js';
import { createDeviceArray } from './device-array.js';
import { HostArray, paddedColumns } from './host-array.js';
import { secondsOfRow } from './pair-reading.js';
import { pairsOf } from './pair-setup.js';
import { createPulsePairArray } from './pulse-pair-array.js';
import type { Programming } from './programmed-cells.js';
import { compileSampleRule } from './sample-rule.js';
import type { SynapseArray } from './synapse-array.js';
import { partOfMatrix, TiledArray, type ArrayPart } from './tiled-array.js';

type ArrayRegion = Pick<ArrayPart, 'rows' | 'columns'>;

/** Which array of which run. */
export interface ArrayPlace {
  readonly network: MappedNetwork;
  readonly projection: MappedProjection;
  /** Index of the projection in the network. */
  readonly index: number;
  readonly seed: number;
  /** Vectors of a batch, at most. */
  readonly batch: number;
  /** How cells that nothing teaches are programmed; they begin at their weights where absent. */
  readonly programming?: Programming;
}

/** Why an unrolled window is not trained. */
export const UNROLLED_LEARNING = 'its window is unrolled, and what one place learns does not reach the others';

/** Multiplications of a batch from which threads are worth their waiting for each other. */
const WORTH_THREADS = 2 ** 22;

/** Makes the arrays of a network. */
export type CreateArray = (place: ArrayPlace) => SynapseArray;

/** The array; throws a `StudyFault` where the projection cannot be computed with. */
export function createArray(place: ArrayPlace): SynapseArray {
  const { network, projection, index, seed, batch } = place;
  if (projection.learning.some(({ modulations }) => modulations.length > 0)) {
    fail(projection, 'modulators bound to populations do not follow samples');
  }
  if (isUnrolled(projection) && projection.learning.length > 0) fail(projection, UNROLLED_LEARNING);
  const size = synapseMatrix(projection, network.populations);
  const weights = initialWeights({ network, projection, index, size, seed });
  const threads = batch * size.rows * size.columns >= WORTH_THREADS ? availableThreads() : 1;
  const mask = synapseMask(projection, network);
  const common = { ...size, batch, threads, weights };
  const [learning] = projection.learning;
  const { device } = projection;
  const isCounted = device !== undefined && fieldObstacle(device) !== undefined;
  const isPulsed = isCounted && learning?.rule.realization.method === 'pulses';
  if (isPulsed) return pulsedArray(place, { ...common, mask });
  if (projection.device) {
    if (mask) fail(projection, 'not all pairs are connected');
    return arrayOnTiles(place, { ...size, batch, weights, device: projection.device });
  }
  if (!learning) return new HostArray({ ...common, mask });
  const rule = compileSampleRule(projection.learning, { rows: size.rows, columns: paddedColumns(size.columns) });
  if ('reason' in rule) fail(projection, rule.reason);
  return new HostArray({ ...common, mask, rule });
}

interface TiledSize {
  readonly rows: number;
  readonly columns: number;
  readonly batch: number;
  readonly weights: Float32Array;
  readonly device: DeviceModel;
}

/** A device array, or one for each tile that the matrix takes. */
function arrayOnTiles({ network, projection, index, seed, programming }: ArrayPlace, size: TiledSize): SynapseArray {
  const { encoding, learning } = projection;
  const { chip, study } = network;
  const { device } = size;
  const parts = matrixParts(projection, chip, { ...size, seed: projectionSeed(seed, index) });
  const faulty = faultyParts(projection, chip, { weights: size.weights, columns: size.columns });
  const arrays = parts.map((part, number) => {
    const common = { device, encoding, learning, chip, without: study.without, ...(programming && { programming }) };
    const stuck = faulty.get(number)?.fitted.stuck;
    const array = createDeviceArray({ ...common, ...setupOfPart(part), ...(stuck && { stuck }) });
    return 'reason' in array ? fail(projection, array.reason) : { ...part, array };
  });
  return joinParts(arrays, size);
}

/** What lies on one tile. */
export interface MatrixPart extends ArrayRegion {
  readonly seed: number;
  readonly weights: Float32Array;
}

/** The parts of a matrix that lie on tiles of their own; one part where the matrix fits on a tile. */
export function matrixParts(
  projection: MappedProjection,
  { tile }: Chip,
  { rows, columns, weights, seed }: Omit<TiledSize, 'batch' | 'device'> & { readonly seed: number },
): readonly MatrixPart[] {
  const count = countParts(projection.parts);
  if (count > MAX_PARTS) fail(projection, `it takes ${String(count)} tiles, more than ${String(MAX_PARTS)}`);
  const parts = expandParts(projection.parts, tile.grid);
  const whole: ArrayRegion = { rows: { first: 0, count: rows }, columns: { first: 0, count: columns } };
  const regions: readonly ArrayRegion[] = parts.length <= 1 ? [whole] : parts;
  return regions.map((region, part) => ({
    ...{ rows: region.rows, columns: region.columns },
    seed: partSeed(seed, part),
    weights: partOfMatrix(weights, columns, region),
  }));
}

/** The size of a part and where it begins, as arrays are told. */
export function setupOfPart({ rows, columns, seed, weights }: MatrixPart) {
  const first = { row: rows.first, column: columns.first };
  return { rows: rows.count, columns: columns.count, first, seed, weights };
}

/** The array of the only part, or of all. */
export function joinParts(
  parts: readonly ArrayPart[],
  { rows, columns, batch }: Pick<TiledSize, 'rows' | 'columns' | 'batch'>,
): SynapseArray {
  const [only] = parts;
  return only && parts.length === 1 ? only.array : new TiledArray({ rows, columns, batch, parts });
}

interface PulsedSize {
  readonly rows: number;
  readonly columns: number;
  readonly batch: number;
  readonly threads: number;
  readonly weights: Float32Array;
  readonly mask: Uint8Array | undefined;
}

function pulsedArray({ network, projection, index, seed }: ArrayPlace, size: PulsedSize): SynapseArray {
  if (hasStuckCells(projection, network.chip)) fail(projection, 'cells of its tiles are stuck, and counted pulses do not know them'); // prettier-ignore
  const pairs = pairsOf(projection);
  if ('reason' in pairs) return fail(projection, pairs.reason);
  if (size.mask) fail(projection, 'not all pairs are connected');
  const key = projectionKey(seed, index);
  const array = createPulsePairArray({ ...size, ...pairs, key, without: network.study.without, rowSeconds: secondsOfRow(network.chip.tile.adc) }); // prettier-ignore
  return 'reason' in array ? fail(projection, `\`${pairs.device.name}\`: ${array.reason}`) : array;
}

/** Seed of the devices, pulses and reads of a projection. */
export function projectionSeed(seed: number, index: number): number {
  return seed + (index + 1) * 2 ** 40;
}

/** Tiles of a projection that have seeds of their own. */
const MAX_PARTS = 2 ** 11;

/** Seed of a tile of a projection: between the 32 bits of a run's seed and those of projections, and above these. */
function partSeed(seed: number, part: number): number {
  return seed + (part % 2 ** 8) * 2 ** 32 + Math.floor(part / 2 ** 8) * 2 ** 50;
}

/** Streams of random numbers of the projections of a run do not meet. */
export function projectionKey(seed: number, index: number): PhiloxKey {
  const key = keyOfSeed(seed);
  return Uint32Array.of(key[0] ?? 0, (key[1] ?? 0) + (index + 1) * 2 ** 21);
}

function fail({ name, origin }: MappedProjection, reason: string): never {
  return notRunnable(`projection \`${name}\``, reason, origin);
}
