/** A population of a rate model while batches go through it. */
import type { MappedPopulation } from '../../ir/mapped-network.js';
import { fillNormals } from '../../numerics/normal.js';
import type { PhiloxKey } from '../../numerics/philox.js';
import type { ArraySnapshot } from '../arrays/synapse-array.js';
import { activate, activateBack, type RateModel } from './activation.js';
import { BatchNorm } from './batch-norm.js';
import { normalizeLengths, normalizeLengthsBack } from './length-norm.js';

/** What a population is made with. */
export interface NeuronsSetup {
  readonly population: MappedPopulation;
  readonly model: RateModel;
  /** Samples of a batch, at most. */
  readonly batch: number;
  readonly key: PhiloxKey;
  /** Stream of random numbers of this population. */
  readonly stream: number;
}

/** What ways from one population to another see of both: vectors of a batch. */
export type NeuronVectors = Pick<Neurons, 'size' | 'inputs' | 'outputs' | 'errors'>;

/** Inputs, outputs and errors of a batch, each (batch x size). */
export class Neurons {
  readonly name: string;
  readonly size: number;
  readonly model: RateModel;
  /** Sums of what arrives; {@link forward} leaves what the neurons answer to. */
  readonly inputs: Float32Array;
  readonly outputs: Float32Array;
  /** Errors by the outputs, which {@link backward} makes those by the sums of what arrives. */
  readonly errors: Float32Array;
  readonly #setup: NeuronsSetup;
  readonly #norm: BatchNorm | undefined;
  readonly #lengths: Float64Array;
  #draws = 0;

  constructor(setup: NeuronsSetup) {
    const { population, model, batch } = setup;
    this.name = population.name;
    this.size = population.size;
    this.model = model;
    this.#setup = setup;
    const cells = population.size * batch;
    this.inputs = new Float32Array(cells);
    this.outputs = new Float32Array(cells);
    this.errors = new Float32Array(cells);
    this.#lengths = new Float64Array(batch);
    const { batchNorm } = population.settings;
    this.#norm = batchNorm === undefined ? undefined : new BatchNorm(population.size, batch, batchNorm);
  }

  /** Factor between what arrives, normalised, and what the model answers to. */
  get #gain(): number {
    const { gain = 1, temperature = 1 } = this.#setup.population.settings;
    return gain / temperature;
  }

  /** Outputs of `count` samples from the sums in `inputs`. */
  forward(count: number, isTraining: boolean): void {
    const { noise = 0, normalize = 0 } = this.#setup.population.settings;
    const { inputs } = this;
    if (noise > 0) this.#addNoise(noise, count);
    this.#norm?.forward(inputs, count, isTraining);
    if (normalize > 0) normalizeLengths(inputs, this.#lengths, { count, width: this.size }, normalize);
    const gain = this.#gain;
    if (gain !== 1) for (let at = 0, end = count * this.size; at < end; at++) inputs[at] = (inputs[at] ?? NaN) * gain;
    activate(this.model, inputs, this.outputs, { count, width: this.size });
  }

  /** Takes errors by the outputs back to the sums of what arrived. */
  backward(count: number): void {
    activateBack(this.model, this.outputs, this.errors, { count, width: this.size });
    this.backwardFromInputs(count);
  }

  /** The same from errors by what the neurons answer to: losses that know the model begin there. */
  backwardFromInputs(count: number): void {
    const { normalize = 0 } = this.#setup.population.settings;
    const gain = this.#gain;
    const { errors } = this;
    if (gain !== 1) for (let at = 0, end = count * this.size; at < end; at++) errors[at] = (errors[at] ?? NaN) * gain;
    if (normalize > 0) {
      const extent = { count, width: this.size };
      normalizeLengthsBack({ values: this.inputs, lengths: this.#lengths, errors }, extent, normalize, gain);
    }
    this.#norm?.backward(errors, count);
  }

  #addNoise(deviation: number, count: number): void {
    const { key, stream } = this.#setup;
    const lines = (length: number) => ({ indices: Int32Array.from({ length }, (_, index) => index), count: length });
    const drawn = new Float64Array(count * this.size);
    const address = { key, stream, event: this.#draws++ % 2 ** 32, along: 'rows' } as const;
    fillNormals(drawn, { mean: 0, deviation }, address, { rows: lines(count), columns: lines(this.size) });
    for (let at = 0; at < drawn.length; at++) this.inputs[at] = (this.inputs[at] ?? NaN) + (drawn[at] ?? NaN);
  }

  snapshot(): ArraySnapshot {
    return { draws: Float64Array.of(this.#draws), ...this.#norm?.snapshot() };
  }

  restore(snapshot: ArraySnapshot): void {
    this.#draws = snapshot['draws']?.[0] ?? 0;
    this.#norm?.restore(snapshot);
  }
}
