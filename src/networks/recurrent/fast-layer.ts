/**
 * A layer of neurons that see inputs and their own outputs of the step before through synapses with a fast part,
 * and the way of errors back through all steps. With `u` the values before, `G = W + F`, `F` zero at the beginning:
 *
 *   a = s G u + b     h = g(a)     F' = D s F + B h u^T
 *
 * where g is the function of the neurons, and D and B are factors of every synapse. `weights` scales: s is the length by the norm of each neuron's row of G,
 * in the sum and in what is left of F, and `inputs` scales u to the length instead (s = 1).
 *
 * @see Garcia Rodriguez, Guo, Moraitis, "Short-Term Plasticity Neurons Learning to Learn and Forget", ICML 2022, and the
 * layer in the authors' repository, whose row norm this is
 */
import type { FastNorm } from './fast-weight-rule.js';
import type { SequenceActivation } from './sequence-activation.js';
import { FastTrajectory } from './fast-trajectory.js';

/** Sizes of a layer. */
export interface FastLayerShape {
  /** Neurons of the layer. */
  readonly units: number;
  /** Values from outside; the values before are these and then, where `isRecurrent`, those of the neurons. */
  readonly inputs: number;
  readonly isRecurrent: boolean;
  readonly norm: FastNorm;
  readonly activation: SequenceActivation;
  /** Whether inputs are outputs of another layer, which needs the derivatives by all of them; no column is left out then. */
  readonly isStacked?: boolean;
}

/** Matrices are (units x values before), row-major: the other way round than those of arrays. */
export interface FastLayerValues {
  readonly weight: Float64Array;
  readonly decay: Float64Array;
  readonly gain: Float64Array;
  /** (units) */
  readonly bias: Float64Array;
}

/** Values before: those from outside and those of the neurons. */
export function widthOf({ inputs, units, isRecurrent }: FastLayerShape): number {
  return inputs + (isRecurrent ? units : 0);
}

/** Zeros for all values of `cells` synapses into `units` neurons, or derivatives by them. */
export function createFastLayerValues(cells: number, units: number): FastLayerValues {
  return {
    weight: new Float64Array(cells),
    decay: new Float64Array(cells),
    gain: new Float64Array(cells),
    bias: new Float64Array(units),
  };
}

/**
 * One sequence at a time. Columns whose value stays zero through a sequence have no fast part, which is what makes
 * one-hot inputs cheap: they count in the norm only.
 */
export class FastLayer {
  readonly shape: FastLayerShape;
  readonly values: FastLayerValues;
  /** Sums of derivatives; whoever uses them sets them back to zero. */
  readonly gradients: FastLayerValues;
  #trajectory: FastTrajectory;
  /** Steps that the trajectory has room for. */
  #room = 1;

  constructor(shape: FastLayerShape) {
    this.shape = shape;
    const cells = shape.units * widthOf(shape);
    this.values = createFastLayerValues(cells, shape.units);
    this.gradients = createFastLayerValues(cells, shape.units);
    this.#trajectory = new FastTrajectory(shape, this.#room);
  }

  /** Outputs (units) behind the last of `steps` steps of `inputs` (steps x inputs); a view that the next call changes. */
  forward(inputs: ArrayLike<number>, steps: number): Float64Array {
    if (steps > this.#room) {
      this.#room = steps;
      this.#trajectory = new FastTrajectory(this.shape, steps);
    }
    return this.#trajectory.forward(this.values, inputs, steps);
  }

  /** Outputs (units) behind step `step` of the last sequence. */
  outputsAt(step: number): Float64Array {
    return this.#trajectory.outputsAt(step);
  }

  /** Values before step `step` of the last sequence as they were used, written to `out` (values before). */
  beforeAt(step: number, out: Float64Array): void {
    this.#trajectory.beforeAt(step, out);
  }

  /** The fast part before step `step` of the last sequence, written to `out` (units x values before). */
  fastPartAt(step: number, out: Float64Array): void {
    this.#trajectory.fastPartAt(step, out);
  }

  /** Outputs behind all steps of the last sequence (steps x units), a view. */
  outputs(): Float64Array {
    return this.#trajectory.outputs();
  }

  /**
   * Adds the derivatives that `errors` (steps x units), those by the outputs of every step, leave in the last sequence.
   * A stacked layer writes those by its inputs to `inputErrors` (steps x inputs).
   */
  backward(errors: Float64Array, inputErrors?: Float64Array): void {
    this.#trajectory.backward(this.values, errors, this.gradients, inputErrors);
  }
}
