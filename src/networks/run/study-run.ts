/** A run of an experiment on a network that whoever calls it can watch, interrupt, save and take up again. */
import type { Samples } from '../../core/samples.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { StudyResult } from '../../ir/study-result.js';
import type { ArraySnapshot } from '../arrays/synapse-array.js';

/** Where a run is. */
export interface StudyProgress {
  /** What is going on, in words: `seed 1, training, epoch 3 of 20`. */
  readonly text: string;
  /** Steps done and to do in the whole run. */
  readonly done: number;
  readonly total: number;
  /** Latest figures, for example the accuracy of the epoch so far. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Samples by the name of their data set. */
export type SampleSource = (data: string) => Samples;

/** State of a run between two steps: the place in the schedule, counters, arrays by name. */
export interface StudyCheckpoint {
  /** Digest of everything that the run depends on; a checkpoint of another experiment is refused. */
  readonly spec: string;
  /** Plain data: place, seed, results so far. */
  readonly position: unknown;
  readonly arrays: Readonly<Record<string, ArraySnapshot>>;
}

/**
 * `step` works for some hundredths of a second; undefined at the end, when `result` is there. Between steps the run can
 * be saved, and a run that is made from that checkpoint goes on with the same bits.
 */
export interface StudyRun {
  step(): StudyProgress | undefined;
  checkpoint(): StudyCheckpoint;
  result(): StudyResult;
}

/**
 * Makes the run of an experiment at one point of its sweeps, from the beginning or from a checkpoint. What cannot be run
 * throws, here or in a step, an error that can `report` itself as a diagnostic.
 */
export type CreateStudyRun = (mapped: MappedNetwork, samples: SampleSource, checkpoint?: StudyCheckpoint) => StudyRun;
