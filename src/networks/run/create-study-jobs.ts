/** The pulse programs of an experiment on a network, for co-simulation with the RTL in the loop. */
import type { TileStart } from '../../ir/calibrate.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { isSpiking } from '../../ir/study-kind.js';
import type { ScheduledArray } from '../../ir/scheduled.js';
import { trainingJobs } from '../programs/training-jobs.js';
import { studyJobs } from '../spikes/study-jobs.js';
import type { SampleSource } from './study-run.js';

/** Programs of one controller: what it does, on which cells. */
export interface StudyJob {
  /** Projection that the controller carries out, where it is known by its name. */
  readonly projection?: string;
  readonly setups: readonly {
    readonly scheduled: ScheduledArray;
    readonly start: TileStart;
    readonly seed: number;
  }[];
}

/** Batches of a training that are programs where nobody says how many. */
export const DEFAULT_BATCHES = 4;

/**
 * One job for each projection that learns on a device: the first `steps` runs of spikes of every seed, all without a
 * number, or the first batches of a training with its first seed. Throws what can `report` itself where no program can
 * carry it out.
 */
export function createStudyJobs(
  mapped: MappedNetwork,
  samples: SampleSource,
  steps: number | undefined,
): readonly StudyJob[] {
  if (isSpiking(mapped)) return studyJobs(mapped, steps).map((setups) => ({ setups }));
  return trainingJobs(mapped, samples, steps ?? DEFAULT_BATCHES).map(({ projection, recording }) => ({
    projection,
    setups: [recording],
  }));
}
