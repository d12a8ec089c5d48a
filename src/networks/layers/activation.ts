/** Outputs of neurons of rate models, and the way of errors back through them. */
import type { NeuronModel } from '../../ir/graph.js';

/** Models whose neurons have an output at every sample. */
export type RateModel = 'rates' | 'relu' | 'sigmoid' | 'tanh' | 'linear' | 'softmax';

const RATE_MODELS: readonly NeuronModel[] = ['rates', 'relu', 'sigmoid', 'tanh', 'linear', 'softmax'];

/** Whether a population of this model takes part in training by samples. */
export function isRateModel(model: NeuronModel): model is RateModel {
  return RATE_MODELS.includes(model);
}

/** Vectors of a batch, (count x width). */
export interface Extent {
  readonly count: number;
  readonly width: number;
}

/** Writes outputs for `inputs`; both (count x width). */
export function activate(model: RateModel, inputs: Float32Array, outputs: Float32Array, extent: Extent): void {
  FORWARD[model](inputs, outputs, extent);
}

type Forward = (inputs: Float32Array, outputs: Float32Array, extent: Extent) => void;

const same: Forward = (inputs, outputs, { count, width }) => {
  outputs.set(inputs.subarray(0, count * width));
};

function each(output: (input: number) => number): Forward {
  return (inputs, outputs, { count, width }) => {
    for (let at = 0, end = count * width; at < end; at++) outputs[at] = output(inputs[at] ?? NaN);
  };
}

const FORWARD: Readonly<Record<RateModel, Forward>> = {
  rates: same,
  linear: same,
  // NaN stays, which tells of divergence
  relu: (inputs, outputs, { count, width }) => {
    for (let at = 0, end = count * width; at < end; at++) outputs[at] = (inputs[at] ?? 0) < 0 ? 0 : (inputs[at] ?? 0);
  },
  sigmoid: each((input) => 1 / (1 + Math.exp(-input))),
  tanh: each(Math.tanh),
  softmax: (inputs, outputs, { count, width }) => {
    for (let at = 0; at < count * width; at += width) softmax(inputs, outputs, at, width);
  },
};

function softmax(inputs: Float32Array, outputs: Float32Array, from: number, width: number): void {
  let largest = -Infinity;
  for (let at = from; at < from + width; at++) largest = Math.max(largest, inputs[at] ?? NaN);
  let sum = 0;
  for (let at = from; at < from + width; at++) {
    const power = Math.exp((inputs[at] ?? NaN) - largest);
    outputs[at] = power;
    sum += power;
  }
  for (let at = from; at < from + width; at++) outputs[at] = (outputs[at] ?? NaN) / sum;
}

/** Turns errors by the outputs into errors by the inputs, in place; `outputs` are those of {@link activate}. */
export function activateBack(model: RateModel, outputs: Float32Array, errors: Float32Array, extent: Extent): void {
  BACKWARD[model](outputs, errors, extent);
}

const unchanged: Forward = () => undefined;

function eachBack(slope: (output: number) => number): Forward {
  return (outputs, errors, { count, width }) => {
    for (let at = 0, end = count * width; at < end; at++) {
      errors[at] = (errors[at] ?? NaN) * slope(outputs[at] ?? NaN);
    }
  };
}

const BACKWARD: Readonly<Record<RateModel, Forward>> = {
  rates: unchanged,
  linear: unchanged,
  relu: (outputs, errors, { count, width }) => {
    for (let at = 0, end = count * width; at < end; at++) if (!((outputs[at] ?? 0) > 0)) errors[at] = 0;
  },
  sigmoid: eachBack((output) => output * (1 - output)),
  tanh: eachBack((output) => 1 - output * output),
  softmax: (outputs, errors, { count, width }) => {
    for (let at = 0; at < count * width; at += width) softmaxBack(outputs, errors, at, width);
  },
};

function softmaxBack(outputs: Float32Array, errors: Float32Array, from: number, width: number): void {
  let mean = 0;
  for (let at = from; at < from + width; at++) mean += (outputs[at] ?? 0) * (errors[at] ?? 0);
  for (let at = from; at < from + width; at++) errors[at] = (outputs[at] ?? 0) * ((errors[at] ?? 0) - mean);
}
