/** How hardware carries out the rules of a network, without running it. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { isGame, isInference, isSpiking } from '../../ir/study-kind.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { inferenceNotes } from '../inference/inference-notes.js';
import { planInference } from '../inference/inference-plan.js';
import { SequenceNetwork } from '../recurrent/sequence-network.js';
import { isTrainedThroughTime } from '../recurrent/sequence-plan.js';
import { spikeRealizations } from '../spikes/realization-notes.js';
import { learningNotes } from './learning-notes.js';

/** Notes on all rules that hardware carries out; throws what can `report` itself where one cannot be. */
export function realizationsOf(mapped: MappedNetwork): readonly RealizationNote[] {
  if (isSpiking(mapped)) return spikeRealizations(mapped);
  // An agent's synapses are numbers of the host
  if (isGame(mapped)) return [];
  if (isTrainedThroughTime(mapped)) return new SequenceNetwork(mapped, mapped.study.firstSeed).realizations();
  if (isInference(mapped)) return inferenceNotes(mapped, planInference(mapped), []);
  return learningNotes(mapped);
}
