/**
 * An agent: convolutions over the screen, a layer with fast parts behind them, and behind that the probabilities of the
 * actions and an estimate of the reward to come. All of it is trained by gradient through the steps of a segment.
 */
import type { ArraySnapshot } from '../arrays/synapse-array.js';
import type { TrainedNumbers } from '../recurrent/adam.js';
import { around, type DrawnNumbers } from '../recurrent/drawn-numbers.js';
import type { FastFactor } from '../recurrent/fast-weight-rule.js';
import { TrainedFactors } from '../recurrent/trained-factors.js';
import { ActiveMap, type MapShape } from './active-map.js';
import { AgentHeads } from './agent-heads.js';
import { AgentNumbers } from './agent-numbers.js';
import type { FastStep } from './fast-step.js';
import { SparseConvolution, type SparseWindow } from './sparse-convolution.js';
import { SparseFastLayer, type FastState } from './sparse-fast-layer.js';

/** Sizes and rule of an agent. */
export interface AgentSetup {
  readonly screen: MapShape;
  readonly windows: readonly SparseWindow[];
  readonly units: number;
  readonly actions: number;
  /** Length to which what the layer sees is scaled; 0 leaves it as it is. */
  readonly inputLength: number;
  readonly decay: FastFactor;
  readonly gain: FastFactor;
  readonly seed: number;
}

/** What an agent saw, did and thought in a step. */
export interface AgentStep {
  /** The screen, then the maps behind each convolution. */
  readonly maps: readonly ActiveMap[];
  readonly fast: FastStep;
  /** Probabilities of the actions. */
  readonly chances: Float64Array;
  value: number;
}

/** Derivatives of a loss by what the agent thought in each step. */
export interface ThoughtErrors {
  /** By the inputs of the actions' neurons (steps x actions). */
  readonly actions: Float64Array;
  /** By the estimates (steps). */
  readonly values: Float64Array;
}

export class AgentModel {
  readonly setup: AgentSetup;
  readonly layer: SparseFastLayer;
  readonly heads: AgentHeads;
  readonly #convolutions: readonly SparseConvolution[];
  readonly #factors: TrainedFactors;
  readonly #numbers: AgentNumbers;
  /** Errors by the values of each map behind a convolution. */
  readonly #mapErrors: readonly Float64Array[];

  constructor(setup: AgentSetup) {
    const { screen, windows, units, actions, inputLength, seed } = setup;
    this.setup = setup;
    const convolutions: SparseConvolution[] = [];
    for (const window of windows) {
      convolutions.push(new SparseConvolution(convolutions.at(-1)?.behind ?? screen, window));
    }
    this.#convolutions = convolutions;
    const inputs = sizeOf(convolutions.at(-1)?.behind ?? screen);
    this.layer = new SparseFastLayer({ inputs, units, inputLength });
    this.heads = new AgentHeads(units, actions);
    this.#mapErrors = convolutions.map(({ behind }) => new Float64Array(sizeOf(behind)));
    this.#factors = new TrainedFactors(this.layer, setup, '');
    this.#numbers = new AgentNumbers(this.#drawn(), seed);
    this.#factors.apply();
  }

  /** Numbers that are trained, the layer's factors as what they are made of. */
  get trained(): readonly TrainedNumbers[] {
    return this.#numbers.numbers;
  }

  createMemory(): FastState {
    return this.layer.createState();
  }

  createStep(): AgentStep {
    const { screen, actions } = this.setup;
    const maps = [screen, ...this.#convolutions.map(({ behind }) => behind)].map((shape) => new ActiveMap(shape));
    return { maps, fast: this.layer.createStep(), chances: new Float64Array(actions), value: 0 };
  }

  /** Looks at `screen` and thinks; `memory` moves on, unless `isLook`. */
  forward(screen: ActiveMap, memory: FastState, step: AgentStep, isLook = false): void {
    step.maps[0]?.copy(screen);
    this.#convolutions.forEach((convolution, index) => {
      const [before, behind] = [step.maps[index], step.maps[index + 1]];
      if (before && behind) convolution.forward(before, behind);
    });
    step.fast.begin();
    const last = step.maps.at(-1);
    if (last) appendActive(last, step.fast);
    this.layer.forward(memory, step.fast, isLook);
    step.value = this.heads.forward(step.fast.outputs, step.chances);
  }

  /** Adds the derivatives that errors leave in the steps of a segment. */
  backward(steps: readonly AgentStep[], errors: ThoughtErrors): void {
    const { units } = this.setup;
    const outputErrors = new Float64Array(steps.length * units);
    steps.forEach(({ fast }, at) => {
      this.heads.backward(fast.outputs, at, { ...errors, outputs: outputErrors });
    });
    this.layer.backward(
      steps.map(({ fast }) => fast),
      outputErrors,
    );
    for (const step of steps) this.#mapsBack(step);
  }

  /** One step of Adam, of 0.001 times `rate`, along a gradient of `most` in length at most. All memories must be settled. */
  learn(rate: number, most: number): void {
    this.#factors.collect();
    this.#numbers.step(rate, most);
    this.#factors.apply();
  }

  snapshot(): ArraySnapshot {
    return this.#numbers.snapshot();
  }

  restore(snapshot: ArraySnapshot): void {
    this.#numbers.restore(snapshot);
    this.#factors.apply();
  }

  #mapsBack({ maps, fast }: AgentStep): void {
    const last = this.#mapErrors.at(-1);
    for (let at = 0; last && at < fast.count - this.setup.units; at++)
      last[fast.columns[at] ?? 0] = fast.errors[at] ?? NaN;
    for (let index = this.#convolutions.length - 1; index >= 0; index--) {
      const [before, behind, errors] = [maps[index], maps[index + 1], this.#mapErrors[index]];
      if (before && behind && errors) {
        this.#convolutions[index]?.backward(before, behind, errors, this.#mapErrors[index - 1]);
      }
    }
  }

  /** Convolutions begin as those of rectifiers do (He et al., ICCV 2015), the rest within 1 / sqrt(units). */
  #drawn(): readonly DrawnNumbers[] {
    const { values, gradients } = this.layer;
    const start = around(1 / Math.sqrt(this.setup.units));
    return [
      ...this.#convolutions.map(({ weights, gradients: slopes, behind }, index) => {
        const ends = around(Math.sqrt((6 * behind.channels) / weights.length));
        return { name: `convolution ${String(index)}`, values: weights, gradients: slopes, start: ends };
      }),
      { name: 'weight', values: values.weight, gradients: gradients.weight, start },
      { name: 'bias', values: values.bias, gradients: gradients.bias, start },
      ...this.#factors.numbers,
      ...this.heads.numbers.map((numbers) => ({ ...numbers, start })),
    ];
  }
}

function sizeOf({ rows, columns, channels }: MapShape): number {
  return rows * columns * channels;
}

function appendActive({ shape: { channels }, count, places, values }: ActiveMap, step: FastStep): void {
  for (let at = 0; at < count; at++) {
    const first = (places[at] ?? 0) * channels;
    for (let index = first; index < first + channels; index++) {
      const value = values[index] ?? 0;
      if (value > 0) step.append(index, value);
    }
  }
}
