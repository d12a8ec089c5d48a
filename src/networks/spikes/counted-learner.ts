/**
 * Spike timing by time stamps: the host evaluates the kernel for every pair of spikes, turns the change into a number of
 * nominal pulses and has the array write them cell by cell. For devices on which waveforms cannot be superposed.
 */
import { closeLoops } from '../../ir/close-loops.js';
import { interpretProgram } from '../../ir/interpret.js';
import type { MappedArray } from '../../ir/mapped.js';
import type { MappedNetwork, MappedProjection, NeuronRange } from '../../ir/mapped-network.js';
import { dataSetOf } from '../../ir/modes/mode-program.js';
import type { LineMoment, Occasion } from '../../ir/occasion.js';
import { serialWrite } from '../../ir/modes/serial-write.js';
import { RAIL_SET } from '../../ir/passes/bias.js';
import { arrayProgram } from '../../ir/realize/network-array.js';
import type { TimingKernel } from '../../ir/realize/rule-kernel.js';
import type { PulseProgram, ScheduledArray, WorkEntry } from '../../ir/scheduled.js';
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

/** The program that writes counted pulses, one data set for every list of entries. */
export function countedProgram(
  { array, projection }: CountedPlan,
  name: string,
  runs: readonly { readonly name: string; readonly entries: readonly WorkEntry[]; readonly occasion: Occasion }[],
): ScheduledArray {
  const { rows, columns } = array;
  const { origin } = projection;
  const mode = serialWrite({ rows, columns, origin, railSet: RAIL_SET.write, widths: [] });
  const dataSets = runs.map(({ name: run, ...data }) => dataSetOf(origin, run, data));
  const program = { ...arrayProgram(array, name), operations: closeLoops(mode.operations), dataSets };
  return { phase: 'scheduled', mapped: array, program };
}

/** What the host counts: pulses for every pair of spikes, and the parts of pulses that it still owes. */
export class PulseCounter {
  readonly #plan: CountedPlan;
  /** By synapse. */
  readonly #carried: Float64Array;

  constructor(plan: CountedPlan) {
    this.#plan = plan;
    this.#carried = new Float64Array(plan.kernels.length);
  }

  /** Pulses of every synapse whose spikes meet in a run, one entry each. */
  entriesOf(run: SpikeRunStep): readonly WorkEntry[] {
    const { projection, kernels, pulseClocks } = this.#plan;
    const { from, to, parts } = projection;
    const [part] = parts;
    const before = timesOf(run, from);
    const behind = timesOf(run, to);
    return kernels.flatMap((kernel, synapse): readonly WorkEntry[] => {
      const [pre, post] = [Math.floor(synapse / to.count), synapse % to.count];
      const pairs = (before[pre] ?? []).flatMap((t) => (behind[post] ?? []).map((later) => later - t));
      if (!kernel || pairs.length === 0) return [];
      const count = this.#count(
        synapse,
        pairs.reduce((sum, seconds) => sum + kernel(seconds), 0),
      );
      const cell = { row: (part?.at.row ?? 0) + pre, column: (part?.at.column ?? 0) + post };
      const entry = { ...cell, negative: count < 0, magnitude: pulseClocks, last: true };
      return Array.from({ length: Math.abs(count) }, () => entry);
    });
  }

  /** The spikes that pulses of a run come from, by the lines of their neurons. */
  occasionOf(run: SpikeRunStep): Occasion {
    const { from, to, parts } = this.#plan.projection;
    const [part] = parts;
    const momentsOf = (side: LineMoment['side'], neurons: NeuronRange, first = 0): readonly LineMoment[] =>
      timesOf(run, neurons).flatMap((times, index) => times.map((seconds) => ({ side, line: first + index, seconds })));
    const spikes = [...momentsOf('row', from, part?.at.row), ...momentsOf('column', to, part?.at.column)];
    return { activity: 'counting pulses', spikes };
  }

  #count(synapse: number, change: number): number {
    const { step, fractionBits } = this.#plan;
    const wanted = change / step + (this.#carried[synapse] ?? 0);
    const count = roundHalfAwayFromZero(wanted);
    this.#carried[synapse] = Math.trunc((wanted - count) * 2 ** fractionBits) / 2 ** fractionBits;
    return count;
  }
}

/** Times at which each neuron of a range fires [s]. */
function timesOf({ spikes }: SpikeRunStep, { population, first, count }: NeuronRange): readonly (readonly number[])[] {
  return Array.from({ length: count }, (_, index) =>
    spikes.flatMap((spike) =>
      spike.population === population && spike.neuron === first + index ? [spike.seconds] : [],
    ),
  );
}

export class CountedLearner implements SynapseLearner {
  readonly #plan: CountedPlan;
  readonly #program: PulseProgram;
  readonly #tile: MeteredTile;
  readonly #counter: PulseCounter;

  constructor(plan: CountedPlan, mapped: MappedNetwork, seed: number, hasShares: boolean) {
    const { array, projection } = plan;
    this.#plan = plan;
    this.#program = countedProgram(plan, mapped.study.name, []).program;
    this.#counter = new PulseCounter(plan);
    const start = tileStart(projection, array, mapped);
    this.#tile = new MeteredTile({ array, program: this.#program, start, seed, hasShares });
  }

  weights(): Float64Array {
    return weightsIn(this.#tile, this.#plan.projection);
  }

  play(run: SpikeRunStep): PlayedRun {
    const entries = this.#counter.entriesOf(run);
    const dataSet = dataSetOf(this.#plan.projection.origin, run.name, { entries });
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
}
