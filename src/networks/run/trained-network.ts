/** What a training works with: batches forward, errors back, rules, and what devices did. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { requireWholeTiles } from '../arrays/faulty-parts.js';
import type { CreateArray } from '../arrays/create-array.js';
import type { ArrayCounts, ArraySnapshot, SynapseArray } from '../arrays/synapse-array.js';
import { FeedForward, type LabelledBatch } from '../layers/feed-forward.js';
import type { BatchScore, Loss } from '../layers/loss.js';
import type { Neurons } from '../layers/neurons.js';
import { SequenceNetwork } from '../recurrent/sequence-network.js';
import { isTrainedThroughTime } from '../recurrent/sequence-plan.js';

/** The network of one seed. */
export interface TrainedNetwork {
  readonly output: Pick<Neurons, 'name' | 'model' | 'size'>;
  readonly arrays: ReadonlyMap<string, SynapseArray>;
  /** Presents samples without learning. */
  test(batch: LabelledBatch, loss: Loss | undefined, scale?: number): BatchScore;
  /** Presents samples; {@link learn} takes the step. */
  train(batch: LabelledBatch, loss: Loss): BatchScore;
  learn(count: number): void;
  /** Factor of changes where arrays have none of their own. */
  setRate?(rate: number): void;
  /** Lets time pass where arrays do not count it [s]. */
  rest?(seconds: number): void;
  /** What devices did beside those of the arrays. */
  counts?(): readonly ArrayCounts[];
  realizations?(): readonly RealizationNote[];
  snapshot(): Readonly<Record<string, ArraySnapshot>>;
  restore(snapshots: Readonly<Record<string, ArraySnapshot>>): void;
  /** Ends the threads of all arrays. */
  close(): void;
}

/** The network of a seed, for batches of `batch` at most; throws a `StudyFault` where it cannot be computed with. */
export function createTrainedNetwork(
  mapped: MappedNetwork,
  { seed, batch }: { readonly seed: number; readonly batch: number },
  create: CreateArray,
): TrainedNetwork {
  if (!isTrainedThroughTime(mapped)) return new FeedForward(mapped, seed, batch, create);
  requireWholeTiles(mapped, 'layers that are trained through time');
  return new SequenceNetwork(mapped, seed);
}
