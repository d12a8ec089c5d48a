/** A layer with fast parts that reads sequences, and a layer behind it that tells a class from its last outputs. */
import { centred } from '../../numerics/distribution.js';
import { keyOfSeed } from '../../numerics/normal.js';
import { fillVariates } from '../../numerics/variates.js';
import type { ArraySnapshot } from '../arrays/synapse-array.js';
import { Adam, type TrainedNumbers } from './adam.js';
import { FastLayer, widthOf } from './fast-layer.js';
import type { FastFactor, FastPart } from './fast-weight-rule.js';

/** Sizes and rule of a model. */
export interface SequenceModelSetup {
  readonly inputs: number;
  readonly units: number;
  readonly classes: number;
  readonly isRecurrent: boolean;
  /** Absent for plain weights. */
  readonly fast?: FastPart;
  readonly seed: number;
}

/** Sequences of equal length, (labels.length x steps x inputs), with the class of each. */
export interface LabelledSequences {
  readonly features: Float32Array;
  readonly labels: Int32Array;
}

/** Sums over the sequences of a batch. */
export interface SequenceScore {
  correct: number;
  loss: number;
}

/** Step of Adam at rate 1. */
const ADAM_STEP = 1e-3;

/** Streams of random numbers of initial values, apart from those of devices and of weights of arrays. */
const STREAM = 2 ** 21;

const NO_FACTOR: FastFactor = { scale: 0 };

/** Weights, biases, and the parameters per synapse of the rule, trained by Adam on the mean loss of batches. */
export class SequenceModel {
  readonly layer: FastLayer;
  readonly setup: SequenceModelSetup;
  readonly #adam: Adam;
  readonly #factors: readonly { readonly scale: number; readonly raw: TrainedNumbers; readonly of: 'decay' | 'gain' }[];
  /** (classes x units) and (classes). */
  readonly #readout: TrainedNumbers;
  readonly #readoutBias: TrainedNumbers;
  readonly #answer: Float64Array;
  readonly #errors: Float64Array;

