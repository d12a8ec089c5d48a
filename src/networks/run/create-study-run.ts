/** The run of an experiment on a network, by what its neurons are. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { refuseRun } from '../spikes/realization-fault.js';
import { isSpiking, SpikeRun } from '../spikes/spike-run.js';
import type { SampleSource, StudyCheckpoint, StudyRun } from './study-run.js';

/** The run from its beginning, or from a checkpoint of it; throws where it cannot be run. */
export function createStudyRun(mapped: MappedNetwork, _samples: SampleSource, checkpoint?: StudyCheckpoint): StudyRun {
  if (isSpiking(mapped)) return new SpikeRun(mapped, checkpoint);
  return refuseRun(`\`${mapped.study.network}\``, 'its neurons do not spike', mapped.study.origin);
}
