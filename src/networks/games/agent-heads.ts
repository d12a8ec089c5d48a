/** Behind an agent's layer: a softmax over its actions, and one linear neuron that estimates the reward to come. */
import type { TrainedNumbers } from '../recurrent/adam.js';
import { numbersOf } from '../recurrent/drawn-numbers.js';
import { toProbabilities } from '../recurrent/sequence-loss.js';
import type { ThoughtErrors } from './agent-model.js';

export class AgentHeads {
  /** Weights (actions + 1 x units), the estimate's last, and biases (actions + 1). */
  readonly numbers: readonly TrainedNumbers[];
  readonly #weight: TrainedNumbers;
  readonly #bias: TrainedNumbers;
  readonly #units: number;
  readonly #actions: number;

  constructor(units: number, actions: number) {
    this.#units = units;
    this.#actions = actions;
    this.#weight = numbersOf('heads', (actions + 1) * units);
    this.#bias = numbersOf('head biases', actions + 1);
    this.numbers = [this.#weight, this.#bias];
  }

  /** The estimate; writes the probabilities of the actions to `chances`. */
  forward(outputs: Float64Array, chances: Float64Array): number {
    for (let action = 0; action < this.#actions; action++) chances[action] = this.#sumOf(action, outputs);
    toProbabilities(chances, chances);
    return this.#sumOf(this.#actions, outputs);
  }

  /** Adds derivatives of step `at`, and errors by the outputs of the layer (steps x units) to `errors.outputs`. */
  backward(outputs: Float64Array, at: number, errors: ThoughtErrors & { readonly outputs: Float64Array }): void {
    for (let head = 0; head <= this.#actions; head++) {
      const error = (head < this.#actions ? errors.actions[at * this.#actions + head] : errors.values[at]) ?? NaN;
      const { values, gradients } = this.#weight;
      this.#bias.gradients[head] = (this.#bias.gradients[head] ?? NaN) + error;
      for (let unit = 0; unit < this.#units; unit++) {
        const [cell, to] = [head * this.#units + unit, at * this.#units + unit];
        gradients[cell] = (gradients[cell] ?? NaN) + error * (outputs[unit] ?? NaN);
        errors.outputs[to] = (errors.outputs[to] ?? NaN) + error * (values[cell] ?? NaN);
      }
    }
  }

  #sumOf(head: number, outputs: Float64Array): number {
    let sum = this.#bias.values[head] ?? NaN;
    for (let unit = 0; unit < this.#units; unit++) {
      sum += (this.#weight.values[head * this.#units + unit] ?? NaN) * (outputs[unit] ?? NaN);
    }
    return sum;
  }
}
