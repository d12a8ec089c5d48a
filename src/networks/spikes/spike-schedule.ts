/**
 * The schedule of an experiment on spiking networks, written out: runs in which spikes reach the array at known times,
 * and what happens between them. A stimulus without a length goes on under the steps behind it in its phase.
 */
import { evaluate } from '../../devices/evaluate.js';
import type { MappedNetwork, NeuronRange } from '../../ir/mapped-network.js';
import { neuronRange } from '../../ir/neuron-ranges.js';
import type { ScheduleStep } from '../../ir/study.js';
import { keyOfSeed } from '../../numerics/normal.js';
import { fillVariates } from '../../numerics/variates.js';
import { formatNumber, formatQuantity } from '../../units/format-quantity.js';
import { refuseRun } from './realization-fault.js';

/** A neuron of a population fires. */
export interface NeuronSpike {
  readonly population: number;
  readonly neuron: number;
  /** From the beginning of the run [s]. */
  readonly seconds: number;
}

/** Spikes that reach the array in one run of the pulse program. */
export interface SpikeRunStep {
  readonly kind: 'run';
  readonly name: string;
  readonly seconds: number;
  readonly spikes: readonly NeuronSpike[];
  /** Post minus pre [s], and which repetition it is; absent where populations are stimulated. */
  readonly pair?: { readonly seconds: number; readonly turn: number };
}

export type SpikeStep =
  | SpikeRunStep
  | { readonly kind: 'rest'; readonly seconds: number }
  | { readonly kind: 'modulate'; readonly modulator: string; readonly value: number };

type Stimulus = Extract<ScheduleStep, { kind: 'stimulate' }>;
type Pairing = Extract<ScheduleStep, { kind: 'pair' }>;

/** Streams of variates below it belong to devices. */
const FIRST_STREAM = 4096;

/** Poisson spikes are drawn in so many parts of a second of the fastest rate. */
const PARTS_OF_INTERVAL = 50;

/** All steps of `mapped` in their order for one seed; throws where one cannot be run. */
export function spikeSchedule(mapped: MappedNetwork, seed: number): readonly SpikeStep[] {
  return new Writer(mapped, seed).write(mapped.study.schedule, []);
}

class Writer {
  readonly #mapped: MappedNetwork;
  readonly #seed: number;
  #stimuli = 0;

  constructor(mapped: MappedNetwork, seed: number) {
    this.#mapped = mapped;
    this.#seed = seed;
  }

