/**
 * The first steps of a training as pulse programs: the same experiment, batch by batch, with every projection on a
 * device carried out by a program of its own controller, for co-simulation with the RTL in the loop.
 */
import type { SynapseArray } from '../arrays/synapse-array.js';
import { createArray, projectionSeed, type ArrayPlace } from '../arrays/create-array.js';
import { fieldObstacle } from '../arrays/cell-field.js';
import { INPUT_BITS } from '../arrays/device-array.js';
import { realizationOf } from '../arrays/realization.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { synapseMatrix } from '../../ir/synapse-matrix.js';
import { initialWeights } from '../layers/initial-weights.js';
import { synapseMask } from '../layers/synapse-mask.js';
import type { SampleSource } from '../run/study-run.js';
import { TrainingRun } from '../run/training-run.js';
import { notRunnable } from '../study-fault.js';
import { createProgramArray, type ProgramArray } from './program-array.js';
import type { TileRecording } from './recorded-tile.js';

/** What one projection did. */
export interface TrainingJob {
  readonly projection: string;
  readonly recording: TileRecording;
  /** Weights after the last step, from the cells that the harness drove (rows x columns of the projection). */
  readonly weights: Float32Array;
}

/**
 * Batches 0 to `steps` - 1 of the schedule with the first seed, one job for each projection that learns on a device that
 * follows the voltage; throws a `StudyFault` where there is none, or where a program cannot carry one out.
 */
export function trainingJobs(mapped: MappedNetwork, samples: SampleSource, steps: number): readonly TrainingJob[] {
  if (!mapped.projections.some(isProgrammed)) {
    notRunnable(`\`${mapped.study.name}\``, 'no program writes cells from samples in it', mapped.study.origin);
  }
  const arrays = new Map<string, ProgramArray>();
  const create = (place: ArrayPlace): SynapseArray => {
    const { projection } = place;
    if (!isProgrammed(projection)) return createArray(place);
    const array = programArrayOf(place, samples);
    arrays.set(projection.name, array);
    return array;
  };
  const run = new TrainingRun(mapped, samples, undefined, create);
  for (let step = 0; step < steps; step++) run.advance();
  return [...arrays].map(([projection, array]) => ({
    projection,
    weights: array.weights().slice(),
    recording: array.recording(),
  }));
}

/** Whether cells are written from samples by pulses whose width says how far they go. */
function isProgrammed({ device, learning }: MappedProjection): boolean {
  const method = realizationOf(learning);
  const isWritten = method === 'programming' || method === 'outerProduct' || method === 'host';
  return device !== undefined && isWritten && fieldObstacle(device) === undefined;
}

function programArrayOf({ network, projection, index, seed }: ArrayPlace, samples: SampleSource): ProgramArray {
  const fail = (reason: string): never => notRunnable(`projection \`${projection.name}\``, reason, projection.origin);
  const { device, encoding, learning } = projection;
  if (!device) return fail('it is on no device');
  if (synapseMask(projection, network)) return fail('not all pairs are connected');
  const size = synapseMatrix(projection, network.populations);
  const array = createProgramArray({
    ...{ ...size, device, encoding, learning, chip: network.chip },
    ...{ source: network.source, name: `${network.study.name} ${projection.name}` },
    ...{ seed: projectionSeed(seed, index), without: network.study.without },
    weights: initialWeights({ network, projection, index, size, seed }),
    inputBits: inputBitsOf(network, projection, samples),
  });
  return 'reason' in array ? fail(array.reason) : array;
}

/** One bit where what drives the projection is 0 or 1, as one-hot features are. */
function inputBitsOf(network: MappedNetwork, { from }: MappedProjection, samples: SampleSource): number {
  const isDriven = !network.projections.some(({ to }) => to.population === from.population);
  const isBinary = network.data.every(({ name }) =>
    samples(name).features.every((value) => value === 0 || value === 1),
  );
  return isDriven && isBinary ? 1 : INPUT_BITS;
}
