/** One seed of an experiment on a spiking network, run by run. */
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { beginFields, fieldTimes, switchField, type FieldRecord } from '../run/field-times.js';
import { CountedLearner } from './counted-learner.js';
import type { ProjectionPlan } from './plan-projection.js';
import type { SeedTotals } from './spike-figures.js';
import type { NeuronSpike, SpikeRunStep, SpikeStep } from './spike-schedule.js';
import { SuperposedLearner, ticksFor } from './superposed-learner.js';
import type { SynapseLearner } from './synapse-learner.js';
import { WeightRecords } from './weight-records.js';

export interface SeedSetup {
  readonly mapped: MappedNetwork;
  readonly plans: readonly ProjectionPlan[];
  readonly steps: readonly SpikeStep[];
  readonly seed: number;
  readonly hasShares: boolean;
}

interface Learning {
  readonly projection: MappedProjection;
  readonly learner: SynapseLearner;
  readonly records: WeightRecords;
}

export class SeedRun {
  readonly #setup: SeedSetup;
  readonly #learning: readonly Learning[];
  readonly #spikes = new Map<number, number>();
  readonly #field: FieldRecord | undefined;
  #next = 0;
  #seconds = 0;
  #pulses = 0;
  /** Spikes that lines left out because they still played. */
  dropped = 0;

  constructor(setup: SeedSetup) {
    this.#setup = setup;
    this.#field = beginFields(setup.mapped);
    this.#learning = setup.plans.map((plan) => {
      const records = new WeightRecords();
      const learner = learnerOf(plan, setup);
      records.weights.push(learner.weights());
      records.isolated = isolatedChanges(plan, setup);
      return { projection: plan.plan.projection, learner, records };
    });
  }

  get isDone(): boolean {
    return this.#next === this.#setup.steps.length;
  }

  step(): void {
    const step = this.#setup.steps[this.#next++];
    if (step?.kind === 'run') this.#run(step);
    else if (step?.kind === 'rest') {
      for (const { learner } of this.#learning) learner.rest(step.seconds);
      this.#seconds += step.seconds;
    } else if (step) {
      for (const { learner } of this.#learning) learner.modulate(step.modulator, step.value);
      switchField(this.#field, step, this.#seconds);
    }
  }

  get totals(): SeedTotals {
    const energy: Record<string, number> = {};
    for (const { learner } of this.#learning)
      for (const [name, joules] of Object.entries(learner.energy)) energy[name] = (energy[name] ?? 0) + joules;
    const records = new Map(this.#learning.map((each) => [each.projection, each.records]));
    const fields = this.#field && fieldTimes(this.#field, this.#seconds);
    return { records, spikes: this.#spikes, seconds: this.#seconds, pulses: this.#pulses, energy, ...(fields && { fields }) }; // prettier-ignore
  }

  #run(run: SpikeRunStep): void {
    let seconds = run.seconds;
    for (const { learner, records } of this.#learning) {
      const before = learner.weights();
      const played = learner.play(run);
      const after = learner.weights();
      const change = after.map((weight, synapse) => weight - (before[synapse] ?? NaN));
      records.runs.push({ change, ...(run.pair && { pairSeconds: run.pair.seconds }) });
      records.weights.push(after);
      seconds = Math.max(seconds, played.seconds);
      this.#pulses += played.pulses;
      this.dropped += played.dropped;
    }
    this.#seconds += seconds;
    for (const { population } of run.spikes) this.#spikes.set(population, (this.#spikes.get(population) ?? 0) + 1);
  }
}

function learnerOf(each: ProjectionPlan, { mapped, steps, seed, hasShares }: SeedSetup): SynapseLearner {
  if (each.kind === 'counted') return new CountedLearner(each.plan, mapped, seed, hasShares);
  return new SuperposedLearner({ plan: each.plan, mapped, seed, hasShares, ticks: ticksFor(each.plan, steps) });
}

/** What all neurons before, then all behind, change by one spike each without the other side, on a tile of its own. */
function isolatedChanges(each: ProjectionPlan, setup: SeedSetup): readonly Float64Array[] {
  const { from, to } = each.plan.projection;
  return [from, to].map(({ population, first, count }) => {
    const spikes = Array.from({ length: count }, (_, index): NeuronSpike => {
      return { population, neuron: first + index, seconds: 0 };
    });
    const learner = learnerOf(each, { ...setup, hasShares: false });
    const before = learner.weights();
    learner.play({ kind: 'run', name: 'alone', seconds: 0, spikes });
    return learner.weights().map((weight, synapse) => weight - (before[synapse] ?? NaN));
  });
}
