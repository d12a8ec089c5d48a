/** The projections of an experiment that programs carry out, recorded while it runs. */
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { Occasion } from '../../ir/occasion.js';
import { synapseMatrix } from '../../ir/synapse-matrix.js';
import { createArray, joinParts, type ArrayPlace } from '../arrays/create-array.js';
import type { UpdateRefusal } from '../arrays/create-update.js';
import type { SynapseArray } from '../arrays/synapse-array.js';
import { notRunnable, type TellRefused } from '../study-fault.js';
import type { RecordedArray } from './recorded-array.js';
import type { RecordedPart, RecordingWish, TrainingJob } from './training-jobs.js';

/** How projections become programs. */
export interface RecordingSetup {
  readonly mapped: MappedNetwork;
  /** Why a projection has no program whatever its place; undefined where it may have one. */
  readonly obstacle: (projection: MappedProjection) => string | undefined;
  readonly partsOf: (place: ArrayPlace, wish: RecordingWish) => readonly RecordedPart[] | UpdateRefusal;
  /** Gets to know which projections are simulated, and why; without it such a projection is a fault. */
  readonly tell: TellRefused | undefined;
}

export class RecordedProjections {
  readonly #setup: RecordingSetup;
  readonly #arrays = new Map<string, readonly RecordedArray[]>();
  /** Whether no projection can have a program. */
  readonly isNone: boolean;
  /** What the experiment is at, for whoever asks for a program's next data set. */
  occasion: Occasion | undefined;

  /** @throws StudyFault where no projection can have a program and nobody is told of single ones */
  constructor(setup: RecordingSetup) {
    const { mapped, obstacle, tell } = setup;
    this.#setup = setup;
    const others = mapped.projections.filter((each) => obstacle(each) !== undefined);
    for (const each of others) tell?.(each, obstacle(each) ?? '', each.origin);
    this.isNone = others.length === mapped.projections.length;
    if (!this.isNone || tell) return;
    const { name, origin } = mapped.study;
    notRunnable(`\`${name}\``, 'none of its projections has a controller; `--experiment` chooses others', origin);
  }

  /** The array of a projection: recorded where a program carries it out, in the first seed. */
  create(place: ArrayPlace): SynapseArray {
    const { mapped, obstacle, partsOf, tell } = this.#setup;
    const { projection } = place;
    // What comes behind the first seed is not compared
    if (obstacle(projection) !== undefined || this.#arrays.has(projection.name)) return createArray(place);
    const parts = partsOf(place, { occasion: () => this.occasion });
    if ('reason' in parts) {
      if (!tell) return notRunnable(`projection \`${projection.name}\``, parts.reason, projection.origin);
      tell(projection, parts.reason, projection.origin);
      return createArray(place);
    }
    const arrays = parts.map(({ array }) => array);
    this.#arrays.set(projection.name, arrays);
    return joinParts(parts, { ...synapseMatrix(projection, mapped.populations), batch: place.batch });
  }

  /** What has been done so far, one job for each tile. */
  jobs(): readonly TrainingJob[] {
    return [...this.#arrays].flatMap(([projection, parts]) =>
      parts.map((array, part) => ({
        projection,
        ...(parts.length > 1 && { part }),
        weights: array.weights().slice(),
        recording: array.recording(),
      })),
    );
  }
}
