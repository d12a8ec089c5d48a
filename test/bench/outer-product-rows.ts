/** How faithful one outer-product update is: scheduled pairs of planes beside random pulse trains. */
import { measureTrains, RANDOM_FULL, randomTrains, SCHEDULED_FULL, scheduledTrains } from '../support/train-error.js';
import type { Measurement } from './measurement.js';

/** Error of a cell's count in one update of `slots` slots, 64 x 64 cells, uniform values of eight bits. */
export function measureOuterProduct(slots: number): Promise<Measurement> {
  const trial = { lines: 64, slots, updates: 200, values: 'fresh' } as const;
  return Promise.resolve({
    ours: measureTrains(scheduledTrains(), SCHEDULED_FULL, trial).update,
    peer: measureTrains(randomTrains(1), RANDOM_FULL, trial).update,
    peerName: 'random trains',
    note: 'sigma-delta schedule of plane pairs; at most 0.8 asked',
  });
}
