/** A layer with the numbers that are trained in it: weights, biases, and the parameters of its rule. */
import { around, type DrawnNumbers } from './drawn-numbers.js';
import { FastLayer } from './fast-layer.js';
import type { FastFactor, FastPart } from './fast-weight-rule.js';
import type { SequenceActivation } from './sequence-activation.js';
import { TrainedFactors } from './trained-factors.js';

/** A layer of a model. */
export interface ModelLayerSetup {
  /** Name of its population. */
  readonly name: string;
  readonly units: number;
  readonly activation: SequenceActivation;
  readonly isRecurrent: boolean;
  /** Absent for plain weights. */
  readonly fast?: FastPart;
}

const NO_FACTOR: FastFactor = { scale: 0 };

export class ModelLayer {
  readonly layer: FastLayer;
  /** In the order in which they are drawn. */
  readonly trained: readonly DrawnNumbers[];
  /** Factors of the fast part. */
  readonly factors: TrainedFactors;

  constructor(
    { units, isRecurrent, activation, fast }: ModelLayerSetup,
    { inputs, isStacked, name }: { readonly inputs: number; readonly isStacked: boolean; readonly name: string },
  ) {
    const norm = fast?.norm ?? { of: 'nothing', length: 0 };
    this.layer = new FastLayer({ units, inputs, isRecurrent, norm, activation, isStacked });
    const { values, gradients } = this.layer;
    const start = around(1 / Math.sqrt(units));
    const weight = { name: `${name}weight`, values: values.weight, gradients: gradients.weight, start };
    const bias = { name: `${name}bias`, values: values.bias, gradients: gradients.bias, start };
    this.factors = new TrainedFactors(this.layer, fast ?? { decay: NO_FACTOR, gain: NO_FACTOR }, name);
    this.trained = [weight, bias, ...this.factors.numbers];
  }
}
