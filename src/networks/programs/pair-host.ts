/**
 * The host of a program that counts pulses: what it believes of the cells, from what has been read, and what it decides
 * from it. Its decisions are those of pair-programs.ts with devices that all take the mean step, for it knows no others.
 */
import type { PhiloxKey } from '../../numerics/philox.js';
import { paddedColumns } from '../arrays/host-array.js';
import { compileLanes, type FillLanes } from '../arrays/compile-lanes.js';
import { evaluateWith } from '../../devices/trains/handler-effect.js';
import { compileCells } from '../arrays/compile-cells.js';
import type { PairLaw } from '../arrays/pair-law.js';
import { PAIR_INPUTS, pairDecision, UNIFORM } from '../arrays/pair-programs.js';
import { cellEquation, inverseOf, meansOf, type PairMeaning } from '../arrays/pair-setup.js';
import { PRODUCT, WEIGHT } from '../arrays/pulse-rule.js';
import { drawRoundings } from '../arrays/rounding-draws.js';

const INPUTS = [PRODUCT, WEIGHT, ...PAIR_INPUTS, UNIFORM];

export interface PairHostSetup {
  readonly meaning: PairMeaning;
  readonly law: PairLaw;
  readonly key: PhiloxKey;
  /** Pairs. */
  readonly rows: number;
  readonly columns: number;
}

/** What a step asks for (rows x columns each); views. */
export interface PairDecision {
  /** Pulses of the plus and of the minus cell. */
  readonly plus: Float32Array;
  readonly minus: Float32Array;
  /** 1 where the pair is set anew. */
  readonly renews: Float32Array;
}

export class PairHost {
  readonly #setup: PairHostSetup;
  readonly #modulators = new Map<string, number>();
  readonly #inputs: Readonly<Record<string, Float32Array>>;
  readonly #decision: PairDecision;
  #decide: FillLanes = () => undefined;
  #fresh = NaN;
  #stateOfLess: (less: number) => number = () => NaN;
  #rate = 1;
  #steps = 0;

  constructor(setup: PairHostSetup) {
    const { rows, columns, law } = setup;
    const cells = (): Float32Array => new Float32Array(rows * columns);
    this.#setup = setup;
    this.#inputs = Object.fromEntries(INPUTS.map((name) => [name, cells()]));
    for (const name of ['plusStep', 'minusStep']) this.#inputs[name]?.fill(law.meanStep);
    this.#decision = { plus: cells(), minus: cells(), renews: cells() };
    this.#compile();
  }

  setRate(rate: number): void {
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#compile();
  }

  modulate(name: string, value: number): void {
    this.#modulators.set(name, value);
    this.#compile();
  }

  /** Weights of nominal cells in their states, as the network means them. */
  weightsOf(states: ArrayLike<number>, out: Float32Array): void {
    const { meaning, law } = this.#setup;
    const cell = evaluateWith(cellEquation(meaning, this.#modulators), meansOf(meaning.device));
    const values = new Float32Array(2 * out.length);
    compileCells(cell, [law.state.name])(values, [states]);
    for (let pair = 0; pair < out.length; pair++) {
      out[pair] = (values[2 * pair] ?? NaN) - (values[2 * pair + 1] ?? NaN);
    }
  }

  /** The state of a cell of which this has been read. */
  #stateOf(value: number): number {
    return this.#stateOfLess(this.#fresh - value);
  }

  /** One step from what the batch says, `product`, and what has been read of every cell. */
  decide(product: Float32Array, mean: (cell: number) => number): PairDecision {
    const { meaning, key, columns } = this.#setup;
    const { plus, minus, [WEIGHT]: weight, [UNIFORM]: uniform } = this.#inputs;
    for (let pair = 0; pair < product.length; pair++) {
      const [above, below] = [mean(2 * pair), mean(2 * pair + 1)];
      if (weight) weight[pair] = above - below;
      if (plus) plus[pair] = this.#stateOf(above);
      if (minus) minus[pair] = this.#stateOf(below);
    }
    const stride = paddedColumns(columns);
    if (uniform && meaning.rule.isStochastic) drawRoundings(key, this.#steps, { columns, stride }, uniform);
    this.#steps++;
    const { plus: up, minus: down, renews } = this.#decision;
    this.#decide([up, down, renews], { ...this.#inputs, [PRODUCT]: product });
    return this.#decision;
  }

  /** Pulses of a fresh cell until it weighs `less`. */
  pulsesToLose(less: number): number {
    return this.#pulsesBetween(this.#setup.law.fresh, this.#stateOfLess(less));
  }

  /** Pulses of a cell of which `value` has been read until it weighs `less` than that. */
  pulsesToLoseFrom(value: number, less: number): number {
    const from = this.#fresh - value;
    return this.#pulsesBetween(this.#stateOfLess(from), this.#stateOfLess(from + less));
  }

  #pulsesBetween(from: number, to: number): number {
    return (to - from) / this.#setup.law.meanStep;
  }

  #compile(): void {
    const { meaning, law } = this.#setup;
    const cell = evaluateWith(cellEquation(meaning, this.#modulators), meansOf(meaning.device));
    this.#decide = compileLanes(pairDecision({ law, rule: meaning.rule, cell, rate: this.#rate }), INPUTS);
    const fresh = new Float32Array(1);
    compileCells(cell, [law.state.name])(fresh, [[law.fresh]]);
    this.#fresh = fresh[0] ?? NaN;
    this.#stateOfLess = inverseOf(meaning, law, this.#modulators);
  }
}
