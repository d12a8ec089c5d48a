/**
 * The layer of `FastLayer` for inputs that are mostly zero and runs without end. Matrices lie by columns, (values before
 * x units), and a step visits the columns whose value is not zero: the fast parts of the others only decay, which is made
 * up for when they are visited next, F = D^gap F. Errors go back through the steps of one segment; what is before it counts as given.
 */
import { createFastLayerValues, type FastLayerValues } from '../recurrent/fast-layer.js';
import { FastStep } from './fast-step.js';

/** Sizes, and the length to which values before are scaled; 0 leaves them as they are. */
export interface SparseFastShape {
  readonly inputs: number;
  readonly units: number;
  readonly inputLength: number;
}

/** What the layer keeps from step to step. */
export interface FastState {
  /** Fast parts (values before x units), as they were before step `due` of each column (values before). */
  readonly fast: Float64Array;
  readonly due: Int32Array;
  /** Outputs of the step before (units). */
  readonly outputs: Float64Array;
  /** Steps since {@link SparseFastLayer.settle}. */
  step: number;
}

export class SparseFastLayer {
  readonly shape: SparseFastShape;
  readonly width: number;
  /** Matrices (values before x units): those from outside, then those of the layer itself. */
  readonly values: FastLayerValues;
  /** Sums of derivatives; whoever uses them sets them back to zero. */
  readonly gradients: FastLayerValues;
  /** Errors by fast parts before the step at hand; zero outside of {@link backward}. */
  readonly #fastErrors: Float64Array;
  readonly #errors: Float64Array;
  readonly #kept: Float64Array;

  constructor(shape: SparseFastShape) {
    const { inputs, units } = shape;
    this.shape = shape;
    this.width = inputs + units;
    this.values = createFastLayerValues(this.width * units, units);
    this.gradients = createFastLayerValues(this.width * units, units);
    this.#fastErrors = new Float64Array(this.width * units);
    this.#errors = new Float64Array(units);
    this.#kept = new Float64Array(units);
  }

  createState(): FastState {
    const { units } = this.shape;
    return {
      fast: new Float64Array(this.width * units),
      due: new Int32Array(this.width),
      outputs: new Float64Array(units),
      step: 0,
    };
  }

  createStep(): FastStep {
    return new FastStep(this.width, this.shape.units);
  }

  /** Nothing is remembered. */
  reset(state: FastState): void {
    state.fast.fill(0);
    state.outputs.fill(0);
    state.due.fill(state.step);
  }

  /** Brings all fast parts up to the step at hand, which becomes step 0: due before `decay` changes. */
  settle(state: FastState): void {
    const { units } = this.shape;
    for (let column = 0; column < this.width; column++) {
      this.#decay(state.fast, column * units, state.step - (state.due[column] ?? 0));
    }
    state.due.fill(0);
    state.step = 0;
  }

  /**
   * One step from the columns and values that `step` lists; what it takes to go back stays there. `state` moves on,
   * unless it is only looked at.
   */
  forward(state: FastState, step: FastStep, isLook = false): void {
    const { units, inputs } = this.shape;
    step.appendOutputs(inputs, state.outputs);
    step.scaleTo(this.shape.inputLength);
    step.outputs.set(this.values.bias);
    for (let at = 0; at < step.count; at++) {
      const column = step.columns[at] ?? 0;
      const gap = state.step - (state.due[column] ?? 0);
      const cells = column * units;
      step.gaps[at] = gap;
      step.saveFast(at, state.fast, cells);
      if (isLook) this.#addLooked(step, at, cells, gap);
      else {
        this.#decay(state.fast, cells, gap);
        this.#addProducts(step, at, cells, state.fast);
      }
    }
    for (let unit = 0; unit < units; unit++) step.outputs[unit] = Math.tanh(step.outputs[unit] ?? NaN);
    if (isLook) return;
    for (let at = 0; at < step.count; at++) this.#moveOn(state, step, at);
    state.outputs.set(step.outputs);
    state.step++;
  }

  /**
   * Adds the derivatives that errors by the outputs of the last `count` of `steps` (count x units) leave. Behind a step
   * that was the last of a game nothing comes back. Leaves errors by the inputs in the steps.
   */
  backward(steps: readonly FastStep[], errors: Float64Array): void {
    const { units, inputs } = this.shape;
    this.#errors.fill(0);
    for (let at = steps.length - 1; at >= 0; at--) {
      const step = steps[at];
      if (!step) continue;
      if (step.isLast) {
        this.#errors.fill(0);
        this.#fastErrors.fill(0);
      }
      for (let unit = 0; unit < units; unit++) {
        this.#errors[unit] = (this.#errors[unit] ?? NaN) + (errors[at * units + unit] ?? NaN);
      }
      this.#stepBack(step);
      step.scaleBack(this.shape.inputLength);
      step.outputErrors(inputs, this.#errors);
    }
    for (const step of steps) this.#forget(step);
  }

  #forget({ columns, count }: FastStep): void {
    const { units } = this.shape;
    for (let at = 0; at < count; at++) {
      const cells = (columns[at] ?? 0) * units;
      this.#fastErrors.fill(0, cells, cells + units);
    }
  }

