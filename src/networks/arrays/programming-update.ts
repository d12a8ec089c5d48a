/**
 * Programming as a rule asks for it: the host keeps the weights that the rule asks for, and whenever the conductances for
 * them change, the cells are programmed. See {@link CellProgrammer}.
 */
import { CellProgrammer, type CellProgrammerSetup } from './cell-programmer.js';
import { SampleWeights } from './sample-weights.js';
import type { SampleRule } from './sample-rule.js';
import { takeSnapshot, type ArraySnapshot, type Batch } from './synapse-array.js';
import type { UpdateMethod, WrittenArray } from './update-method.js';

export interface ProgrammingSetup extends CellProgrammerSetup {
  readonly rule: SampleRule;
  /** Where weights start (rows x columns). */
  readonly weights: Float32Array;
}

export class ProgrammingUpdate implements UpdateMethod {
  readonly start: Float64Array;
  readonly #programmer: CellProgrammer;
  readonly #weights: SampleWeights;

  constructor({ rule, weights, ...setup }: ProgrammingSetup) {
    const { cells } = setup;
    this.#programmer = new CellProgrammer(setup);
    this.#weights = new SampleWeights(rule, weights, cells);
    cells.toSiemens(weights, this.#programmer.believed);
    this.start = this.#programmer.believed.slice();
  }

  get pulses(): 'cells' | 'planes' {
    return this.#programmer.pulses;
  }

  get rate(): number {
    return this.#weights.rate;
  }

  set rate(rate: number) {
    this.#weights.rate = rate;
  }

  get wanted(): Float32Array {
    return this.#weights.weight;
  }

  learn(inputs: Batch, errors: Batch, array: WrittenArray): void {
    this.#weights.learn(inputs, errors);
    this.#programmer.program(array, this.#weights.weight);
  }

  look(): Float64Array {
    return this.#programmer.believed;
  }

  modulate(name: string, value: number): boolean {
    return this.#weights.modulate(name, value);
  }

  snapshot(): ArraySnapshot {
    return { ...this.#weights.snapshot(), believed: this.#programmer.believed.slice() };
  }

  restore(snapshot: ArraySnapshot): void {
    this.#weights.restore(snapshot);
    takeSnapshot(snapshot, 'believed', this.#programmer.believed);
  }
}
