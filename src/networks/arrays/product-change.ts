/** What a rule does to a weight for one unit of `pre.value * post.error`, for methods that know no more than that. */
import type { SampleRule } from './sample-rule.js';
import { takeSnapshot, type ArraySnapshot } from './synapse-array.js';

/** Small enough to stay within the range of a weight. */
const PROBE = 2 ** -12;

/** The change; undefined where it is not the same for all weights and products. */
export function changePerProduct(rule: SampleRule, modulators = initialModulators(rule)): number | undefined {
  const change = (product: number, weight: number): number => {
    const [start, products] = [Float32Array.of(weight), Float32Array.of(product)];
    const traces = rule.traces.map(({ initial }) => Float32Array.of(initial));
    rule.step({ product: products, weight: start, traces, modulators }, 0, 1);
    return (start[0] ?? NaN) - weight;
  };
  const unit = change(PROBE, 0) / PROBE;
  const others = [change(-PROBE, 0) / -PROBE, change(2 * PROBE, 0) / (2 * PROBE), change(PROBE, PROBE) / PROBE];
  return others.every((other) => Math.abs(other - unit) <= 1e-3 * Math.abs(unit)) ? unit : undefined;
}

function initialModulators({ modulators }: SampleRule): Float64Array {
  return Float64Array.from(modulators, ({ initial }) => initial);
}

/** The change under the modulators at hand, times a factor. */
export class ProductChange {
  /** Factor of every change. */
  rate = 1;
  readonly #rule: SampleRule;
  readonly #modulators: Float64Array;
  #unit: number;

  constructor(rule: SampleRule) {
    this.#rule = rule;
    this.#modulators = initialModulators(rule);
    this.#unit = changePerProduct(rule) ?? 0;
  }

  /** Weight change for one unit of the product. */
  get value(): number {
    return this.rate * this.#unit;
  }

  /** Sets a modulator; whether the rule has it. */
  modulate(name: string, value: number): boolean {
    const index = this.#rule.modulators.findIndex((modulator) => modulator.name === name);
    if (index < 0) return false;
    this.#modulators[index] = value;
    this.#unit = changePerProduct(this.#rule, this.#modulators) ?? 0;
    return true;
  }

  snapshot(): ArraySnapshot {
    return { modulators: this.#modulators.slice() };
  }

  restore(snapshot: ArraySnapshot): void {
    takeSnapshot(snapshot, 'modulators', this.#modulators);
    this.#unit = changePerProduct(this.#rule, this.#modulators) ?? 0;
  }
}
