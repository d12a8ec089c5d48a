/** Layers with or without fast parts that read sequences, and a population behind them that answers behind the last step. */
import type { ArraySnapshot } from '../arrays/synapse-array.js';
import type { BatchScore, Loss } from '../layers/loss.js';
import { Adam, type TrainedNumbers } from './adam.js';
import { ADAM_STEP, around, drawNumbers, numbersOf, type DrawnNumbers } from './drawn-numbers.js';
import type { FastLayer } from './fast-layer.js';
import { ModelLayer, type ModelLayerSetup } from './model-layer.js';
import { classOf, lossOf, respond, toSumErrors, type SequenceAnswer, type SequenceOutput } from './sequence-loss.js';

/** Sizes and rules of a model. */
export interface SequenceModelSetup {
  readonly inputs: number;
  /** One behind the other. */
  readonly layers: readonly ModelLayerSetup[];
  readonly output: SequenceOutput;
  readonly seed: number;
}

/** Sequences of equal length, (labels.length x steps x inputs), with the class of each. */
export interface LabelledSequences {
  readonly features: Float32Array;
  readonly labels: Int32Array;
}

/** Streams of random numbers of initial values, apart from those of devices and of weights of arrays. */
const STREAM = 2 ** 21;

/** Weights, biases, and the parameters of the rules, trained by Adam on the mean loss of batches. */
export class SequenceModel {
  readonly setup: SequenceModelSetup;
  /** All that is trained, with the derivatives that {@link train} leaves. */
  readonly trained: readonly TrainedNumbers[];
  readonly #layers: readonly ModelLayer[];
  readonly #adam: Adam;
  /** (size of the output x units of the last layer) and (size of the output). */
  readonly #readout: DrawnNumbers;
  readonly #readoutBias: DrawnNumbers;
  readonly #answer: SequenceAnswer;

  constructor(setup: SequenceModelSetup) {
    const { layers, output, inputs } = setup;
    this.setup = setup;
    this.#layers = layers.map((layer, index) => {
      const width = layers[index - 1]?.units ?? inputs;
      return new ModelLayer(layer, { inputs: width, isStacked: index > 0, name: index === 0 ? '' : `${layer.name}, ` });
    });
    const units = layers.at(-1)?.units ?? 0;
    const start = around(1 / Math.sqrt(units));
    this.#readout = { ...numbersOf('readout', output.size * units), start };
    this.#readoutBias = { ...numbersOf('readout bias', output.size), start };
    this.#answer = { sums: new Float64Array(output.size), outputs: new Float64Array(output.size) };
    const trained = [...this.#layers.flatMap((layer) => layer.trained), this.#readout, this.#readoutBias];
    // As the authors: uniform within bounds, or within 1 / sqrt(units)
    drawNumbers(trained, setup.seed, STREAM);
    this.trained = trained;
    this.#adam = new Adam(trained);
    this.#applyFactors();
  }

  /** Layers as they compute, from the inputs on. */
  get layers(): readonly FastLayer[] {
    return this.#layers.map(({ layer }) => layer);
  }

  /** What reaches the layer of an index (steps x its inputs) while a sequence (steps x inputs) goes on. */
  inputsOf(index: number, sequence: ArrayLike<number>): ArrayLike<number> {
    if (index === 0) return sequence;
    this.#forward(sequence);
    return this.layers[index - 1]?.outputs().slice() ?? sequence;
  }

  /** The class that outputs (units) of the last layer stand for; -1 where they are no numbers. */
  answerTo(outputs: Float64Array): number {
    this.#read(outputs);
    return classOf(this.setup.output, this.#answer.outputs);
  }

  /** Scores sequences without learning. */
  test(batch: LabelledSequences, loss: Loss | undefined): BatchScore {
    return this.#score(batch, loss, false);
  }

  /** Scores sequences and leaves the derivatives of their mean loss; {@link learn} takes the step. */
  train(batch: LabelledSequences, loss: Loss): BatchScore {
    const score = this.#score(batch, loss, true);
    for (const layer of this.#layers) layer.factors.collect();
    return score;
  }

  /** One step of Adam, of 0.001 times `rate`. */
  learn(rate = 1): void {
    this.#adam.step(ADAM_STEP * rate);
    this.#applyFactors();
  }

  snapshot(): ArraySnapshot {
    return this.#adam.snapshot();
  }

  restore(snapshot: ArraySnapshot): void {
    this.#adam.restore(snapshot);
    this.#applyFactors();
  }

  #applyFactors(): void {
    for (const layer of this.#layers) layer.factors.apply();
  }

  /** Outputs (units) of the last layer behind the last step. */
  #forward(inputs: ArrayLike<number>): Float64Array {
    const steps = inputs.length / this.setup.inputs;
    let values = inputs;
    let last: Float64Array = new Float64Array();
    for (const { layer } of this.#layers) {
      last = layer.forward(values, steps);
      values = layer.outputs();
    }
    return last;
  }

  #score({ features, labels }: LabelledSequences, loss: Loss | undefined, withErrors: boolean): BatchScore {
    const { output, inputs: count } = this.setup;
    const width = features.length / labels.length;
    const score = { correct: 0, loss: 0 };
    labels.forEach((label, sequence) => {
      const last = this.#forward(features.subarray(sequence * width, (sequence + 1) * width));
      if (this.answerTo(last) === label) score.correct++;
      if (loss === undefined) return;
      const wanted = { label, loss };
      score.loss += lossOf(output, this.#answer, wanted);
      if (!withErrors) return;
      toSumErrors(output, this.#answer, wanted);
      this.#backward(last, width / count, labels.length);
    });
    return score;
  }

  #read(outputs: Float64Array): void {
    const { sums } = this.#answer;
    for (let each = 0; each < sums.length; each++) {
      let sum = this.#readoutBias.values[each] ?? NaN;
      for (let unit = 0; unit < outputs.length; unit++) {
        sum += (this.#readout.values[each * outputs.length + unit] ?? NaN) * (outputs[unit] ?? NaN);
      }
      sums[each] = sum;
    }
    respond(this.setup.output, this.#answer);
  }

  /** Errors by the sums of the answer, in its outputs, go back to all parameters, `count` sequences to a mean. */
  #backward(outputs: Float64Array, steps: number, count: number): void {
    const units = outputs.length;
    const { values, gradients } = this.#readout;
    let errors: Float64Array = new Float64Array(steps * units);
    const last = errors.subarray((steps - 1) * units);
    this.#answer.outputs.forEach((sumError, each) => {
      const error = sumError / count;
      this.#readoutBias.gradients[each] = (this.#readoutBias.gradients[each] ?? NaN) + error;
      for (let unit = 0; unit < units; unit++) {
        const at = each * units + unit;
        gradients[at] = (gradients[at] ?? NaN) + error * (outputs[unit] ?? NaN);
        last[unit] = (last[unit] ?? NaN) + error * (values[at] ?? NaN);
      }
    });
    for (const { layer } of this.#layers.toReversed()) {
      const before = layer.shape.isStacked ? new Float64Array(steps * layer.shape.inputs) : undefined;
      layer.backward(errors, before);
      errors = before ?? errors;
    }
  }
}
