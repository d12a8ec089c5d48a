/** The run of an experiment on a network, by what its neurons are. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { isSpiking, SpikeRun } from '../spikes/spike-run.js';
import type { SampleSource, StudyCheckpoint, StudyRun } from './study-run.js';
import { TrainingRun } from './training-run.js';

/** The run from its beginning, or from a checkpoint of it; throws where it cannot be run, or the checkpoint is of another. */
export function createStudyRun(mapped: MappedNetwork, samples: SampleSource, checkpoint?: StudyCheckpoint): StudyRun {
  return isSpiking(mapped) ? new SpikeRun(mapped, checkpoint) : new TrainingRun(mapped, samples, checkpoint);
}