  /** F = D^gap F of a column. */
  #decay(fast: Float64Array, cells: number, gap: number): void {
    if (gap === 0) return;
    const { decay } = this.values;
    for (let cell = cells; cell < cells + this.shape.units; cell++) {
      const part = fast[cell] ?? NaN;
      if (part !== 0) fast[cell] = part * power(decay[cell] ?? NaN, gap);
    }
  }

  #addProducts({ outputs, values }: FastStep, at: number, cells: number, fast: Float64Array): void {
    const { weight } = this.values;
    const value = values[at] ?? NaN;
    for (let unit = 0; unit < this.shape.units; unit++) {
      const total = (weight[cells + unit] ?? NaN) + (fast[cells + unit] ?? NaN);
      outputs[unit] = (outputs[unit] ?? NaN) + total * value;
    }
  }

  #addLooked({ outputs, values, fast }: FastStep, at: number, cells: number, gap: number): void {
    const { weight, decay } = this.values;
    const { units } = this.shape;
    const value = values[at] ?? NaN;
    for (let unit = 0; unit < units; unit++) {
      const part = (fast[at * units + unit] ?? NaN) * power(decay[cells + unit] ?? NaN, gap);
      outputs[unit] = (outputs[unit] ?? NaN) + ((weight[cells + unit] ?? NaN) + part) * value;
    }
  }

  /** F' = D F + B h u of a column. */
  #moveOn({ fast, due, step: now }: FastState, { columns, values, outputs }: FastStep, at: number): void {
    const { decay, gain } = this.values;
    const { units } = this.shape;
    const column = columns[at] ?? 0;
    const [cells, value] = [column * units, values[at] ?? NaN];
    for (let unit = 0; unit < units; unit++) {
      const cell = cells + unit;
      const change = (gain[cell] ?? NaN) * (outputs[unit] ?? NaN) * value;
      fast[cell] = (decay[cell] ?? NaN) * (fast[cell] ?? NaN) + change;
    }
    due[column] = now + 1;
  }

  /** Turns errors by outputs and fast parts behind a step into those by sums, by values before and by fast parts before. */
  #stepBack(step: FastStep): void {
    const { units } = this.shape;
    const { bias } = this.gradients;
    for (let at = 0; at < step.count; at++) this.#addOutputErrors(step, at);
    for (let unit = 0; unit < units; unit++) {
      const output = step.outputs[unit] ?? NaN;
      const sum = (this.#errors[unit] ?? NaN) * (1 - output * output);
      this.#errors[unit] = sum;
      bias[unit] = (bias[unit] ?? NaN) + sum;
    }
    for (let at = 0; at < step.count; at++) {
      this.#columnBack(step, at);
      if ((step.gaps[at] ?? 0) > 0) this.#gapBack(step, at);
    }
  }

  #addOutputErrors({ columns, values }: FastStep, at: number): void {
    const { units } = this.shape;
    const { gain } = this.values;
    const [cells, value] = [(columns[at] ?? 0) * units, values[at] ?? NaN];
    for (let unit = 0; unit < units; unit++) {
      const behind = (this.#fastErrors[cells + unit] ?? NaN) * (gain[cells + unit] ?? NaN);
      this.#errors[unit] = (this.#errors[unit] ?? NaN) + behind * value;
    }
  }

  #columnBack(step: FastStep, at: number): void {
    const { units } = this.shape;
    const { weight, decay, gain } = this.values;
    const { weight: byWeight, decay: byDecay, gain: byGain } = this.gradients;
    const [errors, sums, { outputs }] = [this.#fastErrors, this.#errors, step];
    const [cells, value] = [(step.columns[at] ?? 0) * units, step.values[at] ?? NaN];
    const [fast, from] = this.#fastAt(step, at);
    let valueError = 0;
    for (let unit = 0; unit < units; unit++) {
      const cell = cells + unit;
      const [behind, sum, output] = [errors[cell] ?? NaN, sums[unit] ?? NaN, outputs[unit] ?? NaN];
      const part = fast[from + unit] ?? NaN;
      byDecay[cell] = (byDecay[cell] ?? NaN) + behind * part;
      byGain[cell] = (byGain[cell] ?? NaN) + behind * output * value;
      byWeight[cell] = (byWeight[cell] ?? NaN) + sum * value;
      valueError += behind * (gain[cell] ?? NaN) * output + sum * ((weight[cell] ?? NaN) + part);
      errors[cell] = behind * (decay[cell] ?? NaN) + sum * value;
    }
    step.errors[at] = valueError;
  }

  /** The fast parts that a column of a step was used with, and where they begin. */
  #fastAt(step: FastStep, at: number): readonly [Float64Array, number] {
    const { units } = this.shape;
    const gap = step.gaps[at] ?? 0;
    if (gap === 0) return [step.fast, at * units];
    const cells = (step.columns[at] ?? 0) * units;
    for (let unit = 0; unit < units; unit++) {
      const part = step.fast[at * units + unit] ?? NaN;
      this.#kept[unit] = part === 0 ? part : part * power(this.values.decay[cells + unit] ?? NaN, gap);
    }
    return [this.#kept, 0];
  }

  /** Through steps at which the column was not visited: F = D^gap F of before. */
  #gapBack({ columns, gaps, fast }: FastStep, at: number): void {
    const { units } = this.shape;
    const { decay } = this.values;
    const { decay: byDecay } = this.gradients;
    const [cells, gap] = [(columns[at] ?? 0) * units, gaps[at] ?? 0];
    for (let unit = 0; unit < units; unit++) {
      const cell = cells + unit;
      const behind = this.#fastErrors[cell] ?? NaN;
      const own = decay[cell] ?? NaN;
      const less = power(own, gap - 1);
      byDecay[cell] = (byDecay[cell] ?? NaN) + behind * gap * less * (fast[at * units + unit] ?? NaN);
      this.#fastErrors[cell] = behind * less * own;
    }
  }
}

/** base^exponent for whole exponents from 0 on, by squaring: the same everywhere, which `Math.pow` need not be. */
function power(base: number, exponent: number): number {
  let [result, square] = [1, base];
  for (let left = exponent; left > 0; left >>= 1) {
    if ((left & 1) === 1) result *= square;
    square *= square;
  }
  return result;
}
