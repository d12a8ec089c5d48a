/** A layer with the numbers that are trained in it: weights, biases, and the parameters of its rule. */
import type { TrainedNumbers } from './adam.js';
import { FastLayer, widthOf } from './fast-layer.js';
import type { FastFactor, FastPart } from './fast-weight-rule.js';
import type { SequenceActivation } from './sequence-activation.js';

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

/** Numbers that begin uniformly distributed within their bounds, or between a width and its negative. */
export interface DrawnNumbers extends TrainedNumbers {
  readonly width: number;
}

/** A parameter of the rule, as it is trained, and the factor of the fast part that it makes. */
interface TrainedFactor {
  readonly of: 'decay' | 'gain';
  readonly scale: number;
  readonly raw: DrawnNumbers;
}

const NO_FACTOR: FastFactor = { scale: 0 };

export class ModelLayer {
  readonly layer: FastLayer;
  /** In the order in which they are drawn. */
  readonly trained: readonly DrawnNumbers[];
  readonly #factors: readonly TrainedFactor[];

  constructor(
    { units, isRecurrent, activation, fast }: ModelLayerSetup,
    { inputs, isStacked, name }: { readonly inputs: number; readonly isStacked: boolean; readonly name: string },
  ) {
    const norm = fast?.norm ?? { of: 'nothing', length: 0 };
    this.layer = new FastLayer({ units, inputs, isRecurrent, norm, activation, isStacked });
    const { values, gradients } = this.layer;
    const width = 1 / Math.sqrt(units);
    const weight = { name: `${name}weight`, values: values.weight, gradients: gradients.weight, width };
    const bias = { name: `${name}bias`, values: values.bias, gradients: gradients.bias, width };
    this.#factors = (['decay', 'gain'] as const).flatMap((of): TrainedFactor[] => {
      const { scale, parameter } = fast?.[of] ?? NO_FACTOR;
      if (!parameter) {
        values[of].fill(scale);
        return [];
      }
      const length = parameter.per === 'post' ? units : units * widthOf(this.layer.shape);
      const { bounds } = parameter;
      const drawn = { ...numbersOf(`${name}${of}`, length), width: Math.abs(parameter.value) };
      return [{ of, scale, raw: { ...drawn, ...(bounds && { bounds }) } }];
    });
    this.trained = [weight, bias, ...this.#factors.map(({ raw }) => raw)];
  }

  /** Factors of the layer from what has been trained. */
  applyFactors(): void {
    for (const { scale, raw, of } of this.#factors) {
      const values = this.layer.values[of];
      const each = values.length / raw.values.length;
      for (let at = 0; at < values.length; at++) values[at] = scale * (raw.values[Math.floor(at / each)] ?? NaN);
    }
  }

  /** Derivatives by the factors become those by what is trained, which are zero between steps. */
  collect(): void {
    for (const { scale, raw, of } of this.#factors) {
      const by = this.layer.gradients[of];
      const each = by.length / raw.values.length;
      for (let at = 0; at < by.length; at++) {
        const place = Math.floor(at / each);
        raw.gradients[place] = (raw.gradients[place] ?? NaN) + scale * (by[at] ?? NaN);
      }
    }
    this.layer.gradients.decay.fill(0);
    this.layer.gradients.gain.fill(0);
  }
}

/** Zeros that are trained. */
export function numbersOf(name: string, length: number): TrainedNumbers {
  return { name, values: new Float64Array(length), gradients: new Float64Array(length) };
}
