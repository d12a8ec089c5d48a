/** Weights that the host keeps as numbers while cells stand for them: they follow the rule batch by batch. */
import { gradientProduct } from './gradient-product.js';
import { stepAtRate, type SampleRule, type SampleState, type SynapseShape } from './sample-rule.js';
import { takeSnapshot, type ArraySnapshot, type Batch } from './synapse-array.js';

export class SampleWeights {
  /** Factor of every change. */
  rate = 1;
  readonly #rule: SampleRule;
  readonly #shape: SynapseShape;
  readonly #state: SampleState;

  /** Begins at `weights` (rows x columns), which stay as they are. */
  constructor(rule: SampleRule, weights: Float32Array, shape: SynapseShape) {
    this.#rule = rule;
    this.#shape = shape;
    this.#state = {
      product: new Float32Array(weights.length),
      weight: Float32Array.from(weights),
      traces: rule.traces.map(({ initial }) => new Float32Array(weights.length).fill(initial)),
      modulators: Float64Array.from(rule.modulators, ({ initial }) => initial),
    };
  }

  /** The weights (rows x columns); a view. */
  get weight(): Float32Array {
    return this.#state.weight;
  }

  /** One step of the rule. */
  learn(inputs: Batch, errors: Batch): void {
    gradientProduct(inputs, errors, this.#state.product);
    stepAtRate(this.#rule, this.#state, this.rate, this.#shape);
  }

  /** Sets a modulator; whether the rule has it. */
  modulate(name: string, value: number): boolean {
    const index = this.#rule.modulators.findIndex((modulator) => modulator.name === name);
    if (index >= 0) this.#state.modulators[index] = value;
    return index >= 0;
  }

  snapshot(): ArraySnapshot {
    const { weight, traces, modulators } = this.#state;
    return {
      ...Object.fromEntries(traces.map((trace, index) => [`trace${String(index)}`, trace.slice()])),
      weight: weight.slice(),
      modulators: modulators.slice(),
    };
  }

  restore(snapshot: ArraySnapshot): void {
    const { weight, traces, modulators } = this.#state;
    traces.forEach((trace, index) => {
      takeSnapshot(snapshot, `trace${String(index)}`, trace);
    });
    takeSnapshot(snapshot, 'weight', weight);
    takeSnapshot(snapshot, 'modulators', modulators);
  }
}
