/** Model of ion_neuron, exact in numbers and clocks: leaky integrate and fire, or rectified activations. */

export interface NeuronSizes {
  readonly columns: number;
  /** Bits of a state, two's complement. */
  readonly stateBits: number;
  readonly activationBits: number;
}

export interface NeuronSettings {
  readonly kind: 'fire' | 'rectify';
  /** Whether a spike takes the threshold off the state; else it leaves zero. */
  readonly subtracts: boolean;
  /** `fire`: the state loses its 2^-leak, nothing where 0. `rectify`: activations are divided by 2^leak. */
  readonly leak: number;
  readonly threshold: number;
  /** Steps without input after a spike. */
  readonly refractory: number;
}

/** A step of all neurons; clocks count from the one that sees the command. */
export interface NeuronStep {
  readonly spikes: readonly { readonly column: number; readonly clock: number }[];
  /** The first clock in which the neurons are idle again. */
  readonly idleClock: number;
}

interface NeuronState {
  /** Potential, or activation. */
  readonly value: number;
  /** Steps that it still rests. */
  readonly rests: number;
}

/** What a step makes of one neuron, and what it costs. */
interface NeuronResult {
  readonly state: NeuronState;
  readonly spikes: boolean;
  readonly clocks: number;
}

export class NeuronModel {
  readonly #sizes: NeuronSizes;
  #states: readonly NeuronState[];

  constructor(sizes: NeuronSizes) {
    this.#sizes = sizes;
    this.#states = this.#atRest();
  }

  /** Clocks in which a clear, or a reset, puts all neurons to rest. */
  get clearClocks(): number {
    return this.#sizes.columns;
  }

  /** Activations, or the low bits of potentials, by column. */
  get values(): readonly number[] {
    const range = 2 ** this.#sizes.activationBits;
    return this.#states.map(({ value }) => ((value % range) + range) % range);
  }

  clear(): void {
    this.#states = this.#atRest();
  }

  step(settings: NeuronSettings, accumulators: readonly number[]): NeuronStep {
    const spikes: { column: number; clock: number }[] = [];
    let clock = 0;
    this.#states = this.#states.map((state, column) => {
      const result = this.#neuron(settings, state, accumulators[column] ?? 0);
      clock += result.clocks;
      if (result.spikes) spikes.push({ column, clock });
      return result.state;
    });
    return { spikes, idleClock: clock + 1 };
  }

  #neuron(settings: NeuronSettings, state: NeuronState, accumulator: number): NeuronResult {
    if (settings.kind === 'rectify') return this.#rectify(settings, accumulator);
    if (state.rests > 0) return { state: { ...state, rests: state.rests - 1 }, spikes: false, clocks: 2 };
    return this.#fire(settings, state.value, accumulator);
  }

  #fire({ subtracts, leak, threshold, refractory }: NeuronSettings, value: number, accumulator: number): NeuronResult {
    const decay = leak === 0 ? 0 : Math.floor(value / 2 ** leak);
    const sum = value - decay + accumulator;
    const spikes = sum >= threshold;
    const after = !spikes ? sum : subtracts ? sum - threshold : 0;
    const limit = 2 ** (this.#sizes.stateBits - 1);
    return {
      state: { value: Math.min(Math.max(after, -limit), limit - 1), rests: spikes ? refractory : 0 },
      spikes,
      clocks: leak === 0 ? 5 : leak + 7,
    };
  }

  #rectify({ leak, threshold }: NeuronSettings, accumulator: number): NeuronResult {
    const scaled = Math.floor((accumulator - threshold) / 2 ** leak);
    const value = Math.min(Math.max(scaled, 0), 2 ** this.#sizes.activationBits - 1);
    return { state: { value, rests: 0 }, spikes: false, clocks: leak + 6 };
  }

  #atRest(): readonly NeuronState[] {
    return Array.from({ length: this.#sizes.columns }, () => ({ value: 0, rests: 0 }));
  }
}
