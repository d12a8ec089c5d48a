/** The pulse programs of an experiment on a spiking network, for co-simulation with the controller in the loop. */
import type { TileStart } from '../../ir/calibrate.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { superpositionProgram } from '../../ir/realize/superposition/program.js';
import type { ScheduledArray } from '../../ir/scheduled.js';
import { countedProgram, PulseCounter } from './counted-learner.js';
import { planProjections, type ProjectionPlan } from './plan-projection.js';
import { spikeSchedule, type SpikeRunStep, type SpikeStep } from './spike-schedule.js';
import { tileStart } from './start-weights.js';
import { lineSpikes, ticksFor } from './superposed-learner.js';

/** A program with the tile that it is meant for. */
export interface SpikeJob {
  readonly scheduled: ScheduledArray;
  readonly start: TileStart;
  readonly seed: number;
}

/**
 * One list for each projection that learns, as every projection has a controller of its own: all runs of all seeds, or
 * the first `runs` of each, one data set a run.
 */
export function studyJobs(mapped: MappedNetwork, runs = Infinity): readonly (readonly SpikeJob[])[] {
  const { firstSeed, seedCount } = mapped.study;
  const seeds = Array.from({ length: seedCount }, (_, index) => firstSeed + index);
  return planProjections(mapped).map((each) => {
    const { projection, array } = each.plan;
    const start = tileStart(projection, array, mapped);
    return seeds.map((seed): SpikeJob => {
      const steps = spikeSchedule(mapped, seed);
      const taken = steps.filter((step): step is SpikeRunStep => step.kind === 'run').slice(0, runs);
      return { scheduled: scheduledOf(each, mapped.study.name, steps, taken), start, seed };
    });
  });
}

function scheduledOf(
  each: ProjectionPlan,
  name: string,
  steps: readonly SpikeStep[],
  taken: readonly SpikeRunStep[],
): ScheduledArray {
  if (each.kind === 'counted') {
    const counter = new PulseCounter(each.plan);
    return countedProgram(
      each.plan,
      name,
      taken.map((run) => ({ name: run.name, entries: counter.entriesOf(run) })),
    );
  }
  const { plan } = each;
  const dataSets = taken.map((run) => ({ name: run.name, spikes: lineSpikes(plan, run).spikes }));
  return superpositionProgram(plan, name, ticksFor(plan, steps), dataSets);
}
