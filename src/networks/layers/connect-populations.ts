/** The way of batches that a projection is, by its connectivity. */
import type { ArrayPlace, CreateArray } from '../arrays/create-array.js';
import { isUnrolled } from '../../ir/synapse-matrix.js';
import { notRunnable } from '../study-fault.js';
import { MatrixConnection, type Connection, type Side } from './connection.js';
import { Convolution, windowsOf } from './convolution.js';
import { gridOf } from './grid-window.js';
import type { NeuronVectors } from './neurons.js';
import { Pooling } from './pooling.js';

/** Populations on both sides of a projection. */
export interface ConnectedPopulations {
  readonly from: NeuronVectors | undefined;
  readonly to: NeuronVectors | undefined;
}

/** The way that a projection is. */
export function connectPopulations(
  place: ArrayPlace,
  populations: ConnectedPopulations,
  create: CreateArray,
): Connection {
  const { projection, network, batch } = place;
  const { connectivity, name, origin } = projection;
  const sideOf = (side: 'from' | 'to'): Side => {
    const neurons = populations[side];
    if (!neurons) return notRunnable(`projection \`${name}\``, 'a population is missing', origin);
    return { neurons, range: projection[side] };
  };
  const [from, to] = [sideOf('from'), sideOf('to')];
  const grids = [projection.from, projection.to].map(({ population }) =>
    gridOf(network.populations[population] ?? { shape: [] }),
  );
  const [before = { channels: 1, rows: 1, columns: 1 }, behind = before] = grids;
  const sides = { from: { neurons: from.neurons, grid: before }, to: { neurons: to.neurons, grid: behind } };
  if (connectivity.kind === 'pooling') {
    return new Pooling({ name, ...sides, operation: connectivity.operation, window: { ...connectivity, padding: 0 } });
  }
  if (connectivity.kind === 'convolution' && !isUnrolled(projection)) {
    const array = create({ ...place, batch: batch * windowsOf(behind) });
    return new Convolution({ name, array, ...sides, window: connectivity }, batch);
  }
  return new MatrixConnection(name, create(place), { from, to }, batch);
}