  constructor(setup: SequenceModelSetup) {
    const { units, classes, fast, inputs, isRecurrent } = setup;
    const norm = fast?.norm ?? { of: 'nothing', length: 0 };
    this.setup = setup;
    this.layer = new FastLayer({ units, inputs, isRecurrent, norm });
    const { values, gradients } = this.layer;
    this.#readout = numbersOf('readout', classes * units);
    this.#readoutBias = numbersOf('readout bias', classes);
    this.#answer = new Float64Array(classes);
    this.#errors = new Float64Array(units);
    const weight = { name: 'weight', values: values.weight, gradients: gradients.weight };
    const bias = { name: 'bias', values: values.bias, gradients: gradients.bias };
    this.#factors = (['decay', 'gain'] as const).flatMap((of) => {
      const { scale, parameter } = fast?.[of] ?? NO_FACTOR;
      if (!parameter) {
        values[of].fill(scale);
        return [];
      }
      const raw = numbersOf(of, parameter.per === 'post' ? units : units * widthOf(this.layer.shape));
      return [{ scale, raw: { ...raw, ...(parameter.bounds && { bounds: parameter.bounds }) }, of }];
    });
    const trained = [weight, bias, ...this.#factors.map(({ raw }) => raw), this.#readout, this.#readoutBias];
    this.#draw(trained);
    this.#adam = new Adam(trained);
    this.#applyFactors();
  }

  /** As the authors: weights and biases within 1 / sqrt(units); a parameter within its range, or its value either way. */
  #draw(trained: readonly TrainedNumbers[]): void {
    const { fast, units, seed } = this.setup;
    trained.forEach(({ name, values, bounds }, index) => {
      const factor = name === 'decay' || name === 'gain' ? fast?.[name].parameter : undefined;
      const width = factor ? Math.abs(factor.value) : 1 / Math.sqrt(units);
      const law = centred({ name: 'uniform', operands: bounds ? [bounds.low, bounds.high] : [-width, width] });
      const address = { key: keyOfSeed(seed), stream: STREAM + index, event: 0, along: 'rows' } as const;
      const one = { indices: Int32Array.of(0), count: 1 };
      const all = { indices: Int32Array.from(values, (_, at) => at), count: values.length };
      fillVariates(values, law, address, { rows: one, columns: all });
    });
  }

  #applyFactors(): void {
    for (const { scale, raw, of } of this.#factors) {
      const values = this.layer.values[of];
      const each = values.length / raw.values.length;
      for (let at = 0; at < values.length; at++) values[at] = scale * (raw.values[Math.floor(at / each)] ?? NaN);
    }
  }

  /** Scores sequences without learning. */
  test({ features, labels }: LabelledSequences): SequenceScore {
    return this.#score({ features, labels }, false);
  }

  /** Scores sequences and leaves the derivatives of their mean cross entropy; {@link learn} takes the step. */
  train({ features, labels }: LabelledSequences): SequenceScore {
    return this.#score({ features, labels }, true);
  }

  /** One step of Adam, of 0.001 times `rate`. */
  learn(rate = 1): void {
    for (const { scale, raw, of } of this.#factors) {
      const by = this.layer.gradients[of];
      const each = by.length / raw.values.length;
      // Gradients of raw values are zero between steps
      for (let at = 0; at < by.length; at++) {
        const place = Math.floor(at / each);
        raw.gradients[place] = (raw.gradients[place] ?? NaN) + scale * (by[at] ?? NaN);
      }
    }
    this.layer.gradients.decay.fill(0);
    this.layer.gradients.gain.fill(0);
    this.#adam.step(ADAM_STEP * rate);
    this.#applyFactors();
  }

  /** The class that outputs (units) of the layer stand for; -1 where they are no numbers. */
  answerTo(outputs: Float64Array): number {
    this.#read(outputs);
    return largestOf(this.#answer);
  }

  snapshot(): ArraySnapshot {
    return this.#adam.snapshot();
  }

  restore(snapshot: ArraySnapshot): void {
    this.#adam.restore(snapshot);
    this.#applyFactors();
  }

  #score({ features, labels }: LabelledSequences, withErrors: boolean): SequenceScore {
    const width = features.length / labels.length;
    const steps = width / this.setup.inputs;
    const score = { correct: 0, loss: 0 };
    labels.forEach((label, sequence) => {
      const inputs = features.subarray(sequence * width, (sequence + 1) * width);
      const outputs = this.layer.forward(inputs, steps);
      this.#read(outputs);
      if (largestOf(this.#answer) === label) score.correct++;
      score.loss += toProbabilities(this.#answer, label);
      if (withErrors) this.#readBack(outputs, label, labels.length);
    });
    return score;
  }

  #read(outputs: Float64Array): void {
    const { units } = this.setup;
    for (let each = 0; each < this.#answer.length; each++) {
      let sum = this.#readoutBias.values[each] ?? NaN;
      for (let unit = 0; unit < units; unit++) {
        sum += (this.#readout.values[each * units + unit] ?? NaN) * (outputs[unit] ?? NaN);
      }
      this.#answer[each] = sum;
    }
  }

  #readBack(outputs: Float64Array, label: number, count: number): void {
    const { units } = this.setup;
    const { values, gradients } = this.#readout;
    this.#errors.fill(0);
    for (let each = 0; each < this.#answer.length; each++) {
      const error = ((this.#answer[each] ?? NaN) - Number(each === label)) / count;
      this.#readoutBias.gradients[each] = (this.#readoutBias.gradients[each] ?? NaN) + error;
      for (let unit = 0; unit < units; unit++) {
        const at = each * units + unit;
        gradients[at] = (gradients[at] ?? NaN) + error * (outputs[unit] ?? NaN);
        this.#errors[unit] = (this.#errors[unit] ?? NaN) + error * (values[at] ?? NaN);
      }
    }
    this.layer.backward(this.#errors);
  }
}

function numbersOf(name: string, length: number): TrainedNumbers {
  return { name, values: new Float64Array(length), gradients: new Float64Array(length) };
}

/** Index of the largest value; -1 where one is not a number. */
function largestOf(values: Float64Array): number {
  let best = 0;
  for (let each = 0; each < values.length; each++) {
    const value = values[each] ?? NaN;
    if (Number.isNaN(value)) return -1;
    if (value > (values[best] ?? NaN)) best = each;
  }
  return best;
}

/** Turns sums into probabilities, in place; the cross entropy with `label`. */
function toProbabilities(values: Float64Array, label: number): number {
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const wanted = (values[label] ?? NaN) - largest;
  let sum = 0;
  for (let each = 0; each < values.length; each++) {
    const power = Math.exp((values[each] ?? NaN) - largest);
    values[each] = power;
    sum += power;
  }
  for (let each = 0; each < values.length; each++) values[each] = (values[each] ?? NaN) / sum;
  return Math.log(sum) - wanted;
}
