/** The pulse programs of an experiment on a network, for co-simulation with the RTL in the loop. */
import type { TileStart } from '../../ir/calibrate.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { ScheduledArray } from '../../ir/scheduled.js';
import { trainingJobs } from '../programs/training-jobs.js';
import type { SampleSource } from './study-run.js';

/** Programs of one controller: what it does, on which cells. */
export interface StudyJob {
  /** Projection that the controller carries out. */
  readonly projection: string;
  readonly setups: readonly {
    readonly scheduled: ScheduledArray;
    readonly start: TileStart;
    readonly seed: number;
  }[];
}

/**
 * The first `steps` batches of a training, one job for each projection that learns on a device; throws a `StudyFault`
 * where no program can carry it out.
 */
export function createStudyJobs(mapped: MappedNetwork, samples: SampleSource, steps: number): readonly StudyJob[] {
  return trainingJobs(mapped, samples, steps).map(({ projection, recording }) => ({ projection, setups: [recording] }));
}
