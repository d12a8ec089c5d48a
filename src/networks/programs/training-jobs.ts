/**
 * The first steps of a training as pulse programs: the same experiment, batch by batch, with every projection on a
 * device carried out by a program of its own controller, for co-simulation with the RTL in the loop.
 */
import {
  matrixParts,
  projectionKey,
  projectionSeed,
  setupOfPart,
  type ArrayPlace,
  UNROLLED_LEARNING,
  type MatrixPart,
} from '../arrays/create-array.js';
import { hasStuckCells } from '../arrays/faulty-parts.js';
import { fieldObstacle } from '../arrays/cell-field.js';
import { writesFromSamples, type UpdateRefusal } from '../arrays/create-update.js';
import { pairsOf } from '../arrays/pair-setup.js';
import { realizationOf } from '../arrays/realization.js';
import type { ArrayPart } from '../arrays/tiled-array.js';
import { INPUT_BITS } from '../../ir/input-bits.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { Occasion } from '../../ir/occasion.js';
import { isUnrolled, synapseMatrix, type MatrixSize } from '../../ir/synapse-matrix.js';
import { initialWeights } from '../layers/initial-weights.js';
import { synapseMask } from '../layers/synapse-mask.js';
import type { SampleSource } from '../run/study-run.js';
import { TrainingRun } from '../run/training-run.js';
import type { TellRefused } from '../study-fault.js';
import { createPairProgramArray, tileObstacle, type PairProgramSetup } from './pair-program-array.js';
import { createProgramArray } from './program-array.js';
import type { RecordedArray } from './recorded-array.js';
import { RecordedProjections } from './recorded-projections.js';
import type { TileRecording } from './recorded-tile.js';

/** Why synapses have no program. */
export const HOST_NUMBERS = 'its synapses are numbers of the host, on no device';

/** What one projection did, or its part on one of several tiles. */
export interface TrainingJob {
  readonly projection: string;
  /** Which part, from 0, where it takes several tiles. */
  readonly part?: number;
  readonly recording: TileRecording;
  /** Weights after the last step, from the cells that the harness drove (rows x columns of the projection or the part). */
  readonly weights: Float32Array;
}

/**
 * Batches 0 to `steps` - 1 of the schedule with the first seed, one job for each tile of each projection that learns on a
 * device that follows the voltage. Throws a `StudyFault` where there is none, or where a program cannot carry one out; with `tell`
 * such projections are simulated, and `tell` gets to know why.
 */
export function trainingJobs(
  mapped: MappedNetwork,
  samples: SampleSource,
  steps: number,
  tell?: TellRefused,
): readonly TrainingJob[] {
  const recorded = new RecordedProjections({
    ...{ mapped, tell },
    obstacle: (projection) => programObstacle(projection, mapped),
    partsOf: (place, wish) => programArraysOf(place, samples, wish),
  });
  if (recorded.isNone) return [];
  const run = new TrainingRun(mapped, samples, undefined, (place) => recorded.create(place));
  let batches = 0;
  while (batches < steps) {
    recorded.occasion = run.occasion();
    const done = run.advance();
    if (done === 'seed') break;
    if (done === 'batch') batches++;
  }
  return recorded.jobs();
}

/** Why no cells are written from samples by pulses that a program gives; undefined where they are. */
export function programObstacle(
  projection: MappedProjection,
  { populations, chip }: MappedNetwork,
): string | undefined {
  const { device, learning } = projection;
  if (!device) return HOST_NUMBERS;
  if (isUnrolled(projection)) return UNROLLED_LEARNING;
  const method = realizationOf(learning);
  if (method === undefined) return 'it learns by no rule';
  const obstacle = fieldObstacle(device);
  // Pairs under counted pulses need no cells that follow the voltage
  if (method === 'pulses' && obstacle !== undefined) {
    return tileObstacle(synapseMatrix(projection, populations), chip);
  }
  return writesFromSamples(method) ? obstacle : `no program trains cells by \`realize ${method}\``;
}

/** A part of a matrix and the program that carries it out. */
export interface RecordedPart extends ArrayPart {
  readonly array: RecordedArray;
}

/** What is recorded of a projection. */
export interface RecordingWish {
  /** Where the experiment is. */
  readonly occasion: () => Occasion | undefined;
  /** Whether it is the controller alone that is wanted: that of the first tile, which all others share. */
  readonly isControllerOnly?: true;
}

