/**
 * The controllers of a training, without the training: one for each projection that a program carries out, from the
 * program of its largest tile. A chip of thousands of tiles costs what a chip of one does.
 */
import type { ArrayPlace } from '../arrays/create-array.js';
import type { ArrayCounts, ArraySnapshot, Batch, SynapseArray } from '../arrays/synapse-array.js';
import { invariant } from '../../core/invariant.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { synapseMatrix, type MatrixSize } from '../../ir/synapse-matrix.js';
import type { SampleSource } from '../run/study-run.js';
import { TrainingRun } from '../run/training-run.js';
import type { TellRefused } from '../study-fault.js';
import type { RecordedArray } from './recorded-array.js';
import type { TileRecording } from './recorded-tile.js';
import { programArraysOf, programObstacle } from './training-jobs.js';

/** The controller of a projection. */
export interface TrainingController {
  readonly projection: string;
  readonly recording: TileRecording;
}

/**
 * The controllers of `mapped`; `tell` gets to know why a projection has none. The schedule is gone through for `steps`
 * batches with arrays that hold nothing, so that what no program carries out is refused as in a recording: throws a
 * `StudyFault`.
 */
export function trainingControllers(
  mapped: MappedNetwork,
  samples: SampleSource,
  steps: number,
  tell: TellRefused,
): readonly TrainingController[] {
  const obstacles = new Map(mapped.projections.map((each) => [each.name, programObstacle(each, mapped)] as const));
  for (const each of mapped.projections) {
    const obstacle = obstacles.get(each.name);
    if (obstacle !== undefined) tell(each, obstacle, each.origin);
  }
  if ([...obstacles.values()].every((obstacle) => obstacle !== undefined)) return [];
  const arrays = new Map<string, RecordedArray>();
  const create = (place: ArrayPlace): SynapseArray => {
    const { projection } = place;
    const size = synapseMatrix(projection, mapped.populations);
    if (obstacles.get(projection.name) !== undefined) return new EmptyArray(size);
    const parts = programArraysOf(place, samples, { occasion: () => undefined, isControllerOnly: true });
    if ('reason' in parts) {
      tell(projection, parts.reason, projection.origin);
      return new EmptyArray(size);
    }
    const [part] = parts;
    invariant(part, 'a matrix has a part');
    arrays.set(projection.name, part.array);
    return new EmptyArray(size, part.array);
  };
  const run = new TrainingRun(mapped, samples, undefined, create);
  for (let batches = 0; batches < steps && run.hasSteps;) if (run.advance() === 'batch') batches++;
  return [...arrays].map(([projection, { controller }]) => ({ projection, recording: controller }));
}

/** An array that reads zeros and learns nothing; the program behind it, where there is one, says what it cannot do. */
class EmptyArray implements SynapseArray {
  readonly rows: number;
  readonly columns: number;
  readonly #program: SynapseArray | undefined;

  constructor({ rows, columns }: MatrixSize, program?: SynapseArray) {
    this.rows = rows;
    this.columns = columns;
    this.#program = program;
  }

  get counts(): ArrayCounts {
    return { pulses: 0, refreshes: 0, reads: 0, energy: {} };
  }

  weights(): Float32Array {
    return new Float32Array(this.rows * this.columns);
  }

  forward(_inputs: Batch, out: Batch): void {
    out.values.fill(0, 0, out.count * out.width);
  }

  backward(_errors: Batch, out: Batch): void {
    out.values.fill(0, 0, out.count * out.width);
  }

  learn(): void {
    // There is nothing to change
  }

  setRate(rate: number): void {
    this.#program?.setRate?.(rate);
  }

  setReadNoise(forward: number, backward: number): void {
    this.#program?.setReadNoise?.(forward, backward);
  }

  modulate(name: string, value: number): void {
    this.#program?.modulate(name, value);
  }

  rest(seconds: number): void {
    this.#program?.rest(seconds);
  }

  snapshot(): ArraySnapshot {
    invariant(false, 'controllers are made in one go');
  }

  restore(_snapshot: ArraySnapshot): void {
    invariant(false, 'controllers are made in one go');
  }
}
