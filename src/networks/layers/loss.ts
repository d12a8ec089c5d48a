/** Losses of training: mean over the batch, its derivative, and which class the network finds. */
import type { Neurons } from './neurons.js';

/** Losses by their names in `train`. */
export type Loss = 'crossEntropy' | 'meanSquare';

/** What a batch came to; sums over its samples. */
export interface BatchScore {
  correct: number;
  loss: number;
}

/** Least probability that a logarithm is taken of, the step of single precision. */
const LEAST = 2 ** -24;

/**
 * Scores the outputs for `labels` (one for each of `count` samples), and where `withErrors` leaves in
 * `neurons.errors` the derivative of the mean loss by the sums of what arrives.
 *
 * `crossEntropy` is that of the probabilities of `softmax`, of the softmax of the outputs of `linear`, and of every
 * output of `sigmoid` by itself; `meanSquare` is the mean over samples and outputs of the square of the distance from 1
 * for the class and 0 for others. A single output stands for class 1.
 */
export function scoreBatch(
  neurons: Neurons,
  labels: Int32Array,
  loss: Loss | undefined,
  withErrors: boolean,
): BatchScore {
  const score = { correct: 0, loss: 0 };
  for (let sample = 0; sample < labels.length; sample++) {
    const label = labels[sample] ?? NaN;
    if (foundClass(neurons, sample) === label) score.correct++;
    if (loss !== undefined) score.loss += scoreSample(neurons, sample, { label, loss });
  }
  if (loss !== undefined && withErrors) leaveErrors(neurons, labels, loss);
  return score;
}

/** The class of the largest output; of a single one, 1 from where it is nearer to 1 than to the value of class 0. */
function foundClass({ outputs, size, model }: Neurons, sample: number): number {
  const from = sample * size;
  if (size === 1) return (outputs[from] ?? NaN) >= (model === 'tanh' ? 0 : 0.5) ? 1 : 0;
  let best = 0;
  for (let index = 1; index < size; index++) {
    if ((outputs[from + index] ?? NaN) > (outputs[from + best] ?? NaN)) best = index;
  }
  return Number.isNaN(outputs[from] ?? NaN) ? -1 : best;
}

interface Wanted {
  readonly label: number;
  readonly loss: Loss;
}

function targetOf(label: number, index: number, size: number): number {
  return size === 1 ? label : Number(index === label);
}

function scoreSample({ outputs, inputs, size, model }: Neurons, sample: number, { label, loss }: Wanted): number {
  const from = sample * size;
  let sum = 0;
  if (loss === 'meanSquare') {
    for (let index = 0; index < size; index++) {
      sum += ((outputs[from + index] ?? NaN) - targetOf(label, index, size)) ** 2 / size;
    }
    return sum;
  }
  if (model === 'sigmoid') {
    for (let index = 0; index < size; index++) {
      const output = outputs[from + index] ?? NaN;
      const right = targetOf(label, index, size) === 1 ? output : 1 - output;
      sum -= Math.log(Math.max(LEAST, right));
    }
    return sum;
  }
  // From the inputs, where nothing has been rounded to 0
  let largest = -Infinity;
  for (let index = 0; index < size; index++) largest = Math.max(largest, inputs[from + index] ?? NaN);
  for (let index = 0; index < size; index++) sum += Math.exp((inputs[from + index] ?? NaN) - largest);
  return largest + Math.log(sum) - (inputs[from + label] ?? NaN);
}

function leaveErrors(neurons: Neurons, labels: Int32Array, loss: Loss): void {
  const { outputs, inputs, errors, size, model } = neurons;
  const count = labels.length;
  for (let sample = 0; sample < count; sample++) {
    const label = labels[sample] ?? NaN;
    const from = sample * size;
    const total = loss === 'crossEntropy' && model === 'linear' ? exponentials(inputs, from, size) : undefined;
    for (let index = 0; index < size; index++) {
      const output = outputs[from + index] ?? NaN;
      const value = total ? Math.exp(output - total.largest) / total.sum : output;
      const distance = value - targetOf(label, index, size);
      errors[from + index] = loss === 'crossEntropy' ? distance / count : (2 * distance) / (count * size);
    }
  }
  if (loss === 'crossEntropy') neurons.backwardFromInputs(count);
  else neurons.backward(count);
}

function exponentials(inputs: Float32Array, from: number, size: number) {
  let largest = -Infinity;
  for (let index = 0; index < size; index++) largest = Math.max(largest, inputs[from + index] ?? NaN);
  let sum = 0;
  for (let index = 0; index < size; index++) sum += Math.exp((inputs[from + index] ?? NaN) - largest);
  return { largest, sum };
}

/** Why a loss cannot be taken of the outputs of a population; undefined where it can. */
export function lossObstacle(
  loss: Loss,
  { model, size, name }: Pick<Neurons, 'model' | 'size' | 'name'>,
): string | undefined {
  if (loss === 'meanSquare') return undefined;
  if (model === 'sigmoid') return undefined;
  if (model === 'softmax' || model === 'linear') {
    return size > 1 ? undefined : `\`${name}\` has a single output; make it \`sigmoid\``;
  }
  return `\`crossEntropy\` is of probabilities, which \`${name}\` (\`${model}\`) has none of`;
}