  write(steps: readonly ScheduleStep[], around: readonly Stimulus[]): readonly SpikeStep[] {
    const going = [...around];
    return steps.flatMap((step): readonly SpikeStep[] => {
      switch (step.kind) {
        case 'stimulate':
          if (step.seconds !== undefined) return [this.#stimulated([...going, step], step.seconds)];
          going.push(step);
          return [];
        case 'pair':
          return this.#pairs(step);
        case 'wait':
          return [going.length > 0 ? this.#stimulated(going, step.seconds) : { kind: 'rest', seconds: step.seconds }];
        case 'modulate':
          return [{ kind: 'modulate', modulator: step.modulator, value: evaluate(step.value, () => NaN) }];
        case 'phase':
          return Array.from({ length: step.repeat }, () => this.write(step.steps, going)).flat();
        default:
          return refuseRun(`\`${step.kind}\``, 'samples are shown to networks of values', step.origin);
      }
    });
  }

  #pairs(step: Pairing): readonly SpikeRunStep[] {
    const { firstSeconds, lastSeconds, stepSeconds, repeat } = step;
    const [pre, post] = [step.pre, step.post].map((endpoint) => neuronRange(endpoint, this.#mapped));
    const count = 1 + Math.floor((lastSeconds - firstSeconds) / stepSeconds + 1e-9);
    const times = Array.from({ length: count }, (_, index) => firstSeconds + index * stepSeconds);
    return times.flatMap((seconds) => {
      const spikes = [...firing(pre, Math.max(0, -seconds)), ...firing(post, Math.max(0, seconds))];
      return Array.from({ length: repeat }, (_, turn): SpikeRunStep => ({
        ...{ kind: 'run', name: `pair ${formatQuantity(seconds, 's', 4)}, ${turn + 1}`, spikes },
        seconds: Math.abs(seconds),
        pair: { seconds, turn },
      }));
    });
  }

  #stimulated(stimuli: readonly Stimulus[], seconds: number): SpikeRunStep {
    const spikes = stimuli.flatMap((stimulus) => this.#spikesOf(stimulus, seconds));
    return { kind: 'run', name: `stimulus ${this.#stimuli}`, seconds, spikes };
  }

  #spikesOf({ target, pattern, origin }: Stimulus, seconds: number): readonly NeuronSpike[] {
    const range = neuronRange(target, this.#mapped);
    this.#stimuli += 1;
    if ('hertz' in pattern) checkCount({ hertz: pattern.hertz, seconds, neurons: range?.count ?? 0 }, origin);
    switch (pattern.kind) {
      case 'regular':
        return regularTimes(pattern.hertz, seconds).flatMap((time) => firing(range, time));
      case 'poisson':
        return this.#poisson(range, pattern.hertz, seconds);
      case 'recorded':
        return recordedSpikes(pattern, { range, seconds, origin });
      default:
        return refuseRun(
          'this stimulus',
          'spikes come at regular times, at random times, from a recording or in pairs',
          origin,
        );
    }
  }

  #poisson({ population, first, count }: NeuronRange, hertz: number, seconds: number): readonly NeuronSpike[] {
    const parts = Math.ceil(seconds * hertz * PARTS_OF_INTERVAL);
    if (parts === 0) return [];
    const drawn = new Float64Array(count * parts);
    const address = { key: keyOfSeed(this.#seed), stream: FIRST_STREAM, event: this.#stimuli, along: 'rows' } as const;
    const uniform = { distribution: 'uniform', mean: 0.5, deviation: 0.5 } as const;
    const upTo = (length: number) => ({ count: length, indices: Int32Array.from({ length }, (_, index) => index) });
    fillVariates(drawn, uniform, address, { rows: upTo(count), columns: upTo(parts) });
    const chance = -Math.expm1((-hertz * seconds) / parts);
    const spikes: NeuronSpike[] = [];
    for (const [at, value] of drawn.entries()) {
      if (value >= chance) continue;
      const neuron = first + Math.floor(at / parts);
      spikes.push({ population, neuron, seconds: ((at % parts) / parts) * seconds });
    }
    return spikes;
  }
}

/** Spikes of a stimulus that a schedule can list. */
const MOST_SPIKES = 2 ** 22;

/** Refuses rates and times that no list of spikes, and no controller, comes to the end of. */
function checkCount(
  { hertz, seconds, neurons }: { readonly hertz: number; readonly seconds: number; readonly neurons: number },
  origin: Stimulus['origin'],
): void {
  const count = hertz * seconds * Math.max(1, neurons);
  if (count <= MOST_SPIKES) return;
  const [found, most] = [formatNumber(count, 2), formatNumber(MOST_SPIKES)];
  refuseRun('this stimulus', `it comes to ${found} spikes, and ${most} are the most`, origin);
}

/** Spikes of a recording within the run; those behind its end are not played. */
function recordedSpikes(
  { file, spikes }: Extract<Stimulus['pattern'], { kind: 'recorded' }>,
  run: Pick<Stimulus, 'origin'> & { readonly range: NeuronRange | undefined; readonly seconds: number },
): readonly NeuronSpike[] {
  const { range, seconds, origin } = run;
  if (!spikes) return refuseRun('this stimulus', `spikes are read from .aedat files, and \`${file}\` is none`, origin);
  if (!range) return [];
  const beyond = spikes.neurons.find((neuron) => neuron >= range.count);
  if (beyond !== undefined) {
    const neurons = range.count === 1 ? 'one neuron' : `${formatNumber(range.count)} neurons`;
    return refuseRun('this stimulus', `address ${beyond} of \`${file}\` is none of ${neurons}`, origin);
  }
  const { population, first } = range;
  return spikes.neurons
    .map((neuron, at) => ({ population, neuron: first + neuron, seconds: (spikes.microseconds[at] ?? 0) / 1e6 }))
    .filter((spike) => spike.seconds < seconds);
}

function firing(range: NeuronRange | undefined, seconds: number): readonly NeuronSpike[] {
  if (!range) return [];
  const { population, first, count } = range;
  return Array.from({ length: count }, (_, index) => ({ population, neuron: first + index, seconds }));
}

function regularTimes(hertz: number, seconds: number): readonly number[] {
  const count = Math.ceil(seconds * hertz - 1e-9);
  return Array.from({ length: count }, (_, index) => index / hertz);
}
