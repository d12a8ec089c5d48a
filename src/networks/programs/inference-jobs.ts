/**
 * The first steps of neurons that are shown samples as pulse programs: the same experiment, with every projection on a
 * device programmed and read by controllers, one for each tile, for co-simulation with the RTL in the loop. Neurons stay
 * with the host, which computes them from the codes alone.
 */
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { Occasion } from '../../ir/occasion.js';
import { synapseMatrix } from '../../ir/synapse-matrix.js';
import { fieldObstacle } from '../arrays/cell-field.js';
import { createArray, joinParts, type ArrayPlace } from '../arrays/create-array.js';
import { INPUT_BITS } from '../../ir/input-bits.js';
import type { SynapseArray } from '../arrays/synapse-array.js';
import { planInference } from '../inference/inference-plan.js';
import { SeedInference } from '../inference/seed-inference.js';
import { sendsSpikes } from '../neurons/neuron-population.js';
import { chosenSamples } from '../run/chosen-samples.js';
import type { SampleSource } from '../run/study-run.js';
import { notRunnable, type TellRefused } from '../study-fault.js';
import type { RecordedArray } from './recorded-array.js';
import { HOST_NUMBERS, recordedParts, type TrainingJob } from './training-jobs.js';

/**
 * Everything before the first step of the neurons, and `steps` of these, with the first seed: one job for each tile of
 * each projection on a device that follows the voltage. Throws a `StudyFault` where there is none, or where a program
 * cannot be one; with `tell` such projections are simulated, and `tell` gets to know why.
 */
export function inferenceJobs(
  mapped: MappedNetwork,
  samples: SampleSource,
  steps: number,
  tell?: TellRefused,
): readonly TrainingJob[] {
  const { study, projections } = mapped;
  const others = projections.filter((each) => obstacle(each) !== undefined);
  for (const each of others) tell?.(each, obstacle(each) ?? '', each.origin);
  if (others.length === projections.length) {
    return tell ? [] : notRunnable(`\`${study.name}\``, 'none of its projections has a controller', study.origin);
  }
  const arrays = new Map<string, readonly RecordedArray[]>();
  let occasion: Occasion | undefined;
  const create = (place: ArrayPlace): SynapseArray => {
    const { projection } = place;
    if (obstacle(projection) !== undefined) return createArray(place);
    const parts = recordedParts(place, inputBitsOf(projection, mapped), { occasion: () => occasion });
    if ('reason' in parts) {
      if (!tell) return notRunnable(`projection \`${projection.name}\``, parts.reason, projection.origin);
      tell(projection, parts.reason, projection.origin);
      return createArray(place);
    }
    const recorded = parts.map(({ array }) => array);
    arrays.set(projection.name, recorded);
    return joinParts(parts, { ...synapseMatrix(projection, mapped.populations), batch: place.batch });
  };
  const plan = planInference(mapped);
  const seed = new SeedInference({ mapped, plan, samples, seed: study.firstSeed, create });
  for (let shown = 0; !seed.isDone;) {
    if (seed.isShowing && shown++ >= steps) break;
    occasion = { activity: seed.activityText, ...(seed.isShowing && { step: shown }) };
    seed.advance();
  }
  return [...arrays].flatMap(([projection, parts]) =>
    parts.map((array, part) => ({
      projection,
      ...(parts.length > 1 && { part }),
      weights: array.weights().slice(),
      recording: array.recording(),
    })),
  );
}

/** Steps of the neurons in the whole run of a seed, samples of a batch side by side. */
export function stepsOfInference(mapped: MappedNetwork, samples: SampleSource): number {
  const { steps, input } = planInference(mapped);
  const width = mapped.populations[input]?.size ?? NaN;
  return steps.reduce((sum, step) => {
    if (step.kind !== 'test') return sum;
    const { shape } = samples(step.samples.data);
    const each = shape.reduce((product, side) => product * side, 1) / width;
    return sum + each * Math.ceil(chosenSamples(mapped, samples, step.samples).length / step.batch);
  }, 0);
}

/** Why no pulse program programs and reads the cells of a projection; undefined where one does. */
function obstacle({ device }: MappedProjection): string | undefined {
  return device ? fieldObstacle(device) : HOST_NUMBERS;
}

/** Spikes are read as one plane, as biases are; values bit by bit. */
function inputBitsOf({ from }: MappedProjection, { populations }: MappedNetwork): number {
  const before = populations[from.population];
  return before && sendsSpikes(before.model) ? 1 : INPUT_BITS;
}
