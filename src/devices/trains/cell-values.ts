/** What a step of a cell is, as lane operations: its mean, its deviation, their derivatives, the bounds of the weight. */
import type { LaneBuilder, LaneValue } from '../../numerics/lanes/lane-program.js';
import type { Expression } from '../expression.js';
import { WEIGHT, type CellLaw } from './cell-law.js';
import { growthRate } from './growth-rate.js';
import { lowerToLanes } from './lower-lanes.js';
import { slopeBy } from './step-law.js';

/** The equations of a law and their derivatives, written when they are asked for. */
export class CellValues {
  readonly weight: LaneValue;
  readonly #builder: LaneBuilder;
  readonly #law: CellLaw;
  readonly #derivatives = new Map<string, readonly Expression[]>();

  constructor(builder: LaneBuilder, law: CellLaw) {
    this.#builder = builder;
    this.#law = law;
    this.weight = builder.input(WEIGHT);
  }

  get isRelative(): boolean {
    return this.#law.noise.kind !== 'absolute';
  }

  /** Deviation over mean, where noise is relative. */
  get ratio(): LaneValue {
    const { noise } = this.#law;
    return noise.kind === 'relative' ? this.#write(noise.ratio) : this.#builder.constant(0);
  }

  /** 1 + ratio^2: the mean square of a step over its squared mean, where noise is relative. */
  get gain(): LaneValue {
    const builder = this.#builder;
    return builder.add(builder.constant(1), builder.mul(this.ratio, this.ratio));
  }

  /** Derivative of the mean step by the weight. */
  mean(order: number): LaneValue {
    return this.#derivative('mean', this.#law.mean, order);
  }

  /** Derivative of the deviation of a step. */
  deviation(order: number): LaneValue {
    const { noise } = this.#law;
    if (noise.kind === 'absolute') return this.#derivative('deviation', noise.deviation, order);
    return this.#builder.mul(this.ratio, this.mean(order));
  }

  /** How much a pulse changes the next step, relatively and squared: m'^2 + |m m''|. */
  get squaredChange(): LaneValue {
    const builder = this.#builder;
    const [slope, bend] = [this.mean(1), builder.mul(this.mean(0), this.mean(2))];
    const squares = builder.mul(slope, slope);
    return builder.constantOf(bend) === 0 ? squares : builder.add(squares, builder.unary('abs', bend));
  }

  bound(name: 'lower' | 'upper'): LaneValue {
    return this.#write(this.#law[name]);
  }

  #derivative(name: string, equation: Expression, order: number): LaneValue {
    const known = this.#derivatives.get(name) ?? [equation];
    const all = [...known];
    for (let last = all.at(-1); last && all.length <= order; last = all.at(-1)) all.push(slopeBy(last, WEIGHT));
    this.#derivatives.set(name, all);
    const rate = order === 0 ? undefined : growthRate(all[order - 1] ?? equation, WEIGHT);
    if (rate) return this.#builder.mul(this.#derivative(name, equation, order - 1), this.#write(rate));
    return this.#write(all[order] ?? equation);
  }

  #write(expression: Expression): LaneValue {
    return lowerToLanes(this.#builder, expression, (name) =>
      name === WEIGHT ? this.weight : this.#builder.input(name),
    );
  }
}
