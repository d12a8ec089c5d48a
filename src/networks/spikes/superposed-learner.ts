/** Synapses that learn by superposed waveforms: every weight change is what the device does under the pulse program. */
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { SuperpositionPlan } from '../../ir/realize/superposition/plan.js';
import { superpositionProgram } from '../../ir/realize/superposition/program.js';
import type { LineSpike } from '../../ir/scheduled.js';
import { playSpikes } from './line-course.js';
import { MeteredTile } from './metered-tile.js';
import type { SpikeRunStep, SpikeStep } from './spike-schedule.js';
import { tileStart } from './start-weights.js';
import type { PlayedRun, SynapseLearner } from './synapse-learner.js';

export interface SuperposedSetup {
  readonly plan: SuperpositionPlan;
  readonly mapped: MappedNetwork;
  /** Of every run. */
  readonly ticks: number;
  readonly seed: number;
  readonly hasShares: boolean;
}

export class SuperposedLearner implements SynapseLearner {
  readonly #setup: SuperposedSetup;
  readonly #tile: MeteredTile;

  constructor(setup: SuperposedSetup) {
    const { plan, mapped, seed, hasShares } = setup;
    const { program } = superpositionProgram(plan, mapped.study.name, 1, []);
    const start = tileStart(plan.projection, plan.array, mapped);
    this.#setup = setup;
    this.#tile = new MeteredTile({ array: plan.array, program, start, seed, hasShares });
  }

  weights(): Float64Array {
    return weightsIn(this.#tile, this.#setup.plan.projection);
  }

  play(run: SpikeRunStep): PlayedRun {
    const { plan, ticks } = this.#setup;
    const { spikes, dropped } = lineSpikes(plan, run);
    playSpikes(plan, spikes, ticks, this.#tile);
    return { seconds: ticks * plan.sampleSeconds, pulses: cellsOf(spikes, plan.array), dropped };
  }

  rest(seconds: number): void {
    this.#tile.rest(seconds);
  }

  modulate(name: string, value: number): void {
    if (this.#setup.plan.array.device.modulators.some((each) => each.name === name)) this.#tile.modulate(name, value);
  }

  get energy(): Readonly<Record<string, number>> {
    return this.#tile.energy;
  }
}

/** Weights of a projection whose cells each hold one as their state. */
export function weightsIn(tile: MeteredTile, { from, to, parts }: MappedProjection): Float64Array {
  const [part] = parts;
  return Float64Array.from({ length: from.count * to.count }, (_, at) =>
    tile.stateAt((part?.at.row ?? 0) + Math.floor(at / to.count), (part?.at.column ?? 0) + (at % to.count)),
  );
}

/** Ticks in which every run of `steps` comes to its end. */
export function ticksFor(plan: SuperpositionPlan, steps: readonly SpikeStep[]): number {
  const seconds = Math.max(0, ...steps.map((step) => (step.kind === 'run' ? step.seconds : 0)));
  return plan.leadTicks + Math.ceil(seconds / plan.sampleSeconds) + plan.length + 1;
}

/** Spikes of a run as the lines of `plan` get them, in the order of their ticks; a line that plays takes no other. */
export function lineSpikes(
  { projection, leadTicks, sampleSeconds, length }: SuperpositionPlan,
  { spikes }: Pick<SpikeRunStep, 'spikes'>,
): { readonly spikes: readonly LineSpike[]; readonly dropped: number } {
  const [part] = projection.parts;
  const sides = [
    { side: 'row', range: projection.from, first: part?.at.row ?? 0 },
    { side: 'column', range: projection.to, first: part?.at.column ?? 0 },
  ] as const;
  const all = sides.flatMap(({ side, range, first }) =>
    spikes.flatMap(({ population, neuron, seconds }): readonly LineSpike[] => {
      const index = neuron - range.first;
      if (population !== range.population || index < 0 || index >= range.count) return [];
      return [{ tick: leadTicks + Math.round(seconds / sampleSeconds), side, line: first + index }];
    }),
  );
  const ends = { row: new Map<number, number>(), column: new Map<number, number>() };
  const taken = all
    .sort((one, other) => one.tick - other.tick)
    .filter(({ tick, side, line }) => {
      if (tick < (ends[side].get(line) ?? 0)) return false;
      ends[side].set(line, tick + length);
      return true;
    });
  return { spikes: taken, dropped: all.length - taken.length };
}

/** Cells on lines that played. */
function cellsOf(spikes: readonly LineSpike[], { rows, columns }: { readonly rows: number; readonly columns: number }) {
  const [row, column] = (['row', 'column'] as const).map(
    (side) => new Set(spikes.filter((spike) => spike.side === side).map(({ line }) => line)).size,
  );
  const [onRows, onColumns] = [row ?? 0, column ?? 0];
  return onRows * columns + onColumns * rows - onRows * onColumns;
}
