/**
 * Spike timing by time stamps: the host evaluates the kernel for every pair of spikes, turns the change into a number of
 * nominal pulses and has the array write them cell by cell. For devices on which waveforms cannot be superposed.
 */
import { closeLoops } from '../../ir/close-loops.js';
import { interpretProgram } from '../../ir/interpret.js';
import type { MappedArray } from '../../ir/mapped.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { dataSetOf } from '../../ir/modes/mode-program.js';
import { serialWrite } from '../../ir/modes/serial-write.js';
import { RAIL_SET } from '../../ir/passes/bias.js';
import { arrayProgram } from '../../ir/realize/network-array.js';
import type { TimingKernel } from '../../ir/realize/rule-kernel.js';
import type { PulseProgram, WorkEntry } from '../../ir/scheduled.js';
import { roundHalfAwayFromZero } from '../../numerics/rounding.js';
import { MeteredTile } from './metered-tile.js';
import type { SpikeRunStep } from './spike-schedule.js';
import { tileStart } from './start-weights.js';
import { weightsIn } from './superposed-learner.js';
import type { PlayedRun, SynapseLearner } from './synapse-learner.js';

export interface CountedPlan {
  readonly projection: MappedProjection;
  readonly array: MappedArray;
  /** Kernel of every synapse; undefined where it learns by none (neurons before x neurons behind). */
  readonly kernels: readonly (TimingKernel | undefined)[];
  /** Change of one nominal pulse [weight]. */
  readonly step: number;
  readonly pulseClocks: number;
  /** Binary places of parts of pulses that the host carries over. */
  readonly fractionBits: number;
}

export class CountedLearner implements SynapseLearner {
  readonly #plan: CountedPlan;
  readonly #program: PulseProgram;
  readonly #tile: MeteredTile;
  /** Parts of pulses that are still owed, by synapse. */
  readonly #carried: Float64Array;

  constructor(plan: CountedPlan, mapped: MappedNetwork, seed: number, hasShares: boolean) {
    const { array, projection } = plan;
    const { rows, columns } = array;
    const widths = Array.from({ length: rows * columns }, () => 0);
    const array3 = { rows, columns, origin: projection.origin };
    const mode = serialWrite({ ...array3, railSet: RAIL_SET.write, widths: [widths] });
    this.#plan = plan;
    this.#program = { ...arrayProgram(array, mapped.study.name), operations: closeLoops(mode.operations) };
    this.#carried = new Float64Array(projection.from.count * projection.to.count);
    const start = tileStart(projection, array, mapped);
    this.#tile = new MeteredTile({ array, program: this.#program, start, seed, hasShares });
  }

  weights(): Float64Array {
    return weightsIn(this.#tile, this.#plan.projection);
  }

  play(run: SpikeRunStep): PlayedRun {
    const entries = this.#entriesOf(run);
    const dataSet = { ...dataSetOf(this.#plan.projection.origin, run.name, { entries }) };
    let clocks = 0;
    for (const event of interpretProgram(this.#program, dataSet)) {
      if (event.kind !== 'segment') continue;
      this.#tile.begin(event);
      this.#tile.end(event.clocks);
      clocks += event.clocks;
    }
    return { seconds: run.seconds + clocks / this.#program.clockHz, pulses: entries.length, dropped: 0 };
  }

  rest(seconds: number): void {
    this.#tile.rest(seconds);
  }

  modulate(name: string, value: number): void {
    if (this.#plan.array.device.modulators.some((each) => each.name === name)) this.#tile.modulate(name, value);
  }

  get energy(): Readonly<Record<string, number>> {
    return this.#tile.energy;
  }

  /** Pulses of every synapse whose spikes have met, one entry each. */
  #entriesOf(run: SpikeRunStep): readonly WorkEntry[] {
    const { projection, kernels, step, pulseClocks, fractionBits } = this.#plan;
    const { from, to, parts } = projection;
    const [part] = parts;
    const times = ({ population, first }: MappedProjection['from'], index: number): readonly number[] =>
      run.spikes
        .filter((spike) => spike.population === population && spike.neuron === first + index)
        .map(({ seconds }) => seconds);
    const before = Array.from({ length: from.count }, (_, index) => times(from, index));
    const behind = Array.from({ length: to.count }, (_, index) => times(to, index));
    return kernels.flatMap((kernel, synapse): readonly WorkEntry[] => {
      const [pre, post] = [Math.floor(synapse / to.count), synapse % to.count];
      const pairs = (before[pre] ?? []).flatMap((t) => (behind[post] ?? []).map((later) => later - t));
      if (!kernel || pairs.length === 0) return [];
      const wanted = pairs.reduce((sum, seconds) => sum + kernel(seconds), 0) / step + (this.#carried[synapse] ?? 0);
      const count = roundHalfAwayFromZero(wanted);
      this.#carried[synapse] = Math.trunc((wanted - count) * 2 ** fractionBits) / 2 ** fractionBits;
      const cell = { row: (part?.at.row ?? 0) + pre, column: (part?.at.column ?? 0) + post };
      return Array.from({ length: Math.abs(count) }, () => ({
        ...{ ...cell, negative: count < 0, magnitude: pulseClocks, last: true },
      }));
    });
  }
}
