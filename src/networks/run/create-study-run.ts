/** The run of an experiment on a network, by what drives it. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { isGame, isInference, isSpiking } from '../../ir/study-kind.js';
import { createGameRun } from '../games/game-run.js';
import { createInferenceRun } from '../inference/inference-run.js';
import { createSpikeRun } from '../spikes/spike-run.js';
import type { SampleSource, StudyCheckpoint, StudyRun } from './study-run.js';
import { createTrainingRun } from './training-run.js';

/** The run from its beginning, or from a checkpoint of it; throws where it cannot be run, or the checkpoint is of another. */
export function createStudyRun(mapped: MappedNetwork, samples: SampleSource, checkpoint?: StudyCheckpoint): StudyRun {
  if (isGame(mapped)) return createGameRun(mapped, samples, checkpoint);
  if (isInference(mapped)) return createInferenceRun(mapped, samples, checkpoint);
  return (isSpiking(mapped) ? createSpikeRun : createTrainingRun)(mapped, samples, checkpoint);
}
