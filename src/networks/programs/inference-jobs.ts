/**
 * The first steps of neurons that are shown samples as pulse programs: the same experiment, with every projection on a
 * device programmed and read by controllers, one for each tile, for co-simulation with the RTL in the loop. Neurons stay
 * with the host, which computes them from the codes alone.
 */
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { fieldObstacle } from '../arrays/cell-field.js';
import type { ArrayPlace } from '../arrays/create-array.js';
import { INPUT_BITS } from '../../ir/input-bits.js';
import type { SynapseArray } from '../arrays/synapse-array.js';
import { planInference } from '../inference/inference-plan.js';
import { SeedInference } from '../inference/seed-inference.js';
import { sendsSpikes } from '../neurons/neuron-population.js';
import { chosenSamples } from '../run/chosen-samples.js';
import type { SampleSource } from '../run/study-run.js';
import type { TellRefused } from '../study-fault.js';
import { RecordedProjections } from './recorded-projections.js';
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
  const recorded = new RecordedProjections({
    ...{ mapped, obstacle, tell },
    partsOf: (place, wish) => recordedParts(place, inputBitsOf(place.projection, mapped), wish),
  });
  if (recorded.isNone) return [];
  const create = (place: ArrayPlace): SynapseArray => recorded.create(place);
  const plan = planInference(mapped);
  const seed = new SeedInference({ mapped, plan, samples, seed: mapped.study.firstSeed, create });
  for (let shown = 0; !seed.isDone;) {
    if (seed.isShowing && shown++ >= steps) break;
    recorded.occasion = { activity: seed.activityText, ...(seed.isShowing && { step: shown }) };
    seed.advance();
  }
  return recorded.jobs();
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
