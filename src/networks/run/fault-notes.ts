/** What stuck cells leave of the weights that an experiment begins with. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { synapseMatrix } from '../../ir/synapse-matrix.js';
import { faultyParts } from '../arrays/faulty-parts.js';
import { initialWeights } from '../layers/initial-weights.js';

/** Of one projection, with its first seed. */
export interface FaultNote {
  readonly projection: string;
  /** Parts with stuck cells, and how many cells these are. */
  readonly parts: number;
  readonly stuck: number;
  /** Root mean square error of all weights from stuck cells, as placed and with all lines in their order. */
  readonly error: number;
  readonly errorInOrder: number;
}

/** Notes on all projections of `mapped` with stuck cells; its tables of weights have been read. */
export function faultNotes(mapped: MappedNetwork): readonly FaultNote[] {
  const { projections, populations, chip, study } = mapped;
  if (!chip.tile.faults) return [];
  return projections.flatMap((projection, index): readonly FaultNote[] => {
    if (!projection.device) return [];
    const size = synapseMatrix(projection, populations);
    const weights = initialWeights({ network: mapped, projection, index, size, seed: study.firstSeed });
    const parts = [...faultyParts(projection, chip, { weights, columns: size.columns }).values()];
    if (parts.length === 0) return [];
    const sum = (of: (each: (typeof parts)[number]) => number): number =>
      parts.reduce((total, each) => total + of(each), 0);
    const rms = (squares: number): number => Math.sqrt(squares / weights.length);
    return [
      {
        projection: projection.name,
        parts: parts.length,
        stuck: sum(({ fitted }) => fitted.stuck.length),
        error: rms(sum(({ fitted }) => fitted.error)),
        errorInOrder: rms(sum(({ fitted }) => fitted.errorInOrder)),
      },
    ];
  });
}
