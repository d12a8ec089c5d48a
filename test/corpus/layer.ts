/** Sums, neurons and corner turn as a program meets them: the exact models, and the clocks that they take. */
import { Accumulator } from '../../src/ir/accumulator.js';
import { ceilLog2, indexBits } from '../../src/ir/bit-width.js';
import { cornerTurnShape } from '../../src/ir/blocks/corner-turn.js';
import { cornerTurnIdleClock, turnedPlanes } from '../../src/ir/corner-turn.js';
import { NeuronModel } from '../../src/ir/neuron-model.js';
import { minSegmentClocks, planeLanes } from '../../src/ir/plane-load.js';
import type { PulseProgram, Sampling } from '../../src/ir/scheduled.js';

/** A neuron's spike, at the clock in which it leaves. */
export interface NeuronSpike {
  readonly column: number;
  readonly clock: number;
}

export class Layer {
  readonly #program: PulseProgram;
  readonly #sums: Accumulator;
  readonly #neurons: NeuronModel | undefined;
  readonly #planes = new Map<number, readonly number[]>();
  #neuronsIdle = 0;
  #turnIdle = 0;
  readonly #spikes: NeuronSpike[] = [];

  constructor(program: PulseProgram) {
    const { accumulate, neuron } = program.blocks;
    this.#program = program;
    this.#sums = new Accumulator({ resultBits: 32, offset: 0, ...program.scan, ...accumulate });
    this.#neurons = neuron && new NeuronModel({ columns: program.columns, ...neuron });
  }

  get spikes(): readonly NeuronSpike[] {
    return this.#spikes;
  }

  /** Planes of rows that the corner turn has written. */
  get planes(): ReadonlyMap<number, readonly number[]> {
    return this.#planes;
  }

  /** Sums by column. */
  get sums(): readonly number[] {
    const { columns, scan } = this.#program;
    return Array.from({ length: columns }, (_, column) =>
      this.#sums.sum(column % scan.shares, Math.floor(column / scan.shares)),
    );
  }

  /** The first clock, `from` or later, in which a unit is idle. */
  idleFrom(unit: 'neuron' | 'turn', from: number): number {
    return Math.max(from, unit === 'neuron' ? this.#neuronsIdle : this.#turnIdle);
  }

  /** Codes of one step of all converters, tile by tile. */
  take(share: number, { mode, negate }: Sampling, codes: readonly number[]): void {
    if (mode !== 'first' && mode !== 'double' && mode !== 'add') return;
    const { converters } = this.#program.scan;
    const ofTiles = Array.from({ length: converters }, (_, converter) =>
      codes.filter((_code, at) => at % converters === converter).reduce((sum, code) => sum + code, 0),
    );
    this.#sums.take(share, { mode, negate }, ofTiles);
  }

  clear(): void {
    this.#sums.clear();
  }

  /** All neurons make a step on the sums. */
  step(clock: number): void {
    const { neuron } = this.#program.blocks;
    if (!neuron || !this.#neurons) throw new Error('a program that steps neurons has them');
    const { spikes, idleClock } = this.#neurons.step(neuron.settings, this.sums);
    this.#spikes.push(...spikes.map((spike) => ({ column: spike.column, clock: clock + spike.clock })));
    this.#neuronsIdle = clock + idleClock;
  }

  /** Activations become planes of rows from `first` on. */
  turn(first: number, clock: number): void {
    const { blocks, rows, columns } = this.#program;
    if (!blocks.neuron || !this.#neurons) throw new Error('a program that turns activations has neurons');
    const { activationBits } = blocks.neuron;
    const words = minSegmentClocks(rows);
    const lines = {
      rows,
      columns,
      columnBits: indexBits(columns),
      rowPlaneBits: 0,
      rowPlaneLanes: planeLanes(rows),
      rowPlaneWords: words,
      rowPlaneGroupBits: ceilLog2(words),
    };
    for (const [at, plane] of turnedPlanes(this.#neurons.values.slice(0, rows), activationBits).entries())
      this.#planes.set(first + at, plane);
    this.#turnIdle = clock + cornerTurnIdleClock(cornerTurnShape(lines, activationBits));
  }
}
