/** How hardware carries out the rules of a network, without running it. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { spikeRealizations } from '../spikes/realization-notes.js';
import { isSpiking } from '../spikes/spike-run.js';

/** Notes on all rules that hardware carries out; throws what can `report` itself where one cannot be. */
export function realizationsOf(mapped: MappedNetwork): readonly RealizationNote[] {
  return isSpiking(mapped) ? spikeRealizations(mapped) : [];
}
