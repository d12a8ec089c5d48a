/** Where synapses of a spiking network start, and the tiles that hold them. */
import { invariant } from '../../core/invariant.js';
import { initialValues } from '../../devices/interpret-device.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { TileStart } from '../../ir/calibrate.js';
import type { MappedArray } from '../../ir/mapped.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { SynapseNames } from '../../ir/realize/synapse-names.js';
import { centred } from '../../numerics/distribution.js';
import { keyOfSeed } from '../../numerics/normal.js';
import { fillVariates } from '../../numerics/variates.js';
import { refuseRun } from './realization-fault.js';

/** Weights of all synapses at the start (neurons before x neurons behind, row-major) [unit of the weight]. */
export function startWeights(projection: MappedProjection, mapped: MappedNetwork): Float64Array {
  const { from, to, weights, learning, origin } = projection;
  const values = new Float64Array(from.count * to.count);
  const bounds = learning[0]?.rule.weight.bounds;
  if (!weights) return values.fill(bounds ? (bounds.low + bounds.high) / 2 : 0);
  if (weights.kind === 'file')
    return refuseRun('weights from a file', 'spiking networks start from an expression', origin);
  if (weights.kind === 'expression') {
    const names = new SynapseNames(projection, mapped);
    return values.map((_, at) => names.evaluate(weights.value, Math.floor(at / to.count), at % to.count));
  }
  const key = keyOfSeed(weights.seed ?? mapped.study.firstSeed);
  const upTo = (count: number) => ({ count, indices: Int32Array.from({ length: count }, (_, index) => index) });
  const group = { rows: upTo(from.count), columns: upTo(to.count) };
  fillVariates(values, centred(weights.distribution), { key, stream: 0, event: 0, along: 'rows' }, group);
  return values;
}

/** The window that cells of a projection are used in. */
export function windowOfCells({ encoding }: MappedProjection, device: DeviceModel): TileStart['window'] {
  const found = encoding.window ?? device.windows.find(({ name }) => name === device.defaultWindow);
  return found && { low: found.low, high: found.high };
}

/** The start of the tile that holds `projection` in its one part; cells beside it are as the device begins. */
export function tileStart(
  projection: MappedProjection,
  { rows, columns, device }: Pick<MappedArray, 'rows' | 'columns' | 'device'>,
  mapped: MappedNetwork,
): TileStart {
  const window = windowOfCells(projection, device);
  const [state] = device.states;
  const [part] = projection.parts;
  invariant(state && part, 'a projection on a device has cells with a state');
  const idle = initialValues(device, window).get(state.name) ?? state.min;
  const initial = Array.from({ length: rows * columns }, () => idle);
  for (const [at, weight] of startWeights(projection, mapped).entries()) {
    const [pre, post] = [Math.floor(at / projection.to.count), at % projection.to.count];
    initial[(part.at.row + pre) * columns + part.at.column + post] = Math.min(state.max, Math.max(state.min, weight));
  }
  return { ...(window && { window }), without: mapped.study.without, initial };
}
