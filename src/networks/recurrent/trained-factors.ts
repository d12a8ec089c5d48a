/** The factors of a layer's fast parts as they are trained: the parameters of its rule that they are made of. */
import { around, numbersOf, type DrawnNumbers } from './drawn-numbers.js';
import type { FastLayerValues } from './fast-layer.js';
import type { FastFactor } from './fast-weight-rule.js';

/** Values of a layer and the derivatives by them. */
export interface TrainedLayer {
  readonly values: FastLayerValues;
  /** Sums of derivatives; whoever uses them sets them back to zero. */
  readonly gradients: FastLayerValues;
}

type FactorName = 'decay' | 'gain';

/** A parameter of the rule, and the factor that it makes. */
interface TrainedFactor {
  readonly of: FactorName;
  readonly scale: number;
  readonly raw: DrawnNumbers;
}

export class TrainedFactors {
  /** Parameters that are trained; they begin within their bounds, or between their value and its negative. */
  readonly numbers: readonly DrawnNumbers[];
  readonly #layer: TrainedLayer;
  readonly #factors: readonly TrainedFactor[];

  /** Factors that are numbers are set once for all; the names of parameters begin with `prefix`. */
  constructor(layer: TrainedLayer, factors: Readonly<Record<FactorName, FastFactor>>, prefix: string) {
    this.#layer = layer;
    this.#factors = (['decay', 'gain'] as const).flatMap((of): TrainedFactor[] => {
      const { scale, parameter } = factors[of];
      const { [of]: values, bias } = layer.values;
      if (!parameter) {
        values.fill(scale);
        return [];
      }
      const { value, bounds } = parameter;
      const drawn = numbersOf(`${prefix}${of}`, parameter.per === 'post' ? bias.length : values.length);
      return [{ of, scale, raw: { ...drawn, start: bounds ?? around(Math.abs(value)), ...(bounds && { bounds }) } }];
    });
    this.numbers = this.#factors.map(({ raw }) => raw);
  }

  /** Factors of the layer from what has been trained; one per neuron holds for all synapses into it. */
  apply(): void {
    for (const { scale, raw, of } of this.#factors) {
      const values = this.#layer.values[of];
      const each = values.length / raw.values.length;
      for (let at = 0; at < values.length; at++) values[at] = scale * (raw.values[Math.floor(at / each)] ?? NaN);
    }
  }

  /** Derivatives by the factors become those by what is trained, which are zero between steps. */
  collect(): void {
    const { gradients } = this.#layer;
    for (const { scale, raw, of } of this.#factors) {
      const by = gradients[of];
      const each = by.length / raw.values.length;
      for (let at = 0; at < by.length; at++) {
        const place = Math.floor(at / each);
        raw.gradients[place] = (raw.gradients[place] ?? NaN) + scale * (by[at] ?? NaN);
      }
    }
    gradients.decay.fill(0);
    gradients.gain.fill(0);
  }
}
