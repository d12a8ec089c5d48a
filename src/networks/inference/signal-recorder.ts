/** Signals of populations that an experiment records: those of the first sample that it shows. */
import { plainName } from '../../ir/neuron-ranges.js';
import type { SignalRecord } from '../../ir/study-result.js';
import type { Recording } from '../../ir/study.js';
import type { NeuronPopulation } from '../neurons/neuron-population.js';
import type { SpikingNetwork } from './spiking-network.js';

/** Numbers of a signal that are kept at most. */
const MOST_NUMBERS = 2 ** 17;

/** Which sample, and what a step is. */
export type RecordedSample = Pick<SignalRecord, 'samples' | 'sample' | 'stepSeconds' | 'steps'>;

type Take = (population: NeuronPopulation, step: number, into: number[]) => void;

const TAKERS: Readonly<Record<string, { readonly kind: SignalRecord['kind']; readonly take: Take }>> = {
  spikes: {
    kind: 'spikes',
    take: ({ outputs, size }, step, into) => {
      for (let neuron = 0; neuron < size; neuron++) if (outputs[neuron] !== 0) into.push(step, neuron);
    },
  },
  value: { kind: 'values', take: ({ outputs, size }, _, into) => into.push(...outputs.subarray(0, size)) },
  potential: { kind: 'values', take: ({ potential, size }, _, into) => into.push(...potential.subarray(0, size)) },
  current: { kind: 'values', take: ({ current, size }, _, into) => into.push(...current.subarray(0, size)) },
};

export class SignalRecorder {
  readonly #signals: readonly {
    readonly signal: string;
    readonly population: number;
    readonly taker: (typeof TAKERS)[string];
    readonly found: number[];
    readonly exact: number[];
  }[];
  readonly #sample: RecordedSample;
  #steps = 0;

  /** Of the first sample of a batch; signals of synapses are not among those of a sample. */
  constructor(recordings: readonly Recording[], { populations }: SpikingNetwork, sample: RecordedSample) {
    this.#sample = sample;
    this.#signals = recordings.flatMap(({ signal }) => {
      const dot = signal.lastIndexOf('.');
      const population = populations.findIndex(({ name }) => plainName(name) === signal.slice(0, dot));
      const taker = TAKERS[signal.slice(dot + 1)];
      return taker && population >= 0 ? [{ signal, population, taker, found: [], exact: [] }] : [];
    });
  }

  /** What both networks show behind a step. */
  add(found: SpikingNetwork, exact: SpikingNetwork): void {
    for (const { population, taker, ...lists } of this.#signals) {
      const [here, there] = [found.populations[population], exact.populations[population]];
      if (!here || !there || lists.found.length + here.size > MOST_NUMBERS) continue;
      taker.take(here, this.#steps, lists.found);
      taker.take(there, this.#steps, lists.exact);
    }
    this.#steps++;
  }

  records(populations: SpikingNetwork['populations']): readonly SignalRecord[] {
    return this.#signals.map(({ signal, population, taker: { kind }, found, exact }) => {
      const neurons = populations[population]?.size ?? 0;
      return { ...{ signal, ...this.#sample, neurons, kind }, found, exact };
    });
  }
}
