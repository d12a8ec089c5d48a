/** What a rule does to a weight for one unit of `pre.value * post.error`, for methods that know no more than that. */
import { notRunnable } from '../study-fault.js';
import type { SampleRule, SynapseShape } from './sample-rule.js';
import { takeSnapshot, type ArraySnapshot } from './synapse-array.js';

/** Where rules are asked, one after the other; weights are in the middle of numbers, whatever the range of a cell is. */
const PROBES = [
  { product: 2 ** -12, weight: 0 },
  { product: 1, weight: 0 },
  { product: -1, weight: 0 },
  { product: 2, weight: 0 },
  { product: 0, weight: 1 },
  { product: 1, weight: 1 },
] as const;

/** Relative difference of changes that count as equal, and what rounding leaves of a weight. */
const [ALIKE, ROUNDING] = [1e-3, 2 ** -23];

/**
 * The change; undefined where it is not the same for all synapses, weights and products, or where the rule remembers
 * earlier ones. `rule` is without the range of its weight, which is the cells' business here.
 */
export function changePerProduct(
  rule: SampleRule,
  { rows, columns }: Pick<SynapseShape, 'rows' | 'columns'>,
  modulators = initialModulators(rule),
): number | undefined {
  if (rule.traces.length > 0) return undefined;
  const [products, weights] = [new Float32Array(rows * columns), new Float32Array(rows * columns)];
  const changesAt = (product: number, weight: number): Float32Array => {
    weights.fill(weight);
    rule.step({ product: products.fill(product), weight: weights, traces: [], modulators }, 0, rows);
    return weights.map((changed) => changed - weight);
  };
  const unit = changesAt(1, 0)[0] ?? NaN;
  const isProportional = PROBES.every(({ product, weight }) => {
    const [wanted, near] = [unit * product, ALIKE * Math.abs(unit * product) + ROUNDING * weight];
    return changesAt(product, weight).every((change) => Math.abs(change - wanted) <= near);
  });
  return isProportional ? unit : undefined;
}

function initialModulators({ modulators }: SampleRule): Float64Array {
  return Float64Array.from(modulators, ({ initial }) => initial);
}

/** The change under the modulators at hand, times a factor. */
export class ProductChange {
  /** Factor of every change. */
  rate = 1;
  readonly #rule: SampleRule;
  readonly #shape: SynapseShape;
  readonly #modulators: Float64Array;
  #unit: number;

  /** Throws a `StudyFault`, as setting a modulator does, where the rule asks for something else. */
  constructor(rule: SampleRule, shape: SynapseShape) {
    this.#rule = rule;
    this.#shape = shape;
    this.#modulators = initialModulators(rule);
    this.#unit = this.#find();
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
    this.#unit = this.#find();
    return true;
  }

  snapshot(): ArraySnapshot {
    return { modulators: this.#modulators.slice() };
  }

  restore(snapshot: ArraySnapshot): void {
    takeSnapshot(snapshot, 'modulators', this.#modulators);
    this.#unit = this.#find();
  }

  #find(): number {
    return changePerProduct(this.#rule, this.#shape, this.#modulators) ?? notRunnable('its rule', NOT_PROPORTIONAL);
  }
}

/** Why pulses cannot carry out a rule. */
export const NOT_PROPORTIONAL =
  'pulses change all weights of an array in the same proportion to `pre.value * post.error` only';