/** The array of each tile of a projection, or why programs cannot be one of them. */
export function programArraysOf(
  place: ArrayPlace,
  samples: SampleSource,
  wish: RecordingWish,
): readonly RecordedPart[] | UpdateRefusal {
  const { network, projection, index, seed } = place;
  const { device, learning } = projection;
  if (!device || realizationOf(learning) !== 'pulses' || fieldObstacle(device) === undefined) {
    return recordedParts(place, inputBitsOf(network, projection, samples), wish);
  }
  if (synapseMask(projection, network)) return { kind: 'refused', reason: NOT_ALL };
  const { size, common, matrix } = partsSetup(place, wish);
  const array = pairArrayOf(projection, { ...common, ...matrix(), key: projectionKey(seed, index) });
  return 'reason' in array ? array : [{ rows: allOf(size.rows), columns: allOf(size.columns), array }];
}

const NOT_ALL = 'not all pairs are connected';

/** What the parts of a projection have in common, and its matrix. */
function partsSetup({ network, projection, index, seed }: ArrayPlace, { occasion }: RecordingWish) {
  const size = synapseMatrix(projection, network.populations);
  const common = {
    ...{ chip: network.chip, source: network.source, name: `${network.study.name} ${projection.name}` },
    ...{ without: network.study.without, occasion },
  };
  const matrix = () => ({ ...size, seed: projectionSeed(seed, index), weights: initialWeights({ network, projection, index, size, seed }) }); // prettier-ignore
  return { size, common, matrix };
}

/**
 * An array for each tile of a projection on a device that follows the voltage, inputs of which are read in `inputBits`
 * planes at most; or why programs cannot be one of them.
 */
export function recordedParts(
  place: ArrayPlace,
  inputBits: number,
  wish: RecordingWish,
): readonly RecordedPart[] | UpdateRefusal {
  const { network, projection, programming } = place;
  const { device, encoding, learning } = projection;
  if (!device) return { kind: 'refused', reason: HOST_NUMBERS };
  if (synapseMask(projection, network)) return { kind: 'refused', reason: NOT_ALL };
  if (!wish.isControllerOnly && hasStuckCells(projection, network.chip)) {
    return { kind: 'refused', reason: 'cells of its tiles are stuck, and models of programs have none that are' };
  }
  const { size, common, matrix } = partsSetup(place, wish);
  const parts: RecordedPart[] = [];
  const places = wish.isControllerOnly
    ? [emptyPart(projection, size)]
    : matrixParts(projection, network.chip, matrix());
  for (const part of places) {
    const array = createProgramArray({
      ...{
        ...common,
        ...setupOfPart(part),
        device,
        encoding,
        learning,
        inputBits,
        ...(programming && { programming }),
      },
      // No part is larger than the first: all tiles of a projection have one kind of controller
      ...(parts[0] && { largest: parts[0].array }),
    });
    if ('reason' in array) return array;
    parts.push({ rows: part.rows, columns: part.columns, array });
  }
  return parts;
}

/** The largest part of a matrix, whose weights are of no account. */
function emptyPart({ parts: [first] }: MappedProjection, { rows, columns }: MatrixSize): MatrixPart {
  const region = first ?? { rows: allOf(rows), columns: allOf(columns) };
  const weights = new Float32Array(region.rows.count * region.columns.count);
  return { rows: region.rows, columns: region.columns, seed: 0, weights };
}

function allOf(count: number): ArrayPart['rows'] {
  return { first: 0, count };
}

function pairArrayOf(
  projection: MappedProjection,
  setup: Omit<PairProgramSetup, 'meaning' | 'origin'>,
): RecordedArray | UpdateRefusal {
  const meaning = pairsOf(projection);
  const origin = projection.learning[0]?.rule.realization.origin ?? projection.origin;
  return 'reason' in meaning ? meaning : createPairProgramArray({ ...setup, meaning, origin });
}

/** One bit where what drives the projection is 0 or 1, as one-hot features are. */
function inputBitsOf(network: MappedNetwork, { from }: MappedProjection, samples: SampleSource): number {
  const isDriven = !network.projections.some(({ to }) => to.population === from.population);
  const isBinary = network.data.every(({ name }) =>
    samples(name).features.every((value) => value === 0 || value === 1),
  );
  return isDriven && isBinary ? 1 : INPUT_BITS;
}
