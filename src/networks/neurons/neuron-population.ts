/** A population while samples go through it step by step, side by side. */
import type { MappedPopulation } from '../../ir/mapped-network.js';
import type { NeuronModel } from '../../ir/graph.js';
import { createKernel, fires } from './create-kernel.js';
import type { NeuronModelKernel, NeuronState } from './neuron-kernel.js';

/** What sends values from outside. */
const SOURCES: ReadonlySet<string> = new Set(['spikes', 'rates']);

/** Whether populations of a model send spikes. */
export function sendsSpikes(model: NeuronModel): boolean {
  return model === 'spikes' || fires(model);
}

export class NeuronPopulation implements NeuronState {
  readonly size: number;
  readonly name: string;
  readonly inputs: Float32Array;
  readonly outputs: Float32Array;
  /** Nothing goes back through neurons that fire. */
  readonly errors = new Float32Array();
  readonly potential: Float64Array;
  readonly current: Float64Array;
  readonly resting: Int32Array;
  readonly #kernel: NeuronModelKernel | undefined;
  readonly #model: MappedPopulation['model'];

  private constructor({ name, size, model }: MappedPopulation, kernel: NeuronModelKernel | undefined, batch: number) {
    const cells = size * batch;
    this.name = name;
    this.size = size;
    this.#kernel = kernel;
    this.#model = model;
    this.inputs = new Float32Array(cells);
    this.outputs = new Float32Array(cells);
    this.potential = new Float64Array(cells);
    this.current = new Float64Array(kernel?.hasCurrent === true ? cells : 0);
    this.resting = new Int32Array(kernel?.fires === true ? cells : 0);
  }

  /** For `batch` samples at most in steps of `stepSeconds`; undefined for models that no step is known of. */
  static of(population: MappedPopulation, stepSeconds: number, batch: number): NeuronPopulation | undefined {
    const kernel = createKernel(population, stepSeconds);
    if (!kernel && !SOURCES.has(population.model)) return undefined;
    return new NeuronPopulation(population, kernel, batch);
  }

  /** Whether what it sends are spikes. */
  get sendsSpikes(): boolean {
    return sendsSpikes(this.#model);
  }

  /** Begins anew for other samples. */
  reset(): void {
    const rest = this.#kernel?.rest;
    this.outputs.fill(0);
    this.current.fill(0);
    this.resting.fill(0);
    for (let at = 0; at < this.potential.length; at++) this.potential[at] = rest?.[at % this.size] ?? 0;
  }

  /** One step of `count` samples; a source sends its inputs on. */
  step(count: number): void {
    if (this.#kernel) this.#kernel.step(this, count);
    else this.outputs.set(this.inputs.subarray(0, count * this.size));
  }
}
