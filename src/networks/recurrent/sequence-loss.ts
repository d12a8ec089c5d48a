/** Answers of a sequence, one by one: outputs of the last population, their loss, and its derivative by the sums. */
import type { Loss } from '../layers/loss.js';
import { activate, slopeAt, type SequenceActivation } from './sequence-activation.js';

/** The last population. */
export interface SequenceOutput {
  readonly name: string;
  readonly model: SequenceActivation | 'softmax';
  readonly size: number;
}

/** Least probability that a logarithm is taken of, as for networks without time. */
const LEAST = 2 ** -24;

/** What reaches the neurons of the last population, and what they make of it. */
export interface SequenceAnswer {
  readonly sums: Float64Array;
  readonly outputs: Float64Array;
}

/** Outputs of the sums of an answer, in place. */
export function respond({ model }: SequenceOutput, { sums, outputs }: SequenceAnswer): void {
  if (model === 'softmax') toProbabilities(sums, outputs);
  else for (let each = 0; each < sums.length; each++) outputs[each] = activate(model, sums[each] ?? NaN);
}

/** The class of the largest output; of a single one, 1 from where it is nearer to 1 than to the value of class 0. */
export function classOf({ model }: SequenceOutput, outputs: Float64Array): number {
  if (outputs.some(Number.isNaN)) return -1;
  const [first = NaN] = outputs;
  if (outputs.length === 1) return first >= (model === 'tanh' ? 0 : 0.5) ? 1 : 0;
  return outputs.indexOf(outputs.reduce((most, value) => Math.max(most, value), -Infinity));
}

/** What an output is to be: 1 for the class and 0 for others; a single one is to be the label itself. */
function targetOf(label: number, index: number, size: number): number {
  return size === 1 ? label : Number(index === label);
}

/** The losses of `layers/loss.ts` of one answer. */
export function lossOf({ model }: SequenceOutput, { sums, outputs }: SequenceAnswer, wanted: Wanted): number {
  const { label, loss } = wanted;
  const size = outputs.length;
  if (loss === 'meanSquare') {
    return outputs.reduce((sum, output, index) => sum + (output - targetOf(label, index, size)) ** 2 / size, 0);
  }
  if (model === 'sigmoid') {
    return outputs.reduce((sum, output, index) => {
      const right = targetOf(label, index, size) === 1 ? output : 1 - output;
      return sum - Math.log(Math.max(LEAST, right));
    }, 0);
  }
  const largest = sums.reduce((most, value) => Math.max(most, value), -Infinity);
  const sum = sums.reduce((total, value) => total + Math.exp(value - largest), 0);
  return Math.log(sum) - ((sums[label] ?? NaN) - largest);
}

/** What the answer should have been. */
export interface Wanted {
  readonly label: number;
  readonly loss: Loss;
}

/** Derivatives of the loss of an answer by its sums, over its outputs. */
export function toSumErrors({ model }: SequenceOutput, { sums, outputs }: SequenceAnswer, wanted: Wanted): void {
  const { label, loss } = wanted;
  const size = outputs.length;
  if (loss === 'crossEntropy') {
    if (model === 'linear') toProbabilities(sums, outputs);
    for (let each = 0; each < size; each++) outputs[each] = (outputs[each] ?? NaN) - targetOf(label, each, size);
    return;
  }
  const errors = outputs.map((output, each) => (2 * (output - targetOf(label, each, size))) / size);
  const along = errors.reduce((sum, error, each) => sum + error * (outputs[each] ?? NaN), 0);
  for (let each = 0; each < size; each++) {
    const [output, error] = [outputs[each] ?? NaN, errors[each] ?? NaN];
    outputs[each] = model === 'softmax' ? output * (error - along) : error * slopeAt(model, output);
  }
}

/** Probabilities of a softmax over `sums`, which `out` may be. */
export function toProbabilities(sums: Float64Array, out: Float64Array): void {
  const largest = sums.reduce((most, value) => Math.max(most, value), -Infinity);
  let total = 0;
  for (let each = 0; each < sums.length; each++) {
    const power = Math.exp((sums[each] ?? NaN) - largest);
    out[each] = power;
    total += power;
  }
  for (let each = 0; each < out.length; each++) out[each] = (out[each] ?? NaN) / total;
}
